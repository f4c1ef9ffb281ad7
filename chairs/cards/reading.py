"""Gives lists the entries of the chairs that they show, in one query."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.safestring import SafeString

from chairs.cards.rendering import without_cuts
from chairs.cards.writing import fresh_cards
from chairs.models import ChairCard
from core.languages import reader_language
from core.primary_keys import any_of


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
        """For a list whose chairs are all of one phase, which it names above."""
        return without_cuts(self.source, with_phase=False)

    @property
    def html_without_cluster(self) -> SafeString:
        """For the page of their cluster."""
        return without_cuts(self.source, with_cluster=False)


def entries_of(pks: Sequence[int], language: str = "", today: datetime.date | None = None) -> list[Entry]:
    """Return the entries of these chairs in this order, in the reader's language if no other is given.

    A chair that is not published has none. The entries that somebody's last day has made wrong are made anew.
    """
    language = language or reader_language()
    today = today or timezone.localdate()
    rows = ChairCard.objects.filter(pk__in=any_of(pks)).values_list("pk", f"html_{language}", "right_until")
    found, expired = {}, []
    for pk, html, right_until in rows:
        found[pk] = html
        if right_until is not None and right_until < today:
            expired.append(pk)
    found |= _anew(expired, language)
    return [Entry(pk, found[pk]) for pk in pks if pk in found]


def _anew(pks: Iterable[int], language: str) -> dict[int, str]:
    if not pks:
        return {}
    return {card.pk: getattr(card, f"html_{language}") for card in fresh_cards(pks)}
