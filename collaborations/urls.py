from django.urls import path

from collaborations import views

app_name = "collaborations"
urlpatterns = [
    path("collaborations/", views.CollaborationListView.as_view(), name="list"),
    path("collaborations/<slug:slug>/", views.CollaborationDetailView.as_view(), name="detail"),
]
