"""Renders the entry of an open activity in the list of opportunities, in the active language.

`sponsorships`, an app above this one, fills in the money that partners publish: the entry marks the place.
"""

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from chairs.cards.rendering import CUT, demonstration_mark
from chairs.enums import AcceptedRegime
from chairs.models import Activity
from chairs.templatetags.chair_pages import text_of
from clusters.templatetags.records import field
from core.addresses import address_of
from core.money import euros
from core.templatetags.words import truncatewords

# Enough words to tell activities apart; the texts may be a page long.
DESCRIPTION_WORDS, COUNTERPARTS_WORDS = 45, 30


def entry_html(activity: Activity) -> str:
    """Return the entry of an open activity as HTML, with `CUT` where the partners' money belongs."""
    fund_url = address_of("sponsorships:new", activity.chair.cluster.slug, activity.chair.slug)
    act = gettext("Propose to fund this activity")
    # Screen readers list links without context: the hidden title tells this link from the others.
    named = format_html('{}<span class="visually-hidden">, {}</span>', act, field(activity, "title"))
    link = format_html('<p><a href="{}?activity={}">{}</a></p>', fund_url, activity.pk, named)
    text = _beginning(activity, "description", DESCRIPTION_WORDS) + _counterparts(activity)
    return _heading(activity) + text + _conditions(activity) + _money(activity) + link


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


def _beginning(activity: Activity, name: str, words: int) -> str:
    """Return the first words of a text; the title links to the chair's page, which has all of it."""
    said = text_of(activity, name)
    language = format_html(' lang="{}"', said["language"]) if said["language"] else ""
    return format_html('<p class="prose"{}>{}</p>', language, truncatewords(said["text"], words))


def _counterparts(activity: Activity) -> str:
    if not text_of(activity, "counterparts")["text"]:
        return ""
    heading = format_html("<h4>{}</h4>", gettext("What the partner gets"))
    return heading + _beginning(activity, "counterparts", COUNTERPARTS_WORDS)


def _conditions(activity: Activity) -> str:
    """Return the deadline, and the funding regime if only one is accepted."""
    said = []
    if activity.deadline:
        said.append(gettext("Proposals until %(day)s.") % {"day": date_format(activity.deadline)})
    if activity.regime != AcceptedRegime.EITHER:
        said.append(gettext("How it can be funded: %(regime)s.") % {"regime": activity.get_regime_display()})
    return format_html("<p>{}</p>", " ".join(said)) if said else ""


def _money(activity: Activity) -> str:
    """Return the target as HTML, in the markup of templates/sponsorships/_activity_public_money.html.

    No entry says that its activity is open: all in the list are.
    """
    return format_html(
        '<dl class="activity-money"><div><dt>{}</dt><dd class="amount">{}</dd></div>{}</dl>',
        gettext("Target"),
        euros(activity.target),
        mark_safe(CUT),
    )
