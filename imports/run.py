"""Process the lines of the files in the order of their dependencies.

A check does everything that entering does, in a transaction that is rolled back: it reports exactly what would happen.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.models import User
from clusters.models import Cluster, Phase
from clusters.perms import has_role
from clusters.scopes import MANAGERS
from core.text import fold, name_key
from imports.columns import Unreadable, Waits, as_text
from imports.enums import NOT_ENTERED, Outcome
from imports.kinds import KINDS, REFERENCE_DATA
from imports.known import Known
from imports.lines import Line
from imports.reading import Table, is_empty


class Run:
    """One pass through the files. `problems` are those of files as a whole."""

    def __init__(
        self,
        cluster: Cluster,
        tables: list[Table],
        *,
        by: User,
        second: User | None = None,
        documents: dict[str, Any] | None = None,
        tell: Callable[[int], None] | None = None,
    ):
        self.cluster, self.tables, self.by, self.second = cluster, tables, by, second
        self.documents, self.tell = documents or {}, tell
        self.problems: list[str] = []
        self.lines: dict[str, list[Line]] = defaultdict(list)
        self.needs_second = False
        self._known: dict[str, Known] = {}
        # Names of refused lines' records by kind; and the line that is about each record.
        self._refused: dict[str, set[str]] = defaultdict(set)
        self._met: dict[tuple, Line] = {}
        self._shared: dict[Any, Any] = {}
        self._done = 0

    @property
    def all_lines(self) -> list[Line]:
        return [line for kind in KINDS for line in self.lines[kind.code]]

    @property
    def is_right(self) -> bool:
        return not self.problems and not any(line.outcome in NOT_ENTERED for line in self.all_lines)

    def go(self) -> None:
        """Validate every line, and save the valid ones."""
        for table in self.tables:
            self._take(table)
        if not self.all_lines and not self.problems:
            self.problems.append(_("There is no line below the header: nothing to enter."))
        for kind in KINDS:
            if self.lines[kind.code]:
                kind.process(self, self.lines[kind.code])

    def done(self, line: Line) -> None:
        """Settle a validated line, and report the progress."""
        line.settle()
        if line.outcome in NOT_ENTERED:
            told = (line.cells[name] for name in line.kind.named_in if name in line.cells)
            self._refused[line.kind.code] |= {name_key(as_text(cell)) for cell in told}
        self._done += 1
        if self.tell:
            self.tell(self._done)

    # Used by lines.

    @cached_property
    def no_formula(self) -> str:
        return _("This cell holds a formula: copy it, and paste its value.")

    @cached_property
    def current_phase(self) -> Phase | None:
        return Phase.objects.filter(is_current=True).first()

    def shared(self, make: Callable[[Any], Any]) -> Any:
        """Return `make(run)`, computed once per run: data shared by several kinds."""
        if make not in self._shared:
            self._shared[make] = make(self)
        return self._shared[make]

    def codes_of(self, column: Any) -> dict[str, str]:
        """Return the codes of a column by word, computed once."""
        key = id(column)  # columns live as long as the process
        if key not in self._shared:
            self._shared[key] = column.codes()
        return self._shared[key]

    def known(self, code: str) -> Known:
        if code not in self._known:
            kind = KIND_OF[code]
            self._known[code] = Known(kind, kind.visible(self))
        return self._known[code]

    def find(self, code: str, text: str) -> Any:
        """Return the record that a cell names. Raise Unreadable, or Waits if a refused line would create it."""
        found = self.known(code).find(text)
        if len(found) == 1:
            return found[0]
        if name_key(text) in self._refused[code]:
            raise Waits
        said = {"value": text, "kind": KIND_OF[code].label}
        if found:
            raise Unreadable(
                _("Several records are called “%(value)s” (%(kind)s): write an identifier or the address instead.")
                % said
            )
        raise Unreadable(
            _("Nothing that you may choose is called “%(value)s” (%(kind)s): write the exact name, or an identifier.")
            % said
        )

    def claim(self, line: Line, record: Any) -> bool:
        """Register the line as being about a record; refuse it and return False if an earlier line is about the same one."""
        before = self._met.setdefault((line.kind.code, record.pk), line)
        if before is not line:
            line.refuse("", _("%(place)s: this line is about the same record.") % {"place": before.place})
        return before is line

    def is_new(self, code: str, record: Any) -> bool:
        """Return whether a line of these files created the record."""
        line = self._met.get((code, record.pk))
        return line is not None and line.outcome == Outcome.CREATED

    @property
    def decider(self) -> User | None:
        """The user for decisions that one person may not make alone: None during the check, before a second person is known."""
        may = has_role(self.by, self.cluster.pk, MANAGERS)
        if may and not self.cluster.needs_four_eyes:
            return self.by
        self.needs_second = True
        return self.second

    # Tables.

    def _take(self, table: Table) -> None:
        """Give the lines of a table to its kind; report problems with its name and header."""
        kind = self._kind_of(table)
        if kind is None or not self._may(kind, table):
            return
        columns = self._columns_of(kind, table)
        if columns is None:
            return
        for number, row in table.lines:
            filled = {at: cell for at, cell in enumerate(row) if at in columns}
            formulas = {columns[at] for at in filled if (number, at) in table.formulas}
            cells = {columns[at]: cell for at, cell in filled.items() if not is_empty(cell) or columns[at] in formulas}
            line = Line(kind, table.name, number, cells, formulas)
            line.name = kind.name_of(line)
            self.lines[kind.code].append(line)

    def _kind_of(self, table: Table) -> Any:
        name = fold(table.name)
        if name in EXPLANATIONS:
            return None
        for kind in KINDS:
            if name in kind.headers():
                return kind
        # A single table may have any name: its columns tell the kind.
        header = {fold(title) for title in table.header if title}
        fitting = [kind for kind in KINDS if header and header <= _headers_of(kind)]
        if len(fitting) == 1:
            return fitting[0]
        if table.header:
            said = {"sheet": table.name, "kinds": ", ".join(str(kind.label) for kind in KINDS)}
            self.problems.append(
                _("“%(sheet)s”: it is not clear what this table holds. Give it one of these names: %(kinds)s.") % said
            )
        return None

    def _may(self, kind, table: Table) -> bool:
        if not table.lines or has_role(self.by, self.cluster.pk, kind.roles):
            return True
        said = {"sheet": table.name, "kind": kind.label, "who": kind.who}
        self.problems.append(_("“%(sheet)s”: you cannot import “%(kind)s”. %(who)s") % said)
        return False

    def _columns_of(self, kind, table: Table) -> dict[int, str] | None:
        """Return the column name at each position of the header; None if the header has problems."""
        found: dict[int, str] = {}
        wrong = []
        for at, title in enumerate(table.header):
            column = next((one for one in kind.columns if fold(title) in one.headers()), None) if title else None
            said = {"sheet": table.name, "title": title}
            if column is not None and column.name in found.values():
                wrong.append(_("“%(sheet)s”: the column “%(title)s” is there twice.") % said)
            elif column is not None:
                found[at] = column.name
            elif title:
                wrong.append(_("“%(sheet)s”: there is no column “%(title)s” here. The template has them all.") % said)
        missing = [str(one.label) for one in kind.columns if one.is_required and one.name not in found.values()]
        if missing:
            said = {"sheet": table.name, "columns": ", ".join(missing)}
            wrong.append(_("“%(sheet)s”: these columns are missing: %(columns)s.") % said)
        self.problems += wrong
        return None if wrong else found


KIND_OF = {kind.code: kind for kind in (*KINDS, *REFERENCE_DATA)}
# Sheets without lines: the template's explanations, and a list's totals.
EXPLANATIONS = {"explanations", "explications", "totals", "totaux"}


def _headers_of(kind) -> set[str]:
    return {header for column in kind.columns for header in column.headers()}
