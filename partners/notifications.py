"""The mails about requests to act for a partner, and who receives them. docs/mail.md has the table."""

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
    """Mail the decision to the person who asked to join."""
    context = {"contact": contact, "partner": contact.partner}
    queue_mail(contact.user, f"contacts/{contact.state}", context, link=("portal:home",))
    if not speaks_for(contact.partner, contact.decided_by):
        # If the office decided, tell the primary contacts: they may decide otherwise.
        others = primary_contacts_of(contact.partner).exclude(pk=contact.user_id)
        queue_mails(others, "contacts/answered_by_office", context, link=("partners:detail", contact.partner.slug))


def tell_of_arrival(invitation, contact) -> None:
    """Tell the inviter that their invitation was accepted; an office gets a link to the partner in the panel."""
    partner, by = contact.partner, invitation.invited_by
    by_office = not speaks_for(partner, by)
    link = ("admin:partners_partner_change", partner.pk) if by_office else ("partners:detail", partner.slug)
    queue_mail(by, "contacts/accepted", {"contact": contact, "partner": partner, "by_office": by_office}, link=link)
