"""A cluster's page as it stood on a day that is over: who led it, its chairs and what sources had stated by then."""

import datetime

import pytest

from clusters.models import Director, Figure
from tests.factories import make_chair, make_cluster, make_person
from tests.figures.money import entered, silent_sponsorship

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]
SOURCE = "https://example.org/"


@pytest.fixture
def cluster():
    cluster = make_cluster(name="Cluster North", selected_on=datetime.date(2024, 5, 10))
    for name, since in (("Ada First", "2024-06"), ("Bea Later", "2026")):
        Director.objects.create(
            cluster=cluster, person=make_person(name=name), role="director", since=since, source=SOURCE
        )
    for label, as_of in (("Early theses", "2024-12"), ("Late theses", "2025"), ("Undated theses", "")):
        Figure.objects.create(cluster=cluster, label_en=label, value=12, unit="people", as_of=as_of, source=SOURCE)
    return cluster


def page_of(client, cluster, on="", language="en") -> str:
    answer = client.get(f"/{language}/clusters/{cluster.slug}/", {"on": on} if on else {})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_heads_figures_chairs_and_money_are_those_of_the_day(client, cluster):
    chair = make_chair("active", cluster=cluster, title_en="Old robots", starts_on=datetime.date(2024, 9, 1))
    make_chair("active", cluster=cluster, title_en="New robots", starts_on=datetime.date(2026, 1, 1))
    made = silent_sponsorship(chair=chair)
    entered(made, "agreed", "100", "2025-04-07")
    entered(made, "agreed", "23", "2025-04-08")
    today, then = page_of(client, cluster), page_of(client, cluster, "2025-04-07")
    for late in ("Bea Later", "Late theses", "Undated theses", "New robots", "€123"):
        assert late in today and late not in then
    for early in ("Ada First", "Early theses", "Old robots", "€100", "One chair of this cluster was public"):
        assert early in then
    assert f'{chair.get_absolute_url()}?on=2025-04-07"' in then
    assert 'content="noindex"' in then and 'rel="canonical"' in then
    assert "État au 7 avril 2025." in page_of(client, cluster, "2025-04-07", "fr")


def test_before_the_state_selected_it_there_was_no_cluster(client, cluster):
    then = page_of(client, cluster, "2024-05-09")
    assert "the State selected it on 10 May 2024" in then and "Early theses" not in then


def test_who_hides_is_not_named(client, cluster):
    assert "Ada First" in page_of(client, cluster, "2025-04-07")
    person = cluster.directors.get(person__name="Ada First").person
    person.is_hidden = True
    person.save()
    assert "Ada First" not in page_of(client, cluster, "2025-04-07")


def test_a_day_to_come_is_refused_beside_the_page_of_today(client, cluster):
    page = page_of(client, cluster, "2090-01-01")
    assert "“2090-01-01” is a day to come" in page and "Bea Later" in page and 'aria-invalid="true"' in page
