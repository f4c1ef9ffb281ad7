"""Who is told what, at each step of a sponsorship and of a request to join. docs/mail.md has the table."""

from django.db.models import Q
from django.dispatch import receiver

from accounts.mail import queue_mail, queue_mails
from accounts.models import User
from chairs.models import Appointment
from clusters.lifecycle import verb_performed
from clusters.perms import EDITORS, MANAGERS
from partners.endorsing import endorsed
from partners.models import Sponsorship
from partners.perms import speaks_for
from partners.remarks import open_remarks


def staff(cluster, roles):
    """Answer the people who hold one of these roles in a cluster."""
    return User.objects.filter(is_active=True, staff_roles__cluster=cluster, staff_roles__role__in=roles).distinct()


def contacts_of(partner):
    return User.objects.filter(is_active=True, contacts__in=partner.contacts.approved())


def primary_contacts_of(partner):
    return User.objects.filter(is_active=True, contacts__in=partner.contacts.primary())


def _editors(sponsorship, by):
    return staff(sponsorship.chair.cluster, EDITORS).exclude(pk=by.pk)


def _managers(sponsorship, by):
    return staff(sponsorship.chair.cluster, MANAGERS).exclude(pk=by.pk)


def _partner(sponsorship, by):
    return contacts_of(sponsorship.partner)


def _sender(sponsorship, by):
    """Who sent it, if they act for the partner, and its primary contacts."""
    contacts = sponsorship.partner.contacts
    mine = Q(contacts__in=contacts.approved().filter(user=by))
    return User.objects.filter(mine | Q(contacts__in=contacts.primary()), is_active=True)


def _others_in_charge(sponsorship, by):
    """The partner's primary contacts, when somebody else acted for them."""
    return primary_contacts_of(sponsorship.partner).exclude(pk=by.pk)


def investigators_of(sponsorship):
    """Answer the accounts of the chair's investigators of today."""
    running = Appointment.objects.on().investigators().filter(chair=sponsorship.chair)
    return User.objects.filter(is_active=True, person__appointments__in=running).distinct()


def _investigators(sponsorship, by):
    return investigators_of(sponsorship)


FILE, DESK = "my_sponsorship", "admin:partners_sponsorship_change"

# By verb: who is told, by which template, and the page the mail leads to.
NOTICES = {
    "submit": [
        (_editors, "submitted_staff", DESK),
        (_sender, "submitted_partner", FILE),
        (_investigators, "submitted_investigator", FILE),
    ],
    "review": [(_partner, "review_started_partner", FILE)],
    "request_changes": [(_partner, "changes_requested_partner", FILE)],
    "resubmit": [(_editors, "resubmitted_staff", DESK), (_sender, "resubmitted_partner", FILE)],
    "accept": [
        (_partner, "accepted_partner", FILE),
        (_managers, "accepted_staff", DESK),
        (_investigators, "accepted_investigator", FILE),
    ],
    "decline": [(_partner, "declined_partner", FILE), (_managers, "declined_staff", DESK)],
    "withdraw": [(_editors, "withdrawn_staff", DESK), (_others_in_charge, "withdrawn_partner", FILE)],
}


@receiver(verb_performed, sender=Sponsorship)
def tell_of_verb(sender, record, verb, by, note, **kwargs):
    if record.submitted_at is None:  # an unsent draft is nobody's business but the partner's
        return
    context = _context(record, by, note) | {"remarks": open_remarks(record)}
    _tell(record, by, NOTICES.get(verb, []), context)


@receiver(endorsed)
def tell_of_endorsement(sender, endorsement, **kwargs):
    sponsorship, by = endorsement.sponsorship, endorsement.by
    _tell(sponsorship, by, [(_editors, "endorsed_staff", DESK)], _context(sponsorship, by, endorsement.note))


def _context(sponsorship, by, note) -> dict:
    chair, partner = sponsorship.chair, sponsorship.partner
    return {
        "sponsorship": sponsorship,
        "chair": chair,
        "cluster": chair.cluster,
        "partner": partner,
        "by": by,
        # Somebody of the office did what is the partner's to do.
        "on_behalf": not speaks_for(partner, by),
        "note": note,
    }


def _tell(record, by, notices, context) -> None:
    for audience, template, page in notices:
        target = record.pk if page == DESK else record.reference
        queue_mails(audience(record, by), f"sponsorships/{template}", context, link=(page, target))


def tell_of_request(contact) -> None:
    """Ask the primary contacts to answer a request to join."""
    context = {"contact": contact, "partner": contact.partner}
    link = ("my_partner", contact.partner.slug)
    queue_mails(primary_contacts_of(contact.partner), "contacts/requested", context, link=link)


def tell_of_decision(contact) -> None:
    """Tell who asked to join what was decided."""
    context = {"contact": contact, "partner": contact.partner}
    queue_mail(contact.user, f"contacts/{contact.state}", context, link=("my_home",))
