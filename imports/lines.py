"""A line of an imported file: its cells, its problems and its outcome."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags

from imports.columns import Column, Unreadable, Waits
from imports.enums import Outcome


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
