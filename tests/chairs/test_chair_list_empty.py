"""An empty list says what to leave out, and the exact number that this gives. There is always a way on."""

import itertools

import pytest

from tests.chairs.listing import URL, make_directory
from tests.chairs.listing import publish_in_english as publish
from tests.factories import make_activity, make_cluster

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]


def dropped(client, query, url=URL):
    way = client.get(url + query).context.get("best_drop")
    return (way.text, way.number, way.url) if way else None


@pytest.fixture
def two_clusters():
    here, there = make_cluster(slug="here", name="Here"), make_cluster(slug="there", name="There")
    for title in ("Forests", "Forests and snow", "Snow"):
        publish(title, cluster=there)
    publish("Law", cluster=here)


def test_the_filter_that_gives_most_is_named_with_its_number(client, two_clusters):
    assert dropped(client, "?q=forest&cluster=here") == ("Without the filter “Cluster: Here”", 2, "?q=forest")
    assert dropped(client, "?q=forest&cluster=here&status=active&sort=newest") == (
        "Without the filter “Cluster: Here”",
        2,
        "?q=forest&status=active&sort=newest",
    )
    page = client.get(URL + "?q=forest&cluster=here").content.decode()
    assert "Without the filter “Cluster: Here”</a>" in page and "2 results" in page


def test_the_values_of_one_filter_go_together(client, two_clusters):
    way = dropped(client, "?q=snow&status=closed&status=suspended")
    assert way == ("Without the filter “Status: Ended / Paused”", 2, "?q=snow")


def test_without_a_filter_to_drop_it_is_the_word_that_gives_most(client, two_clusters):
    assert dropped(client, "?q=law+forests") == ("Without the word “law”", 2, "?q=forests")
    assert dropped(client, "?q=zzz") is None
    assert "See them all" in client.get(URL + "?q=zzz").content.decode()


def test_where_no_single_one_helps_all_filters_or_all_words_go(client, two_clusters):
    assert dropped(client, "?q=forest&cluster=here&status=closed") == ("Without any filter", 2, "?q=forest")
    assert dropped(client, "?q=zzz+yyy&cluster=here") == ("Without any word", 1, "?cluster=here")
    assert dropped(client, "?q=zzz+yyy&cluster=here&status=closed") == ("Without words or filters", 4, "?")


def test_a_list_that_is_not_empty_offers_nothing(client, two_clusters):
    context = client.get(URL + "?q=forest").context
    assert context["page_obj"].paginator.count == 2
    assert "best_drop" not in context and "other_spelling" not in context


def test_opportunities_offer_a_way_out_too(client):
    chair = publish("Forests")
    make_activity(chair)
    assert dropped(client, "?q=snow", url="/en/opportunities/") is None
    assert dropped(client, "?q=snow+forests", url="/en/opportunities/")[1:] == (1, "?q=forests")
    assert dropped(client, f"?q=snow&cluster={chair.cluster.slug}", url="/en/opportunities/")[1] == 1


@pytest.mark.exhaustive
def test_the_number_is_always_what_the_link_leads_to(client):
    make_directory(30)
    found, words, statuses = 0, ["robots", "droit", "musée", "zzz"], ["closed", "suspended", "sourced"]
    for (word, other), status in itertools.product(itertools.combinations_with_replacement(words, 2), statuses[::2]):
        response = client.get(URL, {"q": f"{word} {other}", "status": status, "open": "1"})
        way = response.context.get("best_drop")
        if not response.context["page_obj"].paginator.count:
            assert way.number == client.get(URL + way.url).context["page_obj"].paginator.count > 0
            found += 1
    assert found > 8, "hardly a list was empty"


@pytest.mark.exhaustive
def test_an_empty_list_costs_the_same_for_five_chairs_as_for_fifty(client, django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(80) as captured:
            client.get(URL + "?q=rbots+drait&status=closed&open=1")
        return len(captured)

    make_directory(5)
    client.get(URL)
    few = queries()
    make_directory(45, seed=2)
    assert abs(queries() - few) <= 12  # a spelling more may be tried
