"""Files are looked at before they are read: what is harmful, locked or far too large is refused in a sentence."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError

from imports.reading import MAX_LINES, tables_of
from tests.imports.workbooks import workbook


def packed(more: dict | None = None, **sheets) -> bytes:
    """Return a workbook with further members in its archive."""
    content = io.BytesIO(workbook(**(sheets or {"People": [["Name"], ["Ada"]]})))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, member in (more or {}).items():
            archive.writestr(name, member)
    return content.getvalue()


def far_away() -> bytes:
    return workbook(People=[["Name"], *[[None]] * 20_000, ["Ada"]])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0locked", "protected by a password"),
        (b"PK\x03\x04 cut off", "cannot be read as a workbook"),
        (packed({"xl/vbaProject.bin": b"Sub"}), "contains macros"),
        (packed({"xl/media/big": b"0" * 41 * 1024 * 1024}), "unpacks to more"),
        (far_away(), "Bring it in several files"),
        (workbook(People=[["Name"], *[["Ada"]] * (MAX_LINES + 1)]), "more than 5000 lines"),
    ],
)
def test_a_workbook_that_will_not_do_is_refused_with_the_reason(content, sentence):
    with pytest.raises(ValidationError, match=sentence):
        tables_of("portfolio.xlsx", "xlsx", content)


def test_a_workbook_is_read_with_its_places_and_formulas():
    [table] = tables_of("portfolio.xlsx", "xlsx", packed(People=[["Name", "City"], [], ["Ada", "=1+1"]]))
    assert (table.name, table.header) == ("People", ["Name", "City"])
    assert [number for number, _cells in table.lines] == [3] and table.formulas == {(3, 1)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_is_read_however_it_was_saved(encoding, delimiter):
    text = f"Nom{delimiter}Ville\r\nÉlise Été{delimiter}Sète\r\n"
    [table] = tables_of("people.csv", "csv", text.encode(encoding))
    assert (table.name, table.header, table.lines) == ("people", ["Nom", "Ville"], [(2, ["Élise Été", "Sète"])])


def test_a_workbook_that_calls_itself_csv_is_refused():
    with pytest.raises(ValidationError, match="is not a text"):
        tables_of("people.csv", "csv", packed())
