from django.urls import include, path

urlpatterns = [
    path("", include("chairs.urls_directory")),
]
