"""Remarks of staff on fields of a proposal: kept with a request for changes, shown until the partner sends it again."""

from collections.abc import Mapping

from sponsorships.enums import SponsorshipStatus
from sponsorships.models import FieldRemark, Sponsorship


def keep_remarks(sponsorship: Sponsorship, remarks: Mapping[str, str]) -> None:
    """Store the remarks (by field) with the request for changes that was just logged."""
    request = sponsorship.transitions.filter(verb="request_changes").latest("pk")
    FieldRemark.objects.bulk_create(
        FieldRemark(transition=request, field=name, text=text) for name, text in remarks.items()
    )


def open_remarks(sponsorship: Sponsorship) -> list[FieldRemark]:
    """Return the remarks that the partner has not answered yet: sending the proposal again clears them all."""
    return last_remarks(sponsorship) if sponsorship.status == SponsorshipStatus.CHANGES_REQUESTED else []


def last_remarks(sponsorship: Sponsorship) -> list[FieldRemark]:
    """Return the remarks of the last request for changes, answered or not."""
    asked = [line for line in sponsorship.transitions.all() if line.verb == "request_changes"]
    return list(asked[-1].remarks.all()) if asked else []
