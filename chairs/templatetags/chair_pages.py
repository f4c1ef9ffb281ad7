"""What a chair's own page and its line in a list are made of."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django import template
from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from chairs.entries import face_html
from chairs.enums import TEAM_ROLES, OrganisationRole
from chairs.models import Appointment, Chair, ChairOrganisation
from clusters.models.photograph import LARGE, SMALL
from clusters.templatetags.records import text_of

register = template.Library()
register.simple_tag(text_of)


@dataclass(frozen=True)
class Group:
    """Those of one role, for the public: who may be named, and how many others there are."""

    label: str
    named: list = field(default_factory=list)
    unnamed: int = 0


@dataclass(frozen=True)
class People:
    """Who is in a chair, for the public: those who hold it, its team by role, and those who have left."""

    named: list[Appointment] = field(default_factory=list)
    # Those who hold it and may not be named yet.
    unnamed: list[Appointment] = field(default_factory=list)
    team: list[Group] = field(default_factory=list)
    former: list[Appointment] = field(default_factory=list)


@register.simple_tag
def people_of(chair, on: datetime.date | None = None) -> People:
    """Return the chair's people, today or on a day. Who left without having agreed to be named leaves no trace."""
    people, team = People(), []
    for post in _begun(chair.appointments.all(), on):
        if _is_over(post, on or timezone.localdate()):
            people.former.extend([post] if post.is_named else [])
        elif post.role in TEAM_ROLES:
            team.append(post)
        else:
            (people.named if post.is_named else people.unnamed).append(post)
    people.team.extend(_grouped(team, TEAM_ROLES))
    return people


@register.simple_tag
def organisations_of(chair, on: datetime.date | None = None) -> list[Group]:
    """Return who takes part in the chair today, or on a day, by role; those that have not agreed are only counted."""
    day = on or timezone.localdate()
    here = [part for part in _begun(chair.organisations.all(), on) if not _is_over(part, day)]
    return _grouped(here, OrganisationRole)


def _begun(parts: Iterable, on: datetime.date | None) -> list:
    """Return who may be told of on a day: had come by then and, where nobody may name them, is still there today.

    Today's page tells too who will come.
    """
    if not on:
        return list(parts)
    today = timezone.localdate()
    come = [part for part in parts if part.starts_on is None or part.starts_on <= on]
    return [part for part in come if part.is_named or not _is_over(part, today)]


@register.simple_tag
def face(person, size: str = "small") -> str:
    """Return the picture of somebody who agreed to it, or their initials.

    Usage: {% face post.person %}, or {% face person "large" %} at the top of a page.
    """
    kept = person.shown_photograph
    if kept is not None and size == "large":
        return format_html('<img class="face face-large" src="{}" alt="" width="96" height="96">', kept.address(LARGE))
    return face_html(person.name, person.family_name, kept.address(SMALL) if kept else "")


def _is_over(part: Appointment | ChairOrganisation, today: datetime.date) -> bool:
    return part.ends_on is not None and part.ends_on < today


def _grouped(parts: list, roles) -> list[Group]:
    groups = []
    for role in roles:
        of_role = [part for part in parts if part.role == role]
        named = [part for part in of_role if part.is_named]
        if of_role:
            groups.append(Group(str(role.label), named, len(of_role) - len(named)))
    return groups


@register.simple_tag
def years_of(chair: Chair) -> str:
    """Return when the chair runs; what sources do not say is said to be missing."""
    first, last = chair.first_year, chair.last_year
    if first and last:
        return f"{first}–{last}"
    if first:
        return _("from %(year)s, end not stated") % {"year": first}
    if last:
        return _("until %(year)s, start not stated") % {"year": last}
    return _("dates not stated")


@register.simple_tag
def term_of(post: Appointment | ChairOrganisation) -> str:
    """Return from when until when somebody is in a chair: the chair's years where nobody states their dates."""
    first, last = (date_format(day) if day else "" for day in (post.starts_on, post.ends_on))
    if first and last:
        return f"{first} – {last}"
    if first:
        return _("from %(day)s") % {"day": first}
    if last:
        return _("until %(day)s") % {"day": last}
    chair = post.chair
    return f"{chair.first_year}–{chair.last_year or ''}" if chair.first_year else _("dates not stated")


@register.simple_tag
def disputes_of(chair) -> list[dict]:
    """Return each field on which sources disagree: its name, and every value with the sources that give it."""
    disputes: dict[str, dict] = {}
    for conflict in chair.conflicts:
        if not isinstance(conflict, dict) or not conflict.get("field"):
            continue
        name = str(conflict["field"])
        if name not in disputes:
            disputes[name] = {"label": _label(name), "versions": _kept(chair, name)}
        disputes[name]["versions"].append(
            {"value": conflict.get("value"), "sources": [conflict["source"]] if conflict.get("source") else []}
        )
    return list(disputes.values())


def _kept(chair, name: str) -> list[dict]:
    """Return the value that the record holds, with the record's own sources."""
    value = getattr(chair, name, None) if name in {field.name for field in Chair._meta.concrete_fields} else None
    return [{"value": value, "sources": chair.sources}] if value not in (None, "") else []


def _label(name) -> str:
    try:
        return Chair._meta.get_field(str(name)).verbose_name
    except FieldDoesNotExist:
        return str(name or "")
