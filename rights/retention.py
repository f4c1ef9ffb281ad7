"""Retention periods: one for each kind of data, shown on a page and in docs/rights.md, and checked every night.

The nightly run lists what is due. Nothing is erased automatically: after the notice, staff confirm each kind.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chairs.models import Appointment
from clusters.models import Director, Person, Photograph, StaffRole
from core.models import OutgoingMail
from partners.models import Contact
from rights.anonymising import anonymise, close_account
from rights.photographs import end_photograph

YEAR = datetime.timedelta(days=365)
# From the night that lists a record until its erasure can be confirmed.
NOTICE = datetime.timedelta(days=30)
# The most records erased by one confirmation.
MAX_AT_ONCE = 500
# Of those who are looked for in every text of the site, which takes seconds each.
MAX_PEOPLE_AT_ONCE = 20


@dataclass(frozen=True)
class Period:
    """A kind of data with a limited retention: the period, which records are due, and how they are erased."""

    key: str
    what: Any
    period: datetime.timedelta
    why: Any
    then: Any
    due: Callable[[datetime.datetime], QuerySet[Any]]
    erase: Callable[[Any, User], None]
    at_once: int = MAX_AT_ONCE


def _idle_accounts(before: datetime.datetime) -> QuerySet[User]:
    """Return accounts unused since `before`, without a role, a partner or a person record."""
    idle = User.objects.filter(is_active=True, is_superuser=False).alias(used=Coalesce("last_login", "date_joined"))
    roles, contacts = (
        StaffRole.objects.filter(user=OuterRef("pk")),
        Contact.objects.approved().filter(user=OuterRef("pk")),
    )
    return idle.filter(~Exists(roles), ~Exists(contacts), used__lt=before, person=None).order_by("pk")


def _people_of_the_past(before: datetime.datetime) -> QuerySet[Person]:
    """Return people who never agreed to be named, whom no source names, and whose appointments all ended before."""
    places = Appointment.objects.filter(person=OuterRef("pk"))
    last = before.date()
    keeping = places.filter(
        Q(consent_given_on__isnull=False) | Q(chair__origin="sourced") | Q(ends_on__gte=last)
        | Q(ends_on=None) & ~Q(chair__closed_at__lt=before) & ~Q(chair__withdrawn_at__lt=before) & ~Q(chair__declined_at__lt=before)
    )  # fmt: skip
    led = Director.objects.filter(person=OuterRef("pk"))
    people = Person.objects.filter(is_anonymised=False, origin="registered")
    return people.filter(Exists(places), ~Exists(keeping), ~Exists(led)).order_by("pk")


def _photographs_of_the_past(before: datetime.datetime) -> QuerySet[Photograph]:
    """Return photographs of people whose appointments all ended before, and who lead no cluster."""
    running = Appointment.objects.not_over(before.date()).filter(person=OuterRef("person"))
    led = Director.objects.filter(person=OuterRef("person"))
    return Photograph.objects.filter(~Exists(running), ~Exists(led), added_at__lt=before).order_by("pk")


def _old_mails(before: datetime.datetime) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(sent_at__lt=before).exclude(text="").order_by("pk")


def _needless_addresses(before: datetime.datetime) -> QuerySet[Person]:
    """Return people with a private address that is not needed: they have an account, or their appointments ended before."""
    running = Appointment.objects.not_over(before.date()).filter(person=OuterRef("pk"))
    return Person.objects.filter(Q(user__isnull=False) | ~Exists(running)).exclude(contact_email="").order_by("pk")


def _empty(mail: OutgoingMail, by: User) -> None:
    OutgoingMail.objects.filter(pk=mail.pk).update(text="", html="")


def _erase_photograph(photograph: Photograph, by: User) -> None:
    end_photograph(photograph.person, by=by)


def _forget_address(person: Person, by: User) -> None:
    person.contact_email = ""
    person.save(update_fields=["contact_email"])


PERIODS = [
    Period(
        "accounts",
        _("accounts that nobody uses"),
        3 * YEAR,
        _("The CNIL recommends to close an account three years after its last use."),
        _("The account is ended and its name replaced."),
        _idle_accounts,
        lambda account, by: close_account(account, by=by),
        MAX_PEOPLE_AT_ONCE,
    ),
    Period(
        "people",
        _("people who never agreed to be named"),
        2 * YEAR,
        _("Whoever did not agree is kept for as long as the chair may have to be accounted for, no longer."),
        _("The person is anonymised."),
        _people_of_the_past,
        lambda person, by: anonymise(person, by=by),
        MAX_PEOPLE_AT_ONCE,
    ),
    Period(
        "addresses",
        _("private addresses of people"),
        YEAR,
        _("The address serves to ask for an agreement; the account or the end of the place puts an end to that."),
        _("The address is erased."),
        _needless_addresses,
        _forget_address,
    ),
    Period(
        "photographs",
        _("photographs of people who have left"),
        YEAR,
        _("The agreement was given for the time in a chair or at the head of a cluster."),
        _("The photograph is erased."),
        _photographs_of_the_past,
        _erase_photograph,
    ),
    Period(
        "mails",
        _("text of e-mails sent"),
        3 * YEAR,
        _("That somebody was told stays; what they were told is of no use after the programme’s audits."),
        _("The text is emptied; who was told what, and when, stays."),
        _old_mails,
        _empty,
    ),
]  # fmt: skip
