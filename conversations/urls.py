from django.urls import path

from conversations import views

app_name = "conversations"
urlpatterns = [
    path("my/sponsorships/<uuid:reference>/messages/", views.conversation, name="thread"),
    path("my/sponsorships/<uuid:reference>/messages/read/", views.read, name="read"),
    path("my/sponsorships/<uuid:reference>/messages/files/<int:pk>/", views.file, name="file"),
]
