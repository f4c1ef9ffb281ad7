"""Hand what an office kept for a partner over to the partner's own people when the first of them arrive."""

from django.apps import apps

from partners.models import Contact, OfficeContact


def hand_over(contact: Contact, addresses: set[str]) -> None:
    """Take the office's details of the contact, and hand over what the office sent on the partner's behalf.

    Call it in the transaction that admits the contact. `addresses` are the contact's verified e-mail addresses.
    """
    known = OfficeContact.objects.filter(partner=contact.partner, email__in=addresses)
    if not contact.job_title:
        contact.job_title = next((one.job_title for one in known if one.job_title), "")
        contact.save(update_fields=["job_title"])
    known.delete()
    # By name: the sponsorships app is in a higher layer.
    apps.get_app_config("sponsorships").hand_over(contact.partner, contact.user)
