"""A line of a file on its way: what it says, what is wrong with it, what becomes of it."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags

from imports.columns import Column, Unreadable, Waits
from imports.enums import Outcome


@dataclass
class Line:
    """One line below a header. `cells` are those that hold something, by the column's name."""

    kind: Any
    sheet: str
    number: int
    cells: dict[str, Any]
    formulas: set[str] = field(default_factory=set)
    given: dict[str, Any] = field(default_factory=dict)
    # Each a column's label and a sentence.
    problems: list[tuple[str, str]] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    # Whether it depends on a line that is refused: then nothing more is said of it.
    is_waiting: bool = False
    outcome: Outcome = Outcome.UNCHANGED
    name: str = ""
    record: Any = None
    # Of an instalment: what the schedule of its agreement takes.
    planned: Any = None

    @property
    def is_right(self) -> bool:
        return not self.problems and not self.is_waiting

    def refuse(self, column: str, *sentences: str) -> None:
        """Note what is wrong. `column` is a column's name, or empty where it is the whole line."""
        label = self.kind.label_of(column)
        self.problems += [(label, strip_tags(str(sentence))) for sentence in sentences]

    def refuse_errors(self, errors: dict[str, list[str]]) -> None:
        """Note what a form says, beside the columns that it names."""
        for name, sentences in errors.items():
            self.refuse("" if name == "__all__" else name, *sentences)

    def read(self, run: Any, columns: tuple[Column, ...]) -> None:
        """Read the cells as the form takes them."""
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
        """Say what becomes of a line that is not right."""
        if self.problems:
            self.outcome = Outcome.REFUSED
        elif self.is_waiting:
            self.outcome = Outcome.WAITING

    @property
    def place(self) -> str:
        return f"{self.sheet}, {self.number}"
