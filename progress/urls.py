from django.urls import path

from progress import views

app_name = "progress"
urlpatterns = [
    path("my/sponsorships/<uuid:reference>/reports/new/", views.new, name="new"),
    path("my/reports/<uuid:reference>/", views.report, name="detail"),
    path("my/reports/<uuid:reference>/edit/", views.edit, name="edit"),
    path("my/reports/<uuid:reference>/submit/", views.submit, name="submit"),
    path("my/reports/<uuid:reference>/files/<int:pk>/", views.file, name="file"),
]
