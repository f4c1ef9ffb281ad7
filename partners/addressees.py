"""The addressees of staff mails at partners: approved contacts with an active account, and people whom the office knows there."""

from collections.abc import Iterable

from accounts.models import User
from clusters.scopes import EDITORS, clusters_of, clusters_with
from core.admin.addressees import Addressee
from partners.models import Contact, OfficeContact


def people_of(contacts) -> Iterable[Addressee]:
    """Return the approved contacts among these, with active accounts, as addressees."""
    admitted = contacts.approved().filter(user__is_active=True).select_related("user", "partner")
    return [Addressee(one.user.name, one.user.email, one.partner.name) for one in admitted]


def known_at(partners, reader: User, roles: frozenset[str] = EDITORS) -> Iterable[Addressee]:
    """Return the people at these partners whom the offices know in which the reader has one of the roles; all for national staff."""
    known = OfficeContact.objects.filter(partner__in=partners).exclude(email="").select_related("partner").order_by()
    if not clusters_of(reader).is_national:
        known = known.filter(cluster__in=clusters_with(reader, roles))
    return [Addressee(one.name, one.email, one.partner.name) for one in known]


def people_at(partners, reader: User, roles: frozenset[str] = EDITORS) -> Iterable[Addressee]:
    """Return the addressees at these partners, given as a queryset of keys: their own people first."""
    own = people_of(Contact.objects.filter(partner__in=partners).order_by())
    return [*own, *known_at(partners, reader, roles)]
