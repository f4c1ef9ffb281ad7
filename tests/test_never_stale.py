"""Two workers, each with pages of its own: whatever is committed, the next answer of both shows it."""

import http.client

import pytest
from django.db import connection, connections, transaction

from clusters.models import Cluster
from tests import factories
from tests.serving import PATIENCE, Server

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.database,
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
