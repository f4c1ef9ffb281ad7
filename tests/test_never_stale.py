"""Two workers, each with pages of its own: whatever is committed, the next answer of both shows it."""

import http.client

import pytest
from django.db import connection, connections, transaction

from chairs.enums import ChairStatus
from chairs.models import Activity, Appointment, Chair, StaleMark
from chairs.search import index
from clusters.models import Cluster, Institution, Person, Theme
from tests import factories
from tests.chairs import by_hand
from tests.serving import PATIENCE, Server

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.exhaustive,
    pytest.mark.database(long=True),
    pytest.mark.usefixtures("search_index", "field_history"),
]
LIST = "/en/clusters/"


class Worker(Server):
    """A server of one process, with the static files as they lie in the repository: nobody collects them for a test."""

    def __init__(self, folder):
        super().__init__(folder)
        self.environment["DJANGO_SETTINGS_MODULE"] = "tests.settings"

    def get(self, address: str) -> tuple[str, str]:
        """Return the text of a page, and the tag of that text."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            line.request("GET", address)
            answer = line.getresponse()
            assert answer.status == 200
            return answer.read().decode(), answer.headers["ETag"]
        finally:
            line.close()


@pytest.fixture
def workers(tmp_path):
    folders = [tmp_path / name for name in ("one", "other")]
    for folder in folders:
        folder.mkdir()
    workers = [Worker(folder) for folder in folders]
    for worker in workers:
        worker.start()
    yield workers
    for worker in workers:
        worker.kill()


@pytest.fixture
def shows(workers):
    """Return a function that asserts what both workers show: asked twice, so that what they keep is asked too."""

    def shows(*there: str, not_there: tuple[str, ...] = (), at: str = LIST) -> None:
        for worker in workers:
            first, again = worker.get(at), worker.get(at)
            assert first == again
            assert [text for text in there if text not in first[0]] == []
            assert [text for text in not_there if text in first[0]] == []

    return shows


def test_each_way_of_writing_is_seen_by_both_at_once(shows):
    one = factories.make_cluster(name="Amber")
    shows("Amber")
    one.name = "Beryl"
    one.save()
    shows("Beryl", not_there=("Amber",))
    Cluster.objects.update(name="Coral")
    shows("Coral", not_there=("Beryl",))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE clusters_cluster SET name = 'Diamond'")
    shows("Diamond", not_there=("Coral",))
    with transaction.atomic():
        Cluster.objects.update(name="Emerald")
        shows("Diamond", not_there=("Emerald",))
        transaction.set_rollback(True)
    shows("Diamond", not_there=("Emerald",))
    with transaction.atomic():
        Cluster.objects.update(name="Flint")
        shows("Diamond", not_there=("Flint",))
    shows("Flint", not_there=("Diamond",))


def test_a_list_of_chairs_is_as_new_as_its_records(shows):
    chair = factories.make_chair("approved", title_en="Amber of the north")
    shows("Amber of the north", at="/en/chairs/")
    chair.title_en = "Beryl of the south"
    chair.save()
    shows("Beryl of the south", not_there=("Amber of the north",), at="/en/chairs/")
    shows("Beryl of the south", at="/en/chairs/?q=beryl")


def test_a_list_follows_bulk_updates_and_sql(shows):
    chair = factories.make_chair(ChairStatus.ACTIVE, with_pi=False, title_en="Amber of the north", title_fr="")
    post = factories.make_appointment(chair, person=factories.make_person(name="Ada Lovelace"))
    theme = factories.make_theme(chair.cluster, name_en="Stones", name_fr="Pierres")
    chair.themes.add(theme)
    factories.make_activity(chair, title_en="A year of digging")
    at, found, opportunities = "/en/chairs/", "/en/chairs/?q=beryl", "/en/opportunities/"
    of_cluster = f"/en/clusters/{chair.cluster.slug}/"
    shows("Amber of the north", "Ada Lovelace", "Stones", at=at)
    shows("Amber of the north", "Ada Lovelace", at=of_cluster)
    shows("A year of digging", at=opportunities)
    shows(not_there=("of the north",), at=found)

    Chair.objects.update(title_en="Beryl of the north")
    shows("Beryl of the north", "Ada Lovelace", not_there=("Amber",), at=of_cluster)
    shows("Beryl of the north", "Ada Lovelace", not_there=("Amber",), at=at)
    shows("Beryl of the north", at=found)
    shows("Beryl of the north", at="/en/chairs/suggestions/?q=ber")
    shows("Beryl of the north", at=opportunities)
    Person.objects.update(name="Grace Hopper")
    shows("Grace Hopper", not_there=("Ada Lovelace",), at=of_cluster)
    shows("Grace Hopper", not_there=("Ada Lovelace",), at=at)
    shows("Grace Hopper", not_there=("Ada Lovelace",), at="/en/chairs/suggestions/?q=hopper")
    Appointment.objects.update(consent_given_on=None)
    shows("one person to be announced", not_there=("Grace Hopper",), at=at)
    shows(not_there=("Grace Hopper",), at="/en/chairs/suggestions/?q=hopper")
    Institution.objects.filter(pk=post.affiliation_id).update(name="Zephyr College")
    shows("Beryl of the north", at="/en/chairs/?q=zephyr")
    Theme.objects.update(name_en="Minerals")
    shows("Minerals", not_there=("Stones",), at=at)
    Activity.objects.update(title_en="A year of washing")
    shows("A year of washing", not_there=("A year of digging",), at=opportunities)
    by_hand.run("UPDATE chairs_chair SET status = 'draft'")
    shows(not_there=("Beryl of the north",), at=at)
    shows(not_there=("Beryl of the north",), at=found)
    shows(not_there=("A year of washing",), at=opportunities)
    by_hand.run("UPDATE chairs_chair SET status = 'active'")
    shows("Beryl of the north", at=at)
    shows("A year of washing", at=opportunities)
    assert not StaleMark.objects.exists()


def pages_of(workers: list[Worker]) -> list[list[tuple[str, str]]]:
    return [[worker.get(address) for address in by_hand.PAGES] for worker in workers]


def assert_each_is_as_if_built_anew(workers, changes):
    """Assert that each page after a change by SQL is the one that is shown once everything is made anew."""
    chair = by_hand.make_world()
    before = pages_of(workers)[0]
    for table, column in changes:
        by_hand.change(table, column, chair)
        one, other = pages_of(workers)
        assert one == other
        index.rebuild()
        assert pages_of(workers) == [one, other], (table, column)
    assert one != before


@pytest.mark.database
def test_a_change_of_each_table_by_sql_is_as_if_all_were_built_anew(workers):
    assert_each_is_as_if_built_anew(workers, by_hand.a_few_changes())


@pytest.mark.database
def test_a_change_of_each_column_by_sql_is_as_if_all_were_built_anew(workers):
    # What takes the chair out of the list, or its people out of it, or gives them another institution, comes last.
    last = ["institution_id", "affiliation_id", "consent_given_on", "closed_at", "person_id", "chair_id", "status"]
    every = sorted(by_hand.changes(), key=lambda change: last.index(change[1]) if change[1] in last else -1)
    assert_each_is_as_if_built_anew(workers, every)


@pytest.fixture
def second(transactional_db):
    """Return another connection to the database, with a transaction of its own."""
    other = connections.create_connection("default")
    other.settings_dict["NAME"] = connection.settings_dict["NAME"]
    yield other
    other.close()


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("first", ["the first begun", "the last begun"])
def test_transactions_that_overlap_are_seen_in_the_order_in_which_they_end(shows, second, first):
    one, other = factories.make_cluster(name="Amber"), factories.make_cluster(name="Beryl")
    shows("Amber", "Beryl")

    def write(line, cluster, name):
        line.set_autocommit(False)
        with line.cursor() as cursor:
            cursor.execute("UPDATE clusters_cluster SET name = %s WHERE id = %s", [name, cluster.pk])

    def end(line):
        line.commit()
        line.set_autocommit(True)

    third = connections.create_connection("default")
    write(second, one, "Coral")
    write(third, other, "Diamond")
    shows("Amber", "Beryl")
    before, after = (second, third) if first == "the first begun" else (third, second)
    end(before)
    shows(*(("Coral", "Beryl") if before is second else ("Amber", "Diamond")))
    end(after)
    shows("Coral", "Diamond", not_there=("Amber", "Beryl"))
    third.close()


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("first", ["the name", "the appointment"])
def test_a_name_changed_while_somebody_is_given_a_chair_is_seen_in_either_order(shows, second, first):
    chair = factories.make_chair(ChairStatus.ACTIVE, with_pi=False, title_en="Amber of the north")
    person = factories.make_person(name="Ada Lovelace")
    third = connections.create_connection("default")
    for line in (second, third):
        line.set_autocommit(False)
    with second.cursor() as cursor:
        cursor.execute("UPDATE clusters_person SET name = 'Grace Hopper' WHERE id = %s", [person.pk])
    with third.cursor() as cursor:
        cursor.execute(
            "INSERT INTO chairs_appointment"
            " (chair_id, person_id, role, laboratory, seniority, consent_given_on, named_by_source)"
            " VALUES (%s, %s, 'pi', '', '', '2025-01-01', FALSE)",
            [chair.pk, person.pk],
        )
    shows("Amber of the north", not_there=("Lovelace", "Hopper"), at="/en/chairs/")
    before, after = (second, third) if first == "the name" else (third, second)
    before.commit()
    if before is second:
        shows("Amber of the north", not_there=("Lovelace", "Hopper"), at="/en/chairs/")
    else:
        shows("Ada Lovelace", not_there=("Hopper",), at="/en/chairs/")
    after.commit()
    shows("Grace Hopper", not_there=("Lovelace",), at="/en/chairs/")
    shows("Amber of the north", at="/en/chairs/?q=hopper")
    for line in (second, third):
        line.set_autocommit(True)
    third.close()


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("first", ["the save", "the statement"])
def test_a_save_and_a_statement_that_overlap_are_both_seen(shows, second, first):
    chair = factories.make_chair(ChairStatus.ACTIVE, with_pi=False, title_en="Amber of the north", title_fr="")
    person = factories.make_person(name="Ada Lovelace")
    post = factories.make_appointment(chair, person=person)
    shows("Amber of the north", "Ada Lovelace", at="/en/chairs/")
    second.set_autocommit(False)
    with second.cursor() as cursor:
        cursor.execute("UPDATE clusters_person SET name = 'Grace Hopper' WHERE id = %s", [person.pk])
        cursor.execute("UPDATE chairs_appointment SET laboratory = 'Zephyr' WHERE id = %s", [post.pk])
    with transaction.atomic():
        if first == "the statement":
            second.commit()
        chair.title_en = "Beryl of the south"
        chair.save()
        if first == "the statement":
            shows(not_there=("Beryl",), at="/en/chairs/")
    shows("Beryl of the south", at="/en/chairs/")
    if first == "the save":
        second.commit()
    second.set_autocommit(True)
    shows("Beryl of the south", "Grace Hopper", not_there=("Amber", "Lovelace"), at="/en/chairs/")
    shows("Beryl of the south", at="/en/chairs/?q=zephyr")
    assert not StaleMark.objects.exists()
