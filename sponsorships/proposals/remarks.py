"""What staff ask about single parts of a proposal: kept with the request, shown while its answer is awaited."""

from collections.abc import Mapping

from sponsorships.enums import SponsorshipStatus
from sponsorships.models import FieldRemark, Sponsorship


def keep_remarks(sponsorship: Sponsorship, remarks: Mapping[str, str]) -> None:
    """Keep the remarks, by field, that come with the request for changes that was just logged."""
    request = sponsorship.transitions.filter(verb="request_changes").latest("pk")
    FieldRemark.objects.bulk_create(
        FieldRemark(transition=request, field=name, text=text) for name, text in remarks.items()
    )


def open_remarks(sponsorship: Sponsorship) -> list[FieldRemark]:
    """Return what is asked about single parts and not answered yet: sending it again clears them all."""
    return last_remarks(sponsorship) if sponsorship.status == SponsorshipStatus.CHANGES_REQUESTED else []


def last_remarks(sponsorship: Sponsorship) -> list[FieldRemark]:
    """Return what was asked about single parts the last time, answered or not."""
    asked = [line for line in sponsorship.transitions.all() if line.verb == "request_changes"]
    return list(asked[-1].remarks.all()) if asked else []
