from django.urls import include, path

from chairs.views import chair_outputs, chairs, consent, investigators, opportunities, outputs, suggestions

app_name = "chairs"
urlpatterns = [
    path("", include("chairs.urls_directory")),
    path("chairs/", chairs.ChairListView.as_view(), name="list"),
    path("chairs/suggestions/", suggestions.chair_suggestions, name="suggestions"),
    path("chairs/<slug:cluster_slug>/<slug:slug>/", chairs.ChairDetailView.as_view(), name="detail"),
    path(
        "chairs/<slug:cluster_slug>/<slug:slug>/outputs/",
        chair_outputs.ChairOutputsView.as_view(),
        name="chair_output_list",
    ),
    path("outputs/", outputs.OutputListView.as_view(), name="output_list"),
    path("opportunities/", opportunities.OpportunityListView.as_view(), name="opportunities"),
    # Whether a person agrees to be named: by the link in the mail, or signed in.
    path("consent/<str:token>/", consent.by_link, name="consent_by_link"),
    path("my/consents/<int:pk>/", consent.by_account, name="consent_by_account"),
]
urlpatterns += [
    path("my/chairs/<slug:cluster_slug>/<slug:slug>/text/", investigators.page_text, name="page_text"),
    path("my/chairs/<slug:cluster_slug>/<slug:slug>/activities/new/", investigators.post_activity, name="activity_new"),
    path("my/chairs/<slug:cluster_slug>/<slug:slug>/outputs/", chair_outputs.keep, name="outputs_keep"),
    path("my/activities/<int:pk>/close/", investigators.close_activity, name="activity_close"),
]
