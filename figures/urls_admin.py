"""The figures of staff, under the panel's path. Included before the panel's own URLs."""

from django.urls import path

from figures import urls  # noqa: F401 - it registers how a file's form is read
from figures.views import changes, closed_years, staff

app_name = "panel_figures"
urlpatterns = [
    path("", staff.figures, name="nation"),
    path("figures.<form:form>", staff.figures_export, name="nation_export"),
    path("entries/", staff.entries, name="nation_entries"),
    path("entries.<form:form>", staff.entries_export, name="nation_entries_export"),
    path("changed/", changes.nation, name="nation_changed"),
    path("changed.<form:form>", changes.nation_export, name="nation_changed_export"),
    path("<slug:slug>/", staff.cluster, name="cluster"),
    path("<slug:slug>/figures.<form:form>", staff.cluster_export, name="cluster_export"),
    path("<slug:slug>/entries/", staff.cluster_entries, name="cluster_entries"),
    path("<slug:slug>/entries.<form:form>", staff.cluster_entries_export, name="cluster_entries_export"),
    path("<slug:slug>/changed/", changes.cluster, name="cluster_changed"),
    path("<slug:slug>/changed.<form:form>", changes.cluster_export, name="cluster_changed_export"),
    path("<slug:slug>/close/", closed_years.close_year, name="cluster_close"),
    path("<slug:slug>/reopen/<int:pk>/", closed_years.reopen_year, name="cluster_reopen"),
]
