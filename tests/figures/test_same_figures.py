"""Page, file and ledger say the same of the whole demonstration: every figure, every list of entries."""

import csv
import io
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import User
from clusters.models import Cluster
from core.money import euros, number
from figures.dated import Dates
from figures.enums import Measure
from figures.formatting import ratio
from figures.lists import ROWS_A_PAGE
from figures.pages import all_tables, parts_of
from figures.scopes import nation, of_cluster, of_partner, public
from sponsorships.models import LedgerEntry
from tests.figures.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.exhaustive]
COORDINATOR, PARTNER = "coordinator@example.org", "partner@example.org"


def reader(email=""):
    client = Client()
    if email:
        client.force_login(User.objects.get(email=email))
    return client


def lines_of(answer) -> list[dict]:
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def written(value) -> str:
    """Return a value as files write it."""
    return "" if value is None else str(value)


def scopes():
    company = User.objects.get(email=PARTNER).contacts.get().partner
    yield public(), ""
    yield nation(), COORDINATOR
    for cluster in Cluster.objects.order_by("pk"):
        yield of_cluster(cluster), COORDINATOR
    yield of_partner(company), PARTNER


def test_pages_files_and_ledger_agree_on_every_figure(demonstration_for_the_module):
    User.objects.filter(email=COORDINATOR).update(language="en")
    today = timezone.localdate()
    assert_the_clusters_add_up_to_the_nation(today)
    for scope, who in scopes():
        client = reader(who)
        tables = all_tables(parts_of(scope, Dates(today), None))
        page = read(client.get(scope.url()).content.decode())
        file = lines_of(client.get(scope.url("export", "csv")))
        rows = [(table, row) for table in tables for row in [*table.rows, *filter(None, [table.foot])]]
        assert len(file) == len(rows), scope.title
        for line, (table, row) in zip(file, rows, strict=True):
            assert line["Table"] == table.code
            for column in table.columns[1:]:
                assert line[column.label if column.measure is None else scope.said(column.measure)] == written(
                    row.value(column)
                )
        assert_the_page_shows(page, tables)
        assert_each_file_of_entries_adds_up(client, scope, tables)
        sheet = load_workbook(io.BytesIO(client.get(scope.url("export", "xlsx")).getvalue())).active
        assert [[cell or "" for cell in row][3] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
            row.name for _table, row in rows
        ]


def assert_the_page_shows(page, tables) -> None:
    """Each table stands on the page with its numbers, as the reader's language writes them."""
    write = {"euros": euros, "number": number, "ratio": ratio}
    drawn = [table for table in tables if table.code != "total" and table.rows]
    told = {str(table.title) for table in drawn}
    found = [rows[1:] for caption, rows in page.tables if caption in told]
    shown_parts = {id(table) for table in drawn} if len(found) == len(drawn) else _of_filled_parts(tables)
    drawn = [table for table in drawn if id(table) in shown_parts]
    for rows, table in zip(found, drawn, strict=True):
        # The page shows the first rows of a long table, above its foot; the file has all.
        lines = [*table.rows[:ROWS_A_PAGE], *filter(None, [table.foot])]
        for shown, row in zip(rows, lines, strict=True):
            for cell, column in zip(shown, table.shown, strict=True):
                if column.sort in write:
                    value = row.value(column)
                    assert cell == ("—" if value is None else write[column.sort](value))
    headlines = [table for table in tables if table.code == "total"]
    if len(headlines) > len(page.lists):
        headlines = [table for table in headlines if table.rows[0].figures.entries]
    for found, table in zip(page.lists, headlines, strict=True):
        shown = {label: amount for label, amount, _href in found}
        for column in table.columns[1:]:
            if column.sort == "euros":
                assert shown[column.label] == euros(table.rows[0].value(column))


def _of_filled_parts(tables) -> set[int]:
    """Return the tables of the parts that have an entry: the public page leaves out the others."""
    filled, is_filled = set(), False
    for table in tables:
        is_filled = bool(table.rows[0].figures.entries) if table.code == "total" else is_filled
        filled |= {id(table)} if is_filled else set()
    return filled


def assert_each_file_of_entries_adds_up(client, scope, tables) -> None:
    """The entries that a headline's figure opens add up to it, on the page and in the file."""
    for table in [table for table in tables if table.code == "total"]:
        row = table.rows[0]
        for cell in table.cells(row):
            if not cell.url or not row.figures.entries:
                continue
            lines = lines_of(client.get(cell.url.replace("/entries/", "/entries.csv")))
            assert sum(Decimal(line["Amount"]) for line in lines) == cell.value, (scope.title, cell.column.name)
            assert read(client.get(cell.url).content.decode()).lists[-1][0][1] == euros(cell.value)


def assert_the_clusters_add_up_to_the_nation(today) -> None:
    whole = all_tables(parts_of(nation(), Dates(today)))[0].rows[0].figures
    parts = [
        all_tables(parts_of(of_cluster(cluster), Dates(today)))[0].rows[0].figures for cluster in Cluster.objects.all()
    ]
    for measure in Measure:
        assert sum(part[measure] for part in parts) == whole[measure]
    assert whole[Measure.AGREED] == LedgerEntry.objects.on(today).total("agreed") > 0
