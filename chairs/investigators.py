"""The investigators of a running chair under the four-eyes rule: one person asks for a change, another confirms it."""

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chairs.composition import Post, broken_rules, composition_of
from chairs.enums import PI_ROLES
from chairs.models import Appointment, Chair
from chairs.perms import changes_by_two
from clusters.second_person import Rows, as_kept
from core.changes import NOTHING, Change, display_value
from core.exceptions import Refused

BY_TWO = gettext_lazy(
    "The investigators of a chair that runs are changed by two people: ask for it on the chair’s page, and a colleague confirms."
)
NOT_THERE = gettext_lazy(
    "A person or an employer that this change names is not there any more: refuse it, and ask again."
)
# Guarded fields of an appointment; one person may change its other fields.
GUARDED = ("person", "role", "affiliation", "starts_on", "ends_on")
ASKED = (
    "person",
    "role",
    "affiliation",
    "other_affiliation",
    "laboratory",
    "discipline",
    "seniority",
    "starts_on",
    "ends_on",
)


# The fields of an appointment that the composition rules read.
POST_FIELDS = [field.name for field in fields(Post)]


def is_held_by_two(post: Appointment) -> bool:
    """Return whether two people are needed to change this appointment."""
    return post.is_investigator and changes_by_two(post.chair)


def as_row(post: Appointment) -> dict[str, Any]:
    """Return an appointment as a change request stores it."""
    columns = [Appointment._meta.get_field(name).attname for name in ASKED]
    return as_kept({"id": post.pk, **{name: getattr(post, name) for name in columns}})


class Investigators(Rows):
    """The rows “investigators” of a change request: one row per investigator's appointment."""

    def read(self, record: Chair) -> list[dict[str, Any]]:
        return [as_row(post) for post in record.appointments.investigators().order_by("pk")]

    def write(self, record: Chair, rows: list[dict[str, Any]]) -> None:
        """Save the appointments that differ, each with its history."""
        if not all(map(_is_whole, rows)):
            raise Refused([str(NOT_THERE)])
        here = {post.pk: post for post in record.appointments.all()}
        for row in rows:
            post = here.get(row["id"]) or Appointment(chair=record)
            if post.pk is not None and as_row(post) == row:
                continue
            for name in set(row) - {"id"}:
                setattr(post, name, _columns()[name].to_python(row[name]))
            try:
                post.full_clean()
            except ValidationError as error:
                raise Refused(error.messages) from error
            post.save()

    def differences(self, before: Iterable[dict[str, Any]], after: Iterable[dict[str, Any]]) -> list[Change]:
        """Return a line for each appointment that would change."""
        was = {row["id"]: row for row in before}
        changed = [(was.get(row["id"]), row) for row in after if was.get(row["id"]) != row]
        return [Change(_("Investigator"), _said(old), _said(new)) for old, new in changed]

    def consequences(self, record: Chair, rows: list[dict[str, Any]]) -> list[str]:
        """Return the composition rules that the chair would break with these investigators."""
        if not all(map(_is_whole, rows)):
            return [str(NOT_THERE)]
        now = composition_of(record)
        others = [post for post in now.posts if post.role not in PI_ROLES]
        posts = [Post(**{name: getattr(_place(row), name) for name in POST_FIELDS}) for row in rows]
        return broken_rules(replace(now, posts=[*others, *posts]), record.composition_date())


def _columns() -> dict[str, Any]:
    return {field.attname: field for field in Appointment._meta.concrete_fields}


def _place(row: dict[str, Any]) -> Appointment:
    """Return an unsaved appointment from a row of a change request."""
    columns = _columns()
    return Appointment(**{name: columns[name].to_python(row[name]) for name in set(row) - {"id"}})


def _is_whole(row: dict[str, Any]) -> bool:
    """Return whether all that the row refers to exists: a person or an employer may have been merged with another since."""
    referred = [(_columns()[name].related_model, key) for name, key in row.items() if _columns()[name].is_relation]
    return all(key is None or model._base_manager.filter(pk=key).exists() for model, key in referred)


def _named(post: Appointment, name: str) -> Any:
    try:
        return getattr(post, name)
    except ObjectDoesNotExist:
        return _("(deleted)")


def _said(row: dict[str, Any] | None) -> str:
    """Return an appointment in words: person, role, employer, first and last day."""
    if row is None:
        return NOTHING
    post = _place(row)
    said = [str(_named(post, "person")), str(post.get_role_display())]
    said += [str(one) for one in (_named(post, "affiliation"), _named(post, "other_affiliation")) if one]
    said += [str(one) for one in (post.laboratory, _named(post, "discipline"), post.get_seniority_display()) if one]
    if post.starts_on:
        said.append(_("from %(day)s") % {"day": display_value(post.starts_on)})
    if post.ends_on:
        said.append(_("until %(day)s") % {"day": display_value(post.ends_on)})
    return " · ".join(said)
