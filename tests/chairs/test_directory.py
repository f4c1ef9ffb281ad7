"""What a process keeps of the directory is, at each answer, what the database holds."""

import datetime
import random

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from chairs.cards import directory as kept
from chairs.cards.directory import Directory, directory
from chairs.cards.orders import Order
from chairs.cards.sorting import Sort
from chairs.enums import ChairStatus
from chairs.models import Appointment, Chair, ChairCard
from chairs.search import index
from core.replica.reading import Newest
from tests.chairs.listing import URL, WORDS, make_directory
from tests.factories import make_chair, make_theme

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.usefixtures("search_index")]
SORTS = [
    Sort(number, language) for number in ("", "title_length", "start_order", "end_order") for language in ("en", "fr")
]


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(kept, "_latest", Newest())


def assert_as_stored() -> None:
    """Hold what is kept against what a process that begins now reads."""
    ours, fresh = directory(), Directory.read()
    assert ours.everything == fresh.everything
    assert {key: pks for key, pks in ours.having.items() if pks} == fresh.having
    for sort in SORTS:
        rows = list(sort.sorted(ChairCard.objects.all()))
        assert rows == sorted(rows, key=lambda row: (row[1], row[2], row[0])), "the database sorts as Python does"
        stored = Order.of(rows)
        assert list(ours._order(sort).pks) == list(stored.pks), sort
        assert list(ours._order(sort).numbers) == list(stored.numbers), sort


@pytest.mark.exhaustive(counted=True)
def test_it_follows_every_change_and_reads_only_what_changed():
    make_directory(40)
    assert_as_stored()
    chance = random.Random(3)
    for _time in range(25):
        chance.choice([rename, move, publish_one, withdraw, put_theme, let_go, change_two])(chance)
        assert_as_stored()


def rename(chance):
    chair = chance.choice(Chair.objects.published())
    chair.title_en = " ".join(chance.sample(WORDS, 3))
    chair.save()


def move(chance):
    chair = chance.choice(Chair.objects.published())
    chair.starts_on = chance.choice([None, datetime.date(2020, 1, 1), datetime.date(2024, 9, chance.randint(1, 30))])
    chair.end_year = chance.choice([None, 2020, 2030])
    chair.save()


def publish_one(chance):
    make_chair(ChairStatus.ACTIVE, title_en=chance.choice(WORDS))


def withdraw(chance):
    chance.choice(Chair.objects.published()).delete()


def put_theme(chance):
    chair = chance.choice(Chair.objects.published())
    chair.themes.add(make_theme(chair.cluster))


def let_go(chance):
    if post := Appointment.objects.order_by("pk").last():
        post.delete()


def change_two(chance):
    with transaction.atomic():
        rename(chance)
        move(chance)


@pytest.mark.exhaustive(counted=True)
def test_many_changes_at_once_and_a_rebuild_are_followed_too(monkeypatch):
    make_directory(12)
    assert_as_stored()
    monkeypatch.setattr(kept, "MAX_CHANGED", 3)
    make_directory(12, seed=2)
    assert_as_stored()
    ChairCard.objects.all().delete()
    assert_as_stored()
    index.rebuild()
    assert_as_stored()


@pytest.mark.exhaustive(counted=True)
def test_what_is_undone_is_never_kept():
    make_directory(6)
    before = directory().everything
    with transaction.atomic():
        make_chair(ChairStatus.ACTIVE)
        assert len(directory().everything) == len(before) + 1
        transaction.set_rollback(True)
    assert directory().everything == before


@pytest.mark.exhaustive
def test_a_page_of_the_directory_costs_the_same_few_queries_whatever_is_asked(client):
    make_directory(60)
    for query in (
        "",
        "?phase=all&sort=newest",
        "?status=active&status=closed",
        "?page=2&phase=all",
        "?sort=ending&open=1",
    ):
        client.get(URL + query)
        with CaptureQueriesContext(connection) as captured:
            # Another address, for which no page is kept.
            assert client.get(f"{URL}{query or '?'}&again=1").status_code == 200
        statements = [found["sql"] for found in captured.captured_queries]
        about_chairs = [sql for sql in statements if "chairs_" in sql or "clusters_" in sql]
        # The order of those that are few, and the entries of the page.
        assert len(about_chairs) <= 2, (query, about_chairs)


@pytest.mark.exhaustive(counted=True)
def test_a_renamed_theme_is_renamed_beside_the_filters_of_the_next_page(client):
    make_directory(12)
    chair = Chair.objects.published().first()
    theme = make_theme(chair.cluster, name_en="Before")
    chair.themes.add(theme)
    assert "Before" in client.get(URL + "?phase=all").content.decode()
    theme.name_en = "Afterwards"
    theme.save()
    page = client.get(URL + "?phase=all").content.decode()
    assert "Before" not in page and page.count("Afterwards") >= 2
