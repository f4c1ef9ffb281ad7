from django.urls import path

from yearly import views

app_name = "yearly"
CHAIR_YEAR = "my/chairs/<slug:cluster_slug>/<slug:slug>/years/<int:year>/"
urlpatterns = [
    path("my/chairs/<slug:cluster_slug>/<slug:slug>/years/", views.years, name="years"),
    path(CHAIR_YEAR, views.report, name="report"),
    path(f"{CHAIR_YEAR}edit/", views.edit, name="edit"),
    path(f"{CHAIR_YEAR}submit/", views.submit, name="submit"),
]
