"""Renders the entries of open activities in the list of opportunities, without templates.

`sponsorships`, an app above this one, fills in the money that partners publish: the entry marks the place.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.formats import date_format
from django.utils.translation import gettext, override

from chairs.cards.rendering import CUT, demonstration_mark, text_html
from chairs.enums import AcceptedRegime
from chairs.models import Activity
from chairs.templatetags.chair_pages import text_of
from clusters.enums import Origin
from core.addresses import addresses_of
from core.languages import reader_language
from core.money import euros
from core.templatetags.words import truncatewords

# Enough words to tell activities apart; the texts may be a page long.
DESCRIPTION_WORDS, COUNTERPARTS_WORDS = 45, 30


def entries_html(activities: Sequence[Activity], languages: Iterable[str]) -> dict[str, list[str]]:
    """Return the entries of open activities, by language, with `CUT` where the partners' money belongs."""
    found = {}
    for language in languages:
        with override(language):
            words = _Words.now()
            found[language] = [_entry(activity, words) for activity in activities]
    return found


@dataclass(frozen=True)
class _Words:
    """What the entries say in a language, as HTML, and the addresses that they link to."""

    language: str
    address: Callable[..., str]
    fund_address: Callable[..., str]
    made_up: str
    act: str
    counterparts: str
    target: str

    @classmethod
    def now(cls) -> "_Words":
        """Return the words of the active language."""
        counterparts = escape(gettext("What the partner gets"))
        return cls(
            reader_language(),
            addresses_of("chairs:detail", 2),
            addresses_of("sponsorships:new", 2),
            demonstration_mark(),
            escape(gettext("Propose to fund this activity")),
            f"<h4>{counterparts}</h4>",
            escape(gettext("Target")),
        )


def _entry(activity: Activity, words: _Words) -> str:
    title = text_html(activity, "title", words.language)
    text = _beginning(activity, "description", DESCRIPTION_WORDS)
    counterparts = _beginning(activity, "counterparts", COUNTERPARTS_WORDS)
    return "".join(
        [
            _heading(activity, title, words),
            # What decides whether one reads on comes first: how much, and until when.
            _money(activity, words),
            _conditions(activity),
            text,
            f"{words.counterparts}{counterparts}" if counterparts else "",
            _link(activity, title, words),
        ]
    )


def _heading(activity: Activity, title: str, words: _Words) -> str:
    chair = activity.chair
    address = escape(words.address(chair.cluster.slug, chair.slug))
    mark = words.made_up if chair.origin == Origin.DEMONSTRATION else ""
    meta = f"<span>{text_html(chair, 'title', words.language)}</span><span>{escape(str(chair.cluster))}</span>"
    link = f'<a href="{address}#activity-{activity.pk}">{title}</a>'
    return f'<h3>{link}{mark}</h3><p class="entry-meta">{meta}</p>'


def _beginning(activity: Activity, name: str, words: int) -> str:
    """Return the first words of a text, if it has any; the title links to the chair's page, which has all of it."""
    said = text_of(activity, name)
    if not said["text"]:
        return ""
    language = f' lang="{said["language"]}"' if said["language"] else ""
    return f'<p class="prose"{language}>{escape(truncatewords(said["text"], words))}</p>'


def _conditions(activity: Activity) -> str:
    """Return the deadline, and the funding regime if only one is accepted."""
    said = []
    if activity.deadline:
        said.append(gettext("Proposals until %(day)s.") % {"day": date_format(activity.deadline)})
    if activity.regime != AcceptedRegime.EITHER:
        said.append(gettext("How it can be funded: %(regime)s.") % {"regime": activity.get_regime_display()})
    return f'<p class="until">{escape(" ".join(said))}</p>' if said else ""


def _money(activity: Activity, words: _Words) -> str:
    """Return the target as HTML, in the markup of templates/sponsorships/_activity_public_money.html.

    No entry says that its activity is open: all in the list are.
    """
    amount = f'<dt>{words.target}</dt><dd class="amount">{escape(euros(activity.target))}</dd>'
    return f'<dl class="activity-money"><div>{amount}</div>{CUT}</dl>'


def _link(activity: Activity, title: str, words: _Words) -> str:
    """Return the link to propose; screen readers list links without context, so a hidden title tells it from the others."""
    chair = activity.chair
    address = f"{escape(words.fund_address(chair.cluster.slug, chair.slug))}?activity={activity.pk}"
    return f'<p><a href="{address}">{words.act}<span class="visually-hidden">, {title}</span></a></p>'
