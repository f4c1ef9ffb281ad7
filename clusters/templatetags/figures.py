"""Stated figures in words: qualifier, number and unit, in the reader's language."""

from django import template
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from clusters.enums import Qualifier
from core.money import euros, number

register = template.Library()

EURO_UNITS = {"EUR": "%(amount)s", "EUR/year": _("%(amount)s a year")}
# The units in the data; a unit that is not here is shown as the source writes it.
UNITS = {
    "articles": ngettext_lazy("%(amount)s article", "%(amount)s articles", "count"),
    "chairs": ngettext_lazy("%(amount)s chair", "%(amount)s chairs", "count"),
    "companies": ngettext_lazy("%(amount)s company", "%(amount)s companies", "count"),
    "institutions": ngettext_lazy("%(amount)s institution", "%(amount)s institutions", "count"),
    "laboratories": ngettext_lazy("%(amount)s laboratory", "%(amount)s laboratories", "count"),
    "organisations": ngettext_lazy("%(amount)s organisation", "%(amount)s organisations", "count"),
    "people": ngettext_lazy("%(amount)s person", "%(amount)s people", "count"),
    "people/year": ngettext_lazy("%(amount)s person a year", "%(amount)s people a year", "count"),
    "programmes": ngettext_lazy("%(amount)s programme", "%(amount)s programmes", "count"),
    "projects": ngettext_lazy("%(amount)s project", "%(amount)s projects", "count"),
    "startups": ngettext_lazy("%(amount)s start-up", "%(amount)s start-ups", "count"),
    "units": ngettext_lazy("%(amount)s unit", "%(amount)s units", "count"),
}
QUALIFIED = {
    Qualifier.ABOUT: _("about %(quantity)s"),
    Qualifier.MORE_THAN: _("more than %(quantity)s"),
    Qualifier.PLANNED: _("%(quantity)s (planned)"),
}


def quantity(figure) -> str:
    if figure.unit in EURO_UNITS:
        return str(EURO_UNITS[figure.unit]) % {"amount": euros(figure.value)}
    amount = number(figure.value)
    if figure.unit in UNITS:
        return UNITS[figure.unit] % {"count": int(figure.value), "amount": amount}
    return f"{amount} {figure.unit}"


@register.filter
def figure_value(figure) -> str:
    """Return a figure in words: “more than 1,300 articles”, “€5,800,000 a year”."""
    said = quantity(figure)
    return str(QUALIFIED[figure.qualifier]) % {"quantity": said} if figure.qualifier in QUALIFIED else said
