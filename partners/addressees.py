"""Whom staff write to at partners: their people who are admitted and have an open account."""

from collections.abc import Iterable

from core.admin.addressees import Addressee
from partners.models import Contact


def people_of(contacts) -> Iterable[Addressee]:
    """Return the people of these contacts."""
    admitted = contacts.approved().filter(user__is_active=True).select_related("user", "partner")
    return [Addressee(one.user.name, one.user.email, one.partner.name) for one in admitted]


def people_at(partners) -> Iterable[Addressee]:
    """Return the people of these partners: a query of their keys."""
    return people_of(Contact.objects.filter(partner__in=partners).order_by())
