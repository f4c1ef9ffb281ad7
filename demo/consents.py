"""How the invented people answered when asked whether they agree to be named."""

import datetime

from chairs.enums import ChairStatus, ConsentAct, ConsentWay
from chairs.models import Appointment, Chair, ConsentEvent
from clusters.models import Person
from demo.texts import days_ago, moment

A = ConsentAct
# Days from the request to the agreement; for those who have not agreed, days since the request and the answers.
ASKED_BEFORE, ASKED_AGO, ANSWERED_AGO, TAKEN_BACK_AGO = 6, 16, 12, 3
# One in this many agreed on paper: staff entered the day.
ON_PAPER = 5


def tell_of_consents(chair: Chair, text: dict) -> None:
    """Give each person of the chair an address, and log the answers behind the dates of the appointments."""
    for post in chair.appointments.select_related("person").order_by("pk"):
        Person.objects.filter(pk=post.person_id).update(contact_email=f"{post.person.slug}@example.org")
        if post.consent_given_on:
            _agreed(post)
        elif chair.status != ChairStatus.DRAFT:
            _asked(post, text.get("answers", {}).get(post.person.name, []))


def _agreed(post: Appointment) -> None:
    """Refine the event that loading has recorded: by link, or on paper."""
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
