"""The export formats of a list, each written while its records are read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.exports import CONTENT_TYPES, JSON, as_csv, as_json, as_xlsx
from core.ical import MEDIA_TYPE as CALENDAR
from core.ical import CalendarDay, calendar
from lists import atom
from lists.public_list import AskedList, lines, rows

# Bytes collected before sending: sending a short chunk takes as long as a long one.
SENT_AT_ONCE = 32 * 1024


@dataclass(frozen=True)
class Format:
    """An export format.

    `write` yields the file from the list and the file's own address; a download is saved, not shown.
    """

    label: Any
    media_type: str
    write: Callable[[AskedList, str], Iterator[str | bytes]]
    is_download: bool = True


def _csv(asked: AskedList, address: str) -> Iterator[bytes]:
    header = asked.public_list.header
    return as_csv(list(header.values()), lines(header, asked.items()))


def _xlsx(asked: AskedList, address: str) -> Iterator[bytes]:
    header = asked.public_list.header
    name = str(asked.public_list.title)
    return as_xlsx(list(header.values()), lines(header, asked.items()), as_written=True, sheet_name=name)


def _json(asked: AskedList, address: str) -> Iterator[bytes]:
    header = asked.public_list.header
    return as_json(list(header), rows(header, asked.items()))


def _calendar(asked: AskedList, address: str) -> Iterator[str]:
    name = asked.public_list.name
    days = (
        CalendarDay(
            f"{name}-{item.key}-{sort}",
            day,
            f"{what} – {item.title}{f' ({DEMONSTRATION})' if item.is_demonstration else ''}",
            item.path,
            item.updated_at or atom.UNDATED,
            item.is_demonstration,
        )
        for item in atom.without_demonstration(asked.dated_items())
        for sort, (what, day) in item.days.items()
    )
    return calendar(days, asked.title)


def _bibtex(asked: AskedList, address: str) -> Iterator[str]:
    # Programs reject an empty file, hence a comment with the title and address.
    yield f"% {asked.public_list.title}. {address}\n"
    for item in asked.items():
        yield f"\n{asked.public_list.citation(item)}\n"


DEMONSTRATION = _("Demonstration")
FORMATS = {
    "csv": Format(_("CSV"), CONTENT_TYPES["csv"], _csv),
    "xlsx": Format(_("Excel (XLSX)"), CONTENT_TYPES["xlsx"], _xlsx),
    "json": Format(_("JSON"), JSON, _json, is_download=False),
    "atom": Format(_("Atom feed"), atom.MEDIA_TYPE, atom.feed, is_download=False),
    "ics": Format(_("Calendar of deadlines"), CALENDAR, _calendar),
    "bib": Format(_("BibTeX"), "application/x-bibtex; charset=utf-8", _bibtex),
}


def written(asked: AskedList, form: str, address: str) -> Iterator[bytes]:
    """Yield the file in larger pieces: a record is a few hundred bytes, and each piece sent has a cost."""
    pieces, size = [], 0
    for piece in FORMATS[form].write(asked, address):
        pieces.append(piece.encode() if isinstance(piece, str) else piece)
        size += len(pieces[-1])
        if size >= SENT_AT_ONCE:
            yield b"".join(pieces)
            pieces, size = [], 0
    yield b"".join(pieces)
