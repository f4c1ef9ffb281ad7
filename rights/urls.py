from django.urls import path

from rights import views

app_name = "rights"
urlpatterns = [
    path("about-me/<str:token>/", views.about_me, name="about_me"),
]
