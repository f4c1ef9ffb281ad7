"""Yearly reports for tests: each function makes one, valid as it stands; `**overrides` change it."""

from django.utils import timezone

from tests.factories import make_user
from yearly.models import ChairYearReport, YearReport


def make_chair_year(chair, status="draft", by=None, **overrides) -> ChairYearReport:
    """What a chair says of the last year that is over, written by `by` or by nobody in particular."""
    values = {
        "year": timezone.localdate().year - 1,
        "highlights_en": "A hundred nurses were asked.",
        "highlights_fr": "Cent infirmières ont été interrogées.",
        "created_by": by or make_user(),
        "status": status,
        **overrides,
    }
    if status != "draft":
        values.setdefault("submitted_at", timezone.now())
    if status in ("sent_back", "accepted"):
        values.setdefault(f"{status}_at", timezone.now())
    return ChairYearReport.objects.create(chair=chair, **values)


def make_year_report(cluster=None, **overrides) -> YearReport:
    """The report of a cluster, or of the nation, on the last year that is over."""
    return YearReport.objects.create(cluster=cluster, **{"year": timezone.localdate().year - 1, **overrides})
