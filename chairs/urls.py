from django.urls import include, path

from chairs.views import chairs, opportunities

urlpatterns = [
    path("", include("chairs.urls_directory")),
    path("chairs/", chairs.ChairListView.as_view(), name="chair_list"),
    path("chairs/<slug:cluster_slug>/<slug:slug>/", chairs.ChairDetailView.as_view(), name="chair_detail"),
    path("opportunities/", opportunities.OpportunityListView.as_view(), name="opportunity_list"),
]
