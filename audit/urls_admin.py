from django.urls import path

from audit import views

app_name = "panel_audit"
urlpatterns = [
    path("", views.archive_page, name="archive"),
    path("archive.zip", views.archive_file, name="file"),
]
