"""Tags that show collaborations on pages of the apps below, and filters for their own pages."""

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

# A cluster's page shows this many; the list has the rest.
MOST_SHOWN = 5
# The length of “2025-03-14”: a shorter text is a month or a year.
DAY_LENGTH = 10


@register.inclusion_tag("collaborations/_of_cluster.html")
def cluster_collaborations(cluster):
    """Show the latest collaborations of a cluster, if it has any."""
    found = _of_cluster(cluster=cluster.pk)
    return {"cluster": cluster, "collaborations": found[:MOST_SHOWN], "has_more": len(found) > MOST_SHOWN}


@register.inclusion_tag("collaborations/_of_chair.html")
def chair_collaborations(chair):
    """Show the collaborations of a chair, if it has any."""
    return {"collaborations": _of_chair(chair=chair.pk)}


@Prepared
def _of_cluster():
    return Collaboration.objects.published().filter(clusters=Argument("cluster"))[: MOST_SHOWN + 1]


@Prepared
def _of_chair():
    return Collaboration.objects.published().filter(chairs=Argument("chair"))


@register.simple_tag
def period_of(collaboration) -> str:
    """Return the period of a collaboration in words, as far as it is known. Usage: {% period_of collaboration %}"""
    starts, ends = partial_date(collaboration.starts), partial_date(collaboration.ends)
    if starts and ends:
        return starts if starts == ends else f"{starts} – {ends}"
    if starts:
        # French has different words before a day and before a month or a year.
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
    """Return its participants without clusters, which the entry names anyway."""
    return [one for one in collaboration.participants.all() if one.cluster_id is None]


register.filter("country_name", name_of)
register.filter("percent", percent)


@register.filter
def participant_kind(participant) -> str:
    """Return a participant's kind: that of the cluster or institution, or the one that was entered."""
    if participant.cluster_id:
        return _("AI cluster")
    if participant.institution_id:
        return participant.institution.get_kind_display()
    return participant.get_kind_display()


@register.simple_tag
def participant_link(participant):
    """Show a participant, as a link if it has a page. Usage: {% participant_link participant %}"""
    record = participant.cluster or participant.institution
    return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record) if record else participant.name
