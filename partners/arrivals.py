"""What goes over to a partner's own people when the first of them come: what an office had kept for it."""

from django.apps import apps

from partners.models import Contact, OfficeContact


def hand_over(contact: Contact, addresses: set[str]) -> None:
    """Let who came for the partner go on with what the office kept: their own details, and what it sent on the partner's behalf.

    In the transaction in which they come.
    """
    known = OfficeContact.objects.filter(partner=contact.partner, email__in=addresses)
    if not contact.job_title:
        contact.job_title = next((one.job_title for one in known if one.job_title), "")
        contact.save(update_fields=["job_title"])
    known.delete()
    # An app above keeps the files: it is found by name.
    apps.get_app_config("sponsorships").hand_over(contact.partner, contact.user)
