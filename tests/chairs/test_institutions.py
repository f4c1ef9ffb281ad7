import pytest

from chairs.enums import ChairStatus
from clusters.enums import Confidence, InstitutionKind, MembershipRole
from clusters.models import InstitutionAlias, Membership
from tests import factories
from tests.chairs.import_rows import NONSENSE

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]
LIST = "/en/institutions/"


@pytest.fixture
def university():
    return factories.make_institution(name="Université de l’Œuvre", slug="oeuvre", acronym="UOe")


def page_of(client) -> str:
    return client.get(f"{LIST}oeuvre/").text


@pytest.mark.parametrize("query", ["oeuvre", "UNIVERSITE", "uoe", "ancienne faculté"])
def test_an_institution_is_found_by_name_acronym_or_alias(client, university, query):
    InstitutionAlias.objects.create(institution=university, name="Ancienne Faculté")
    factories.make_institution(name="Other school")
    page = client.get(LIST, {"q": query}).text
    assert "Université de l’Œuvre" in page and "Other school" not in page


def test_the_list_can_be_narrowed_to_a_kind(client, university):
    factories.make_institution(name="Other school", kind=InstitutionKind.SCHOOL)
    page = client.get(LIST, {"kind": "school"}).text
    assert "Other school" in page and "Université de l’Œuvre" not in page


def test_the_list_counts_roles_and_the_chairs_of_named_people(client, university):
    for _number in range(2):
        Membership.objects.create(
            cluster=factories.make_cluster(), institution=university, role=MembershipRole.FOUNDING
        )
    factories.make_appointment(factories.make_chair(ChairStatus.ACTIVE, with_pi=False), affiliation=university)
    factories.make_appointment(factories.make_chair(ChairStatus.DRAFT, with_pi=False), affiliation=university)
    page = client.get(LIST, {"q": "oeuvre"}).text
    assert "Founding member (2)" in page and "1 chair<" in page


def test_a_page_shows_aliases_successor_and_predecessors(client, university):
    InstitutionAlias.objects.create(institution=university, name="Ancienne Faculté")
    factories.make_institution(name="Absorbed school", successor=university)
    university.successor = factories.make_institution(name="Greater university")
    university.save()
    for shown in ("Ancienne Faculté", "Absorbed school", "Greater university"):
        assert shown in page_of(client)


@pytest.mark.parametrize(("confidence", "is_noted"), [(Confidence.HIGH, False), (Confidence.MEDIUM, True)])
def test_an_identifier_that_is_not_settled_says_so(client, university, confidence, is_noted):
    university.ror, university.ror_confidence = "https://ror.org/02feahw73", confidence
    university.save()
    assert 'href="https://ror.org/02feahw73"' in page_of(client)
    assert ("To be confirmed" in page_of(client)) is is_noted


def test_a_page_names_only_people_who_may_be_named(client, university):
    chair = factories.make_chair(ChairStatus.ACTIVE, with_pi=False, title_en="Running chair")
    for name, consent in (("Ada Oui", "2025-01-01"), ("Bob Non", None)):
        person = factories.make_person(name=name)
        factories.make_appointment(chair, person=person, affiliation=university, consent_given_on=consent)
    page = page_of(client)
    assert "Running chair" in page and "Ada Oui" in page and "Bob Non" not in page


def test_an_unknown_institution_is_not_found(client, university):
    assert client.get(f"{LIST}oeuvre/").status_code == 200
    assert client.get(f"{LIST}nowhere/").status_code == 404


@pytest.mark.parametrize("query", NONSENSE)
def test_no_address_makes_the_list_fail(client, university, query):
    response = client.get(LIST + query)
    assert response.status_code == 200 and "<h1>Institutions</h1>" in response.text
    assert len(response.content) < 100_000
