"""Who is notified of a chair's verbs and of refused consents. docs/mail.md has the table."""

from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chairs.enums import ConsentAct
from chairs.funding import funding
from chairs.models import Appointment, Chair
from clusters.enums import Role
from clusters.models import StaffRole
from clusters.scopes import EDITORS, MANAGERS
from clusters.staff import staff
from core.mail.queue import queue_mails
from core.notices import Notice, others, tell
from core.verbs import Verb


def _other_managers(chair, by):
    return others(staff(chair.cluster, MANAGERS), by)


def _who_registered_it(chair, by):
    return others(User.objects.filter(pk=chair.registered_by_id, is_active=True), by)


def _office(chair, by):
    """Return the managers and the person who registered the chair, without duplicates."""
    managers = StaffRole.objects.filter(cluster=chair.cluster, role=Role.MANAGER).order_by().values("user")
    concerned = Q(pk__in=managers) | Q(pk=chair.registered_by_id)
    return others(User.objects.filter(concerned, is_active=True), by)


def investigators_of(chair, by=None):
    """Return the accounts of the chair's present investigators."""
    running = Appointment.objects.on().investigators().filter(chair=chair).order_by()
    return others(User.objects.filter(is_active=True, person__in=running.values("person")), by)


def _who_knew(chair, by):
    return investigators_of(chair, by) if chair.approved_at else User.objects.none()


def _contacts_of_partners(chair, by):
    return funding().contacts_of_partners(chair, by)


def _desk(chair) -> tuple:
    return ("admin:chairs_chair_change", chair.pk)


def _home(chair) -> tuple:
    return ("portal:home",)


OTHER_MANAGERS = _("the cluster's other managers")
REGISTRAR = _("who registered it")


def _registrar(template, carries_note=False):
    return Notice(_who_registered_it, REGISTRAR, f"chairs/{template}", _desk, carries_note)


# Notices about a chair that is public: to its staff, its investigators and its partners' contacts.
TURN = (
    Notice(_office, _("the cluster's other managers and who registered it"), "chairs/turned_staff", _desk, True),
    Notice(investigators_of, _("the chair's investigators"), "chairs/turned", _home, carries_note=True),
    Notice(
        _contacts_of_partners,
        _("the contacts of its partners"),
        "chairs/turned",
        _home,
        carries_note=True,
        is_for_partner=True,
    ),
)

TOLD_OF = {
    "submit": [Notice(_other_managers, OTHER_MANAGERS, "chairs/submitted", _desk, carries_note=True)],
    "request_changes": [_registrar("changes_requested", carries_note=True)],
    "approve": [_registrar("approved", carries_note=True)],
    "decline": [_registrar("declined", carries_note=True)],
    "suspend": TURN,
    "resume": TURN,
    "close": TURN,
    # Before its approval, only the staff and the partners who proposed to fund it know of the chair.
    "withdraw": (TURN[0], replace(TURN[1], whom=_who_knew), TURN[2]),
}


def tell_of(verb: Verb, chair: Chair, *, by: User | None, note: str) -> None:
    """Queue the mails of a chair's verb."""
    context = {"chair": chair, "cluster": chair.cluster, "by": by, "note": note, "verb": verb.name, "done": verb.done}
    tell(verb.tells, chair, by, context)


def tell_of_refusal(event) -> None:
    """Tell the staff that a person declined or withdrew consent: the page says “to be announced”, and readers may ask why."""
    context = {"chair": event.chair, "person": event.person, "is_withdrawal": event.what == ConsentAct.WITHDRAWN}
    queue_mails(
        staff(event.chair.cluster, EDITORS),
        "consents/refused",
        context,
        link=("admin:chairs_chair_change", event.chair_id),
    )
