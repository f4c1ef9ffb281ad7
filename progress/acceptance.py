"""Helpers for accepting a report: the version that was read, and the instalments that wait for a report."""

from django.db.models import QuerySet

from sponsorships.enums import InstalmentCondition, InstalmentStatus
from sponsorships.models import Instalment, Sponsorship


def waiting_instalments(sponsorship: Sponsorship) -> QuerySet[Instalment]:
    """Return the planned instalments that an accepted report can make due."""
    standing = Instalment.objects.standing().filter(sponsorship=sponsorship)
    return standing.filter(status=InstalmentStatus.PLANNED, condition=InstalmentCondition.REPORT).order_by("number")


def version(report) -> str:
    """Return the version of a report: the moment of submission. A submitted version is fixed until it is sent back."""
    return report.submitted_at.isoformat() if report.submitted_at else ""
