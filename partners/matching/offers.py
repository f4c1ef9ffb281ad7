"""What there is to support: chairs that take a sponsor today, and their activities that still need money."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from chairs.models import Activity, Chair
from chairs.search.matching import entries
from chairs.search.words import finders
from partners.money import with_money


@dataclass(frozen=True)
class Offer:
    """A chair to which a project can be proposed, or an activity that it has posted."""

    chair: Chair
    activity: Activity | None = None


def supportable(on: datetime.date | None = None):
    """Answer the chairs that take a sponsor, obey their rule and are not over."""
    on = on or timezone.localdate()
    return Chair.objects.fundable().filter(non_conforming_since=None).exclude(ends_on__lt=on)


def offers(on: datetime.date | None = None) -> list[Offer]:
    """Answer everything that can be supported on a date (today by default): activities first, in a constant number of queries."""
    chairs = {chair.pk: chair for chair in supportable(on).with_page_data().order_by("pk")}
    posted = Activity.objects.open(on).filter(chair__in=chairs.keys()).order_by("pk")
    found = []
    for activity in with_money(posted):
        activity.chair = chairs[activity.chair_id]
        if activity.money.remaining > 0:
            found.append(Offer(activity.chair, activity))
    return [*found, *(Offer(chair) for chair in chairs.values())]


def chairs_with(words: dict[str, tuple[str, ...]], chairs) -> dict[str, set[int]]:
    """Answer, for each written word, which of these chairs the directory's search finds under it: one question a word.

    A name's alias and the other language's text are searched too: what is found need not stand on the page as it is.
    """
    terms = iter(finders([part for parts in words.values() for part in parts]))
    found = {}
    for written, parts in words.items():
        under = entries([next(terms) for _part in parts])
        found[written] = set(chairs.filter(pk__in=under).order_by().values_list("pk", flat=True))
    return found
