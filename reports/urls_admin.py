"""Staff's figures, under the panel's address. Included before the panel's own."""

from django.urls import path

from reports import urls  # noqa: F401 - it registers how a file's form is read
from reports.views import staff

urlpatterns = [
    path("", staff.figures, name="desk_figures"),
    path("figures.<form:form>", staff.figures_export, name="desk_figures_export"),
    path("entries/", staff.entries, name="desk_figures_entries"),
    path("entries.<form:form>", staff.entries_export, name="desk_figures_entries_export"),
    path("<slug:slug>/", staff.cluster, name="cluster_figures"),
    path("<slug:slug>/figures.<form:form>", staff.cluster_export, name="cluster_figures_export"),
    path("<slug:slug>/entries/", staff.cluster_entries, name="cluster_figures_entries"),
    path("<slug:slug>/entries.<form:form>", staff.cluster_entries_export, name="cluster_figures_entries_export"),
]
