"""Each public figure has a page, a CSV and a JSON of its own, which say the same; each equals a count over the records."""

import csv
import io
from collections import Counter
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chairs.models import Chair, StartUp
from clusters.models import Cluster, Intake, StatedCount
from core.money import euros, number
from figures.catalogue.registry import FIGURES
from sponsorships.enums import Contribution, EntryKind
from sponsorships.models import LedgerEntry, Sponsorship
from tests.figures.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.exhaustive]


def json_of(slug: str, query: str = "") -> dict:
    answer = Client().get(reverse("figures:figure_export", args=[slug, "json"]) + query)
    assert answer.status_code == 200 and answer["Content-Type"] == "application/json"
    return answer.json()


def rows_of(slug: str, column: str, *, invented: bool = False, query: str = "") -> dict:
    """Return a figure's rows by name, real or made up."""
    found = json_of(slug, query)["rows"]
    return {row["name"]: row[column] for row in found if row["demonstration"] == invented}


@pytest.fixture
def demonstration(demonstration_for_the_module):
    return demonstration_for_the_module


def is_invented(record) -> bool:
    return record.origin == "demonstration"


def test_page_and_files_say_the_same(demonstration):
    for slug in FIGURES:
        told = json_of(slug)
        assert told["slug"] == slug and told["definition"] and told["sources"] and told["unit"]
        assert told["on"] == timezone.localdate().isoformat()
        assert_the_file_agrees(slug, told)
        assert_the_page_agrees(slug, told)


def assert_the_file_agrees(slug, told):
    answer = Client().get(reverse("figures:figure_export", args=[slug, "csv"]))
    lines = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    labels = {column["name"]: column["label"] for column in told["columns"]}
    records = sorted([*told["rows"], *told["totals"]], key=str)
    assert len(lines) == len(records), slug
    as_read = [
        {name: line[label] for name, label in labels.items()} | {"demonstration": line["Demonstration"]}
        for line in lines
    ]
    assert sorted(map(plain, as_read)) == sorted(map(plain, records)), slug


def plain(record: dict) -> list[tuple[str, str]]:
    """Return a record's values as both files write them."""
    made = record["demonstration"] in (True, "yes")
    values = [(name, value) for name, value in record.items() if name != "demonstration" and value not in (None, "")]
    return [("demonstration", str(made)), *((name, as_number(value)) for name, value in sorted(values))]


def as_number(value) -> str:
    try:
        return str(Decimal(str(value)).normalize())
    except ArithmeticError:
        return str(value)


def assert_the_page_agrees(slug, told):
    page = Client().get(reverse("figures:figure", args=[slug])).content.decode()
    assert told["definition"] in page.replace("&#x27;", "'")
    cells = {cell for _caption, rows in read(page).tables for row in rows for cell in row}
    kinds = {column["name"]: column["kind"] for column in told["columns"]}
    for row in [*told["rows"], *told["totals"]]:
        for name, kind in kinds.items():
            if row[name] is not None and kind in ("number", "euros"):
                assert (euros if kind == "euros" else number)(row[name]) in cells, (slug, name, row)


def test_each_figure_is_a_count_of_the_records(demonstration):
    grants = {str(cluster): int(cluster.public_grant) for cluster in Cluster.objects.all()}
    assert rows_of("grants", "public_grant") == grants and sum(grants.values()) == 360_000_000
    assert json_of("grants")["totals"][0]["public_grant"] == 360_000_000
    for invented in (False, True):
        assert_chairs(invented)
        assert_start_ups(invented)
        assert_people(invented)
        assert_money(invented)


def assert_chairs(invented):
    chairs = [one for one in Chair.objects.published().select_related("cluster") if is_invented(one) == invented]
    by_cluster = Counter(str(one.cluster) for one in chairs)
    assert Counter(rows_of("map", "chairs", invented=invented)) == by_cluster
    by_theme = Counter(
        (theme.name, str(theme.cluster)) for one in chairs for theme in one.themes.select_related("cluster")
    )
    told = [row for row in json_of("chairs-by-theme")["rows"] if row["demonstration"] == invented]
    assert {(row["name"], row["cluster"]): row["chairs"] for row in told if row["cluster"]} == by_theme
    without = sum(row["chairs"] for row in told if not row["cluster"])
    assert without == sum(not one.themes.exists() for one in chairs)


def assert_start_ups(invented):
    founded = [one for one in StartUp.objects.published() if is_invented(one) == invented]
    by_year = Counter(str(one.founded_year or "Year not stated") for one in founded)
    assert Counter(rows_of("start-ups", "start_ups", invented=invented)) == by_year


def assert_people(invented):
    told = rows_of("people-trained", "people", invented=invented)
    counted: Counter = Counter()
    seen = {}
    for intake in Intake.objects.published().select_related("programme"):
        if is_invented(intake.programme) == invented:
            counted[f"{intake.year}–{intake.year + 1}"] += intake.enrolled
            for part in intake.overlap_parts.select_related("overlap"):
                seen.setdefault(part.overlap, []).append(intake)
    for overlap, intakes in seen.items():
        counted[f"{intakes[0].year}–{intakes[0].year + 1}"] -= (len(intakes) - 1) * overlap.people
    years = {name: value for name, value in told.items() if "–" in name}
    assert years == dict(counted)
    if not invented:
        stated = StatedCount.objects.filter(subject="people_trained_a_year", clusters=None, value__isnull=False)
        assert sorted(value for name, value in told.items() if "–" not in name) == sorted(one.value for one in stated)


def assert_money(invented):
    told = [one for one in Sponsorship.objects.with_public_amount() if is_invented(one) == invented]
    entries = LedgerEntry.objects.filter(sponsorship__in=told, contribution=Contribution.CASH)
    sums = {kind: Counter() for kind in ("agreed", "received")}
    for entry in entries.filter(
        kind__in=[EntryKind.AGREED, EntryKind.RECEIVED], effective_on__lte=timezone.localdate()
    ):
        sums[str(entry.kind)][str(entry.effective_on.year)] += entry.amount
    for kind, by_year in sums.items():
        found = rows_of("partners-money", kind, invented=invented)
        assert {year: Decimal(str(value)) for year, value in found.items() if value} == +by_year, kind
