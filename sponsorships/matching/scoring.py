"""Compare a wish with offers: every reason and every miss is a sentence that the record proves."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chairs.enums import AcceptedRegime
from core.money import euros
from core.text import name_key
from sponsorships.matching.criteria import ANY_SUBJECT, Weight, Wish, theme_key
from sponsorships.matching.offers import Offer, offers_of
from sponsorships.matching.ranking import Ranked

# For each word of a wish, the chairs that the search finds.
Words = Mapping[str, Container[int]]


@dataclass
class Match:
    """An offer with the reasons for it (`reasons`) and against it (`misses`)."""

    offer: Offer
    reasons: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)
    score: int = 0
    # Whether it matches the wish's subject; True if the wish names none.
    is_on_subject: bool = True

    def add(self, weight: int, sentence: str) -> None:
        self.reasons.append(sentence)
        self.score += weight

    def miss(self, weight: int, sentence: str) -> None:
        self.misses.append(sentence)
        self.score -= weight


def judged(wish: Wish, ranked: Sequence[Ranked], words: Words) -> list[Match]:
    """Return these offers (a page of a ranking) with their reasons and misses."""
    chairs, activities = ([one.pk for one in ranked if one.is_chair == is_chair] for is_chair in (True, False))
    offers = offers_of(chairs, activities, with_given=wish.budget is not None)
    found = (offers.get((one.is_chair, one.pk)) for one in ranked)
    return [judge(wish, offer, words) for offer in found if offer is not None]


def judge(wish: Wish, offer: Offer, words: Words) -> Match:
    """Compare one offer with a wish. `words` holds, for each word of the wish, the chairs that the search finds."""
    match = Match(offer)
    _themes(wish, offer, match)
    _words(words, offer, match)
    match.is_on_subject = bool(match.reasons) or not (wish.themes or words)
    for compare in (_budget, _start, _region, _regime):
        compare(wish, offer, match)
    return match


def _themes(wish: Wish, offer: Offer, match: Match) -> None:
    if not wish.themes:
        return
    asked_for = [name for slug, name in offer.themes if theme_key(offer.cluster, slug) in wish.themes]
    if theme_key(offer.cluster, ANY_SUBJECT) in wish.themes:
        asked_for.append(_("any subject of its cluster"))
    shared = sorted(asked_for, key=name_key)
    if shared:
        sentence = ngettext("It works on your theme: %(themes)s.", "It works on your themes: %(themes)s.", len(shared))
        match.add(Weight.THEME * len(shared), sentence % {"themes": ", ".join(shared)})
    else:
        match.miss(Weight.THEME, _("None of its themes is one of yours."))


def _words(words: Words, offer: Offer, match: Match) -> None:
    here = [word for word, chairs in words.items() if offer.chair in chairs]
    absent = [word for word in words if word not in here]
    if here:
        match.add(Weight.WORD * len(here), _("Matches your words: %(words)s.") % {"words": ", ".join(here)})
    if absent:
        match.miss(Weight.WORD * len(absent), _("Does not match: %(words)s.") % {"words": ", ".join(absent)})


def _region(wish: Wish, offer: Offer, match: Match) -> None:
    if not wish.regions:
        return
    region = offer.region
    if region in wish.regions:
        match.add(Weight.REGION, _("Its cluster is in %(region)s.") % {"region": region})
    else:
        match.miss(Weight.REGION, _("Its cluster is in %(region)s, which is not one of yours.") % {"region": region})


def _budget(wish: Wish, offer: Offer, match: Match) -> None:
    if wish.budget is None or offer.activity is None:
        return
    # Compare with public amounts only: trying one budget after another would otherwise reveal private amounts.
    said = {"target": euros(offer.target), "left": euros(offer.left), "budget": euros(wish.budget)}
    if wish.budget <= offer.left and offer.given:
        reason = _("What partners publish leaves %(left)s of its target: your %(budget)s is within it.")
        match.add(Weight.BUDGET, reason % said)
    elif wish.budget <= offer.left:
        match.add(Weight.BUDGET, _("Its target is %(target)s: your %(budget)s is within it.") % said)
    elif offer.given:
        miss = _("What partners publish leaves %(left)s of its target, less than your %(budget)s.")
        match.miss(Weight.BUDGET, miss % said)
    else:
        match.miss(Weight.BUDGET, _("Its whole target is %(target)s, less than your %(budget)s.") % said)


def _start(wish: Wish, offer: Offer, match: Match) -> None:
    """Compare the wished start with the chair's period, if its record has the dates."""
    first, last = offer.starts_on, offer.ends_on
    if wish.starts_on is None:
        return
    if first is not None and wish.starts_on < first:
        match.miss(Weight.START, _("The chair begins on %(day)s, after your date.") % {"day": date_format(first)})
    elif last is not None and wish.starts_on > last:
        match.miss(Weight.START, _("The chair ends on %(day)s, before your date.") % {"day": date_format(last)})
    elif first is None:
        return
    elif last is not None:
        match.add(Weight.START, _("The chair runs on your date, until %(day)s.") % {"day": date_format(last)})
    else:
        said = {"day": date_format(first)}
        match.add(Weight.START, _("The chair begins on %(day)s, by your date; its end is not stated.") % said)


def _regime(wish: Wish, offer: Offer, match: Match) -> None:
    """Compare the regime: a chair takes gifts and contracts, an activity may take only one of them."""
    if not wish.regime or offer.activity is None:
        return
    if offer.regime in (AcceptedRegime.EITHER, wish.regime):
        match.add(Weight.REGIME, _("It can be funded in the way that you chose."))
    else:
        only = {"regime": AcceptedRegime(offer.regime).label}
        match.miss(Weight.REGIME, _("It can only be funded in another way: %(regime)s.") % only)
