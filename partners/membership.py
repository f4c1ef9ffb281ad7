"""How a person comes to act for a partner: they register it, or ask to join it and are admitted."""

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.exceptions import Refused
from core.model_fields import KEY_MAX_LENGTH
from core.on_behalf import colleague_of
from core.similar_names import alike
from core.slugs import free_address_untold
from core.text import name_key
from partners import notifications
from partners.colleagues import close_invitations_to
from partners.enums import ContactState
from partners.models import Contact, Partner
from partners.perms import can_admit

SLUG_MAX_LENGTH = 80


def partner_of(siren: str | None) -> Partner | None:
    """Return the partner with this SIREN, or None. A SIREN identifies a company with certainty."""
    return Partner.objects.filter(siren=siren).first() if siren else None


def namesakes_of(name: str, country: str, siren: str | None) -> list[Partner]:
    """Return the partners of a country with this name. With a SIREN, only those without one can be the same company."""
    namesakes = Partner.objects.filter(name_key=name_key(name, KEY_MAX_LENGTH), country=country)
    return list(namesakes.filter(siren=None) if siren else namesakes)


def look_alikes_of(name: str, user: User) -> list[Partner]:
    """Return partners with a very similar name among those that the user may know: public ones and their own."""
    own = Contact.objects.approved().filter(user=user).values("partner")
    return alike(Partner.objects.filter(Q(pk__in=Partner.objects.named()) | Q(pk__in=own)), name)


def has_registered(name: str, country: str, by: User) -> bool:
    """Return whether this person already acts for a partner of this name: they posted the form twice."""
    own = Partner.objects.filter(contacts__in=Contact.objects.approved().filter(user=by))
    return own.filter(name_key=name_key(name, KEY_MAX_LENGTH), country=country).exists()


def register(partner: Partner, by: User, job_title: str = "", is_signatory: bool = False) -> Contact | None:
    """Save a new partner, and return its primary contact: the person who registers it.

    Return None if somebody registered the same SIREN just before.
    """
    partner.slug = free_address_untold(partner.name, Partner.objects.all(), SLUG_MAX_LENGTH)
    try:
        with transaction.atomic():
            partner.save()
            return Contact.objects.create(
                partner=partner,
                user=by,
                job_title=job_title,
                is_primary=True,
                is_signatory=is_signatory,
                state=ContactState.APPROVED,
                decided_at=timezone.now(),
            )
    except IntegrityError:
        return None


@transaction.atomic
def ask_to_join(partner: Partner, by: User, job_title: str = "") -> Contact:
    """Create and return a request to join, and mail it to the primary contacts. A second call changes nothing."""
    contact, created = Contact.objects.get_or_create(partner=partner, user=by, defaults={"job_title": job_title})
    if created:
        notifications.tell_of_request(contact)
    return contact


def admit(contact: Contact, by: User) -> Contact:
    """Admit a person to act for the partner, even one refused earlier. Raise Refused with the reasons."""
    return _decide(contact, by, ContactState.APPROVED, [ContactState.REQUESTED, ContactState.REFUSED])


def refuse(contact: Contact, by: User) -> Contact:
    """Refuse a request to join. Raise Refused with the reasons."""
    return _decide(contact, by, ContactState.REFUSED, [ContactState.REQUESTED])


@transaction.atomic
def _decide(contact: Contact, by: User, state: ContactState, sources: list[ContactState]) -> Contact:
    # Lock the partner's row first, as wherever its people change.
    Partner.objects.select_for_update().get(pk=contact.partner_id)
    current = Contact.objects.select_for_update().get(pk=contact.pk)
    if not can_admit(current, by):
        raise Refused([_("The partner's primary contact, or staff of a cluster that knows the partner, decide this.")])
    if current.state not in sources:
        raise Refused([_("This request has already been answered.")])
    current.state, current.decided_at = state, timezone.now()
    current.decided_by, current.on_behalf_of = by, colleague_of(by)
    current.save(update_fields=["state", "decided_at", "decided_by", "on_behalf_of"])
    if state == ContactState.APPROVED:
        close_invitations_to(current)
    notifications.tell_of_decision(current)
    return current
