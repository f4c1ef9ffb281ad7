"""load_directory where names do not say who is meant: it asks, and there is a way to answer."""

import pytest

from chairs.models import Appointment
from clusters.enums import Origin
from clusters.models import Institution, Person
from tests.chairs.imports import chair_record, cluster_record, failure_of, institution_record, load, write_directory
from tests.factories import make_institution, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]
ONE, OTHER = "0000-0002-1825-0097", "0000-0001-5109-3700"


def chair(slug, **person):
    return chair_record(
        slug=slug, title=slug, people=[{"name": "Marie Martin", "role": "holder", "institution": "UE"} | person]
    )


def holders() -> dict[str, Person]:
    return {post.chair.slug: post.person for post in Appointment.objects.select_related("chair", "person")}


def test_one_name_in_two_records_asks_who_is_meant(tmp_path):
    message = failure_of(*write_directory(tmp_path, chairs=[chair("one"), chair("two")]))
    assert "two, people[1].name: Somebody with this name is already here: Marie Martin (marie-martin)." in message
    assert '"person": "marie-martin"' in message and '"person": "marie-martin-2"' in message
    assert holders().keys() == {"one"}


def test_the_file_says_that_it_is_the_same_person_or_another(tmp_path):
    chairs = [chair("one"), chair("two", person="marie-martin"), chair("three", person="marie-martin-2")]
    load(*write_directory(tmp_path, chairs=chairs))
    found = holders()
    assert found["one"] == found["two"] != found["three"]
    assert "Nothing has changed." in load(*write_directory(tmp_path, chairs=chairs))


def test_two_orcid_ids_are_two_people_and_one_is_one(tmp_path):
    chairs = [chair("one", orcid=ONE), chair("two", orcid=OTHER), chair("three", orcid=f"https://orcid.org/{ONE}")]
    load(*write_directory(tmp_path, chairs=chairs))
    found = holders()
    assert found["one"] == found["three"] != found["two"]
    assert (found["one"].orcid, found["two"].orcid) == (ONE, OTHER)


def test_an_orcid_id_of_somebody_else_is_reported(tmp_path):
    chairs = [chair("one", orcid=ONE), chair("two", name="Bob Durand", orcid=ONE)]
    assert "This ORCID iD is that of Marie Martin here." in failure_of(*write_directory(tmp_path, chairs=chairs))


def test_an_orcid_id_beside_a_namesake_without_one_asks(tmp_path):
    chairs = [chair("one"), chair("two", orcid=ONE)]
    assert "Somebody with this name is already here" in failure_of(*write_directory(tmp_path, chairs=chairs))
    assert Person.objects.get().orcid is None


def test_an_isni_is_said_to_be_one(tmp_path):
    message = failure_of(*write_directory(tmp_path, chairs=[chair("one", orcid="0000 0001 2103 2683")]))
    assert "it is an ISNI" in message


def test_a_registered_person_is_named_by_their_address_and_not_changed(tmp_path):
    person = make_person(name="M. Martin", slug="somebody")
    load(*write_directory(tmp_path, chairs=[chair("one", person="somebody")]))
    assert holders()["one"] == person and Person.objects.get().name == "M. Martin"


def test_a_name_that_staff_corrected_stays_the_same_person(tmp_path):
    files = write_directory(tmp_path, chairs=[chair("one")])
    load(*files)
    person = Person.objects.get()
    person.name, person.slug = "Marie Martin-Durand", "marie-martin-durand"
    person.save()
    chairs = [chair("one", person="marie-martin")]
    load(*write_directory(tmp_path, chairs=chairs))
    assert Person.objects.get().name == "Marie Martin-Durand"


def test_a_family_name_is_taken_from_the_data(tmp_path):
    load(*write_directory(tmp_path, chairs=[chair("one", name="Ana Lopez Garcia", family_name="Lopez Garcia")]))
    assert Person.objects.get().sort_key == "lopez garcia  ana"


def test_an_acronym_that_two_institutions_share_is_reported(tmp_path):
    shared = [institution_record(name=name, acronym="UCA", aliases=[]) for name in ("Université A", "Université B")]
    members = [{"institution": "UCA", "role": "lead"}, {"institution": "universite-b", "role": "founding"}]
    files = write_directory(
        tmp_path, institutions=[institution_record(), *shared], clusters=[cluster_record(members=members)]
    )
    message = failure_of(*files)
    assert "“UCA” names several institutions: Université A (universite-a) and Université B (universite-b)." in message


def test_two_ror_ids_are_two_institutions_of_one_name(tmp_path):
    records = [institution_record(aliases=[], ror=ror) for ror in ("03xjwb503", "02en5vm52")]
    files = write_directory(tmp_path, institutions=records, clusters=[], chairs=[])
    load(*files)
    assert sorted(Institution.objects.values_list("ror", flat=True)) == ["02en5vm52", "03xjwb503"]
    assert "Nothing has changed." in load(*files)


def test_a_name_of_several_institutions_is_not_guessed(tmp_path):
    for _number in range(2):
        make_institution(name="Université d'Essai", origin=Origin.SOURCED)
    files = write_directory(tmp_path, institutions=[institution_record(aliases=[])], clusters=[], chairs=[])
    assert "Several institutions are called “Université" in failure_of(*files)
