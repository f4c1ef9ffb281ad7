from django.urls import path, register_converter

from clusters.exporting import CONTENT_TYPES
from reports.views import partner, public


class FormConverter:
    """How a file is written: csv, xlsx."""

    regex = "|".join(CONTENT_TYPES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FormConverter, "form")

urlpatterns = [
    path("figures/", public.figures, name="figures"),
    path("figures.<form:form>", public.figures_export, name="figures_export"),
    path("figures/entries/", public.entries, name="figures_entries"),
    path("figures/entries.<form:form>", public.entries_export, name="figures_entries_export"),
    # A partner's own.
    path("my/partners/<slug:slug>/figures/", partner.figures, name="my_figures"),
    path("my/partners/<slug:slug>/figures.<form:form>", partner.figures_export, name="my_figures_export"),
    path("my/partners/<slug:slug>/figures/entries/", partner.entries, name="my_figures_entries"),
    path(
        "my/partners/<slug:slug>/figures/entries.<form:form>", partner.entries_export, name="my_figures_entries_export"
    ),
]
