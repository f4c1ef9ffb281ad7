"""Tags for training programmes: application dates, stated numbers, and the programmes of a cluster."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from clusters.enums import Qualifier
from clusters.templatetags.figures import QUALIFIED
from clusters.templatetags.records import partial_date, source_link
from clusters.training import entries
from clusters.training.page import programmes_of
from core.money import number

register = template.Library()

# A cluster's page shows this many; the list of programmes has the rest.
PROGRAMMES_SHOWN = 6
TARGET = "target"


@register.simple_tag
def when_to_apply(programme):
    """Show until when to apply to a programme, or that it is too early, too late or not stated."""
    return entries.when_to_apply(programme.applications_open_on, programme.apply_by)


@register.filter
def stated_value(one) -> str:
    """Show a number that a source states: “more than 2,500”."""
    return qualified(one.value, one.qualifier)


@register.simple_tag
def stated_intake(said: dict):
    """Show a stated number of people, from an entry of a programme's `stated_intakes`."""
    people = _("%(number)s people") % {"number": qualified(said.get("people"), said.get("qualifier") or "")}
    year = (
        "–".join(partial_date(part) for part in str(said["year"]).split("-"))
        if said.get("year")
        else _("Year not stated")
    )
    source = source_link(said["source"], note=said.get("note") or "") if said.get("source") else ""
    return format_html("{}{} {} {}", year, _(":"), people, source)


def qualified(value: int | None, qualifier: str) -> str:
    """Return a number with its qualifier in words."""
    if value is None:
        return _("not stated")
    said = number(value)
    if qualifier == TARGET:
        return _("%(number)s wanted") % {"number": said}
    return str(QUALIFIED[Qualifier(qualifier)]) % {"quantity": said} if qualifier in QUALIFIED else said


@register.inclusion_tag("clusters/_cluster_training.html")
def cluster_training(cluster):
    """Show a cluster's first programmes, with a link to the others."""
    total, first = programmes_of(cluster, PROGRAMMES_SHOWN)
    return {"cluster": cluster, "total": total, "shown": PROGRAMMES_SHOWN, "entries_html": entries.list_html(first)}
