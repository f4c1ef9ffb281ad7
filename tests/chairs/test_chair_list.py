"""The directory of chairs, as a visitor meets it."""

import re

import pytest

from chairs.enums import ChairStatus
from tests.chairs.listing import URL, make_directory, publish, titles
from tests.factories import make_appointment, make_chair, make_cluster, make_person, make_phase, make_theme

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]


@pytest.fixture
def two_phases():
    earlier = make_phase(slug="institute_3ia_2019", start_year=2019, is_current=False, name_en="3IA institutes")
    return publish("Éthique & IA", phase=earlier), publish("Robots")


def test_the_directory_opens_on_the_current_phase_and_says_so(client, two_phases):
    response = client.get(URL)
    assert [entry.pk for entry in response.context["page_obj"]] == [two_phases[1].pk]
    assert b"The current phase only:" in response.content
    assert b'href="?phase=all"' in response.content
    assert titles(client, "?phase=all") == ["Éthique & IA", "Robots"]


def test_a_card_says_its_phase_only_where_phases_differ(client, two_phases):
    name = two_phases[1].phase.name
    card = client.get(URL).content.decode().partition("Robots</a>")[2].partition("</li>")[0]
    assert name not in card
    assert f"<span>{name}</span>" in client.get(URL + "?phase=all").content.decode()


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


@pytest.mark.exhaustive(counted=True)
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
    page = response.text
    # Combinations are without end: robots are told so, and where the list itself is.
    assert all(f'rel="nofollow" href="{link.replace("&", "&amp;")}"' in page for link in links.values())
    assert re.search(f'<link rel="canonical" href="https?://[^/]+{URL}">', page)


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


def test_a_title_in_the_other_language_is_marked_with_it(client):
    publish("Robots", title_fr="")
    assert '<span lang="en">Robots</span>' in client.get("/fr/chairs/").content.decode()
