"""Builds the composition of a chair from a submitted form that is not saved yet."""

from dataclasses import dataclass

from chairs.composition import Composition, Post, composition_of
from chairs.models import Appointment, TeachingElement


@dataclass(frozen=True)
class Reading:
    """The composition that a form holds, and the number of its rows that are not valid."""

    composition: Composition
    unread: int = 0


def read(chair, formsets) -> Reading:
    """Return the composition of the form and its formsets, without invalid rows.

    A step of the form may lack a formset: its rows are then read from the database.
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
    """Return the forms of one model whose rows will exist after saving."""
    return [
        row
        for formset in formsets
        if formset.model is model
        for row in formset.forms
        if (row.has_changed() or row.instance.pk) and not _goes(formset, row)
    ]


def _goes(formset, row) -> bool:
    row.is_valid()  # `deleted_forms` is empty while any row has an error
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
