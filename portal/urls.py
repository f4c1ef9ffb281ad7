from django.urls import path

from portal import views

app_name = "portal"
urlpatterns = [
    # My pages.
    path("my/", views.home, name="home"),
]
