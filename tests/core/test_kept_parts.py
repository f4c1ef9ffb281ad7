"""Parts of pages are made once for what they tell, and anew as soon as any of it is written."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from django.utils.translation import override

from clusters.models import Cluster, Institution
from core import kept_parts
from core.kept_parts import kept_part
from core.tables_read import tables_read
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("search_index", "field_history")]
CHAIR_PAGE, CLUSTER_PAGE = "/en/chairs/here/chair/?asked={}", "/en/clusters/here/?asked={}"


class Maker:
    """Names the clusters, and counts how often it is asked to."""

    def __init__(self):
        self.times = 0

    def __call__(self) -> str:
        self.times += 1
        return ", ".join(Cluster.objects.order_by("name").values_list("name", flat=True))

    @property
    def part(self) -> str:
        return kept_part("clusters", self)


@pytest.fixture
def cluster():
    return factories.make_cluster(slug="here", name="Amber")


@pytest.fixture
def names(cluster):
    return Maker()


def elsewhere(write) -> None:
    """Write in another thread, with a connection of its own."""

    def run():
        write()
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(run).result()


@pytest.mark.database(quick=True)
def test_a_part_is_made_once_until_a_table_that_it_tells_of_is_written(names):
    assert (names.part, names.part, names.times) == ("Amber", "Amber", 1)
    factories.make_institution()
    assert (names.part, names.times) == ("Amber", 1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE clusters_cluster SET name = 'Beryl'")
    assert (names.part, names.part, names.times) == ("Beryl", "Beryl", 2)
    elsewhere(lambda: Cluster.objects.update(name="Coral"))
    assert (names.part, names.times) == ("Coral", 3)


@pytest.mark.database(quick=True)
def test_what_is_written_while_a_part_is_made_is_in_the_next(names):
    def make() -> str:
        text = names()
        elsewhere(lambda: Cluster.objects.update(name="Beryl"))
        return text

    assert kept_part("clusters", make) == "Amber"
    assert names.part == "Beryl"


@pytest.mark.database(quick=True)
def test_in_a_transaction_nothing_is_kept(names):
    assert names.part == "Amber"
    with transaction.atomic():
        Cluster.objects.update(name="Beryl")
        assert names.part == "Beryl"
        transaction.set_rollback(True)
    assert names.part == "Amber"


def test_each_language_has_its_own(names):
    with override("fr"):
        assert kept_part("language", lambda: "français") == "français"
    with override("en"):
        assert kept_part("language", lambda: "English") == "English"
    with override("fr"):
        assert kept_part("language", names) == "français"


def test_the_part_asked_for_longest_ago_makes_room(names, monkeypatch):
    monkeypatch.setattr(kept_parts, "MAX_BYTES", 3 * (kept_parts.OVERHEAD + 100))
    for number in range(6):
        assert kept_part(number, lambda number=number: str(number)) == str(number)
    assert kept_part(5, names) == "5"
    assert kept_part(0, names) == "Amber"


def asked_of_records(client, address: str) -> int:
    with tables_read() as tables:
        response = client.get(address)
    assert response.status_code == 200
    return len(tables)


@pytest.fixture
def chair(cluster):
    chair = factories.make_chair("active", cluster=cluster, slug="chair")
    factories.make_appointment(chair, affiliation=factories.make_institution(name="University of Amber"))
    return chair


@pytest.mark.database(quick=True)
@pytest.mark.parametrize("address", [CHAIR_PAGE, CLUSTER_PAGE])
def test_a_page_that_was_shown_asks_for_little_more_than_its_record(client, chair, address):
    first, again = (asked_of_records(client, address.format(number)) for number in range(2))
    assert again <= 2 < first


@pytest.mark.database(quick=True)
def test_a_chairs_page_tells_at_once_what_changed_beside_it(client, chair):
    client.get(CHAIR_PAGE.format(0))
    Institution.objects.update(name="University of Beryl")
    page = client.get(CHAIR_PAGE.format(1)).text
    assert "University of Beryl" in page and "University of Amber" not in page
    factories.make_activity(chair, title_en="Something to fund")
    assert "Something to fund" in client.get(CHAIR_PAGE.format(2)).text
    chair.appointments.update(consent_given_on=None)
    person = chair.appointments.first().person
    assert person.name not in client.get(CHAIR_PAGE.format(3)).text
