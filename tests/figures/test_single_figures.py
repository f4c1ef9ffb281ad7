"""Each public figure has an address of its own; made-up money is never divided by a real grant."""

import csv
import gzip
import io
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from clusters.enums import Role, StatedKind, StatedSubject
from clusters.models import Cluster, StatedCount
from figures.catalogue.figure import TITLES
from figures.catalogue.registry import DATED, FIGURES
from figures.maps import HEIGHT, PANEL_HEIGHT, PANEL_TOP, Place, france
from tests.factories import make_chair, make_cluster, make_intake, make_staff, make_theme, make_training
from tests.figures.money import entered, silent_sponsorship
from tests.innovation_factory import make_start_up

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]
# Of what a reader loads to look at the figures: the page and its styles.
MAX_COMPRESSED = 60_000
MAX_BYTES_OF_ONE = 40_000
# Of a page that is made anew.
MAX_QUERIES_ANEW = 12


@pytest.fixture
def clusters():
    places = {"Nord": ("48.69", "6.18"), "Sud": ("43.60", "1.44"), "Île": ("48.85", "2.35")}
    return {
        name: make_cluster(name=name, public_grant=Decimal(1000), latitude=Decimal(north), longitude=Decimal(east))
        for name, (north, east) in places.items()
    }


def published(amount, **overrides):
    made = silent_sponsorship(**overrides)
    entered(made, "agreed", amount, "2026-01-01")
    entered(made, "received", amount, "2026-02-01")
    return made


def of(client, slug, query=""):
    return client.get(f"/en/figures/{slug}.json{query}").json()


def ratios(told, invented):
    return {row["name"]: row["leverage"] for row in told["rows"] + told["totals"] if row["demonstration"] == invented}


def test_every_figure_has_a_title_and_an_address(client, clusters):
    assert list(TITLES) == list(FIGURES) and set(DATED) <= set(FIGURES)
    for slug, title in TITLES.items():
        text = client.get(reverse("figures:figure", args=[slug])).content.decode()
        assert f"<h1>{title}</h1>" in text and f"/figures/{slug}.json" in text and f"/figures/{slug}.csv" in text


def test_the_page_of_figures_leads_to_each_of_them(client, clusters):
    published("10")
    text = client.get("/en/figures/").content.decode()
    assert {slug for slug in TITLES if f'href="/en/figures/{slug}/"' not in text} == set()


@pytest.mark.parametrize("address", ["/en/figures/luck/", "/en/figures/luck.csv", "/en/figures/grants.pdf"])
def test_what_is_no_figure_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_figure_of_money_is_as_of_a_day(client, clusters):
    published("10", chair=make_chair("active", cluster=clusters["Nord"]))
    assert [row["agreed"] for row in of(client, "partners-money")["rows"]] == [10]
    told = of(client, "partners-money", "?on=2026-01-15")
    assert told["on"] == "2026-01-15" and [row["received"] for row in told["rows"]] == [0]
    assert of(client, "partners-money", "?on=2025-01-01")["rows"] == []
    assert "is not a date" in client.get("/en/figures/leverage/?on=noon").content.decode()
    assert client.get("/en/figures/leverage.json?on=noon").status_code == 400


def test_a_figure_without_a_past_says_so(client, clusters):
    text = client.get("/en/figures/grants/?on=2025-01-01").content.decode()
    assert "This figure has no past" in text and "€1,000" in text
    answer = client.get("/en/figures/grants.csv?on=2025-01-01")
    assert answer.status_code == 400 and "has no past" in answer.content.decode()


def test_no_made_up_euro_is_divided_by_a_real_grant(client, clusters):
    nord, sud = clusters["Nord"], clusters["Sud"]
    published("100", chair=make_chair("active", cluster=nord))
    made_up = make_chair("active", cluster=sud, origin="demonstration")
    published("50", chair=made_up, origin="demonstration")
    told = of(client, "leverage")
    assert ratios(told, False) == {"Nord": 0.1, "Sud": 0, "Île": 0, "National": 0.0333}
    assert set(ratios(told, True).values()) == {None}
    text = client.get("/en/figures/leverage/").content.decode()
    assert "made-up money is never divided by a real grant" in text
    assert "€0.0500" not in text + client.get(sud.get_absolute_url()).content.decode()
    make_chair(
        "active",
        cluster=sud,
        origin="demonstration",
        public_grant=Decimal(200),
        public_grant_source="Invented",
        public_grant_on="2026-01-01",
    )
    # Where a cluster has no made-up grant, its made-up money is divided by nothing, in the nation's ratio neither.
    published("999", chair=make_chair("active", cluster=nord, origin="demonstration"), origin="demonstration")
    told = of(client, "leverage")
    assert ratios(told, True) == {"Nord": None, "Sud": 0.25, "Île": None, "National": 0.25}
    assert ratios(told, False)["National"] == 0.0333


def test_made_up_records_stand_apart_everywhere(client, clusters):
    nord = clusters["Nord"]
    theme = make_theme(nord, name="Robots")
    for origin in ("registered", "demonstration", "demonstration"):
        make_chair("active", cluster=nord, origin=origin).themes.add(theme)
        make_start_up(nord, founded_year=2024, origin=origin)
        make_intake(make_training(nord, origin=origin), nord, year=2024, enrolled=30)
    for slug, column, real in (
        ("chairs-by-theme", "chairs", 1),
        ("start-ups", "start_ups", 1),
        ("people-trained", "people", 30),
    ):
        rows = of(client, slug)["rows"]
        assert [(row["demonstration"], row[column]) for row in rows] == [(False, real), (True, 2 * real)], slug
        text = client.get(f"/en/figures/{slug}/").content.decode()
        assert (
            text.index("Real records") < text.index("Demonstration records") < text.index("These records are made up")
        )


def test_a_starting_point_says_its_month_in_words(client):
    stated = {"subject": StatedSubject.TRAINED_A_YEAR, "kind": StatedKind.BASELINE, "as_of": "2025-04"}
    StatedCount.objects.create(value=40_000, source="https://example.org/", **stated)
    assert [row["name"] for row in of(client, "people-trained")["rows"]] == ["Starting point, April 2025"]
    assert "Point de départ, avril 2025" in client.get("/fr/figures/people-trained/").text.replace("\xa0", " ")


def test_each_bar_says_its_name_and_its_value(client, clusters):
    published("10", chair=make_chair("active", cluster=clusters["Nord"]))
    for slug, said in (("grants", "Nord: €1,000;"), ("partners-money", "2026: Agreed €10, Received €10;")):
        text = client.get(f"/en/figures/{slug}/").content.decode()
        chart = text.split("<svg")[-1] if slug == "grants" else next(one for one in text.split("<svg") if said in one)
        assert 'role="img"' in chart.split(">")[0] and said in chart.split("</desc>")[0]


def test_the_map_says_each_cluster_and_covers_no_label():
    # Two at one place, and one that nothing is known of.
    places = [
        Place("One", "€75m", 48.85, 2.35, 75),
        Place("Two", "€35m", 48.85, 2.35, 35),
        Place("Three", "", 43.6, 1.44, 0),
    ]
    text = france("A map", "One: 75;", places)
    assert text.count("<circle") == 3 and "One: 75;" in text and 'role="img"' in text
    circles = [tuple(map(float, one)) for one in re.findall(r'cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"', text)]
    close = [one for one in circles if PANEL_TOP < one[1] < PANEL_TOP + PANEL_HEIGHT]
    assert len(close) == 2 and abs(close[0][0] - close[1][0]) >= close[0][2] + close[1][2]
    assert [one for one in circles if one[1] < HEIGHT]
    assert "style=" not in text and france("A map", "", []) == ""


@pytest.mark.exhaustive
def test_pages_stay_small_and_cost_few_queries(client, clusters):
    published("10", chair=make_chair("active", cluster=clusters["Nord"]))
    page = client.get("/en/figures/").content
    styles = [
        Path(settings.BASE_DIR, "static/css", name).read_bytes()
        for name in ("tokens.css", "cathedra.css", "figures.css")
    ]
    assert sum(len(gzip.compress(one)) for one in (page, *styles)) < MAX_COMPRESSED
    for slug in FIGURES:
        with CaptureQueriesContext(connection) as captured:
            assert len(client.get(f"/en/figures/{slug}/").content) < MAX_BYTES_OF_ONE
        assert len(captured) <= MAX_QUERIES_ANEW, (slug, [query["sql"][:200] for query in captured])


def test_ratios_of_staff_count_real_records_only(client, clusters):
    for origin, amount in (("registered", "300"), ("demonstration", "600")):
        published(amount, chair=make_chair("active", cluster=clusters["Nord"], origin=origin), origin=origin)
    client.force_login(make_staff(None, Role.COORDINATOR))
    answer = client.get(reverse("panel_figures:nation_export", args=["csv"]))
    lines = csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")))
    told = {line["Name"]: line for line in lines if line["Table"] == "clusters"}
    assert told["Nord"]["Received"] == "900.00" and told["Nord"]["Received per public euro"] == "0.3000"
    assert told["National"]["Received per public euro"] == "0.1000"


def test_its_table_stands_in_the_order_of_the_address(client, clusters):
    Cluster.objects.filter(name="Sud").update(public_grant=3000)

    def names(query):
        page = client.get(f"/en/figures/grants/{query}").text
        table = page.partition("<tbody>")[2].partition("</tbody>")[0]
        return re.findall(r'<th scope="row"><a [^>]*>(\w+)</a>', table), re.findall(r'aria-sort="(\w+)"', page)

    assert names("") == (["Sud", "Nord", "Île"], [])
    assert names("?sort=name") == (["Île", "Nord", "Sud"], ["ascending"])
    assert names("?sort=-public_grant")[0][-1] == "Sud" and names("?sort=public_grant")[1] == ["descending"]
    for order in ("wealth", "people"):
        assert f"no order “{order}”" in client.get(f"/en/figures/grants/?sort={order}").text


def cited(page) -> str:
    return re.search(r'<p class="citation measure">(.*?)</p>', page.text)[1].replace("&amp;", "&")


def test_a_figure_is_cited_with_an_address_that_keeps_showing_it(client, clusters):
    line = cited(client.get("/en/figures/map/?on=2026-03-01"))
    assert "As of 1 March 2026, as known at the end of" in line and "read on" in line
    [address] = re.findall(rf"{settings.SITE_URL}(\S+)", line)
    then = client.get(address)
    assert then.status_code == 200 and address.startswith("/en/figures/map/?on=2026-03-01&known=")
    assert cited(then).partition(" (")[0] == line.partition(" (")[0]
    assert "?on=" not in cited(client.get("/en/figures/start-ups/"))


def test_a_figure_is_a_workbook_too(client, clusters):
    book = load_workbook(io.BytesIO(client.get("/en/figures/grants.xlsx").getvalue()))
    rows = list(book.active.iter_rows(values_only=True))
    assert [row[2] for row in rows[1:4]] == sorted(clusters) and 1000 in rows[1]
