from django.urls import path, register_converter

from core.exports import CONTENT_TYPES
from figures.views import partner, public, single


class FormConverter:
    """The format of a file: csv, xlsx."""

    regex = "|".join(CONTENT_TYPES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class FigureFormConverter(FormConverter):
    """The format of a single figure's file: csv, json."""

    regex = "|".join(single.FORMS)


register_converter(FormConverter, "form")
register_converter(FigureFormConverter, "figure_form")

app_name = "figures"
urlpatterns = [
    path("figures/", public.figures, name="public"),
    path("figures.<form:form>", public.figures_export, name="public_export"),
    path("figures/entries/", public.entries, name="public_entries"),
    path("figures/entries.<form:form>", public.entries_export, name="public_entries_export"),
    # Each public figure on its own page.
    path("figures/<slug:slug>/", single.figure, name="figure"),
    path("figures/<slug:slug>.<figure_form:form>", single.figure_export, name="figure_export"),
    # A partner's own figures.
    path("my/partners/<slug:slug>/figures/", partner.figures, name="partner"),
    path("my/partners/<slug:slug>/figures.<form:form>", partner.figures_export, name="partner_export"),
    path("my/partners/<slug:slug>/figures/entries/", partner.entries, name="partner_entries"),
    path("my/partners/<slug:slug>/figures/entries.<form:form>", partner.entries_export, name="partner_entries_export"),
]
