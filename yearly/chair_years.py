"""The years of which a chair reports, and the chairs whose report of a year is missing."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from chairs.models import Chair
from chairs.periods import chair_runs
from core.dates import FIRST_YEAR
from yearly.deadlines import first_day, last_day
from yearly.models import ChairYearReport

# Chairs do not report of older years.
MAX_YEARS = 10


def reportable_years(chair: Chair) -> list[int]:
    """Return the years in which a chair ran, the present year included, the latest first."""
    this = timezone.localdate().year
    first = _year(chair.starts_on, chair.start_year, chair.phase.start_year) or FIRST_YEAR
    last = _year(chair.ends_on, chair.end_year, chair.phase.end_year) or this
    return list(range(min(last, this), max(first, this - MAX_YEARS) - 1, -1))


def _year(day, year, of_phase) -> int | None:
    return day.year if day else year or of_phase


def chairs_to_report(year: int) -> QuerySet[Chair]:
    """Return the published chairs that ran in a year, annotated with their report (`report_status`, `report_pk`)."""
    reports = ChairYearReport.objects.filter(chair=OuterRef("pk"), year=year)
    running = Chair.objects.published().filter(chair_runs(first_day(year), last_day(year)))
    return running.annotate(
        report_status=Subquery(reports.values("status")[:1]), report_pk=Subquery(reports.values("pk")[:1])
    )


def missing(year: int) -> QuerySet[Chair]:
    """Return the chairs whose report is not submitted, or was sent back."""
    handed_in = ChairYearReport.objects.handed_in().filter(chair=OuterRef("pk"), year=year)
    return chairs_to_report(year).filter(~Exists(handed_in))
