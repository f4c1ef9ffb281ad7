"""Writes the entry of an open activity in the list of opportunities, in the language of the reader.

What partners publish of their money is known to an app above: the entry has a place for it.
"""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from chairs.cards.rendering import CUT, demonstration_mark
from chairs.enums import AcceptedRegime, ActivityState
from chairs.models import Activity
from chairs.templatetags.chair_pages import text_of
from clusters.templatetags.records import field
from core.money import euros


def entry_html(activity: Activity) -> str:
    """Return the entry of an activity that takes proposals, with a mark where its partners' money belongs."""
    fund_url = reverse("sponsorships:new", args=[activity.chair.cluster.slug, activity.chair.slug])
    after = [_deadline(activity), _regime(activity), _money(activity)]
    act = gettext("Propose to fund this activity")
    link = format_html('<p><a href="{}?activity={}">{}</a></p>', fund_url, activity.pk, act)
    return _heading(activity) + _text(activity, "description") + _counterparts(activity) + "".join(after) + link


def _heading(activity: Activity) -> str:
    chair = activity.chair
    title = format_html(
        '<h3><a href="{}#activity-{}">{}</a>{}</h3>',
        chair.get_absolute_url(),
        activity.pk,
        field(activity, "title"),
        mark_safe(demonstration_mark(chair)),
    )
    meta = '<p class="entry-meta"><span>{}</span><span>{}</span></p>'
    return title + format_html(meta, field(chair, "title"), chair.cluster)


def _text(activity: Activity, name: str) -> str:
    said = text_of(activity, name)
    language = format_html(' lang="{}"', said["language"]) if said["language"] else ""
    return format_html('<div class="prose"{}>{}</div>', language, mark_safe(linebreaks(said["text"], autoescape=True)))


def _counterparts(activity: Activity) -> str:
    if not text_of(activity, "counterparts")["text"]:
        return ""
    return format_html("<h4>{}</h4>", gettext("What the partner gets")) + _text(activity, "counterparts")


def _deadline(activity: Activity) -> str:
    if not activity.deadline:
        return ""
    return format_html("<p>{}</p>", gettext("Proposals until %(day)s.") % {"day": date_format(activity.deadline)})


def _regime(activity: Activity) -> str:
    if activity.regime == AcceptedRegime.EITHER:
        return ""
    said = gettext("How it can be funded: %(regime)s.") % {"regime": activity.get_regime_display()}
    return format_html("<p>{}</p>", said)


def _money(activity: Activity) -> str:
    """Return the figures that need no sum, as templates/sponsorships/_activity_public_money.html shows them."""
    return format_html(
        '<dl class="activity-money">'
        '<div><dt>{}</dt><dd><span class="badge bg-primary">{}</span></dd></div>'
        '<div><dt>{}</dt><dd class="amount">{}</dd></div>{}</dl>',
        gettext("State"),
        ActivityState.OPEN.label,
        gettext("Target"),
        euros(activity.target),
        mark_safe(CUT),
    )
