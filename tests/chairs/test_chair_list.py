"""The directory of chairs, as a visitor meets it."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chairs.enums import ChairStatus
from chairs.facets import CHAIR_FACETS
from tests.chairs.listing import make_directory
from tests.factories import make_appointment, make_chair, make_cluster, make_person, make_phase, make_theme

pytestmark = pytest.mark.django_db
URL = "/en/chairs/"


def titles(client, query="", url=URL):
    return [chair.title_en for chair in client.get(url + query).context["page_obj"]]


def publish(title, **overrides):
    return make_chair(ChairStatus.ACTIVE, title_en=title, **overrides)


@pytest.fixture
def two_phases():
    earlier = make_phase(slug="institute_3ia_2019", start_year=2019, is_current=False, name_en="3IA institutes")
    return publish("Éthique & IA", phase=earlier), publish("Robots")


def test_the_directory_opens_on_the_current_phase_and_says_so(client, two_phases):
    response = client.get(URL)
    assert [chair.title_en for chair in response.context["page_obj"]] == ["Robots"]
    assert b"The current phase only:" in response.content
    assert b'href="?phase=all"' in response.content
    assert titles(client, "?phase=all") == ["Éthique & IA", "Robots"]


def test_a_search_looks_into_every_phase(client, two_phases):
    assert titles(client, "?q=ethique") == ["Éthique & IA"]
    assert titles(client, f"?cluster={two_phases[0].cluster.slug}") == ["Éthique & IA"]


def test_a_search_in_one_phase_says_how_many_more_there_are(client, two_phases):
    response = client.get(URL + "?q=ethique&phase=cluster_2024")
    assert not response.context["page_obj"].object_list
    assert b"1 in another phase." in response.content
    assert b'href="?q=ethique&amp;phase=all"' in response.content


def test_drafts_and_names_without_consent_are_not_to_be_seen(client):
    make_chair(ChairStatus.DRAFT, title_en="Secret robots")
    make_appointment(publish("Robots"), person=make_person(name="Zoé Lefèvre"), consent_given_on=None)
    page = client.get(URL + "?phase=all").content.decode()
    assert "Secret" not in page and "Lefèvre" not in page
    assert "one person to be announced" in page
    assert titles(client, "?q=lefevre") == titles(client, "?q=secret") == []


def test_each_active_filter_has_a_link_that_takes_it_off(client):
    make_directory(30)
    cluster = make_cluster(slug="grenoble", name="Grenoble")
    theme = make_theme(cluster, slug="law", name_en="Law")
    publish("Robots", cluster=cluster).themes.add(theme)
    response = client.get(URL + "?q=robots&cluster=grenoble&theme=law&status=active&status=closed&sort=newest&page=1")
    links = {filter.value: filter.without for filter in response.context["listing"].active_filters}
    rest = "&theme=grenoble%2Flaw&status=active&status=closed&sort=newest"
    assert links["Grenoble"] == "?q=robots" + rest
    assert links["robots"] == "?cluster=grenoble" + rest
    assert links["Running"] == "?q=robots&cluster=grenoble&theme=grenoble%2Flaw&status=closed&sort=newest"
    assert all(link.replace("&", "&amp;") in response.content.decode() for link in links.values())


def test_a_theme_is_named_by_its_slug_where_no_other_cluster_has_it(client):
    here, there = make_cluster(slug="here"), make_cluster(slug="there")
    publish("Robots", cluster=here).themes.add(make_theme(here, slug="law"))
    assert titles(client, "?theme=law") == ["Robots"]
    make_theme(there, slug="law")
    assert titles(client, "?theme=here/law") == ["Robots"]
    assert titles(client, "?theme=there/law") == []
    assert b"is not known under" in client.get(URL + "?theme=law").content


@pytest.mark.parametrize("value", ["1", "true", "yes", "on"])
def test_chairs_open_to_sponsors_can_be_asked_for_in_several_ways(client, value):
    publish("Robots")
    make_chair(ChairStatus.CLOSED, title_en="Law")
    assert titles(client, f"?open={value}") == ["Robots"]


@pytest.mark.parametrize(
    "query",
    [
        "?cluster=nowhere&kind=%00&theme=a/b/c&institution=%F0%9F%A4%96&discipline='&status=draft&open=maybe",
        "?sort=price&page=0&phase=2030",
        "?page=99999",
        "?page=x&utm_source=mail",
        "?page=" + "9" * 5000,
        "?q=%00%FF%FE&cluster=" + "x" * 5000,
        "?" + "&".join(f"status=x{number}" for number in range(300)),
        "?q=" + "é" * 300_000,
    ],
)
def test_what_the_address_gets_wrong_is_left_out_and_never_an_error(client, query):
    publish("Robots")
    assert client.get(URL + query).status_code == 200


def test_an_unknown_value_is_said_to_be_left_out(client):
    publish("Robots")
    page = client.get(URL + "?status=draft&q=!!!").content.decode()
    assert "“draft” is not known under “Status”, so it was left out." in page
    assert "“!!!” has no word to search for." in page
    assert "Robots" in page


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.dictionaries(st.sampled_from(["q", "sort", "page", *(f.name for f in CHAIR_FACETS)]), st.text()))
def test_no_parameters_are_an_error(client, data):
    assert client.get(URL, data).status_code == 200


def test_the_orders(client):
    publish("b", starts_on=datetime.date(2024, 1, 1), end_year=2999)
    publish("É", start_year=2025, ends_on=datetime.date(2020, 1, 1))
    publish("a")
    publish("d", start_year=2023, end_year=2998)
    assert titles(client) == titles(client, "?sort=title") == ["a", "b", "d", "É"]
    assert titles(client, "?sort=newest") == ["É", "b", "d", "a"]
    assert titles(client, "?sort=ending") == ["d", "b", "a", "É"]


def test_twenty_chairs_a_page_and_the_page_after_the_last_is_the_last(client):
    for number in range(23):
        publish(f"Robot {number:02}")
    assert len(titles(client)) == 20
    assert titles(client, "?page=2") == titles(client, "?page=7") == ["Robot 20", "Robot 21", "Robot 22"]
    assert 'href="?page=2"' in client.get(URL).content.decode()


def test_the_list_costs_the_same_queries_for_5_chairs_as_for_50(client):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(URL + "?phase=all")
        return len(captured)

    make_directory(8)
    client.get(URL)
    few = queries()
    make_directory(60)
    assert queries() == few


def test_the_french_page_orders_and_shows_french_titles(client):
    publish("Zebra", title_fr="Ane")
    publish("Apple", title_fr="Pomme")
    page = client.get("/fr/chairs/").content.decode()
    assert page.index("Ane") < page.index("Pomme")


def test_a_title_in_the_other_language_is_marked_with_it(client):
    publish("Robots", title_fr="")
    assert '<span lang="en">Robots</span>' in client.get("/fr/chairs/").content.decode()
