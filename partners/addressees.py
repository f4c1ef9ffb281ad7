"""The addressees of staff mails at partners: approved contacts with an active account."""

from collections.abc import Iterable

from core.admin.addressees import Addressee
from partners.models import Contact


def people_of(contacts) -> Iterable[Addressee]:
    """Return the approved contacts among these, with active accounts, as addressees."""
    admitted = contacts.approved().filter(user__is_active=True).select_related("user", "partner")
    return [Addressee(one.user.name, one.user.email, one.partner.name) for one in admitted]


def people_at(partners) -> Iterable[Addressee]:
    """Return the addressees at these partners, given as a queryset of keys."""
    return people_of(Contact.objects.filter(partner__in=partners).order_by())
