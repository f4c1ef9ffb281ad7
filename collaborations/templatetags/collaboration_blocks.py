"""What collaborations lend to the pages of the apps below, and what their own pages are made of."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clusters.templatetags.records import partial_date
from collaborations.countries import name_of
from collaborations.models import Collaboration, Participant
from core.money import percent
from core.prepared import Argument, Prepared
from core.text import name_key

register = template.Library()

# A cluster's page shows so many; the list has the others.
MOST_SHOWN = 5
# “2025-03-14”: what is shorter is a month or a year.
DAY_LENGTH = 10


@register.inclusion_tag("collaborations/_of_cluster.html")
def cluster_collaborations(cluster):
    """Show the latest collaborations in which a cluster takes part; nothing where there is none."""
    found = _of_cluster(cluster=cluster.pk)
    return {"cluster": cluster, "collaborations": found[:MOST_SHOWN], "has_more": len(found) > MOST_SHOWN}


@register.inclusion_tag("collaborations/_of_chair.html")
def chair_collaborations(chair):
    """Show the collaborations in which a chair takes part; nothing where there is none."""
    return {"collaborations": _of_chair(chair=chair.pk)}


@Prepared
def _of_cluster():
    return Collaboration.objects.published().filter(clusters=Argument("cluster"))[: MOST_SHOWN + 1]


@Prepared
def _of_chair():
    return Collaboration.objects.published().filter(chairs=Argument("chair"))


@register.simple_tag
def period_of(collaboration) -> str:
    """Say when it runs, as far as that is known. Usage: {% period_of collaboration %}"""
    starts, ends = partial_date(collaboration.starts), partial_date(collaboration.ends)
    if starts and ends:
        return starts if starts == ends else f"{starts} – {ends}"
    if starts:
        # French has another word before a day than before a month or a year.
        is_day = len(collaboration.starts) == DAY_LENGTH
        said = pgettext("day", "from %(day)s, no end stated") if is_day else _("from %(day)s, no end stated")
        return said % {"day": starts}
    if ends:
        is_day = len(collaboration.ends) == DAY_LENGTH
        said = _("until %(day)s") if is_day else pgettext("month or year", "until %(day)s")
        return said % {"day": ends}
    return _("dates not stated")


@register.filter
def countries_named(collaboration) -> list[str]:
    """Return the names of its countries in the reader's language."""
    return sorted(map(name_of, collaboration.countries), key=name_key)


@register.filter
def beside_clusters(collaboration) -> list[Participant]:
    """Return its participants without the clusters, which an entry names anyway."""
    return [one for one in collaboration.participants.all() if one.cluster_id is None]


register.filter("country_name", name_of)
register.filter("percent", percent)


@register.filter
def participant_kind(participant) -> str:
    """Return what a participant is: as it is on record, or as it was typed."""
    if participant.cluster_id:
        return _("AI cluster")
    if participant.institution_id:
        return participant.institution.get_kind_display()
    return participant.get_kind_display()


@register.simple_tag
def participant_link(participant):
    """Show a participant, as a link where it has a page. Usage: {% participant_link participant %}"""
    record = participant.cluster or participant.institution
    return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record) if record else participant.name
