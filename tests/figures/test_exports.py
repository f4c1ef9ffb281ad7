"""Files hold the figures of the page; no cell of theirs runs in a spreadsheet."""

import csv
import io
import re
from decimal import Decimal

import pytest
from django.utils import translation
from openpyxl import load_workbook

from core.exports import FORMULA_STARTS, as_csv, as_readers_csv, as_xlsx, respond, safe, safe_in_csv
from tests.factories import make_contact, make_partner
from tests.figures.money import entered, silent_sponsorship

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_a_spreadsheet_would_run_is_made_text(text):
    assert safe(text).startswith("'")
    assert next(csv.reader(io.StringIO(b"".join(as_csv([text], [])).decode("utf-8-sig"))))[0].startswith("'")
    sheet = load_workbook(io.BytesIO(b"".join(as_xlsx(["A"], [[text]])))).active
    assert sheet["A2"].data_type == "s" and sheet["A2"].value.startswith("'")


def test_numbers_below_zero_and_plain_text_stay_as_they_are():
    assert [safe(value) for value in (Decimal("-1.50"), "Plain", None)] == [Decimal("-1.50"), "Plain", None]
    sheet = load_workbook(io.BytesIO(b"".join(as_xlsx(["A"], [[Decimal("-1.50")]])))).active
    assert (sheet["A2"].value, sheet["A2"].number_format) == (-1.5, "#,##0.00")


def test_what_a_workbook_cannot_hold_is_left_out():
    assert (
        load_workbook(io.BytesIO(b"".join(as_xlsx(["A"], [["a\x00b\x0bc\ufffe\uffff"]])))).active["A2"].value == "abc"
    )


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("end", [",", ";", "\n", "\t"])
@pytest.mark.parametrize("formula", ['=HYPERLINK("https://example.org")', "@SUM(1)", "-2+3+cmd|' /C calc'!D2", "＝1+1"])
def test_no_part_of_a_text_becomes_a_formula_in_a_spreadsheet_of_another_country(language, end, formula):
    line = [f"Robots{end}{formula}{end}more", "Plain"]
    with translation.override(language):
        files = [b"".join(write(["Title", "Other"], [line])).decode("utf-8-sig") for write in (as_csv, as_readers_csv)]
    for file in files:
        # As no writer would read it, and many a spreadsheet does.
        cells = re.split(r"[,;\t\r\n]", file)
        assert any(formula[:3] in cell for cell in cells)
        assert not any(cell.strip('"').startswith(FORMULA_STARTS) for cell in cells if cell)


def test_a_list_with_dashes_and_a_negative_number_stay_as_they_are():
    said = "Two:\n- the first, -5 %;\n- a@b.example, x=1"
    assert safe_in_csv(said) == said


def test_a_partner_called_like_a_formula_is_harmless_in_every_file(client):
    contact = make_contact(make_partner(name='=HYPERLINK("https://example.org")'))
    entered(silent_sponsorship(contact=contact), "agreed", "5", "2026-01-01")
    text = client.get("/en/figures/entries.csv").getvalue().decode("utf-8-sig")
    row = list(csv.DictReader(io.StringIO(text)))[0]
    assert row["Partner"].startswith("'=HYPERLINK") and row["Amount"] == "5.00" and row["Demonstration"] == "no"
    sheet = load_workbook(io.BytesIO(client.get("/en/figures/entries.xlsx").getvalue())).active
    cells = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row}
    assert "f" not in cells.values()


def test_files_say_what_they_are(client):
    answer = client.get("/en/figures.xlsx")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="cathedra-figures-')
    assert client.get("/en/figures.pdf").status_code == 404


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_line_is_read_before_it_is_sent(form):
    read = []

    def lines():
        for number in range(3):
            read.append(number)
            yield [number]

    answer = respond(form, "name", ["Number"], lines())
    assert answer.streaming and read == []
    assert answer.getvalue() and read == [0, 1, 2]
