"""Who is told what of requests to act for a partner. docs/mail.md has the table."""

from accounts.models import User
from core.mail.queue import queue_mail, queue_mails
from partners.perms import speaks_for


def contacts_of(partner):
    return User.objects.filter(is_active=True, contacts__in=partner.contacts.approved())


def primary_contacts_of(partner):
    return User.objects.filter(is_active=True, contacts__in=partner.contacts.primary())


def tell_of_request(contact) -> None:
    """Ask the primary contacts to answer a request to join."""
    context = {"contact": contact, "partner": contact.partner}
    link = ("partners:detail", contact.partner.slug)
    queue_mails(primary_contacts_of(contact.partner), "contacts/requested", context, link=link)


def tell_of_decision(contact) -> None:
    """Tell who asked to join what was decided."""
    context = {"contact": contact, "partner": contact.partner}
    queue_mail(contact.user, f"contacts/{contact.state}", context, link=("portal:home",))
    if not speaks_for(contact.partner, contact.decided_by):
        # The office answered in the partner's place: its own people read that, and may decide otherwise.
        others = primary_contacts_of(contact.partner).exclude(pk=contact.user_id)
        queue_mails(others, "contacts/answered_by_office", context, link=("partners:detail", contact.partner.slug))


def tell_of_arrival(invitation, contact) -> None:
    """Tell who invited somebody that they accepted; the office reads it where it keeps the partner."""
    partner, by = contact.partner, invitation.invited_by
    by_office = not speaks_for(partner, by)
    link = ("admin:partners_partner_change", partner.pk) if by_office else ("partners:detail", partner.slug)
    queue_mail(by, "contacts/accepted", {"contact": contact, "partner": partner, "by_office": by_office}, link=link)
