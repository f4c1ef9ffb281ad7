"""What staff ask about single parts of a proposal: kept with the request, shown while its answer is awaited."""

from django.dispatch import receiver

from clusters.lifecycle import verb_performed
from partners.enums import SponsorshipStatus
from partners.models import FieldRemark, Sponsorship


@receiver(verb_performed, sender=Sponsorship, dispatch_uid="keep_remarks")
def keep_remarks(sender, record, verb, details, **kwargs):
    """Keep the remarks that came with a request for changes, in its transaction."""
    remarks = details.get("remarks", {})
    if verb != "request_changes" or not remarks:
        return
    request = record.transitions.filter(verb=verb).latest("pk")
    FieldRemark.objects.bulk_create(
        FieldRemark(transition=request, field=name, text=text) for name, text in remarks.items()
    )


def open_remarks(sponsorship: Sponsorship) -> list[FieldRemark]:
    """Return what is asked about single parts and not answered yet: sending it again clears them all."""
    return last_remarks(sponsorship) if sponsorship.status == SponsorshipStatus.CHANGES_REQUESTED else []


def last_remarks(sponsorship: Sponsorship) -> list[FieldRemark]:
    """Return what was asked about single parts the last time, answered or not."""
    asked = sponsorship.transitions.filter(verb="request_changes").last()
    return list(asked.remarks.all()) if asked else []
