from django.urls import path

from clusters.views import clusters, training

app_name = "clusters"
urlpatterns = [
    path("clusters/", clusters.ClusterListView.as_view(), name="list"),
    path("clusters/<slug:slug>/", clusters.ClusterDetailView.as_view(), name="detail"),
    path("training/", training.ProgrammeListView.as_view(), name="training_list"),
    path("training/<slug:slug>/", training.ProgrammeDetailView.as_view(), name="training_detail"),
]
