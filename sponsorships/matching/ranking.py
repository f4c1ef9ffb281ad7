"""Find the best offers for a wish: chairs in sets by score, best first, and no more activities than needed.

The score equals the one that `scoring` adds up sentence by sentence, as a test checks. Chairs are compared as sets, all
at once. Whether an activity still needs money, and what partners publish of it, must be queried from the ledger: this
is done for a few hundred activities at a time, by their highest possible score, until no other can reach the shown
ones.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils import timezone
from pyroaring import BitMap

from chairs.enums import AcceptedRegime
from sponsorships.accounting.activity_money import open_among, open_with_left
from sponsorships.matching.candidates import NOBODY, Candidates, Posted, candidates
from sponsorships.matching.criteria import Weight, Wish
from sponsorships.matching.offers import Word, found_under

# More offers than anybody reads: visitors who want others should say more.
MAX_OFFERS = 200
# How many activities are queried together.
PART = 300
# Among equal scores: the points for a word in an activity's own title; one in its chair's title gives 1.
NAMED_ITSELF = 2

# Highest possible score, points for titles, and the keys of activities that have both.
Group = tuple[int, int, array]


class Ranked(NamedTuple):
    """An offer as sorted: highest score first, then titles that contain the words, and chairs on the chosen themes only.

    Among equals, activities come before chairs, and older records before newer ones. A tuple, since hundreds are compared.
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
    """The offers that suit a wish, best first, and the search results of each of its words."""

    offers: list[Ranked] = field(default_factory=list)
    words: dict[str, Word] = field(default_factory=dict)


class Levels:
    """Records by score. Each criterion raises the score of some records, lowers that of others, and leaves the rest."""

    def __init__(self, records: BitMap):
        self.by_score = {0: records}

    def add(self, reason: BitMap, gain: int, miss: BitMap | None = None, loss: int | None = None) -> None:
        """Add `gain` to the records in `reason`, and subtract `loss` (default `gain`) from those in `miss` (default all others)."""
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
        """Add `gain` to these records only."""
        self.add(records, gain, loss=0)

    def best_first(self) -> Iterator[tuple[int, BitMap]]:
        for score in sorted(self.by_score, reverse=True):
            yield score, self.by_score[score]


def ranking(wish: Wish) -> Ranking:
    """Return the offers that suit a wish, best first, at most MAX_OFFERS + 1; none for an empty wish.

    An offer needs at least one reason; if the wish names a subject, it must match the subject. The order is the same
    for the same wish and records.
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
    """Orders offers of equal score: by words in their titles, and by chairs on the chosen themes only."""

    posted: Posted
    # For each word, the chairs and the activities with the word in their title.
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
        """Rank activities with a word in their own title before those with it only in their chair's title."""
        levels = Levels(activities)
        for chairs, named in self.titles:
            levels.raise_those(named, NAMED_ITSELF)
            levels.raise_those(self._in(chairs) - named, 1)
        levels.raise_those(self._in(self.only_on_themes), 1)
        return levels

    def _in(self, chairs: BitMap) -> BitMap:
        return self.posted.in_chairs(chairs & self.posted.holders)


def _levels(wish: Wish, known: Candidates, words: dict[str, Word]) -> tuple[Levels, BitMap]:
    """Return the chairs by score, and those that match: on the subject if the wish names one, else on any criterion."""
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
    """The posted activities that suit a wish. `about` are the chairs that match it."""

    def __init__(self, wish: Wish, posted: Posted, about: BitMap, naming: Naming):
        self.posted, self.about, self.naming = posted, about, naming
        self.needs_subject = bool(wish.themes or wish.words_looked_for)
        self.budget, self.regime = wish.budget, wish.regime
        # Activities whose whole target covers the budget; whether enough of it is left is queried later.
        self.affordable = posted.of_at_least(int(wish.budget * 100)) if wish.budget is not None else NOBODY
        ways = (AcceptedRegime.EITHER, wish.regime) if wish.regime else ()
        self.takes = BitMap.union(NOBODY, *(posted.regimes.get(way, NOBODY) for way in ways))
        # Without a subject, any reason is enough: the chair's, the regime's, or (queried later) the budget's.
        self.suited = NOBODY if self.needs_subject else posted.in_chairs(about & posted.holders) | self.takes

    def best(self, levels: Levels) -> list[Ranked]:
        found: list[Ranked] = []
        for together in self._together(levels):
            highest, named, pks = together[0]
            # The best rank that a remaining activity could have.
            best_left = Ranked(-highest, -named, False, pks[0])
            if sum(one < best_left for one in found) > MAX_OFFERS:
                break
            found += self._judged(together)
        return found

    def _together(self, levels: Levels) -> Iterator[list[Group]]:
        """Yield batches of activities to query together, by their highest possible score, best first."""
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
        """Yield activities by their highest possible score, best first."""
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
        """Yield the activities of chairs with this score, with the budget and regime added to it."""
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
        """Yield the activities that take proposals and have a reason, with their actual score."""
        every = [pk for _highest, _named, pks in together for pk in pks]
        if self.budget is None:
            still_open = open_among(every)
            for highest, named, pks in together:
                yield from (Ranked(-highest, -named, False, pk) for pk in pks if pk in still_open)
            return
        left = open_with_left(every)
        for highest, named, pks in together:
            for pk in filter(left.__contains__, pks):
                is_within = pk in self.affordable and left[pk] >= self.budget
                if self.needs_subject or is_within or pk in self.suited:
                    falls_short = pk in self.affordable and not is_within
                    yield Ranked(2 * Weight.BUDGET * falls_short - highest, -named, False, pk)
