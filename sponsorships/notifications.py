"""The mails of each step of a sponsorship, and who receives them. docs/mail.md has the table."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chairs.notifications import investigators_of as investigators_of_chair
from clusters.scopes import EDITORS, FINANCE, MANAGERS
from clusters.staff import staff
from core.notices import Notice, others, tell
from core.verbs import Verb
from partners.models import Contact
from partners.notifications import contacts_of, primary_contacts_of
from partners.perms import speaks_for
from sponsorships.enums import LIVE_STATUSES
from sponsorships.models import Endorsement, Sponsorship
from sponsorships.proposals.remarks import open_remarks


def _editors(sponsorship, by):
    return others(staff(sponsorship.chair.cluster, EDITORS), by)


def _managers(sponsorship, by):
    return others(staff(sponsorship.chair.cluster, MANAGERS), by)


def _partner(sponsorship, by):
    return contacts_of(sponsorship.partner)


def _sender(sponsorship, by):
    """Return the sender, if they act for the partner, and the partner's primary contacts."""
    contacts = sponsorship.partner.contacts
    mine = Q(contacts__in=contacts.approved().filter(user=by))
    return User.objects.filter(mine | Q(contacts__in=contacts.primary()), is_active=True)


def _others_in_charge(sponsorship, by):
    """Return the partner's primary contacts, without the person who acted."""
    return others(primary_contacts_of(sponsorship.partner), by)


def investigators_of(sponsorship):
    """Return the accounts of the chair's current investigators."""
    return investigators_of_chair(sponsorship.chair)


def _investigators(sponsorship, by):
    return investigators_of(sponsorship)


def _who_count_on_it(sponsorship, by):
    """Return the chair's investigators if they were told of the acceptance, else no account."""
    return investigators_of(sponsorship) if sponsorship.accepted_at else User.objects.none()


def _money_keepers(sponsorship, by):
    return others(staff(sponsorship.chair.cluster, FINANCE), by)


def on_the_desk(sponsorship) -> tuple:
    return ("admin:sponsorships_sponsorship_change", sponsorship.pk)


def in_the_file(sponsorship) -> tuple:
    return ("sponsorships:detail", sponsorship.reference)


def to_office(whom, label, template, carries_note=True):
    return Notice(whom, label, f"sponsorships/{template}", on_the_desk, carries_note)


def to_partner(whom, label, template, carries_note=False):
    return Notice(whom, label, f"sponsorships/{template}", in_the_file, carries_note, is_for_partner=True)


def to_investigators(template, carries_note=False, whom=_investigators):
    return Notice(whom, INVESTIGATORS, f"sponsorships/{template}", in_the_file, carries_note)


CONTACTS = _("the partner's contacts")
INVESTIGATORS = _("the chair's investigators")
OTHER_EDITORS = _("the cluster's editors and managers")
OTHER_MANAGERS = _("the cluster's other managers")
KEEPERS = _("the cluster's finance staff and other managers")
SENDER = _("who sent it for the partner, and its primary contacts")
PRIMARY = _("the partner's other primary contacts")

TOLD_OF = {
    "submit": [
        to_office(_editors, OTHER_EDITORS, "submitted_staff"),
        to_partner(_sender, SENDER, "submitted_partner"),
        to_investigators("submitted_investigator"),
    ],
    "review": [to_partner(_partner, CONTACTS, "review_started_partner")],
    "request_changes": [to_partner(_partner, CONTACTS, "changes_requested_partner", carries_note=True)],
    "resubmit": [
        to_office(_editors, OTHER_EDITORS, "resubmitted_staff"),
        to_partner(_sender, SENDER, "resubmitted_partner"),
    ],
    "accept": [
        to_partner(_partner, CONTACTS, "accepted_partner", carries_note=True),
        to_office(_managers, OTHER_MANAGERS, "accepted_staff"),
        to_investigators("accepted_investigator"),
    ],
    "decline": [
        to_partner(_partner, CONTACTS, "declined_partner", carries_note=True),
        to_office(_managers, OTHER_MANAGERS, "declined_staff"),
        to_investigators("called_off", whom=_who_count_on_it),
    ],
    "withdraw": [
        to_office(_editors, OTHER_EDITORS, "withdrawn_staff"),
        to_partner(_others_in_charge, PRIMARY, "withdrawn_partner", carries_note=True),
        to_investigators("called_off", whom=_who_count_on_it),
    ],
    "activate": [to_partner(_partner, CONTACTS, "started"), to_investigators("started")],
    "complete": [to_partner(_partner, CONTACTS, "completed"), to_investigators("completed")],
    "terminate": [
        to_partner(_partner, CONTACTS, "ended", carries_note=True),
        to_investigators("ended", carries_note=True),
        to_office(_money_keepers, KEEPERS, "ended_staff"),
    ],
}


def contacts_of_partners(chair, by):
    """Return the contacts of partners with a live sponsorship in the chair, or one that ended together with the chair."""
    last = chair.transitions.last()
    concerned = Q(status__in=LIVE_STATUSES)
    if last is not None:
        concerned |= Q(transitions__at=last.at, transitions__verb__in=["decline", "terminate"])
    live = Sponsorship.objects.filter(concerned, chair=chair).values("partner")
    contacts = Contact.objects.approved().filter(partner__in=live).order_by()
    return User.objects.filter(is_active=True, pk__in=contacts.values("user"))


def tell_of(verb: Verb, sponsorship: Sponsorship, *, by: User | None, note: str) -> None:
    """Queue the mails of a sponsorship's verb; none while the draft is unsent."""
    if sponsorship.submitted_at is not None:
        context = _context(sponsorship, by, note) | {"remarks": open_remarks(sponsorship)}
        tell(verb.tells, sponsorship, by, context)


def tell_of_endorsement(endorsement: Endorsement) -> None:
    """Queue the mail telling the cluster's editors that an investigator endorsed a proposal."""
    sponsorship, by = endorsement.sponsorship, endorsement.by
    told = to_office(_editors, OTHER_EDITORS, "endorsed_staff")
    tell([told], sponsorship, by, _context(sponsorship, by, endorsement.note))


def _context(sponsorship, by, note) -> dict:
    chair, partner = sponsorship.chair, sponsorship.partner
    return {
        "sponsorship": sponsorship,
        "chair": chair,
        "cluster": chair.cluster,
        "partner": partner,
        "by": by,
        # True if staff acted on the partner's behalf.
        "on_behalf": not speaks_for(partner, by),
        "note": note,
    }
