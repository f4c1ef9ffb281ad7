"""The pages of the directory besides the chairs: home, people, institutions, start-ups."""

from django.urls import path

from chairs.views import comparison, home, institutions, people, start_ups

urlpatterns = [
    path("", home.HomeView.as_view(), name="home"),
    path("clusters/compare/", comparison.compare_clusters, name="compare_clusters"),
    path("people/", people.PersonListView.as_view(), name="person_list"),
    path("people/<slug:slug>/", people.PersonDetailView.as_view(), name="person_detail"),
    path("institutions/", institutions.InstitutionListView.as_view(), name="institution_list"),
    path("institutions/<slug:slug>/", institutions.InstitutionDetailView.as_view(), name="institution_detail"),
    path("start-ups/", start_ups.StartUpListView.as_view(), name="start_up_list"),
    path("start-ups/<slug:slug>/", start_ups.StartUpDetailView.as_view(), name="start_up_detail"),
]
