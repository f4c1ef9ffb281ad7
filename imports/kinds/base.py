"""What an import knows about a kind of record: its columns, its form, and how to find a line's record."""

from copy import copy
from typing import Any

from django.contrib import admin
from django.db import IntegrityError, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clusters.scopes import EDITORS
from core.exceptions import Refused
from core.text import fold
from imports.columns import Column, as_text, in_both
from imports.enums import Outcome
from imports.lines import Line

TOLD_LENGTH = 200


class Kind:
    """A kind of record. Subclasses define what differs."""

    code = ""
    # The name of its sheet.
    label: Any = ""
    help: Any = ""
    columns: tuple[Column, ...] = ()
    # A form of the panel with `LineForm` mixed in.
    form: Any = None
    # The roles in the cluster that may import it, and the sentence for everybody else.
    roles = EDITORS
    who: Any = ""

    # Headers and labels.

    def headers(self) -> set[str]:
        return {fold(self.code), *(fold(name) for name in in_both(self.label))}

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)

    def needs(self, name: str) -> bool:
        """Return whether a column must not be empty."""
        column = self.column(name)
        return column is not None and column.is_required

    def label_of(self, name: str) -> str:
        """Return the label of a column; an empty text for a form field without a column."""
        column = self.column(name)
        return capfirst(str(column.label)) if column else ""

    # The columns by which other lines may name its records.
    named_in: tuple[str, ...] = ("name", "slug")
    # The columns by which a reader recognises the line.
    told_in: tuple[str, ...] = ("name",)

    # Records.

    def visible(self, run) -> Any:
        """Return the queryset of records that the user may name."""
        raise NotImplementedError

    def exported(self, run) -> Any:
        """Return the queryset of the cluster's own records, for the export."""
        return self.visible(run)

    def keys_of(self, record) -> list[str]:
        """Return the texts that identify this record alone."""
        return [record.slug]

    def names_of(self, record) -> list[str]:
        return [record.name]

    def shapes_of(self, text: str) -> list[str]:
        """Return the keys that a typed text may stand for, most certain first."""
        return [text]

    # Lines.

    def find(self, run, line: Line) -> Any:
        """Return the record that the line is about, or None if it is new."""
        raise NotImplementedError

    def new(self, run, line: Line) -> Any:
        return self.form.Meta.model()

    def name_of(self, line: Line) -> str:
        """Return a short text that names the line, from its own cells."""
        names = [as_text(line.cells[name]) for name in self.told_in if name in line.cells]
        return " · ".join(names)[:TOLD_LENGTH]

    def why_not_change(self, run, record) -> str:
        """Return why the user cannot change an existing record; an empty text if they can."""
        page = admin.site.get_model_admin(type(record))
        return "" if page.can_change(run.by, record) else str(page.who_changes)

    def save(self, run, form, line: Line) -> Any:
        return form.save()

    def process(self, run, lines: list[Line]) -> None:
        for line in lines:
            self.process_one(run, line)
            run.done(line)

    def process_one(self, run, line: Line) -> None:
        """Validate a line, and save it if it is valid."""
        self.read_cells(run, line)
        if not line.is_right:
            self.check_rest(run, line)
            return
        form = self.bind(run, line)
        if form is not None and line.is_right:
            self.enter(run, form, line)

    def read_cells(self, run, line: Line, but: tuple[str, ...] = ()) -> None:
        """Read a line's cells, and refuse it if a required one is empty."""
        line.read(run, tuple(column for column in self.columns if column.name not in but))
        for column in self.columns:
            if column.is_required and column.name not in line.cells:
                line.refuse(column.name, _("This column must not be empty."))

    def check_rest(self, run, line: Line) -> Any:
        """Validate what could be read of a line, so that it is corrected once and not mistake by mistake.

        Return the form that did; None if it is refused which record the line is about.
        """
        known = line.has_all(self.columns)
        try:
            found = self.find(run, line) if known else None
        except Refused as refused:
            line.refuse("", *refused.reasons)
            return None
        # A copy: other lines are compared with the record as it is.
        record = copy(found) if found is not None else self.new(run, line)
        form = self.form(run, record, line.given)
        line.refuse_rest(form, knows_record=known)
        return form

    def bind(self, run, line: Line) -> Any:
        """Return the line's form if there is something to save, else None.

        The form may be invalid: the line is then refused.
        """
        try:
            found = self.find(run, line)
        except Refused as refused:
            line.refuse("", *refused.reasons)
            return None
        if found is not None and not run.claim(line, found):
            return None
        line.record = found
        form = self.form(run, found if found is not None else self.new(run, line), line.given)
        if found is not None and not form.changed_data and not self.changes_more(run, line):
            line.outcome = Outcome.UNCHANGED
            return None
        if found is not None and (reason := self.why_not_change(run, found)):
            line.refuse("", reason)
        elif not form.is_valid():
            line.refuse_errors({name: list(errors) for name, errors in form.errors.items()})
        return form

    def changes_more(self, run, line: Line) -> bool:
        """Return whether the line changes something that is not in its form."""
        return False

    def enter(self, run, form, line: Line) -> None:
        """Save the form and set the line's outcome; a constraint that only the database checks also gives a sentence."""
        is_new = form.instance.pk is None
        if not is_new:
            line.changes = self.changes_of(form)
            run.needs_second |= self.asks_for_two(form)
        # For the history: there is no request to take the user from.
        form.instance._history_user = run.by
        try:
            with transaction.atomic():
                line.record = self.save(run, form, line)
        except Refused as refused:
            line.refuse("", *refused.reasons)
        except IntegrityError:
            line.refuse("", _("The database refuses this line: another record stands in its way."))
        else:
            line.outcome = Outcome.CREATED if is_new else Outcome.CHANGED
            if is_new:
                run.claim(line, line.record)
                if self.named_in:
                    run.known(self.code).add(line.record)

    def asks_for_two(self, form) -> bool:
        """Return whether the record's own page would need a second person for this change."""
        page: Any = admin.site._registry.get(type(form.instance))
        guarded = getattr(page, "guarded_fields", ())
        return bool(set(form.changed_data) & set(guarded)) and page.is_guarded(form.instance)

    def changes_of(self, form) -> list[tuple[str, str, str]]:
        """Return the label, former and new value of each changed column."""
        found = []
        for name in form.changed_data:
            before, after = form.initial.get(name), form.cleaned_data.get(name)
            found.append((self.label_of(name), _told(before), _told(after)))
        return found


def _told(value: Any) -> str:
    if value is None or value == []:
        return ""
    text = ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)
    return text[:TOLD_LENGTH]
