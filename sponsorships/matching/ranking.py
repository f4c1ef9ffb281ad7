"""Finds the best offers for a wish in the database: a page costs a few queries, and judges few, however many there are.

The score is the one that `judging` adds up sentence by sentence, written as SQL: a test holds the two equal.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Round

from chairs.enums import AcceptedRegime
from chairs.models import Activity, Chair
from sponsorships.accounting.activity_money import published_cash_of_activity, with_public_money
from sponsorships.matching.criteria import Weight, Wish
from sponsorships.matching.offers import Offer, found_under, supportable

# Offers that are judged and shown: more than anybody reads through. Who wants others says more of what they look for.
MAX_OFFERS = 200


@dataclass(frozen=True)
class Criterion:
    """When a criterion speaks for an offer, when against it, and how much it counts (`gain`, where that is no constant)."""

    reason: Q
    miss: Q
    weight: int
    gain: object = None

    @property
    def score(self) -> Case:
        gain = Value(self.weight) if self.gain is None else self.gain
        against = When(self.miss, then=Value(-self.weight))
        return Case(When(self.reason, then=gain), against, default=Value(0), output_field=IntegerField())


def best_offers(wish: Wish, on: datetime.date | None = None) -> list[Offer]:
    """Return the offers of the highest score, as `judging` orders them: no more than one beyond MAX_OFFERS."""
    chairs = supportable(on)
    posted = Activity.objects.open(on).filter(chair__in=chairs)
    posted = posted.select_related("chair__cluster").prefetch_related("chair__themes")
    activities = with_public_money(_best(posted, wish, "chair__"))
    found = [Offer(activity.chair, activity) for activity in activities]
    found += [Offer(chair) for chair in _best(chairs.select_related("cluster").prefetch_related("themes"), wish, "")]
    return sorted(found, key=_order)[: MAX_OFFERS + 1]


def _order(offer: Offer) -> tuple:
    ranked = offer.activity or offer.chair
    return (-ranked.score, offer.activity is None, ranked.pk)


def _best(records: QuerySet, wish: Wish, chair: str) -> QuerySet:
    """Return the records of the highest score for which a reason speaks. `chair` is the way to the chair's fields."""
    if wish.themes:
        records = records.alias(shared_themes=_shared_themes(wish, chair))
    if chair and wish.budget is not None:
        # Two places: SQLite answers sums as floating-point numbers.
        records = records.alias(left=Round(F("target") - published_cash_of_activity(), 2))
    subject, circumstances = _subject(wish, chair), _circumstances(wish, chair)
    criteria = [*subject, *circumstances]
    if not criteria:
        return records.none()
    shown = reduce(or_, [criterion.reason for criterion in subject or circumstances])
    score = sum((criterion.score for criterion in criteria), Value(0))
    return records.filter(shown).annotate(score=score).order_by("-score", "pk")[: MAX_OFFERS + 1]


def _subject(wish: Wish, chair: str) -> list[Criterion]:
    """Return what the wish says of the research: its themes, all at once, and each of its words."""
    found = []
    if wish.themes:
        shared = Q(shared_themes__gt=0)
        found.append(Criterion(shared, ~shared, Weight.THEME, F("shared_themes") * Value(int(Weight.THEME))))
    for under in found_under(wish.words_looked_for).values():
        has_word = Q(**{f"{chair}pk__in": under})
        found.append(Criterion(has_word, ~has_word, Weight.WORD))
    return found


def _circumstances(wish: Wish, chair: str) -> list[Criterion]:
    """Return what else the wish says; budget and regime, which a chair leaves open, for an activity only."""
    found = []
    if chair and wish.budget is not None:
        found.append(Criterion(Q(left__gte=wish.budget), Q(left__lt=wish.budget), Weight.BUDGET))
    if wish.starts_on is not None:
        late = Q(**{f"{chair}starts_on__gt": wish.starts_on})
        over = Q(**{f"{chair}ends_on__lt": wish.starts_on})
        endless = Q(**{f"{chair}ends_on": None})
        runs = Q(**{f"{chair}starts_on__lte": wish.starts_on}) & (
            endless | Q(**{f"{chair}ends_on__gte": wish.starts_on})
        )
        found.append(Criterion(runs, late | over, Weight.START))
    if wish.regions:
        there = Q(**{f"{chair}cluster__region__in": wish.regions})
        found.append(Criterion(there, ~there, Weight.REGION))
    if chair and wish.regime:
        takes = Q(regime__in=[AcceptedRegime.EITHER, wish.regime])
        found.append(Criterion(takes, ~takes, Weight.REGIME))
    return found


def _shared_themes(wish: Wish, chair: str) -> Coalesce:
    """Return how many of the wish's themes a chair works on, as an expression; each is named by its chair's cluster."""
    by_cluster = defaultdict(list)
    for key in wish.themes:
        cluster, _slash, slug = key.partition("/")
        by_cluster[cluster].append(slug)
    asked = reduce(
        or_, [Q(chair__cluster__slug=cluster, theme__slug__in=slugs) for cluster, slugs in by_cluster.items()]
    )
    shared = Chair.themes.through.objects.filter(asked, chair=OuterRef(f"{chair}pk")).order_by()
    counted = shared.values("chair").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
