"""Who held a chair on a past day, for its public page."""

import datetime
from dataclasses import dataclass, field

from django import template

from chairs.enums import PI_ROLES
from chairs.models import Appointment, Chair
from chairs.templatetags.chair_pages import people_of

register = template.Library()


@dataclass(frozen=True)
class Answer:
    """The principal investigators on a day: those named, and the number of the others."""

    named: list[Appointment] = field(default_factory=list)
    unnamed: int = 0
    # The chair's stated dates or years exclude the day.
    is_outside: bool = False


@register.simple_tag
def investigators_then(chair: Chair, day: datetime.date) -> Answer:
    """Return the chair's investigators on a day, among the appointments that its page has."""
    if not _ran_in(chair, day):
        return Answer(is_outside=True)
    people = people_of(chair, day)
    named = [post for post in people.named if post.role in PI_ROLES]
    return Answer(named, len([post for post in people.unnamed if post.role in PI_ROLES]))


def _ran_in(chair: Chair, date: datetime.date) -> bool:
    """Return whether the chair ran on the date, by its dates or else by its years, if stated."""
    first = chair.starts_on or (datetime.date(chair.start_year, 1, 1) if chair.start_year else date)
    last = chair.ends_on or (datetime.date(chair.end_year, 12, 31) if chair.end_year else date)
    return first <= date <= last
