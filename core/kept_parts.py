"""Parts of pages, kept in each process until what they tell may have changed: of public ones, the same for everybody.

A part is made of what its maker reads from the database, and stands until one of the tables that it read is written
(core/data_version.py), for the reader's language and for the day. So the maker takes keys, never records that were read
before, and reads nothing else that can change: of a request or a user, what the part's name says. What a process keeps of
other tables says so (`core.tables_read.made_of`).

Inside a transaction nothing is kept, and each part is made anew: what is seen there may be undone.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core.data_version import changes_since, current, is_settled
from core.replica.reading import PRIMARY, REPLICA, database_read
from core.tables_read import all_move_the_version, tables_read

# In each process, in bytes. The part asked for longest ago makes room.
MAX_BYTES = 4 * 2**20
# What a part takes beside its text.
OVERHEAD = 300


def kept_part(name: Hashable, make: Callable[[], str]) -> SafeString:
    """Return the part of this name as HTML, from what is kept or made now."""
    return kept_parts([name], lambda _missing: {name: make()})[name]


def kept_parts(names: Iterable[Hashable], make: Callable[[list[Any]], Mapping[Any, str]]) -> dict[Any, SafeString]:
    """Return the parts of these names as HTML: those that are missing are made all at once. One that is not made has none."""
    wanted = {name: (name, get_language(), timezone.localdate()) for name in names}
    shelf = _shelves[database_read()]
    number = shelf.brought_up_to_date() if is_settled() else None
    found = shelf.found(wanted) if number is not None else {}
    if missing := [name for name in wanted if name not in found]:
        with tables_read() as tables:
            made = make(missing)
        found |= {name: mark_safe(html) for name, html in made.items()}
        if number is not None:
            shelf.put({wanted[name]: html for name, html in made.items()}, _moving(tables), number)
    return found


@dataclass(frozen=True)
class _Part:
    html: bytes
    # None: whatever is written.
    tables: frozenset[str] | None

    @property
    def size(self) -> int:
        return len(self.html) + OVERHEAD


class _Shelf:
    """The parts as they are right for one version of the data."""

    def __init__(self) -> None:
        self.number, self.size = 0, 0
        self.parts: OrderedDict[Hashable, _Part] = OrderedDict()
        self.lock = threading.Lock()

    def brought_up_to_date(self) -> int:
        """Let go of the parts that what was written may have changed; return the version for which the others are right."""
        with self.lock:
            number = current()
            if number != self.number:
                # Whatever is written after the number was read is found by the next one who asks.
                changes = changes_since(self.number) if self.parts else None
                self._let_go(changes.tables if changes else None)
                self.number = number
            return number

    def found(self, wanted: Mapping[Any, Hashable]) -> dict[Any, SafeString]:
        found = {}
        with self.lock:
            for name, key in wanted.items():
                if key in self.parts:
                    self.parts.move_to_end(key)
                    found[name] = mark_safe(self.parts[key].html.decode())
        return found

    def put(self, made: Mapping[Hashable, str], tables: frozenset[str] | None, number: int) -> None:
        """Keep parts that were made after this version was read; not if another has been seen meanwhile."""
        with self.lock:
            if number != self.number:
                return
            for key, html in made.items():
                self._take(key)
                self.parts[key] = part = _Part(html.encode(), tables)
                self.size += part.size
            while self.size > MAX_BYTES:
                self._take(next(iter(self.parts)))

    def clear(self) -> None:
        with self.lock:
            self._let_go(None)

    def _let_go(self, written: set[str] | None) -> None:
        """Let go of the parts that were made of one of these tables; None: of all."""
        for key, part in list(self.parts.items()):
            if written is None or part.tables is None or part.tables & written:
                self._take(key)

    def _take(self, key: Hashable) -> None:
        if part := self.parts.pop(key, None):
            self.size -= part.size


_shelves = {PRIMARY: _Shelf(), REPLICA: _Shelf()}


def clear() -> None:
    """Keep nothing of what was kept, for tests."""
    for shelf in _shelves.values():
        shelf.clear()


def _moving(tables: set[str]) -> frozenset[str] | None:
    """Return the tables by which the version moves; None where one of them does not move it, such as kept sums.

    What stands in such a table is made of others, and those are not known here.
    """
    return frozenset(tables) if all_move_the_version(tables) else None
