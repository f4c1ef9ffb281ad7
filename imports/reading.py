"""Read workbooks and CSV files into tables of cells, after checking that they are harmless."""

import csv
import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from imports.enums import FileType

EXTENSIONS = {".xlsx": FileType.XLSX, ".csv": FileType.CSV, ".pdf": FileType.PDF}
# A larger portfolio must be split into several files.
MAX_LINES = 5_000
MAX_COLUMNS = 100
# 5,000 lines of text make about ten megabytes of XML, but a megabyte of ZIP can unpack to a thousand.
MAX_UNPACKED = 40 * 1024 * 1024
MAX_MEMBERS = 300
# In the texts of all cells. A workbook stores each distinct text once, and a file of 20 kB can repeat one until it fills a
# gigabyte; 5,000 lines with a long description each have fifteen million.
MAX_CHARACTERS = 20_000_000
SHARED_TEXTS = "xl/sharedstrings.xml"
# The first bytes of a file in the format before Office 2007, or of an encrypted one.
COMPOUND = b"\xd0\xcf\x11\xe0"
MACROS = "vbaproject.bin"
# A cell or row reference, as every program writes it.
PLACE = re.compile("([A-Z]{1,3})?([0-9]{1,7})")
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
TOO_MUCH = gettext_lazy("“%(name)s” unpacks to more than a portfolio needs. Copy the cells into an empty workbook.")
DAMAGE = (
    zipfile.BadZipFile,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
    EOFError,
    zlib.error,
    ElementTree.ParseError,
    expat.ExpatError,
)


@dataclass
class Table:
    """A sheet of a workbook, or a CSV file: its header, and its lines with their numbers."""

    name: str
    header: list[str]
    lines: list[tuple[int, list[Any]]]
    # Positions of the cells with a formula: line number, and column from 0.
    formulas: set[tuple[int, int]] = field(default_factory=set)
    is_named: bool = True


def file_type_of(name: str) -> FileType | None:
    return EXTENSIONS.get(PurePath(name).suffix.lower())


def tables_of(name: str, kind: str, content: bytes) -> list[Table]:
    """Return the tables of a file. Raise ValidationError with a sentence if it cannot be read."""
    return _workbook(name, content) if kind == FileType.XLSX else [_csv(name, content)]


def _refuse(name: str, sentence: Any, **params: Any) -> ValidationError:
    return ValidationError(sentence, params={"name": name, **params})


def _csv(name: str, content: bytes) -> Table:
    """Return the table of a CSV file: in UTF-8 or Windows-1252, with semicolons, commas or tabs."""
    if b"\x00" in content:
        raise _refuse(name, _("“%(name)s” is not a text: save it as CSV, or bring the workbook itself."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.lstrip().partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    try:
        rows = [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise _refuse(name, _("“%(name)s” cannot be read as CSV.")) from error
    return _table(name, PurePath(name).stem, rows)


def _table(name: str, title: str, rows: list[list[Any]], formulas: set[tuple[int, int]] | None = None) -> Table:
    """Return a table of the rows, without empty ones. Raise ValidationError if there are too many."""
    filled = [(number, row) for number, row in enumerate(rows, 1) if any(not is_empty(cell) for cell in row)]
    header = [str(cell).strip() for cell in filled[0][1]] if filled else []
    if len(filled) > MAX_LINES + 1:
        sentence = _("“%(name)s” has more than %(most)d lines: bring it in several files.")
        raise _refuse(name, sentence, most=MAX_LINES)
    return Table(title, header, filled[1:], formulas or set())


def is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _workbook(name: str, content: bytes) -> list[Table]:
    if content.startswith(COMPOUND):
        sentence = _("“%(name)s” is protected by a password, or is in the format of before 2007. Save it as XLSX.")
        raise _refuse(name, sentence)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check(name, archive)
            lengths = _lengths_of_shared_texts(archive)
            # Check every file that could be a sheet; which ones are sheets is decided below.
            looked_at = {
                path: _look_at(name, archive.read(path), lengths)
                for path in archive.namelist()
                if "worksheets/" in path
            }
            if sum(places.characters for places in looked_at.values()) > MAX_CHARACTERS:
                raise _refuse(name, TOO_MUCH)
            formulas = {title: looked_at[path].formulas for title, path in _sheets(archive).items()}
    except DAMAGE as error:
        raise _refuse(name, _("“%(name)s” cannot be read as a workbook. Save it again as XLSX.")) from error
    return _cells(name, content, formulas)


def _check(name: str, archive: zipfile.ZipFile) -> None:
    """Reject encrypted files, macros, and large archives. Read each member, since headers may lie."""
    members = archive.infolist()
    if any(member.flag_bits & 0x1 for member in members):
        raise _refuse(name, _("“%(name)s” is protected by a password. Save a copy without it."))
    if any(member.filename.lower().endswith(MACROS) for member in members):
        raise _refuse(name, _("“%(name)s” contains macros. Save it as XLSX, which has none."))
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise _refuse(name, TOO_MUCH)
    if archive.testzip() is not None or len({member.filename for member in members}) < len(members):
        raise zipfile.BadZipFile


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the path in the archive of each sheet, by title.

    Raise ValueError if two sheets share a title, since the one checked might not be the one read, or a path, since one
    sheet could then be read any number of times.
    """
    rels = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {rel.get("Id"): str(rel.get("Target")) for rel in rels}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    sheets = [sheet for sheet in book.iter() if sheet.tag.endswith("}sheet")]
    if len(targets) < len(rels) or len({sheet.get("name") for sheet in sheets}) < len(sheets):
        raise ValueError("two sheets share a title, or two files an identifier")
    found = {}
    for sheet in sheets:
        if targets.get(sheet.get(RELATION), "").find("worksheets/") >= 0:
            path = targets[sheet.get(RELATION)].lstrip("/")
            found[str(sheet.get("name"))] = path if path.startswith("xl/") else f"xl/{path}"
    if len(set(found.values())) < len(found):
        raise ValueError("two sheets share a path")
    return found


def _lengths_of_shared_texts(archive: zipfile.ZipFile) -> list[int]:
    """Return the lengths of the texts that cells refer to by number. Raise ValueError if there are two lists of them."""
    [path, *others] = [one for one in archive.namelist() if one.replace("\\", "/").lower() == SHARED_TEXTS] or [""]
    if others:
        raise ValueError("two lists of texts")
    texts = ElementTree.fromstring(archive.read(path)) if path else ()
    return [sum(map(len, text.itertext())) for text in texts]


class _Places:
    """Track the last line and column of a sheet, as the reader of the cells will, and the cells with a formula.

    It also counts the characters of the shared texts that the cells refer to.
    """

    def __init__(self, lengths: list[int]) -> None:
        self.line, self.column, self.is_in_cell = 0, -1, False
        self.last_line, self.last_column = 0, 0
        self.formulas: set[tuple[int, int]] = set()
        self.lengths, self.characters = lengths, 0
        # The number of the shared text of the current cell, as far as it is read; None in any other cell.
        self.number: str | None = None

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        if kind == "row":
            self.line, self.column = _place(attributes["r"])[0] if "r" in attributes else self.line + 1, -1
        elif kind == "c":
            self.is_in_cell = True
            self.number = "" if attributes.get("t") == "s" else None
            self.line, self.column = _place(attributes["r"]) if "r" in attributes else (self.line, self.column + 1)
        elif kind == "f" and self.is_in_cell:
            self.formulas.add((self.line, self.column))
        self.last_line, self.last_column = max(self.last_line, self.line), max(self.last_column, self.column)

    def read(self, text: str) -> None:
        if self.number is not None:
            self.number += text

    def end(self, tag: str) -> None:
        if tag.rpartition(":")[2] != "c":
            return
        if self.number and self.number.strip():
            self.characters += self.lengths[int(self.number)]
        self.is_in_cell, self.number = False, None


def _place(said: str) -> tuple[int, int]:
    """Return the line and column of a reference. Raise ValueError for one that no program would write."""
    found = PLACE.fullmatch(said)
    if not found:
        raise ValueError(f"{said[:20]!r} is no place in a sheet")
    return int(found[2]), _column_number(found[1] or "")


def _look_at(name: str, xml: bytes, lengths: list[int]) -> _Places:
    """Return what the sheet holds. Reject a large sheet: the reader allocates every cell up to the last.

    A reference beyond all limits would make it allocate more memory than the machine has, and kill the process.
    """
    places, parser = _Places(lengths), expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = places.begin, places.end
    parser.CharacterDataHandler = places.read
    parser.Parse(xml, True)
    if places.last_line > 2 * MAX_LINES or places.last_column > MAX_COLUMNS:
        sentence = _(
            "“%(name)s” has a sheet of more than %(most)d lines, or of more than %(columns)d columns. Bring it in "
            "several files, and delete what stands far from the table."
        )
        raise _refuse(name, sentence, most=MAX_LINES, columns=MAX_COLUMNS)
    return places


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _cells(name: str, content: bytes, formulas: dict[str, set]) -> list[Table]:
    # Only the task worker imports this library.
    from python_calamine import CalamineError, CalamineWorkbook

    tables = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for title in formulas:
            rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
            tables.append(_table(name, title, rows, formulas[title]))
    except (CalamineError, OSError, ValueError) as error:
        raise _refuse(name, _("“%(name)s” cannot be read as a workbook. Save it again as XLSX.")) from error
    return tables
