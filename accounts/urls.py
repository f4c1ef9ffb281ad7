from django.urls import path

from accounts import views

urlpatterns = [
    path("welcome/", views.after_login, name="after_login"),
    path("profile/", views.profile, name="profile"),
]
