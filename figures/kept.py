"""Figures from the kept sums (`sponsorships.accounting.kept_sums`): from a few rows, in one query.

They equal those of `Sums`. Changes that the kept sums do not include yet are corrected here: the old amounts are
subtracted, and the new ones added.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.db import connection
from django.utils import timezone

from figures.enums import COUNTED, PUBLIC, Grouping, Measure
from figures.sums import Figures
from sponsorships.accounting.counted_facts import (
    COLUMNS,
    ENTRIES,
    NUMBERS,
    PLACES,
    PUBLIC_ENTRIES,
    PUBLIC_SPONSORSHIPS,
    SPONSORSHIPS,
    Numbers,
    facts_of,
    nothing,
)
from sponsorships.accounting.kept_sums import difference
from sponsorships.models import CountedSponsorship
from sponsorships.models.kept_sum import BY_QUARTER, BY_STATUS, NATION, SPONSORS, WHOLE

# The spans up to a day: whole years before its year, whole months before its month, the days of its month.
SPANS = (
    "span >= 'y' AND span < %(year)s",
    "span >= %(january)s AND span < %(month)s",
    "span >= %(first)s AND span <= %(day)s",
)
SUMMED = [*COLUMNS, *NUMBERS]
SUMS = ", ".join(f"SUM({column})" for column in SUMMED)
# The changes that are not included yet: in the same statement, so that none is missed or counted twice.
MARKED = f"""SELECT {{code}}, CAST(marked.sponsorship_id AS text), COALESCE(counted.facts, ''), {{false}}, {", ".join(["0"] * len(SUMMED))}
FROM (SELECT DISTINCT sponsorship_id FROM sponsorships_uncountedchange) AS marked
LEFT JOIN sponsorships_countedsponsorship AS counted ON counted.sponsorship_id = marked.sponsorship_id"""
# Sponsorships whose partner is named today, with those that publish the amount.
SPONSORS_NOW = f"""SELECT '{SPONSORS}', '', '', is_made_up, {SUMS} FROM sponsorships_keptsum
WHERE cluster = {NATION} AND grouped_by = '{SPONSORS}' AND public_from <= %(today)s GROUP BY is_made_up"""
PLACE = {measure: PLACES[kinds[0].value, contribution.value] for measure, (kinds, contribution) in COUNTED.items()}
GROUPINGS = {BY_QUARTER: Grouping.QUARTER, BY_STATUS: Grouping.STATUS, WHOLE: Grouping.CLUSTER, SPONSORS: SPONSORS}

Row = tuple[str, bool, Numbers]


@dataclass
class KeptSums:
    """The sums up to a date: of all entries or of public ones, for the nation or for one cluster's part."""

    on: datetime.date
    cluster_id: int | None = None
    is_public: bool = False
    # True or False for made-up or real records only; None for all.
    is_made_up: bool | None = None
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def __post_init__(self):
        self.rows = self.rows or self._read()

    def only(self, is_made_up: bool) -> "KeptSums":
        """Return the sums of real or of made-up records, without another query."""
        return KeptSums(self.on, self.cluster_id, self.is_public, is_made_up, self.rows)

    @property
    def silent(self) -> int:
        """The number of sponsorships whose partner is named today but does not publish the amount."""
        numbers = [numbers for _part, _is_made_up, numbers in self.rows[SPONSORS]]
        return sum(row[SPONSORSHIPS] - row[PUBLIC_SPONSORSHIPS] for row in numbers)

    def total(self) -> Figures:
        return self._total

    @cached_property
    def _total(self) -> Figures:
        return sum((figures for _part, figures in self._figures(Grouping.QUARTER)), Figures())

    def by(self, grouping: Grouping) -> dict:
        """Return the sums by cluster, quarter or status. A sponsorship is counted in the quarter of its first entry."""
        found: dict = defaultdict(Figures)
        key = {Grouping.CLUSTER: int, Grouping.QUARTER: datetime.date.fromisoformat, Grouping.STATUS: str}[grouping]
        for part, figures in self._figures(grouping):
            found[key(part)] += figures
        return {part: figures for part, figures in found.items() if figures.entries}

    def _figures(self, grouping: Grouping) -> Iterator[tuple[str, Figures]]:
        entries, sponsorships = (PUBLIC_ENTRIES, PUBLIC_SPONSORSHIPS) if self.is_public else (ENTRIES, SPONSORSHIPS)
        measures = PUBLIC if self.is_public else tuple(Measure)
        for part, is_made_up, numbers in self.rows[grouping]:
            if self.is_made_up in (None, is_made_up):
                amounts = dict.fromkeys(Measure, Decimal("0.00"))
                amounts |= {measure: Decimal(numbers[PLACE[measure]]).scaleb(-2) for measure in measures}
                made_up = numbers[entries] if is_made_up else 0
                yield part, Figures(amounts, numbers[sponsorships], numbers[entries], made_up)

    def _read(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {grouping: [] for grouping in GROUPINGS.values()}
        before, changed = [], []
        with connection.cursor() as cursor:
            cursor.execute(*self._query())
            for code, part, facts, is_made_up, *numbers in cursor.fetchall():
                if code != "marked":
                    found[code].append((part, bool(is_made_up), [int(number) for number in numbers]))
                    continue
                changed.append(int(part))
                if facts:
                    before.append(CountedSponsorship(pk=int(part), facts=facts))
        if changed:
            self._make_up(found, before, changed)
        return found

    def _query(self) -> tuple[str, dict]:
        day = self.on.isoformat()
        sections = [
            self._section(Grouping.QUARTER, BY_QUARTER, "part", "= %(whose)s"),
            self._section(Grouping.STATUS, BY_STATUS, "part", "= %(whose)s"),
            MARKED.format(code="'marked'", false="FALSE"),
        ]
        if self.cluster_id is None:
            each = "IN (SELECT id FROM clusters_cluster)"
            sections.append(self._section(Grouping.CLUSTER, WHOLE, "CAST(cluster AS text)", each))
        if self.is_public:
            sections.append(SPONSORS_NOW)
        return " UNION ALL ".join(sections), {
            "whose": self.cluster_id or NATION,
            "year": f"y{day[:4]}",
            "january": f"m{day[:4]}",
            "month": f"m{day[:7]}",
            "first": f"d{day[:7]}",
            "day": f"d{day}",
            "today": timezone.localdate().isoformat(),
        }

    def _section(self, code: Grouping, grouped_by: str, part: str, whose: str) -> str:
        """Return the query of one grouping.

        Each kind of span is one range of the index, in a UNION: an OR would not use the index.
        """
        public = "AND public_from <= %(today)s" if self.is_public else ""
        spans = " UNION ALL ".join(
            f"SELECT {part} AS part, is_made_up, {', '.join(SUMMED)} FROM sponsorships_keptsum "
            f"WHERE cluster {whose} AND grouped_by = '{grouped_by}' AND {span} {public}"
            for span in SPANS
        )
        return (
            f"SELECT '{code.value}', part, '', is_made_up, {SUMS} FROM ({spans}) AS counted GROUP BY part, is_made_up"
        )

    def _make_up(self, found: dict[str, list[Row]], before: list[CountedSponsorship], changed: list[int]) -> None:
        day, today = f"d{self.on.isoformat()}", timezone.localdate().isoformat()
        more: dict[tuple[str, str, bool], Numbers] = defaultdict(nothing)
        for (cluster, grouped_by, span, part, public_from, is_made_up), numbers in difference(
            before, facts_of(changed).values()
        ).items():
            # The days add up to everything; months and years repeat them.
            if not (grouped_by == SPONSORS or "d" <= span <= day) or (self.is_public and public_from > today):
                continue
            grouping = GROUPINGS[grouped_by]
            if cluster == (self.cluster_id or NATION) or grouping == Grouping.CLUSTER:
                key = (grouping, str(cluster) if grouping == Grouping.CLUSTER else part, is_made_up)
                more[key] = [one + other for one, other in zip(more[key], numbers, strict=True)]
        for (grouping, part, is_made_up), numbers in more.items():
            found[grouping].append((part, is_made_up, numbers))
