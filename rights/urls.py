from django.urls import path

from rights import views

app_name = "rights"
urlpatterns = [
    path("about-me/<str:token>/", views.about_me, name="about_me"),
    path("my/about-me/", views.about_me_signed_in, name="about_me_signed_in"),
]
