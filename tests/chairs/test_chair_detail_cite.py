"""How a chair's page asks to be cited."""

import datetime
import re

import pytest
from django.utils import translation

from chairs.citation import citation_of
from clusters.enums import Origin
from tests.factories import make_appointment, make_chair, make_cluster, make_person

pytestmark = pytest.mark.django_db
READ_ON = datetime.date(2026, 3, 14)


@pytest.fixture
def chair():
    cluster = make_cluster(slug="here", name="Cluster of Toulouse & co")
    return make_chair(
        "active",
        with_pi=False,
        cluster=cluster,
        slug="robots",
        title_en="Robots {50%} & us_all",
        title_fr="Robots",
        starts_on=datetime.date(2024, 9, 1),
    )


def test_it_names_who_may_be_named_what_where_and_when(chair):
    make_appointment(chair, person=make_person(name="Ada Present"))
    make_appointment(chair, person=make_person(name="Bob Second"))
    make_appointment(chair, person=make_person(name="Eve Hidden"), consent_given_on=None)
    make_appointment(chair, person=make_person(name="Max Member"), role="member")
    make_appointment(chair, person=make_person(name="Old Past"), ends_on=datetime.date(2025, 1, 1))
    cited = citation_of(chair, READ_ON)
    assert cited.text.startswith("Ada Present and Bob Second. “Robots {50%} & us_all”.")
    assert "http://localhost/en/chairs/here/robots/" in cited.text and "14 March 2026" in cited.text
    assert "author = {Ada Present and Bob Second}" in cited.bibtex
    for absent in ("Eve Hidden", "Max Member", "Old Past", "emonstration"):
        assert absent not in cited.text + cited.bibtex


def test_the_bibtex_is_well_formed_whatever_the_title_holds(chair):
    make_appointment(chair, person=make_person(name="Simon and Sons, Ltd"))
    bibtex = citation_of(chair, READ_ON).bibtex
    lines = bibtex.splitlines()
    assert lines[0] == "@misc{cathedra-here-robots," and lines[-1] == "}"
    assert r"  title = {{Robots \{50\%\} \& us\_all}}," in lines
    assert "  author = {{Simon and Sons, Ltd}}," in lines and "  year = {2024}," in lines
    assert "  urldate = {2026-03-14}" in lines and bibtex.count("\n\n") == 0


def test_those_who_held_an_ended_chair_are_its_authors(chair):
    make_appointment(chair, person=make_person(name="Old Past"), ends_on=datetime.date(2025, 1, 1))
    assert citation_of(chair, READ_ON).text.startswith("Old Past. ")


def test_without_anybody_named_it_begins_with_the_title(chair):
    make_appointment(chair, consent_given_on=None)
    cited = citation_of(chair, READ_ON)
    assert cited.text.startswith("“Robots") and "author" not in cited.bibtex


def test_a_demonstration_says_so_in_both_forms(chair):
    chair.origin = Origin.DEMONSTRATION
    cited = citation_of(chair, READ_ON)
    assert "Invented demonstration record" in cited.text and "Invented demonstration record" in cited.bibtex


def test_a_source_s_people_are_cited_and_the_french_page_cites_in_french(client):
    chair = make_chair("sourced", origin=Origin.SOURCED, with_pi=False, title_fr="Éthique & IA")
    make_appointment(chair, person=make_person(name="Ada Sourced"), consent_given_on=None, role="unstated")
    with translation.override("fr"):
        cited = citation_of(chair, READ_ON)
        address = chair.get_absolute_url()
    assert "Ada Sourced. «\u00a0Éthique & IA\u00a0»" in cited.text and "14 mars 2026" in cited.text
    page = client.get(address).content.decode()
    assert "Éthique \\&amp; IA" in page and "@misc{cathedra-" in page


def test_the_page_shows_both_and_escapes_what_a_title_holds(client, chair):
    chair.title_en = "<b>Bold</b>"
    chair.save()
    page = client.get(chair.get_absolute_url()).content.decode()
    assert 'id="cite"' in page and "<b>Bold" not in page and page.count("&lt;b&gt;Bold&lt;/b&gt;") >= 3


def test_it_leads_to_the_same_for_programs(client, search_index, field_history, settings):
    chair = make_chair("active", title_en="Robots")
    [address] = re.findall(r'<a href="([^"]*)">JSON</a>', client.get(chair.get_absolute_url()).text)
    assert client.get(address).json()["title"]["en"] == "Robots"
    made_up = make_chair("active", origin=Origin.DEMONSTRATION)
    for is_demonstration, status in ((False, 404), (True, 200)):
        settings.DEMONSTRATION = is_demonstration
        assert bool(citation_of(made_up).record) is is_demonstration
        assert client.get(f"/api/v1/chairs/{made_up.pk}").status_code == status
