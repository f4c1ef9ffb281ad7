from django.urls import include, path

from chairs.views import chairs, consent, opportunities, suggestions

urlpatterns = [
    path("", include("chairs.urls_directory")),
    path("chairs/", chairs.ChairListView.as_view(), name="chair_list"),
    path("chairs/suggestions/", suggestions.chair_suggestions, name="chair_suggestions"),
    path("chairs/<slug:cluster_slug>/<slug:slug>/", chairs.ChairDetailView.as_view(), name="chair_detail"),
    path("opportunities/", opportunities.OpportunityListView.as_view(), name="opportunity_list"),
    # Whether one agrees to be named: by the link in the mail, or signed in.
    path("consent/<str:token>/", consent.by_link, name="consent_by_link"),
    path("my/consents/<int:pk>/", consent.by_account, name="consent_by_account"),
]
