"""The team pages, under the panel's path. Included before the panel's own URLs."""

from django.urls import path

from clusters.views import team

app_name = "panel_team"
urlpatterns = [
    path("", team.team, name="mine"),
    path("<slug:slug>/", team.cluster_team, name="cluster"),
    path("<slug:slug>/invite/", team.invite, name="invite"),
    path("<slug:slug>/invitations/<int:pk>/cancel/", team.cancel, name="cancel"),
    path("<slug:slug>/roles/<int:pk>/change/", team.change, name="change"),
    path("<slug:slug>/roles/<int:pk>/end/", team.end, name="end"),
]
