"""Parts of pages, cached in each process until the data that they show may have changed.

A part is built from what `make` reads from the database. It is valid for one language and one day, until one of the
tables that were read is written (core/data_version.py). So `make` takes keys, not records that were read before. What
it needs of the request or the user has to be in the part's name. Data that is itself cached from other tables declares
them (`core.tables_read.made_of`).

Inside a transaction nothing is cached and each part is built anew: what is read there may be rolled back.
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

# Bytes per process. The least recently used part makes room.
MAX_BYTES = 4 * 2**20
# Bytes that a part takes besides its text.
OVERHEAD = 300


def kept_part(name: Hashable, make: Callable[[], str]) -> SafeString:
    """Return the part with this name as HTML, from the cache or built by `make`."""
    return kept_parts([name], lambda _missing: {name: make()})[name]


def kept_parts(names: Iterable[Hashable], make: Callable[[list[Any]], Mapping[Any, str]]) -> dict[Any, SafeString]:
    """Return the parts with these names as HTML. `make` is called once for all missing names, and may leave some out."""
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
    # None: any write makes it stale.
    tables: frozenset[str] | None

    @property
    def size(self) -> int:
        return len(self.html) + OVERHEAD


class _Shelf:
    """The parts that are valid for one version of the data."""

    def __init__(self) -> None:
        self.number, self.size = 0, 0
        self.parts: OrderedDict[Hashable, _Part] = OrderedDict()
        self.lock = threading.Lock()

    def brought_up_to_date(self) -> int:
        """Drop the parts that later writes may have changed. Return the version for which the others are valid."""
        with self.lock:
            number = current()
            if number != self.number:
                # Writes after the number was read are found by the next call.
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
        """Store parts built after this version was read, unless another version has been seen since."""
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
        """Drop the parts built from one of these tables; None: all parts."""
        for key, part in list(self.parts.items()):
            if written is None or part.tables is None or part.tables & written:
                self._take(key)

    def _take(self, key: Hashable) -> None:
        if part := self.parts.pop(key, None):
            self.size -= part.size


_shelves = {PRIMARY: _Shelf(), REPLICA: _Shelf()}


def clear() -> None:
    """Empty the cache, for tests."""
    for shelf in _shelves.values():
        shelf.clear()


def _moving(tables: set[str]) -> frozenset[str] | None:
    """Return the tables that were read, if writing any of them moves the version; otherwise None.

    A table that does not move it, such as cached sums, is derived from others that are unknown here.
    """
    return frozenset(tables) if all_move_the_version(tables) else None
