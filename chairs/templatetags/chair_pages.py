"""Template tags for a chair's page and its entry in a list."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django import template
from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from chairs.entries import face_html, under_initials
from chairs.enums import TEAM_ROLES, OrganisationRole
from chairs.models import Appointment, Chair, ChairOrganisation
from clusters.models.photograph import LARGE, SMALL
from clusters.templatetags.records import text_of

register = template.Library()
register.simple_tag(text_of)
register.filter(under_initials)


@dataclass(frozen=True)
class Group:
    """The public parts of a role: those who are named, and the number of the others."""

    label: str
    named: list = field(default_factory=list)
    unnamed: int = 0


@dataclass(frozen=True)
class People:
    """The public view of a chair's people: those who hold it, the team by role, and those who left."""

    named: list[Appointment] = field(default_factory=list)
    # Holders who may not be named yet.
    unnamed: list[Appointment] = field(default_factory=list)
    team: list[Group] = field(default_factory=list)
    former: list[Appointment] = field(default_factory=list)


@register.simple_tag
def people_of(chair, on: datetime.date | None = None) -> People:
    """Return the chair's people, today or on a day. A person who left without consent is omitted entirely."""
    return people_in(chair.appointments.all(), on)


def people_in(posts: Iterable[Appointment], on: datetime.date | None = None) -> People:
    """Return the people in the appointments of a chair, as `people_of` does."""
    people, team = People(), []
    day = on or timezone.localdate()
    for post in _begun(posts, on):
        if _is_over(post, day):
            people.former.extend([post] if post.is_named else [])
        elif post.role in TEAM_ROLES:
            team.append(post)
        else:
            (people.named if post.is_named else people.unnamed).append(post)
    people.team.extend(_grouped(team, TEAM_ROLES))
    return people


@register.simple_tag
def organisations_of(chair, on: datetime.date | None = None) -> list[Group]:
    """Return the organisations in the chair today, or on a day, by role; those without consent are only counted."""
    day = on or timezone.localdate()
    here = [part for part in _begun(chair.organisations.all(), on) if not _is_over(part, day)]
    return _grouped(here, OrganisationRole)


def _begun(parts: Iterable, on: datetime.date | None) -> list:
    """Return the parts that had begun on a day; unnamed ones only if they are still there today.

    Without a day, return all, including future ones.
    """
    if not on:
        return list(parts)
    today = timezone.localdate()
    come = [part for part in parts if part.starts_on is None or part.starts_on <= on]
    return [part for part in come if part.is_named or not _is_over(part, today)]


@register.simple_tag
def face(person, size: str = "small") -> str:
    """Return a person's picture if they agreed to show it, or their initials.

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
    """Return the years in which the chair runs, and say which are not stated."""
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
    """Return the first and last day of an appointment in words; the chair's years if neither is stated."""
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
    """Return each field on which sources disagree: its label, and every value with its sources."""
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
    """Return the value that the record has, with the record's sources."""
    value = getattr(chair, name, None) if name in {field.name for field in Chair._meta.concrete_fields} else None
    return [{"value": value, "sources": chair.sources}] if value not in (None, "") else []


def _label(name) -> str:
    try:
        return Chair._meta.get_field(str(name)).verbose_name
    except FieldDoesNotExist:
        return str(name or "")
