"""Chairs that can be funded today, and their activities that take proposals, as read from the database for a wish."""

import datetime
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone
from pyroaring import BitMap

from chairs.cards.directory import directory
from chairs.models import Activity, Chair
from chairs.models.chair_queryset import is_fundable
from chairs.search.concepts import Unit, concepts_of, inflections
from chairs.search.documents import Field
from chairs.search.matching import having_each
from core.languages import columns_of, reader_language
from core.prepared import Prepared
from core.primary_keys import any_given, as_one
from core.tokenizer import finders
from sponsorships.accounting.activity_money import published_sums
from sponsorships.accounting.sums import ZERO

NOBODY = BitMap()

# A chair's columns, in the order of `Offer`'s fields. None is translated, hence `rewrite(False)`.
FACTS = ("cluster__slug", "cluster__region", "starts_on", "ends_on")


@dataclass(frozen=True)
class Offer:
    """What a wish is compared with: a chair to which a project can be proposed, or one of its posted activities.

    `cluster` is a slug; `themes` are pairs of slug and name. `target` and `given` (the cash that partners publish) are
    the activity's, in euros net of VAT.
    """

    chair: int
    cluster: str
    region: str
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    themes: tuple[tuple[str, str], ...]
    activity: int | None = None
    regime: str = ""
    target: Decimal = ZERO
    given: Decimal = ZERO

    @property
    def key(self) -> tuple[bool, int]:
        """Whether it is a chair, and the key of the chair or of the activity."""
        return (True, self.chair) if self.activity is None else (False, self.activity)

    @property
    def left(self) -> Decimal:
        """The target minus what partners publish, never negative: an upper bound of what is still needed."""
        return max(self.target - self.given, ZERO)


def supportable(on: datetime.date | None = None):
    """Return the chairs that take sponsors, follow their rule and have not ended on a day (default today)."""
    return Chair.objects.filter(is_supportable(on=on))


def is_supportable(chair: str = "", on: datetime.date | None = None) -> Q:
    """Return the filter for `supportable`; `chair` is the lookup prefix from another model, such as “chair__”."""
    ends_on = f"{chair}ends_on"
    not_over = Q(**{ends_on: None}) | Q(**{f"{ends_on}__gte": on or timezone.localdate()})
    return is_fundable(chair) & Q(**{f"{chair}non_conforming_since": None}) & not_over


def offers_of(
    chairs: Collection[int], activities: Collection[int], with_given: bool = True
) -> dict[tuple[bool, int], Offer]:
    """Return chairs and activities as offers, by `key`, without deleted ones. `with_given` adds the published amounts."""
    posted = _activities(pks=as_one(activities)) if activities else []
    open_ones = _chairs(pks=as_one(chairs)) if chairs else []
    themes = _themes_of({row[0] for row in [*posted, *open_ones]})
    sums = published_sums(activities) if with_given else {}
    found = [Offer(*facts, themes[facts[0]]) for facts in open_ones]
    for *facts, pk, regime, target in posted:
        given = sums[pk]["given"] if pk in sums else ZERO
        found.append(Offer(*facts, themes[facts[0]], pk, regime, target, given))
    return {offer.key: offer for offer in found}


@Prepared
def _activities():
    shown = Activity.objects.filter(is_supportable("chair__"), pk__in=any_given("pks")).order_by()
    return shown.rewrite(False).values_list("chair_id", *(f"chair__{name}" for name in FACTS), "pk", "regime", "target")


@Prepared
def _chairs():
    return supportable().filter(pk__in=any_given("pks")).order_by().rewrite(False).values_list("pk", *FACTS)


@Prepared
def _rows_of_themes():
    rows = Chair.themes.through.objects.filter(chair__in=any_given("pks")).order_by()
    return rows.values_list("chair_id", "theme__slug", *columns_of("theme__name"))


def _themes_of(chairs: set[int]) -> dict[int, tuple[tuple[str, str], ...]]:
    """Return each chair's themes as pairs of slug and name, in the active language if it has one."""
    found: defaultdict[int, tuple[tuple[str, str], ...]] = defaultdict(tuple)
    is_french = reader_language() == "fr"
    for chair, slug, english, french in _rows_of_themes(pks=as_one(chairs)) if chairs else ():
        found[chair] += ((slug, (french or english) if is_french else (english or french)),)
    return found


@dataclass(frozen=True)
class Word:
    """The search results for a word: the chairs that contain it anywhere, and those whose title contains it.

    `groups` are the terms searched for: a title must contain one term of each group.
    """

    chairs: BitMap
    named: BitMap
    groups: tuple[tuple[str, ...], ...]

    def __contains__(self, chair: int) -> bool:
        return chair in self.chairs


def found_under(words: dict[str, tuple[str, ...]]) -> dict[str, Word]:
    """Return, for each word, the chairs that the directory's search finds; one index query for all words.

    The search also covers aliases, the text in the other language, and synonyms of the vocabulary, so that the word
    itself may not appear on the page.
    """
    if not words:
        return {}
    found_by = iter(finders([part for parts in words.values() for part in parts]))
    groups = [tuple(next(found_by) for _part in parts) for parts in words.values()]
    meanings, units = _units(words)
    others = [(Field, [inflections(word) for word in term.words]) for unit in units for term in unit.others]
    answered = iter(
        having_each([*((Field, each) for each in groups), *(([Field.TITLE], each) for each in groups), *others])
    )
    chairs, named = ([next(answered) for _each in groups] for _fields in range(2))
    same = [BitMap.union(NOBODY, *(next(answered) for _term in unit.others)) for unit in units]
    return {
        word: Word(chairs[place] | same[meanings[place]], named[place], groups[place])
        for place, word in enumerate(words)
    }


def _units(words: dict[str, tuple[str, ...]]) -> tuple[list[int], list[Unit]]:
    """Return the vocabulary units that the words form, and for each word the place of its unit."""
    units = concepts_of(directory()).units([part for parts in words.values() for part in parts])
    of_parts = [number for number, unit in enumerate(units) for _part in unit.words]
    places, start = [], 0
    for parts in words.values():
        places.append(of_parts[start])
        start += len(parts)
    return places, units
