"""Who held a chair on a date: a question that its public page answers."""

import datetime
from dataclasses import dataclass, field

from django import template
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from chairs.models import Appointment, Chair

register = template.Library()


@dataclass(frozen=True)
class Answer:
    """Who the principal investigators were on a date, or why that cannot be said."""

    date: datetime.date | None = None
    problem: str = ""
    named: list[Appointment] = field(default_factory=list)
    unnamed: int = 0
    # The chair says in which years it ran, and this is none of them.
    is_outside: bool = False


@register.inclusion_tag("chairs/_investigators_on.html", takes_context=True)
def investigators_on(context, chair: Chair) -> dict:
    """Show the question, and its answer where the address asks it (`?on=2026-03-16`)."""
    asked = context["request"].GET.get("on", "").strip() if "request" in context else ""
    return {"chair": chair, "answer": _answer(chair, asked) if asked else Answer()}


def _answer(chair: Chair, asked: str) -> Answer:
    date = _date(asked)
    if date is None:
        problem = _("This is not a date. Write the year, the month and the day, for example 2026-03-16.")
        return Answer(problem=problem)
    if not _ran_in(chair, date):
        return Answer(date, is_outside=True)
    posts = list(chair.investigators_on(date))
    named = [post for post in posts if post.is_named]
    return Answer(date, named=named, unnamed=len(posts) - len(named))


def _date(text: str) -> datetime.date | None:
    try:
        return parse_date(text)
    except ValueError:  # well written, and no day of the calendar
        return None


def _ran_in(chair: Chair, date: datetime.date) -> bool:
    """Return whether the chair ran on the date, as far as it says: a source often states years only."""
    first = chair.starts_on or (datetime.date(chair.start_year, 1, 1) if chair.start_year else date)
    last = chair.ends_on or (datetime.date(chair.end_year, 12, 31) if chair.end_year else date)
    return first <= date <= last
