"""Finds the best offers for a wish: sets of chairs by score, best first, and of those no more than are shown.

The score is the one that `scoring` adds up sentence by sentence: a test holds the two equal. Chairs are told apart by
sets, all at once. Whether an activity still needs money, and what partners publish of it, the ledger knows: it is asked of
a few hundred at a time, in the order of the best score that they can have, until nobody who is left can come before.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from pyroaring import BitMap

from chairs.enums import AcceptedRegime
from sponsorships.accounting.activity_money import open_with_left, open_with_target
from sponsorships.matching.candidates import NOBODY, Candidates, Posted, candidates
from sponsorships.matching.criteria import Weight, Wish
from sponsorships.matching.offers import Word, found_under

# Offers that are judged and shown: more than anybody reads through. Who wants others says more of what they look for.
MAX_OFFERS = 200
# How many activities are looked at together.
PART = 300
# What a title that names a word counts, among those of one score; a chair's counts once for its activities.
NAMED_ITSELF = 2

# Activities with the highest score that they can have, and how far their titles name what was asked.
Group = tuple[int, int, array]


@dataclass(frozen=True, order=True)
class Ranked:
    """An offer as it is ordered: the highest score first, then what names the wish in its title or is about it alone.

    Among equals an activity comes before a chair, and the older before the younger.
    """

    minus_score: int
    minus_named: int
    is_chair: bool
    pk: int

    @property
    def score(self) -> int:
        return -self.minus_score


@dataclass(frozen=True)
class Ranking:
    """The offers that suit a wish, best first, and the chairs found under each of its words."""

    offers: list[Ranked] = field(default_factory=list)
    words: dict[str, Word] = field(default_factory=dict)


class Levels:
    """Records by their score. Each criterion tells apart those that it speaks for, against, and says nothing of."""

    def __init__(self, records: BitMap):
        self.by_score = {0: records}

    def add(self, reason: BitMap, gain: int, miss: BitMap | None = None, loss: int | None = None) -> None:
        """Take a criterion into account; without `miss`, it speaks against all for which it does not speak."""
        further: dict[int, BitMap] = {}
        for score, records in self.by_score.items():
            against = records - reason if miss is None else records & miss
            neither = NOBODY if miss is None else records - reason - miss
            parts = ((gain, records & reason), (-gain if loss is None else -loss, against), (0, neither))
            for change, found in parts:
                if found:
                    further[score + change] = further.get(score + change, NOBODY) | found
        self.by_score = further

    def raise_those(self, records: BitMap, gain: int) -> None:
        """Take into account what speaks for some records, and against none."""
        self.add(records, gain, loss=0)

    def best_first(self) -> Iterator[tuple[int, BitMap]]:
        for score in sorted(self.by_score, reverse=True):
            yield score, self.by_score[score]


def ranking(wish: Wish) -> Ranking:
    """Return what suits a wish, best first, no more than one beyond MAX_OFFERS; nothing for an empty wish.

    An offer is shown when at least one reason speaks for it; where the wish names a subject, that subject. The same wish
    on the same records has the same order.
    """
    if wish.is_empty:
        return Ranking()
    known, words = candidates(), found_under(wish.words_looked_for)
    levels, about = _levels(wish, known, words)
    naming = Naming.of(wish, known, words)
    found = _Activities(wish, known.posted, about, naming).best(levels) + _chairs(levels, about, naming)
    return Ranking(sorted(found)[: MAX_OFFERS + 1], words)


@dataclass(frozen=True)
class Naming:
    """What names the words of a wish in its title, and which chairs are on its themes alone: it orders those of one score."""

    posted: Posted
    # For each word, the chairs and the activities whose titles have it.
    titles: list[tuple[BitMap, BitMap]]
    only_on_themes: BitMap

    @classmethod
    def of(cls, wish: Wish, known: Candidates, words: dict[str, Word]) -> "Naming":
        titles = [(word.named, known.named(word.groups)) for word in words.values()]
        return cls(known.posted, titles, known.only_on(wish.themes) if wish.themes else NOBODY)

    def chairs(self, chairs: BitMap) -> Levels:
        levels = Levels(chairs)
        for named, _activities in self.titles:
            levels.raise_those(named, NAMED_ITSELF)
        levels.raise_those(self.only_on_themes, 1)
        return levels

    def activities(self, activities: BitMap) -> Levels:
        """An activity that names a word itself comes before one that only stands in a chair that does."""
        levels = Levels(activities)
        for chairs, named in self.titles:
            levels.raise_those(named, NAMED_ITSELF)
            levels.raise_those(self._in(chairs) - named, 1)
        levels.raise_those(self._in(self.only_on_themes), 1)
        return levels

    def _in(self, chairs: BitMap) -> BitMap:
        return self.posted.in_chairs(chairs & self.posted.holders)


def _levels(wish: Wish, known: Candidates, words: dict[str, Word]) -> tuple[Levels, BitMap]:
    """Return the chairs by score, and those for which a reason speaks (of the subject, where the wish names one)."""
    levels, subjects, others = Levels(known.not_over(timezone.localdate())), [], []
    for word in words.values():
        levels.add(word.chairs, Weight.WORD)
        subjects.append(word.chairs)
    if wish.themes:
        themes = [known.on_theme(key) for key in wish.themes]
        for found in themes:
            levels.add(found, Weight.THEME, loss=0)
        subjects.append(BitMap.union(NOBODY, *themes))
        levels.add(subjects[-1], 0, loss=Weight.THEME)
    if wish.starts_on is not None:
        over = known.ended_before(wish.starts_on)
        others.append(known.begun_by(wish.starts_on) - over)
        levels.add(others[-1], Weight.START, known.begin_after(wish.starts_on) | over)
    if wish.regions:
        others.append(known.in_regions(wish.regions))
        levels.add(others[-1], Weight.REGION)
    return levels, BitMap.union(NOBODY, *(subjects or others))


def _chairs(levels: Levels, shown: BitMap, naming: Naming) -> list[Ranked]:
    found: list[Ranked] = []
    for score, of_score in levels.best_first():
        for named, records in naming.chairs(of_score & shown).best_first():
            found += [Ranked(-score, -named, True, pk) for pk in records[: MAX_OFFERS + 1 - len(found)]]
        if len(found) > MAX_OFFERS:
            break
    return found


class _Activities:
    """The posted activities that suit a wish. `about`: the chairs for which a reason speaks."""

    def __init__(self, wish: Wish, posted: Posted, about: BitMap, naming: Naming):
        self.posted, self.about, self.naming = posted, about, naming
        self.needs_subject = bool(wish.themes or wish.words_looked_for)
        self.budget, self.regime = wish.budget, wish.regime
        # Those that can have a reason of their own: whether what is left is enough is still to be asked.
        self.affordable = posted.of_at_least(int(wish.budget * 100)) if wish.budget is not None else NOBODY
        ways = (AcceptedRegime.EITHER, wish.regime) if wish.regime else ()
        self.takes = BitMap.union(NOBODY, *(posted.regimes.get(way, NOBODY) for way in ways))
        # Without a subject, any reason will do: the chair's, the regime, or what is still to be asked.
        self.suited = NOBODY if self.needs_subject else posted.in_chairs(about & posted.holders) | self.takes

    def best(self, levels: Levels) -> list[Ranked]:
        found: list[Ranked] = []
        for together in self._together(levels):
            highest, named, pks = together[0]
            # The best that anybody left can be.
            if sum(one < Ranked(-highest, -named, False, pks[0]) for one in found) > MAX_OFFERS:
                break
            found += self._judged(together)
        return found

    def _together(self, levels: Levels) -> Iterator[list[Group]]:
        """Yield activities, each group with the highest score that it can have, as many as are looked at together."""
        together: list[Group] = []
        for highest, of_score in self._groups(levels):
            for named, activities in self.naming.activities(of_score).best_first():
                pks = array("I", activities)
                for start in range(0, len(pks), PART):
                    part = pks[start : start + PART]
                    if together and sum(len(pks) for _highest, _named, pks in together) + len(part) > PART:
                        yield together
                        together = []
                    together.append((highest, named, part))
        if together:
            yield together

    def _groups(self, levels: Levels) -> Iterator[tuple[int, BitMap]]:
        """Yield activities by the highest score that they can have, the best first."""
        most = (Weight.BUDGET if self.budget is not None else 0) + (Weight.REGIME if self.regime else 0)
        left, waiting = list(levels.best_first()), dict[int, BitMap]()
        while left or waiting:
            while left and (not waiting or left[0][0] + most >= max(waiting)):
                for score, activities in self._parts(*left.pop(0)):
                    waiting[score] = waiting.get(score, NOBODY) | activities
            if waiting:
                highest = max(waiting)
                yield highest, waiting.pop(highest)

    def _parts(self, score: int, chairs: BitMap) -> Iterator[tuple[int, BitMap]]:
        """Yield the activities of chairs with this score, by what speaks for and against them besides."""
        concerned = chairs & self.about if self.needs_subject else chairs
        activities = self.posted.in_chairs(concerned & self.posted.holders)
        levels = Levels(activities if self.needs_subject else activities & (self.suited | self.affordable))
        if self.budget is not None:
            levels.add(self.affordable, Weight.BUDGET)
        if self.regime:
            levels.add(self.takes, Weight.REGIME)
        for change, activities in levels.by_score.items():
            yield score + change, activities

    def _judged(self, together: Sequence[Group]) -> Iterator[Ranked]:
        """Yield those that still take proposals, and for which a reason speaks, with the score that they have."""
        every = [pk for _highest, _named, pks in together for pk in pks]
        left = open_with_target(every) if self.budget is None else open_with_left(every)
        for highest, named, pks in together:
            for pk in filter(left.__contains__, pks):
                is_within = pk in self.affordable and left[pk] >= self.budget
                if self.needs_subject or is_within or pk in self.suited:
                    falls_short = pk in self.affordable and not is_within
                    yield Ranked(2 * Weight.BUDGET * falls_short - highest, -named, False, pk)
