"""What there is to support: chairs that take a sponsor today, and their activities that take proposals."""

import datetime
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from pyroaring import BitMap

from chairs.models import Activity, Chair
from chairs.models.chair_queryset import is_fundable
from chairs.search.matching import having_each
from chairs.search.tokenizer import finders
from clusters.models import Theme
from core.prepared import Prepared
from core.primary_keys import any_given, as_one
from sponsorships.accounting.activity_money import with_public_money


@dataclass(frozen=True)
class Offer:
    """A chair to which a project can be proposed, or an activity that it has posted."""

    chair: Chair
    activity: Activity | None = None
    themes: tuple[Theme, ...] = ()


def supportable(on: datetime.date | None = None):
    """Return the chairs that take a sponsor, obey their rule and are not over."""
    return Chair.objects.filter(is_supportable(on=on))


def is_supportable(chair: str = "", on: datetime.date | None = None) -> Q:
    """Whether a chair takes a sponsor; `chair` leads to it from another record, as “chair__”."""
    ends_on = f"{chair}ends_on"
    not_over = Q(**{ends_on: None}) | Q(**{f"{ends_on}__gte": on or timezone.localdate()})
    return is_fundable(chair) & Q(**{f"{chair}non_conforming_since": None}) & not_over


def offers_of(chairs: Collection[int], activities: Collection[int]) -> dict[tuple[bool, int], Offer]:
    """Return chairs and activities as offers, each by whether it is a chair and its key; without those that are gone."""
    posted = with_public_money(_activities(pks=as_one(activities))) if activities else []
    open_ones = _chairs(pks=as_one(chairs)) if chairs else []
    themes = _themes_of({one.chair_id for one in posted} | {chair.pk for chair in open_ones})
    found = {(False, one.pk): Offer(one.chair, one, themes[one.chair_id]) for one in posted}
    return found | {(True, chair.pk): Offer(chair, None, themes[chair.pk]) for chair in open_ones}


@Prepared
def _activities():
    shown = Activity.objects.filter(is_supportable("chair__"), pk__in=any_given("pks"))
    return shown.select_related("chair__cluster").order_by()


@Prepared
def _chairs():
    return supportable().filter(pk__in=any_given("pks")).select_related("cluster").order_by()


@Prepared
def _rows_of_themes():
    return Chair.themes.through.objects.filter(chair__in=any_given("pks")).select_related("theme").order_by()


def _themes_of(chairs: set[int]) -> dict[int, tuple[Theme, ...]]:
    found: defaultdict[int, tuple[Theme, ...]] = defaultdict(tuple)
    for row in _rows_of_themes(pks=as_one(chairs)):
        found[row.chair_id] += (row.theme,)
    return found


def found_under(words: dict[str, tuple[str, ...]]) -> dict[str, BitMap]:
    """Return, for each written word, the chairs that the directory's search finds under it: one question for all.

    Aliases and the text in the other language are searched too, so the word may not appear on the page.
    """
    terms = iter(finders([part for parts in words.values() for part in parts]))
    asked = [[next(terms) for _part in parts] for parts in words.values()]
    return dict(zip(words, having_each(asked), strict=True))
