"""How the invented people answered when they were asked whether they agree to be named."""

import datetime

from chairs.enums import ChairStatus, ConsentAct, ConsentWay
from chairs.models import Appointment, Chair, ConsentEvent
from clusters.models import Person
from demo.texts import days_ago, moment

A = ConsentAct
# Asked so many days before they agreed; those who have not agreed were asked so many days ago, and answered later.
ASKED_BEFORE, ASKED_AGO, ANSWERED_AGO, TAKEN_BACK_AGO = 6, 16, 12, 3
# One in so many agreed on paper: staff entered the day.
ON_PAPER = 5


def tell_of_consents(chair: Chair, text: dict) -> None:
    """Give each person of the chair an address, and the log the answers that led to the dates on the rows."""
    for post in chair.appointments.select_related("person").order_by("pk"):
        Person.objects.filter(pk=post.person_id).update(contact_email=f"{post.person.slug}@example.org")
        if post.consent_given_on:
            _agreed(post)
        elif chair.status != ChairStatus.DRAFT:
            _asked(post, text.get("answers", {}).get(post.person.name, []))


def _agreed(post: Appointment) -> None:
    """The load itself recorded the consent; say how it was given."""
    day = post.consent_given_on
    recorded = post.consent_events.filter(what=A.RECORDED)
    if post.pk % ON_PAPER == 0:
        recorded.update(at=moment(day, f"paper {post.pk}"), by=post.chair.registered_by)
        return
    asked_on = day - datetime.timedelta(days=ASKED_BEFORE)
    recorded.update(what=A.ACCEPTED, way=ConsentWay.LINK, at=moment(day, f"agreed {post.pk}"))
    _line(post, A.INVITED, ConsentWay.SITE, asked_on)


def _asked(post: Appointment, answers: list[str]) -> None:
    _line(post, A.INVITED, ConsentWay.SITE, days_ago(ASKED_AGO))
    for act, ago in zip(answers, (ANSWERED_AGO, TAKEN_BACK_AGO), strict=False):
        _line(post, A(act), ConsentWay.LINK, days_ago(ago))


def _line(post: Appointment, act: A, way: ConsentWay, day: datetime.date) -> None:
    ConsentEvent.objects.create(
        chair_id=post.chair_id,
        appointment=post,
        person_id=post.person_id,
        what=act,
        way=way,
        at=moment(day, f"{act} {post.pk}"),
        given_on=day if act == A.ACCEPTED else None,
        address=f"{post.person.slug}@example.org" if act == A.INVITED else "",
    )
