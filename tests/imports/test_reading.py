"""Files are looked at before they are read: what is harmful, locked or far too large is refused in a sentence."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError

from imports.reading import MAX_LINES, tables_of
from tests.imports.workbooks import workbook

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def packed(more: dict | None = None, **sheets) -> bytes:
    """Return a workbook with further members in its archive."""
    content = io.BytesIO(workbook(**(sheets or {"People": [["Name"], ["Ada"]]})))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, member in (more or {}).items():
            archive.writestr(name, member)
    return content.getvalue()


def twice() -> bytes:
    """Return a workbook with two sheets of one title."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed(People=[["Name"]], Places=[["City"]]))) as old,
        zipfile.ZipFile(content, "w") as archive,
    ):
        for member in old.namelist():
            archive.writestr(member, old.read(member).replace(b'name="Places"', b'name="People"'))
    return content.getvalue()


def far_away() -> bytes:
    return workbook(People=[["Name"], *[[None]] * 20_000, ["Ada"]])


def told(rows: str, name: str = "sheet1") -> bytes:
    """Return a workbook whose first sheet, or another file among the sheets, holds these rows of XML."""
    kept, content = io.BytesIO(packed()), io.BytesIO()
    sheet = f'<worksheet xmlns="{SHEETS}" xmlns:x="{SHEETS}"><sheetData>{rows}</sheetData></worksheet>'
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(content, "w") as archive:
        for member in old.namelist():
            if member != f"xl/worksheets/{name}.xml":
                archive.writestr(member, old.read(member))
        archive.writestr(f"xl/worksheets/{name}.xml", sheet)
    return content.getvalue()


def rewritten(**members: bytes) -> bytes:
    """Return a workbook of one sheet in which these members, by the end of their names, have other contents."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed())) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in old.namelist():
            archive.writestr(name, members.pop(name.rpartition("/")[2].removesuffix(".xml"), None) or old.read(name))
        for name, member in members.items():
            archive.writestr(f"xl/{name}.xml", member)
    return content.getvalue()


def repeating(text: str, times: int) -> bytes:
    """Return a workbook whose cells all refer to one text."""
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v> 0 </v></c></row>' for row in range(1, times + 1))
    sheet = f'<worksheet xmlns="{SHEETS}"><sheetData>{rows}</sheetData></worksheet>'
    shared = f'<sst xmlns="{SHEETS}"><si><r><t>{text}</t></r><r><t>.</t></r></si></sst>'
    return rewritten(sheet1=sheet.encode(), sharedStrings=shared.encode())


def read_twice() -> bytes:
    """Return a workbook with two names of one sheet."""
    book = f'''<workbook xmlns="{SHEETS}" xmlns:r="{RELATIONS}"><sheets>
        <sheet name="People" sheetId="1" r:id="rId1"/><sheet name="Chairs" sheetId="2" r:id="rId1"/></sheets></workbook>'''
    return rewritten(workbook=book.encode())


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0locked", "protected by a password"),
        (b"PK\x03\x04 cut off", "cannot be read as a workbook"),
        (packed({"xl/vbaProject.bin": b"Sub"}), "contains macros"),
        (packed({"xl/media/big": b"0" * 41 * 1024 * 1024}), "unpacks to more"),
        (far_away(), "Bring it in several files"),
        (twice(), "cannot be read as a workbook"),
        # A fuzzer's find: the reader counted on, asked for 82 gigabytes, and its process was gone.
        (told(f'<row r="1"><c r="B{"E" * 30}3"/></row>'), "cannot be read as a workbook"),
        (told('<row r="1"><c r="XFD1"/></row>'), "Bring it in several files"),
        (told("<row r='1'><c r='XFD1'/></row>"), "Bring it in several files"),
        (told('<x:row r="1"><x:c r="A1048576"><x:v>1</x:v></x:c></x:row>'), "Bring it in several files"),
        (told('<row r="1048576"><c><v>1</v></c></row>'), "Bring it in several files"),
        (told('<row r="-1"><c><v>1</v></c></row>'), "cannot be read as a workbook"),
        (told(f'<row r="1">{"<c><v>1</v></c>" * 200}</row>'), "Bring it in several files"),
        (told('<row r="1"><c r="XFD1"/></row>', "of nobody"), "Bring it in several files"),
        (workbook(People=[["Name"], *[["Ada"]] * (MAX_LINES + 1)]), "more than 5000 lines"),
        # 20 kB, of which the reader would make half a gigabyte.
        (repeating("x" * 100_000, 5_000), "unpacks to more"),
        (repeating("x", 3).replace(b"sharedStrings", b"SomewhereElse"), "cannot be read as a workbook"),
        (read_twice(), "cannot be read as a workbook"),
    ],
)
def test_a_workbook_that_will_not_do_is_refused_with_the_reason(content, sentence):
    with pytest.raises(ValidationError, match=sentence):
        tables_of("portfolio.xlsx", "xlsx", content)


def test_a_workbook_is_read_with_its_places_and_formulas():
    [table] = tables_of("portfolio.xlsx", "xlsx", packed(People=[["Name", "City"], [], ["Ada", "=1+1"]]))
    assert (table.name, table.header) == ("People", ["Name", "City"])
    assert [number for number, _cells in table.lines] == [3] and table.formulas == {(3, 1)}


def test_a_text_may_stand_in_many_cells():
    [table] = tables_of("portfolio.xlsx", "xlsx", repeating("x" * 3_000, 5_000))
    assert table.header == ["x" * 3_000 + "."] and len(table.lines) == 4_999


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_is_read_however_it_was_saved(encoding, delimiter):
    text = f"Nom{delimiter}Ville\r\nÉlise Été{delimiter}Sète\r\n"
    [table] = tables_of("people.csv", "csv", text.encode(encoding))
    assert (table.name, table.header, table.lines) == ("people", ["Nom", "Ville"], [(2, ["Élise Été", "Sète"])])


def test_a_workbook_that_calls_itself_csv_is_refused():
    with pytest.raises(ValidationError, match="is not a text"):
        tables_of("people.csv", "csv", packed())
