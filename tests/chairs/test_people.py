import pytest

from chairs.enums import ChairStatus
from chairs.search.index import rebuilt_afterwards
from clusters.enums import DirectorRole, Origin
from clusters.models import Director
from tests import factories
from tests.chairs.import_rows import NONSENSE

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]
LIST = "/en/people/"


def make_named(name="Ada Nombre", status=ChairStatus.ACTIVE, **overrides):
    """A person who agreed to be named in a chair."""
    person = factories.make_person(name=name)
    chair = factories.make_chair(status, with_pi=False, title_en=f"The chair of {name}")
    factories.make_appointment(chair, person=person, **overrides)
    return person


def is_public(client, person) -> bool:
    """Return whether the person is in the list; the page must then exist, and else not."""
    listed = client.get(LIST)
    assert listed.status_code == 200 and "<h1>People</h1>" in listed.text
    is_listed = person.name in listed.text
    assert client.get(f"/en/people/{person.slug}/").status_code == (200 if is_listed else 404)
    return is_listed


def test_who_agreed_to_be_named_is_public(client):
    assert is_public(client, make_named())


def test_who_did_not_agree_is_not(client):
    assert not is_public(client, make_named(consent_given_on=None))


@pytest.mark.parametrize("status", [ChairStatus.DRAFT, ChairStatus.SUBMITTED, ChairStatus.DECLINED])
def test_who_is_only_in_a_chair_that_is_not_published_is_not(client, status):
    assert not is_public(client, make_named(status=status))


def test_who_is_in_no_chair_is_not(client):
    assert not is_public(client, factories.make_person(name="Nobody Yet"))


def test_a_source_names_without_asking(client):
    person = factories.make_person(name="Sourced Person")
    chair = factories.make_chair(ChairStatus.SOURCED, origin=Origin.SOURCED, with_pi=False)
    factories.make_appointment(chair, person=person, consent_given_on=None)
    assert is_public(client, person)


def test_who_leads_a_cluster_is_public(client):
    person = factories.make_person(name="Grace Jour")
    cluster = factories.make_cluster(name="Led")
    Director.objects.create(
        cluster=cluster, person=person, role=DirectorRole.DIRECTOR, source="https://example.org/x", since="2021-01"
    )
    assert is_public(client, person)
    page = client.get(f"/en/people/{person.slug}/").text
    assert "Led" in page and "since January 2021" in page and "https://example.org/x" in page


def test_a_public_person_keeps_their_other_chairs_to_themselves(client):
    person = make_named()
    secret = factories.make_chair(ChairStatus.ACTIVE, with_pi=False, title_en="The quiet chair")
    factories.make_appointment(secret, person=person, consent_given_on=None)
    for address in (LIST, f"/en/people/{person.slug}/"):
        page = client.get(address).text
        assert "The chair of Ada Nombre" in page and "The quiet chair" not in page


def test_a_page_shows_identifier_role_dates_and_affiliation(client):
    person = make_named(starts_on="2025-01-01", ends_on="2026-12-31")
    person.orcid = "0000-0002-1825-0097"
    person.save()
    page = client.get(f"/en/people/{person.slug}/").text
    for shown in ("https://orcid.org/0000-0002-1825-0097", "Principal investigator", "2025", "2026", "Institution"):
        assert shown in page


def test_contact_details_are_never_shown(client):
    person = make_named()
    person.user = factories.make_user("private@example.org")
    person.save()
    page = client.get(f"/en/people/{person.slug}/").text
    assert "Ada Nombre" in page and "private@example.org" not in page


@pytest.mark.parametrize("query", ["helene", "HÉLÈNE", "dupont-martin", "martin  hélène"])
def test_a_name_is_found_whatever_its_accents_case_and_order(client, query):
    make_named("Hélène Dupont-Martin")
    make_named("Ada Nombre")
    page = client.get(LIST, {"q": query}).text
    assert "Hélène Dupont-Martin" in page and "Ada Nombre" not in page


def test_a_hyphenated_name_is_filed_under_its_first_part(client):
    make_named("Zoé Castets-Renard")
    make_named("Ada Dupont")
    page = client.get(LIST).text
    assert page.index("Castets-Renard") < page.index("Ada Dupont")


@pytest.mark.parametrize("query", NONSENSE)
def test_no_address_makes_the_list_fail(client, query):
    make_named()
    response = client.get(LIST + query)
    assert response.status_code == 200 and "<h1>People</h1>" in response.text
    assert len(response.content) < 100_000


@pytest.mark.exhaustive(counted=True)
def test_pages_keep_the_query_and_a_number_that_is_none_gives_a_page_that_is(client):
    with rebuilt_afterwards():
        for number in range(60):
            make_named(f"Ada Nombre{number:02}")
    assert 'href="?q=ada&amp;page=2"' in client.get(LIST, {"q": "ada"}).text
    for number in (999, -3, 0):
        assert "Ada Nombre59" in client.get(LIST, {"page": number}).text
    assert "Ada Nombre00" in client.get(LIST, {"page": "x"}).text
