"""Reads the list entries of chairs and activities from their cards, in one query."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from chairs.cards.rendering import CUT, without_cuts
from chairs.cards.writing import activity_entries_now, entries_now, fresh_cards
from chairs.models import ActivityCard, ChairCard
from chairs.search.documents import LANGUAGES
from chairs.search.freshness import still_marked
from core.languages import reader_language
from core.prepared import Prepared
from core.primary_keys import any_given, as_one


@dataclass(frozen=True)
class Entry:
    """A chair's entry in a list. A template shows one of its properties: `<li>{{ entry.html }}</li>`."""

    pk: int
    source: str

    @property
    def html(self) -> SafeString:
        return without_cuts(self.source)

    @property
    def html_without_phase(self) -> SafeString:
        """The entry for a list of a single phase, which the page names above."""
        return without_cuts(self.source, with_phase=False)

    @property
    def html_without_cluster(self) -> SafeString:
        """The entry for the page of its cluster."""
        return without_cuts(self.source, with_cluster=False)


def entries_of(pks: Sequence[int], language: str = "", today: datetime.date | None = None) -> list[Entry]:
    """Return the entries of the published ones of these chairs, in this order; by default in the reader's language.

    An entry is rendered anew if an appointment on it has ended, or if its card could not be written after a change.
    """
    language = language or reader_language()
    if language not in _cards:
        made = entries_now(pks, language)
        return [Entry(pk, made[pk]) for pk in pks if pk in made]
    today = today or timezone.localdate()
    found, expired = {}, []
    for pk, html, right_until in _cards[language](pks=as_one(pks)):
        found[pk] = html
        if right_until is not None and right_until < today:
            expired.append(pk)
    if stale := still_marked(pks):
        found = {pk: html for pk, html in found.items() if pk not in stale}
        expired += stale
    if expired:
        found |= {card.pk: getattr(card, f"html_{language}") for card in fresh_cards(expired)}
    return [Entry(pk, found[pk]) for pk in pks if pk in found]


@dataclass(frozen=True)
class Opportunity:
    """An activity's entry in the list of opportunities, cut where the money that its partners publish belongs."""

    pk: int
    before_money: SafeString
    after_money: SafeString


def opportunities_of(pks: Sequence[int], language: str = "") -> list[Opportunity]:
    """Return the entries of these activities, in this order; by default in the reader's language."""
    language = language or reader_language()
    query = _activity_cards.get(language)
    rows = query(pks=as_one(pks)) if query else activity_entries_now(pks, language)
    found = {pk: Opportunity(pk, *map(mark_safe, html.split(CUT))) for pk, html in rows}
    return [found[pk] for pk in pks if pk in found]


def list_html(entries: Iterable[Entry], *, with_cluster: bool = True, with_phase: bool = True) -> SafeString:
    """Return the `<li>` items of a list of entries, with or without the cluster and the phase."""
    items = (without_cuts(entry.source, with_cluster=with_cluster, with_phase=with_phase) for entry in entries)
    return mark_safe("".join(f"<li>{item}</li>" for item in items))


def _prepared(model: type[Model], language: str, *others: str) -> Prepared:
    """Return the query for cards in a language; it is compiled once."""

    def cards():
        return model.objects.filter(pk__in=any_given("pks")).values_list("pk", f"html_{language}", *others)

    return Prepared(cards)


# The languages with a column on the card; entries in another language are rendered when read.
_cards = {language: _prepared(ChairCard, language, "right_until") for language in LANGUAGES}
_activity_cards = {language: _prepared(ActivityCard, language) for language in LANGUAGES}
