"""load_directory on records that are wrong: each is rejected with its reason, and the others are kept."""

import pytest

from chairs.models import Chair
from clusters.models import Cluster, Institution, Membership, Person
from tests.chairs.imports import chair_record, cluster_record, failure_of, institution_record, load, write_directory
from tests.factories import make_chair, make_person, make_phase

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]

MEGABYTE = "x" * 1_000_000
PERSON = {"name": "Ada Essai", "role": "holder", "institution": "UE"}
GRANT = {"unit": "EUR", "source": "https://example.org/grant"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ["Une", "chaire"]}, "une-chaire, title: A text is expected here, not a list."),
        ({"title": None}, "title: This field cannot be blank."),
        ({"title": MEGABYTE}, "title_fr: Ensure this value has at most 300 characters"),
        ({"title": "\x00"}, "title: The text has characters that no text can have."),
        ({"title_lang": "de"}, "title_lang: “de” is not one of: en, fr."),
        ({"slug": None}, "slug: The address is missing."),
        ({"slug": "pas une adresse"}, "slug: Enter a valid “slug”"),
        ({"cluster": "nowhere"}, "cluster: No cluster has the address “nowhere”."),
        ({"phase": "someday"}, "phase: No phase has the address “someday”."),
        ({"kind": "throne"}, "kind: No chair kind has the address “throne”."),
        ({"start_year": 2029, "end_year": 2025}, "The chair's last year is before its first."),
        ({"start_year": "soon"}, "start_year: “soon” is not a number."),
        ({"start_year": 20240}, "start_year: Ensure this value is less than or equal to 2100."),
        ({"people": "Ada Essai"}, "people: A list is expected here, not a text."),
        ({"people": [None]}, "people[1]: An object with named values is expected here, not nothing."),
        ({"people": [PERSON | {"name": None}]}, "people[1].name: A person's name is missing."),
        ({"people": [PERSON | {"role": "king"}]}, "people[1].role: “king” is not one of:"),
        ({"people": [PERSON | {"institution": "Nulle Part"}]}, "No institution is known as “Nulle Part”"),
        ({"people": [PERSON | {"orcid": "0000-0002-1825-0098"}]}, "“0000-0002-1825-0098” is not an ORCID iD"),
        ({"sources": ["javascript:alert(1)"]}, "sources: “javascript:alert(1)” is not a web address."),
        ({"notes": [MEGABYTE]}, "notes: Each text has at most 2000 characters."),
        (
            {"conflicts": [{"field": "end_year", "value": [1]}]},
            "conflicts[1].value: A number or a text is expected here.",
        ),
    ],
)
def test_a_bad_chair_is_rejected_with_its_reason(tmp_path, changes, sentence):
    good = chair_record(slug="une-autre", title="Une autre")
    message = failure_of(*write_directory(tmp_path, chairs=[chair_record() | changes, good]))
    assert sentence in message
    assert len(message) < 1000
    assert [chair.slug for chair in Chair.objects.all()] == ["une-autre"]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (-1, "public_grant: Ensure this value is greater than or equal to 0."),
        (10**20, "public_grant: Ensure that there are no more than"),
        ("much", "public_grant.value: “much” is not a number."),
        (True, "public_grant.value: “True” is not a number."),
        (float("nan"), "public_grant.value: “NaN” is not a number."),
        (1.999, "public_grant: Ensure that there are no more than 2 decimal places."),
        (None, "public_grant: This field cannot be null."),
    ],
)
def test_a_bad_grant_rejects_the_cluster(tmp_path, value, sentence):
    bad = cluster_record(slug="mauvais", name="Mauvais", public_grant=GRANT | {"value": value})
    assert sentence in failure_of(*write_directory(tmp_path, clusters=[bad, cluster_record()]))
    assert [cluster.slug for cluster in Cluster.objects.all()] == ["essai"]
    assert Chair.objects.count() == 1


def test_a_wrong_ror_rejects_the_institution_alone(tmp_path):
    records = [institution_record(), institution_record(name="Autre", ror="https://ror.org/03xjwb504", aliases=[])]
    assert "Autre, ror: “03xjwb504” is not a ROR id" in failure_of(*write_directory(tmp_path, institutions=records))
    assert Institution.objects.get().name == "Université d’Essai"


def test_an_alias_of_another_institution_is_rejected_alone(tmp_path):
    records = [institution_record(), institution_record(name="Autre")]
    message = failure_of(*write_directory(tmp_path, institutions=records))
    assert "“UE” already names Université d’Essai." in message
    assert Institution.objects.count() == 2


def test_a_member_that_nobody_knows_is_rejected_alone(tmp_path):
    members = [{"institution": "Nulle Part", "role": "lead"}, {"institution": "UE", "role": "founding"}]
    message = failure_of(*write_directory(tmp_path, clusters=[cluster_record(members=members)]))
    assert "essai, Nulle Part, institution: No institution is known as “Nulle Part”" in message
    assert Membership.objects.get().is_founding


def test_an_address_given_twice_is_rejected_the_second_time(tmp_path):
    message = failure_of(*write_directory(tmp_path, chairs=[chair_record(), chair_record(title="Une copie")]))
    assert "The file has this address twice" in message
    assert Chair.objects.get().title_fr == "Une chaire"


def test_a_rejected_chair_leaves_nobody_behind(tmp_path):
    failure_of(*write_directory(tmp_path, chairs=[chair_record(start_year=2029, end_year=2025)]))
    assert not Person.objects.exists()
    load(*write_directory(tmp_path, chairs=[chair_record()]))
    assert Person.objects.exists()


def test_a_registered_chair_at_the_same_address_is_not_overwritten(tmp_path):
    load(*write_directory(tmp_path, chairs=[]))
    make_chair(cluster=Cluster.objects.get(), slug="une-chaire", title_fr="Enregistrée", phase=make_phase())
    assert "A source does not overwrite it." in failure_of(*write_directory(tmp_path))
    assert Chair.objects.get().title_fr == "Enregistrée"


def test_a_registered_person_of_the_same_name_is_not_overwritten(tmp_path):
    make_person(name="Ada Essai", slug="ada-essai")
    named = [chair_record(people=[{"name": "Ada Essai", "role": "holder", "institution": "UE"}])]
    told = failure_of(*write_directory(tmp_path, chairs=named))
    assert "people[1].name: “Ada Essai” already has this address" in told
