"""A line of an imported file: its cells, its problems and its outcome."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.html import strip_tags

from imports.columns import Column, Unreadable, Waits
from imports.enums import Outcome

# Codes of errors that compare a record with another one.
OF_TWO_RECORDS = {"unique", "unique_together", "look_alike"}


@dataclass
class Line:
    """A line below the header. `cells` are the non-empty ones by column name; `given` are the values read from them."""

    kind: Any
    sheet: str
    number: int
    cells: dict[str, Any]
    formulas: set[str] = field(default_factory=set)
    given: dict[str, Any] = field(default_factory=dict)
    # Pairs of column label and sentence.
    problems: list[tuple[str, str]] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    # Whether it depends on a refused line: then its own problems are not reported.
    is_waiting: bool = False
    outcome: Outcome = Outcome.UNCHANGED
    name: str = ""
    record: Any = None
    # For an instalment: the `Planned` row of its agreement's schedule.
    planned: Any = None

    @property
    def is_right(self) -> bool:
        return not self.problems and not self.is_waiting

    def refuse(self, column: str, *sentences: str) -> None:
        """Add problems. `column` is a column's name, or empty for the whole line."""
        label = self.kind.label_of(column)
        self.problems += [(label, strip_tags(str(sentence))) for sentence in sentences]

    def refuse_errors(self, errors: dict[str, list[str]]) -> None:
        """Add a form's errors as problems of their columns."""
        for name, sentences in errors.items():
            self.refuse("" if name == "__all__" else name, *sentences)

    @property
    def lacking(self) -> set[str]:
        """The columns whose cell could not be read, or waits for another line."""
        return self.cells.keys() - self.given.keys()

    def has_all(self, columns: tuple[Column, ...]) -> bool:
        """Return whether every required column could be read: then it is known which record the line is about."""
        return all(column.name in self.given for column in columns if column.is_required)

    def refuse_rest(self, form: Any, *, knows_record: bool) -> None:
        """Add what a form says of the cells that could be read.

        If it is not known which record the line is about, it may well be the one that is there already: then neither
        what must be unique nor the record as a whole is judged.
        """
        form.lack(self.lacking)
        unjudged = {*self.lacking, *(name for name in form.fields if name not in self.given and self.kind.needs(name))}
        for name, errors in form.errors.as_data().items():
            judged = [one for one in errors if knows_record or one.code not in OF_TWO_RECORDS]
            if name not in unjudged and (knows_record or name != NON_FIELD_ERRORS):
                self.refuse_errors({name: [said for one in judged for said in one.messages]})

    def read(self, run: Any, columns: tuple[Column, ...]) -> None:
        """Read the cells into values for the form."""
        for column in columns:
            if column.name not in self.cells:
                continue
            try:
                if column.name in self.formulas:
                    raise Unreadable(run.no_formula)
                self.given[column.name] = column.read(run, self.cells[column.name])
            except Waits:
                self.is_waiting = True
            except ValidationError as refusal:
                self.refuse(column.name, *refusal.messages)

    def settle(self) -> None:
        """Set the outcome of a line with problems, or of one that waits."""
        if self.problems:
            self.outcome = Outcome.REFUSED
        elif self.is_waiting:
            self.outcome = Outcome.WAITING

    @property
    def place(self) -> str:
        return f"{self.sheet}, {self.number}"
