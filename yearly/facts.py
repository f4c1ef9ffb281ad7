"""The figures of a chair's year, for its report."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy

from chairs.models import Chair
from clusters.enums import Origin
from yearly.counts import COUNTS
from yearly.enums import CountName, Unit
from yearly.models import ChairYearReport
from yearly.models.units import UNITS
from yearly.scopes import Scope

# Not useful for one chair, which only reports of years in which it ran.
LEFT_OUT = (CountName.CHAIRS,)
# Labels for a single chair, where the count's own label says “chairs”.
LABELS = {
    CountName.PEOPLE: gettext_lazy("People in the chair"),
    CountName.TEACHING_HOURS: gettext_lazy("Hours taught by the chair"),
    CountName.HOURS_OWED: gettext_lazy("Hours owed by the chair"),
}


@dataclass(frozen=True)
class Fact:
    """A figure of the chair's year."""

    name: CountName
    number: Decimal

    @property
    def label(self) -> str:
        return str(LABELS.get(self.name, self.name.label))

    @property
    def unit(self) -> Unit:
        return UNITS[self.name]


def count_facts(chair: Chair, year: int) -> dict[str, str]:
    """Return each count of the chair's year as text; stored when a report is submitted."""
    scope = Scope(year, chair=chair, is_made_up=chair.origin == Origin.DEMONSTRATION)
    counts = [count for count in COUNTS.values() if count.is_of_chairs and count.name not in LEFT_OUT]
    return {count.name.value: str(count.number(scope)) for count in counts}


def facts_of(report: ChairYearReport) -> list[Fact]:
    """Return the figures of a report: today's while it is being written, else those of the submission."""
    kept = count_facts(report.chair, report.year) if report.is_editable or not report.facts else report.facts
    return [Fact(CountName(name), Decimal(number)) for name, number in kept.items() if name in CountName.values]
