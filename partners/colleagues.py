"""The people of a partner: its primary contacts invite colleagues, change their roles, and remove them.

Each act locks the partner's row, so that of two people, tabs or clicks one goes first, and a primary contact always
remains.
"""

import datetime

from allauth.account.models import EmailAddress
from django.apps import apps
from django.core import signing
from django.db import transaction
from django.db.models import DateTimeField, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.exceptions import Refused
from core.mail.queue import Correspondent, queue_mail
from core.on_behalf import colleague_of, named_with
from core.prepared import Argument, Prepared
from partners.arrivals import hand_over
from partners.enums import ContactState, InvitationState
from partners.models import Contact, Invitation, Partner
from partners.models.invitation import LIFETIME
from partners.notifications import tell_of_arrival
from partners.perms import can_invite_for, leads, stands_behind

ROLES = ("is_primary", "is_signatory", "is_accounting")
SALT = "partners.invitation"
# The most invitations that a partner may have open, and may send in a day: enough for a department, too few to misuse
# the site's mails. Cancelled ones count for the day, because their mail was sent.
MAX_INVITATIONS = 20
# The most invitations to one address in a day, from all partners together.
MAX_TO_ONE_ADDRESS = 3
DAY = datetime.timedelta(days=1)


def token_of(invitation: Invitation) -> str:
    """Return the token in an invitation's link. It never changes: the invitation itself knows when it expires."""
    return signing.Signer(salt=SALT).sign_object(invitation.pk)


def by_token(token: str) -> Invitation | None:
    """Return the invitation of a mailed token, in any state; None for an unknown or altered token."""
    try:
        pk = signing.Signer(salt=SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    return Invitation.objects.select_related("partner", "invited_by", "on_behalf_of").filter(pk=pk).first()


def addresses_of(user: User) -> set[str]:
    """Return the user's verified e-mail addresses, in lower case."""
    return {email.lower() for email in user.emailaddress_set.filter(verified=True).values_list("email", flat=True)}


def invitations_for(user: User) -> list[Invitation]:
    """Return the open invitations to the user's verified addresses, oldest first."""
    return _invitations_for(user=user.pk, since=timezone.now() - LIFETIME)


@Prepared
def _invitations_for():
    mine = EmailAddress.objects.filter(user=Argument("user"), verified=True).order_by()
    waiting = Invitation.objects.invited_after(Argument("since", DateTimeField())).filter(invited_by__is_active=True)
    to_me = waiting.filter(email__in=mine.values(address=Lower("email")))
    return to_me.select_related("partner", "invited_by", "on_behalf_of").order_by("invited_at")


@transaction.atomic
def invite(partner: Partner, *, by: User, email: str, roles: dict[str, bool]) -> Invitation:
    """Invite somebody by mail to act for the partner, and return the invitation. Raise Refused with the reasons."""
    # A fresh copy: contacts prefetched on the page's may be outdated.
    partner = Partner.objects.select_for_update().get(pk=partner.pk)
    if not (leads(partner, by) or can_invite_for(partner, by)):
        raise Refused([_("The primary contacts of an organisation manage its people.")])
    email = email.strip().lower()
    _let_expire(partner)
    if partner.contacts.approved().filter(user__emailaddress__email=email).exists():
        raise Refused([_("This person already acts for your organisation: change their roles instead.")])
    if partner.invitations.filter(state=InvitationState.INVITED, email=email).exists():
        raise Refused([_("This address has already been invited. Cancel the invitation first if its roles are wrong.")])
    if partner.invitations.filter(state=InvitationState.INVITED).count() >= MAX_INVITATIONS:
        raise Refused([_("%(most)d invitations are already pending: cancel one first.") % {"most": MAX_INVITATIONS}])
    _keep_measure(partner, email)
    invitation = Invitation.objects.create(partner=partner, email=email, invited_by=by, **_only_roles(roles))
    _mail_invitation(invitation)
    return invitation


@transaction.atomic
def cancel(invitation: Invitation, *, by: User) -> None:
    """Cancel an invitation, so that its link stops working. Raise Refused with the reasons."""
    _lock(invitation.partner, by)
    current = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not current.is_open:
        raise Refused([_("This invitation no longer waits for an answer.")])
    _end(current, InvitationState.CANCELLED)


def is_over(invitation: Invitation) -> bool:
    """Return whether an invitation is over: it has ended, or its sender may no longer invite for the partner.

    A stand-in invited with the rights of their colleague, who keeps them when the stand-in's days are over.
    """
    partner, senders = invitation.partner, filter(None, (invitation.invited_by, invitation.on_behalf_of))
    return not (invitation.is_open and any(leads(partner, one) or stands_behind(partner, one) for one in senders))


def why_not_accept(invitation: Invitation, user: User) -> list[str]:
    """Return every reason why this person cannot accept the invitation now."""
    over = [_("This invitation is no longer open. Ask your colleague for another one.")]
    if is_over(invitation):
        return over
    if invitation.email not in addresses_of(user):
        return [_("This invitation was sent to another address than yours. Sign in, or sign up, with that address.")]
    # Somebody removed since the invitation cannot return by it, even if they verify its address later.
    removed = Contact.objects.filter(partner=invitation.partner, user=user, state=ContactState.REMOVED)
    return over if removed.filter(decided_at__gt=invitation.invited_at).exists() else []


@transaction.atomic
def accept(invitation: Invitation, *, by: User) -> Contact:
    """Admit the invited person with the roles of the invitation, and return the contact.

    Raise Refused with the reasons.
    """
    Partner.objects.select_for_update().get(pk=invitation.partner_id)
    current = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("partner", "invited_by", "on_behalf_of")
        .get(pk=invitation.pk)
    )
    if reasons := why_not_accept(current, by):
        raise Refused(reasons)
    contact, _created = Contact.objects.select_for_update().get_or_create(partner=current.partner, user=by)
    was_in = contact.state == ContactState.APPROVED
    for role in ROLES:
        setattr(contact, role, getattr(current, role) or (was_in and getattr(contact, role)))
    _decide(contact, ContactState.APPROVED, named_with(current.invited_by, current.on_behalf_of))
    current.contact = contact
    _end(current, InvitationState.ACCEPTED)
    hand_over(contact, addresses_of(by))
    tell_of_arrival(current, contact)
    return contact


@transaction.atomic
def change_roles(contact: Contact, *, by: User, roles: dict[str, bool]) -> Contact:
    """Change a colleague's roles, and return the contact. Raise Refused with the reasons."""
    current = _locked_contact(contact, by)
    if not roles.get("is_primary"):
        _keep_a_primary(current)
    if not roles.get("is_signatory"):
        _keep_a_signatory(current)
    for role, value in _only_roles(roles).items():
        setattr(current, role, value)
    current._history_user = by
    current.save(update_fields=list(ROLES))
    if not current.is_primary:
        # Cancel the invitations that they sent: only a primary contact may answer for them.
        _cancel_open(current.partner, invited_by=current.user)
    return current


@transaction.atomic
def remove(contact: Contact, *, by: User) -> None:
    """End somebody's access at once. Their name stays with what they did. Raise Refused with the reasons."""
    current = _locked_contact(contact, by, may_leave=True)
    _keep_a_primary(current)
    _keep_a_signatory(current)
    for role in ROLES:
        setattr(current, role, False)
    _decide(current, ContactState.REMOVED, by)
    _cancel_open(current.partner, invited_by=current.user)
    close_invitations_to(current)
    if current.user_id != by.pk:
        queue_mail(current.user, "contacts/removed", {"contact": current, "partner": current.partner})


def close_invitations_to(contact: Contact) -> None:
    """Cancel the open invitations to somebody who was just admitted or removed: they no longer apply."""
    _cancel_open(contact.partner, email__in=addresses_of(contact.user))


def may_remove(contact: Contact, user: User) -> bool:
    """Return whether this person may end the contact's access: a primary contact may, and each person for themselves."""
    return contact.user_id == user.pk or leads(contact.partner, user)


def is_last_primary(contact: Contact) -> bool:
    """Return whether this is the only primary contact with an active account."""
    others = contact.partner.contacts.primary().filter(user__is_active=True).exclude(pk=contact.pk)
    return contact.is_primary and not others.exists()


def _lock(partner: Partner, by: User) -> None:
    Partner.objects.select_for_update().get(pk=partner.pk)
    if not leads(partner, by):
        raise Refused([_("The primary contacts of an organisation manage its people.")])


def _locked_contact(contact: Contact, by: User, may_leave: bool = False) -> Contact:
    Partner.objects.select_for_update().get(pk=contact.partner_id)
    current = Contact.objects.select_for_update().select_related("partner", "user").get(pk=contact.pk)
    if not (leads(current.partner, by) or (may_leave and current.user_id == by.pk)):
        raise Refused([_("The primary contacts of an organisation manage its people.")])
    if current.state != ContactState.APPROVED:
        raise Refused([_("This person does not act for your organisation any more.")])
    return current


def _keep_a_primary(contact: Contact) -> None:
    if is_last_primary(contact):
        raise Refused(
            [_("An organisation must keep at least one primary contact: make a colleague primary contact first.")]
        )


def _keep_a_signatory(contact: Contact) -> None:
    """Raise Refused if this is the last signatory and an agreement waits for a signature."""
    others = contact.partner.contacts.approved().filter(is_signatory=True, user__is_active=True).exclude(pk=contact.pk)
    waiting = _agreements().to_sign().filter(sponsorship__partner=contact.partner, partner_signed_at=None)
    if contact.is_signatory and waiting.exists() and not others.exists():
        sentence = _(
            "%(person)s is the only signatory, and an agreement waits for a signature: make a colleague signatory first."
        )
        raise Refused([sentence % {"person": contact.user.name}])


def _decide(contact: Contact, state: ContactState, by: User) -> None:
    contact.state, contact.decided_at = state, timezone.now()
    contact.decided_by, contact.on_behalf_of = by, colleague_of(by)
    contact._history_user = by
    contact.save(update_fields=[*ROLES, "state", "decided_at", "decided_by", "on_behalf_of"])


def _end(invitation: Invitation, state: InvitationState) -> None:
    invitation.state, invitation.ended_at = state, timezone.now()
    invitation.save(update_fields=["state", "ended_at", "contact"])


def _cancel_open(partner: Partner, **which) -> None:
    """Cancel the partner's open invitations that match `which`. The caller has locked the partner's row."""
    open_ones = partner.invitations.filter(state=InvitationState.INVITED, **which)
    open_ones.update(state=InvitationState.CANCELLED, ended_at=timezone.now())


def _let_expire(partner: Partner) -> None:
    """Mark the partner's expired invitations as such, so that their addresses can be invited again."""
    for one in partner.invitations.filter(state=InvitationState.INVITED):
        if not one.is_open:
            _end(one, InvitationState.EXPIRED)


def _keep_measure(partner: Partner, email: str) -> None:
    lately = Invitation.objects.filter(invited_at__gt=timezone.now() - DAY)
    if lately.filter(partner=partner).count() >= MAX_INVITATIONS:
        raise Refused(
            [_("An organisation can send %(most)d invitations a day: continue tomorrow.") % {"most": MAX_INVITATIONS}]
        )
    if lately.filter(email=email).count() >= MAX_TO_ONE_ADDRESS:
        raise Refused([_("Enough e-mails were sent to this address today: invite it again tomorrow.")])


def _only_roles(roles: dict[str, bool]) -> dict[str, bool]:
    return {role: bool(roles.get(role)) for role in ROLES}


def _mail_invitation(invitation: Invitation) -> None:
    """Mail the invitation to the account with that verified address, or else to the address, in the inviter's language.

    A closed account gets no mail, and the inviter does not learn that it exists.
    """
    is_proved = Q(emailaddress__email=invitation.email, emailaddress__verified=True)
    known = User.objects.filter(is_proved, is_active=True).first()
    closed = User.objects.filter(is_proved | Q(pk__in=User.objects.at_address(invitation.email)), is_active=False)
    if known is None and closed.exists():
        return
    reader = known or Correspondent(invitation.email, "", invitation.invited_by.language)
    last_day: datetime.date = timezone.localdate(invitation.expires_at)
    context = {
        "invitation": invitation,
        "partner": invitation.partner,
        "address": invitation.email,
        "by": named_with(invitation.invited_by, invitation.on_behalf_of),
        "last_day": last_day,
    }
    queue_mail(reader, "contacts/invited", context, link=("partners:invitation", token_of(invitation)))


def _agreements():
    """Return the manager of agreements. By name: the sponsorships app is in a higher layer."""
    return apps.get_model("sponsorships", "Agreement").objects
