"""The public address of a photograph, the same in each language."""

from django.urls import path

from rights.photograph_views import photograph

app_name = "photographs"
urlpatterns = [path("<int:pk>/<int:side>.jpg", photograph, name="file")]
