"""In which order chairs are listed, on how many pages, at what cost."""

import datetime

import pytest

from chairs.search.index import indexed_once
from tests.chairs.listing import URL, publish, titles

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True), pytest.mark.usefixtures("search_index")]


def test_the_orders(client):
    publish("b", starts_on=datetime.date(2024, 1, 1), end_year=2999)
    publish("É", start_year=2025, ends_on=datetime.date(2020, 1, 1))
    publish("a")
    publish("d", start_year=2023, end_year=2998)
    assert titles(client) == titles(client, "?sort=title") == ["a", "b", "d", "É"]
    assert titles(client, "?sort=newest") == ["É", "b", "d", "a"]
    assert titles(client, "?sort=ending") == ["d", "b", "a", "É"]


def test_twenty_chairs_a_page_and_the_page_after_the_last_is_the_last(client):
    with indexed_once():
        for number in range(23):
            publish(f"Robot {number:02}")
    assert len(titles(client)) == 20
    assert titles(client, "?page=2") == titles(client, "?page=7") == ["Robot 20", "Robot 21", "Robot 22"]
    assert 'href="?page=2"' in client.get(URL).content.decode()


def test_the_french_page_orders_and_shows_french_titles(client):
    publish("Zebra", title_fr="Ane")
    publish("Apple", title_fr="Pomme")
    page = client.get("/fr/chairs/").content.decode()
    assert page.index("Ane") < page.index("Pomme")
