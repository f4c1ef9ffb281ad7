from django.urls import path

from clusters import views

app_name = "clusters"
urlpatterns = [
    path("clusters/", views.ClusterListView.as_view(), name="list"),
    path("clusters/<slug:slug>/", views.ClusterDetailView.as_view(), name="detail"),
]
