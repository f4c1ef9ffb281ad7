"""What of yearly reports goes into the transparency log: the fingerprint of each that was accepted."""

from collections.abc import Iterator

from transparency.leaves import Fingerprint, new_ones
from yearly.models import YearReport

REPORT = "year-report"
NATION = "nation"


def subject_of(report: YearReport) -> str:
    """Return which report it is: whose, of which year, and of which records."""
    return f"{report.cluster.slug if report.cluster else NATION}/{report.year}/{report.records}"


def reports() -> Iterator[Fingerprint]:
    """Yield the accepted reports that the log has not."""
    accepted = YearReport.objects.accepted().select_related("cluster").defer("payload").order_by("pk")
    return new_ones(REPORT, (Fingerprint(REPORT, subject_of(one), one.sha256) for one in accepted))
