from django.urls import path

from clusters.views import clusters, team_invitation, training

app_name = "clusters"
urlpatterns = [
    path("clusters/", clusters.ClusterListView.as_view(), name="list"),
    path("clusters/<slug:slug>/", clusters.ClusterDetailView.as_view(), name="detail"),
    path("team/invitations/<str:token>/", team_invitation.invitation, name="team_invitation"),
    path("training/", training.ProgrammeListView.as_view(), name="training_list"),
    path("training/<slug:slug>/", training.ProgrammeDetailView.as_view(), name="training_detail"),
]
