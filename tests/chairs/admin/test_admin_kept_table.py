"""The table of a list, as it opens or as its address narrows it, is kept for its reader until something is written, by SQL too."""

import pytest
from django.contrib import admin
from django.db import connection

from chairs.models import Chair
from clusters.models import Person, StaffRole
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.usefixtures("search_index")]
LIST = "/admin/chairs/chair/"
# The session, the person, the second factor, the roles, the views that they keep.
MAX_QUERIES = 5


def listed(client, query: str = "") -> str:
    return client.get(f"{LIST}{query}").content.decode()


@pytest.mark.exhaustive(counted=True)
def test_a_list_that_stands_is_not_read_again_until_something_is_written(
    client, cluster, editor, django_assert_max_num_queries
):
    chair = factories.make_chair("active", cluster=cluster, title_en="Amber", title_fr="Ambre")
    [held] = chair.appointments.all()[:1]
    assert "Amber" in listed(client)
    with django_assert_max_num_queries(MAX_QUERIES):
        assert "Amber" in listed(client)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE chairs_chair SET title_en = 'Beryl', title = 'Beryl'")
    page = listed(client)
    assert "Beryl" in page
    assert "Amber" not in page
    Person.objects.filter(pk=held.person_id).update(name="Ada Coral")
    assert "Ada Coral" in listed(client)
    factories.make_chair("draft", cluster=cluster, title_en="Diamond", title_fr="Diamant")
    assert "Diamond" in listed(client)


@pytest.mark.exhaustive(counted=True)
def test_each_reader_has_their_own(client, cluster, editor):
    elsewhere = factories.make_cluster()
    role = StaffRole.objects.create(user=editor, cluster=elsewhere, role="reader")
    for place, title in ((cluster, "Amber"), (elsewhere, "Beryl")):
        factories.make_chair("active", cluster=place, title_en=title, title_fr=title)
    for _time in range(2):
        page = listed(client)
        assert "Amber" in page
        assert "Beryl" in page
    role.delete()
    page = listed(client)
    assert "Amber" in page
    assert "Beryl" not in page
    client.force_login(factories.make_staff(elsewhere, "reader"))
    page = listed(client)
    assert "Beryl" in page
    assert "Amber" not in page
    assert Chair.objects.count() == 2


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize("query", ["?q=sparkling", "?status__exact=active&o=2"])
def test_a_narrowed_list_is_not_read_again_until_something_is_written(
    client, cluster, editor, query, django_assert_max_num_queries
):
    for title in ("Sparkling Amber", "Sparkling Beryl"):
        factories.make_chair("active", cluster=cluster, title_en=title, title_fr=title)
    assert "Sparkling Amber" in listed(client, query)
    with django_assert_max_num_queries(MAX_QUERIES):
        page = listed(client, query)
    assert "Sparkling Amber" in page
    assert "Sparkling Beryl" in page
    assert "Sparkling" not in listed(client, "?q=quartz")
    Chair.objects.filter(title_en="Sparkling Amber").update(title="Sparkling Coral", title_en="Sparkling Coral")
    page = listed(client, query)
    assert "Sparkling Coral" in page
    assert "Sparkling Amber" not in page


@pytest.mark.exhaustive(counted=True)
def test_each_page_has_its_own(client, cluster, editor, monkeypatch):
    monkeypatch.setattr(type(admin.site._registry[Chair]), "list_per_page", 1)
    for title in ("Amber", "Beryl"):
        factories.make_chair("active", cluster=cluster, title_en=title, title_fr=title)
    for _time in range(2):
        pages = [listed(client, query) for query in ("?status__exact=active", "?status__exact=active&p=2")]
        assert sorted(title for page in pages for title in ("Amber", "Beryl") if f">{title}<" in page) == [
            "Amber",
            "Beryl",
        ]
