"""The public list of collaborations: what it shows, finds, counts and costs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collaborations.models import Collaboration
from tests import factories
from tests.collaboration_factory import make_collaboration, make_participant

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]
LIST = "/en/collaborations/"
# Queries at most, and kilobytes: some of the queries read what a process keeps outside of a transaction.
MOST_QUERIES, MOST_KILOBYTES = 14, 60


@pytest.fixture
def here():
    return factories.make_cluster(slug="here", name="Here")


def page(client, query="", language="en") -> str:
    response = client.get(f"/{language}/collaborations/{query}")
    assert response.status_code == 200
    return response.content.decode()


def titles(client, query="") -> list[str]:
    return re.findall(r'<h3><a href="[^"]+">([^<]+)</a>', client.get(LIST + query).content.decode())


def test_it_shows_who_takes_part_when_and_how(client, here):
    one = make_collaboration(here, title_en="Soils", starts="2024-03", ends="2025", is_intended=True)
    make_participant(one, name="Norrfjärda universitet")
    html = page(client)
    for text in ("Soils", "Joint research", "March 2024 – 2025", "Here", "Norrfjärda universitet", "an intention"):
        assert text in html


def test_a_draft_is_not_listed_counted_or_found(client, here):
    make_collaboration(here, title_en="Open")
    make_collaboration(here, title_en="Hidden", is_published=False, countries=["JP"])
    assert titles(client) == ["Open"] and titles(client, "?q=hidden") == []
    assert "Japan" not in page(client)


def test_the_latest_comes_first_and_those_without_a_start_last(client, here):
    for title, starts in (("B", ""), ("A", "2023"), ("C", "2025-02")):
        make_collaboration(here, title_en=title, starts=starts)
    assert titles(client) == ["C", "A", "B"]
    assert titles(client, "?sort=title") == ["A", "B", "C"]


@pytest.mark.parametrize("words", ["soils", "SOI", "norrfjarda", "Suède", "sweden here", "wide field"])
def test_words_are_found_in_titles_summaries_participants_countries_and_clusters(client, here, words):
    one = make_collaboration(here, title_en="Soils", countries=["SE"], summary_fr="Un wide field.")
    make_participant(one, name="Norrfjärda universitet")
    make_collaboration(title_en="Another")
    assert titles(client, f"?q={words}") == ["Soils"]


def test_facets_narrow_and_count_exactly(client, here):
    there = factories.make_cluster(slug="there", name="There")
    make_collaboration(here, title_en="A", kind="exchange", countries=["DE", "FR"], starts="2023", ends="2024")
    make_collaboration(here, there, title_en="B", countries=["FR"], starts="2024", ends="2024")
    make_collaboration(there, title_en="C", countries=[], starts="")
    assert titles(client, "?cluster=here&year=2024&sort=title") == ["A", "B"]
    assert titles(client, "?country=de") == ["A"] and titles(client, "?country=none") == ["C"]
    assert titles(client, "?kind=exchange&cluster=there") == []
    facets = client.get(LIST).context["listing"].facets_on_page
    counts = {one.facet.name: {choice.value: choice.count for choice in one.choices} for one in facets}
    assert counts == {
        "kind": {"exchange": 1, "joint_research": 2},
        "cluster": {"here": 2, "there": 2},
        "country": {"FR": 2, "DE": 1, "none": 1},
        "year": {"2024": 2, "2023": 1},
    }


def test_one_without_an_end_runs_until_today(client, here):
    make_collaboration(here, title_en="A", starts="2024")
    make_collaboration(here, title_en="B", starts="2024", ends="2024")
    make_collaboration(here, title_en="C", starts="2024", is_intended=True)
    assert titles(client, "?year=2025") == ["A"]
    assert [one.title_en for one in Collaboration.objects.running_in(2025)] == ["A"]
    assert Collaboration.objects.running_in(2024).count() == 2 and not Collaboration.objects.running_in(2023).exists()


def test_what_is_not_known_is_said(client, here):
    make_collaboration(here)
    html = page(client, "?country=XX&year=1066&kind=poem&sort=size&cluster=nowhere")
    for value in ("XX", "1066", "poem", "size", "nowhere"):
        assert f"“{value}” is not known under" in html
    assert "has no word to search for" in page(client, "?q=%3F")


def test_an_empty_list_says_so_and_leads_on(client, here):
    assert "No collaboration is published yet." in page(client)
    make_collaboration(here)
    html = page(client, "?q=nothing&kind=exchange")
    assert "No collaboration matches all of this." in html and "See them all" in html


def test_the_map_and_its_table_say_the_same(client, here):
    make_collaboration(here, countries=["FR", "DE"])
    make_collaboration(here, countries=["FR", "JP"])
    make_collaboration(here, countries=[])
    html = page(client)
    world, europe = html.split('<svg class="world-map"')[1:3]
    assert "<title>France: 2</title>" in world and "<title>Japan: 1</title>" in world
    assert "Map of Europe: 2 countries." in europe and "Japan" not in europe.split("</svg>")[0]
    assert '<a href="?country=FR">France</a></th><td class="text-end">2</td>' in html
    assert '<a href="?country=none">Not stated</a></th><td class="text-end">1</td>' in html
    assert "Carte du monde\u00a0: 3 pays." in page(client, language="fr")


@pytest.mark.exhaustive
def test_pages_follow_each_other_and_cost_the_same_however_many(client, here):
    for _one in range(3):
        make_participant(make_collaboration(here), institution=factories.make_institution())
    few = queries(client)
    for number in range(42):
        one = make_collaboration(here, countries=["DE"], starts=str(2000 + number % 20))
        make_participant(one, institution=factories.make_institution())
    assert len(titles(client)) == 20 and len(titles(client, "?page=3")) == 5
    assert queries(client) == few <= MOST_QUERIES
    assert len(client.get(LIST).content) < MOST_KILOBYTES * 1000


def queries(client) -> int:
    client.get(LIST)
    with CaptureQueriesContext(connection) as captured:
        client.get(LIST)
    return len(captured)


@pytest.mark.browser
@pytest.mark.exhaustive
def test_the_maps_are_folded_on_a_phone_and_open_on_a_wide_screen(browser, live_server, transactional_db):
    make_collaboration(factories.make_cluster(), countries=["FR"])
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{live_server.url}/en/collaborations/")
    assert not page.locator(".world-map").first.is_visible()
    assert page.locator("#found h2").bounding_box()["y"] < 740
    page.locator(".countries-fold summary").press("Enter")
    assert page.locator(".world-map").first.is_visible() and page.get_by_role("table", name="Countries").is_visible()
    page.set_viewport_size({"width": 1280, "height": 740})
    page.reload()
    assert page.get_by_role("table", name="Countries").is_visible(), "it is there for a screen reader too"
    assert not page.locator(".countries-fold summary").is_visible()
    page.close()
