"""The fingerprints of accepted yearly reports, for the transparency log."""

from collections.abc import Iterator

from transparency.leaves import Fingerprint, new_ones
from yearly.models import YearReport

REPORT = "year-report"
NATION = "nation"


def subject_of(report: YearReport) -> str:
    """Return the report's name in the log: cluster (or nation), year and kind of records."""
    return f"{report.cluster.slug if report.cluster else NATION}/{report.year}/{report.records}"


def reports() -> Iterator[Fingerprint]:
    """Yield the fingerprints of accepted reports that are not in the log yet."""
    accepted = YearReport.objects.accepted().select_related("cluster").defer("payload").order_by("pk")
    return new_ones(REPORT, (Fingerprint(REPORT, subject_of(one), one.sha256) for one in accepted))
