"""Reads the chair that a page, as filled in and not yet saved, would make."""

from dataclasses import dataclass

from chairs.composition import Composition, Post, composition_of
from chairs.models import Appointment, TeachingElement


@dataclass(frozen=True)
class Reading:
    """The composition as far as it can be read, and how many lines cannot be read yet."""

    composition: Composition
    unread: int = 0


def read(chair, formsets) -> Reading:
    """Read the chair that the form holds with the rows of its formsets; a row that is not right is not counted.

    A step of the form has some of the rows: the others are as they are saved.
    """
    people, teaching = _rows(formsets, Appointment), _rows(formsets, TeachingElement)
    posts = [_post(row.instance) for row in people if row.is_valid()]
    unread = sum(not row.is_valid() for row in people + teaching)
    has_teaching = any(row.is_valid() for row in teaching)
    held = {formset.model for formset in formsets}
    if not {Appointment, TeachingElement} <= held:
        saved = composition_of(chair)
        posts = posts if Appointment in held else saved.posts
        has_teaching = has_teaching if TeachingElement in held else saved.has_teaching
    return Reading(Composition(chair.kind, posts, has_teaching, chair.rule), unread)


def _rows(formsets, model) -> list:
    """Return the forms of a formset whose rows will stand once it is saved."""
    return [
        row
        for formset in formsets
        if formset.model is model
        for row in formset.forms
        if (row.has_changed() or row.instance.pk) and not _goes(formset, row)
    ]


def _goes(formset, row) -> bool:
    row.is_valid()  # `deleted_forms` answers nothing while any row has an error
    return formset.can_delete and formset._should_delete_form(row)


def _post(row) -> Post:
    return Post(
        row.person,
        row.role,
        row.affiliation,
        row.other_affiliation,
        row.discipline,
        row.seniority,
        row.starts_on,
        row.ends_on,
    )
