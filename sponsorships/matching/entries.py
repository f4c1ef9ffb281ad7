"""Render the offers that suit a wish in Python instead of a template, since a page has twenty.

The part of an entry that does not depend on the wish is cached (core/kept_parts.py).
"""

from collections.abc import Collection, Sequence
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from chairs.cards.rendering import CUT
from chairs.models import Activity, Chair
from clusters.templatetags.records import field, origin_mark
from core.kept_parts import kept_parts
from core.languages import columns_of
from core.money import euros
from core.prepared import Prepared
from core.primary_keys import any_given, as_one
from sponsorships.matching.scoring import Match

# Columns of a chair: for its address, cluster and origin mark.
SHOWN = ("cluster", "slug", "origin", "cluster__slug", "cluster__name", "cluster__acronym")


def entries_html(matches: Sequence[Match]) -> SafeString:
    """Return the HTML items of a list of offers, each with the reasons for and against."""
    frames = kept_parts([("offer", *match.offer.key) for match in matches], _frames)
    headings = escape(_("Why it suits you")), escape(_("Why it may not suit you"))
    found = ((frames.get(("offer", *match.offer.key)), match) for match in matches)
    return mark_safe("".join(_entry(frame, match, *headings) for frame, match in found if frame))


def _entry(frame: str, match: Match, suits: str, suits_not: str) -> str:
    before, after = frame.split(CUT)
    sentences = _sentences(suits, match.reasons) + (_sentences(suits_not, match.misses) if match.misses else "")
    return f'<li>{before}<div class="match">{sentences}</div>{after}</li>'


def _sentences(heading: str, sentences: list[str]) -> str:
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f"<div><h4>{heading}</h4><ul>{items}</ul></div>"


def _frames(missing: Collection[tuple[str, bool, int]]) -> dict[Any, str]:
    """Return the cached part of each missing offer by key, with CUT where its sentences go; none for deleted records."""
    chairs, activities = ([pk for _name, is_chair, pk in missing if is_chair == wanted] for wanted in (True, False))
    found = {("offer", True, chair.pk): _of_chair(chair) for chair in _chairs(pks=as_one(chairs))}
    return found | {("offer", False, one.pk): _of_activity(one) for one in _activities(pks=as_one(activities))}


def _of_activity(activity: Activity) -> str:
    chair = activity.chair
    address = f"{chair.get_absolute_url()}#activity-{activity.pk}"
    title = field(activity, "title")
    heading = _heading(address, title, chair, field(chair, "title")) + _terms(activity)
    return heading + CUT + _way_on(chair, f"?activity={activity.pk}", _("Propose to fund this activity"), title)


def _of_chair(chair: Chair) -> str:
    what = _("A project of your own in this chair")
    title = field(chair, "title")
    heading = _heading(chair.get_absolute_url(), title, chair, what)
    return heading + CUT + _way_on(chair, "", _("Propose your own project"), title)


def _heading(address: str, title: str, chair: Chair, what: str) -> str:
    link = format_html('<h3><a href="{}">{}</a> {}</h3>', address, title, origin_mark(chair))
    return link + format_html('<p class="entry-meta"><span>{}</span><span>{}</span></p>', what, chair.cluster)


def _terms(activity: Activity) -> str:
    """Return how much and until when, as the list of opportunities does."""
    said = [_("Target %(target)s") % {"target": euros(activity.target)}]
    if activity.deadline:
        said.append(_("Proposals until %(day)s.") % {"day": date_format(activity.deadline)})
    return format_html(
        '<p class="entry-meta">{}</p>', format_html_join(" ", "<span>{}</span>", ((one,) for one in said))
    )


def _way_on(chair: Chair, query: str, said: str, title: str) -> str:
    """Return the link to propose funding, with the offer's title hidden for screen readers, which may read links alone."""
    address = reverse("sponsorships:new", args=[chair.cluster.slug, chair.slug])
    link = '<p><a href="{}{}">{}<span class="visually-hidden">, {}</span></a></p>'
    return format_html(link, address, query, said, title)


@Prepared
def _activities():
    shown = [f"chair__{name}" for name in SHOWN]
    activities = Activity.objects.filter(pk__in=any_given("pks")).select_related("chair__cluster").order_by()
    return activities.only("chair", "target", "deadline", *shown, *columns_of("title", "chair__title"))


@Prepared
def _chairs():
    chairs = Chair.objects.filter(pk__in=any_given("pks")).select_related("cluster").order_by()
    return chairs.only(*SHOWN, *columns_of("title"))
