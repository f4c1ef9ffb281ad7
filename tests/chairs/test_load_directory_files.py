"""load_directory on files that break, that change, and on kinds with rules."""

import json

import pytest

from chairs.models import Chair, ChairKind
from clusters.models import Cluster, Director, Person
from tests.chairs.imports import chair_record, cluster_record, failure_of, load, write_directory
from tests.factories import CAP_RULE, make_kind

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]

DIRECTOR = {"name": "Jo Essai", "role": "director", "publish": True, "source": "https://example.org/jo"}


def test_a_truncated_file_is_named_with_its_line_and_the_other_is_loaded(tmp_path):
    truncated = json.dumps([chair_record()], indent=1)[:-40]
    message = failure_of(*write_directory(tmp_path, chairs=truncated))
    assert "chairs.json, line" in message and "truncated" in message
    assert Cluster.objects.get().slug == "essai"


def test_a_truncated_file_leaves_what_an_earlier_load_kept(tmp_path):
    load(*write_directory(tmp_path))
    more = [chair_record(), chair_record(slug="deux", title="Deux")]
    assert "clusters.json, line 1" in failure_of(*write_directory(tmp_path, clusters='{"clusters": [', chairs=more))
    assert Chair.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('"chairs"', "should hold a list of records"),
        ("{}", "should hold a list of records"),
        ("[" * 100_000, "nested too deeply"),
        ("", "truncated"),
        ("[3, null]", "An object with named values is expected here, not a number."),
    ],
)
def test_a_file_of_the_wrong_type_is_refused_with_a_sentence(tmp_path, content, sentence):
    assert sentence in failure_of(*write_directory(tmp_path, chairs=content))


def test_a_missing_file_and_one_that_is_no_text_are_refused(tmp_path):
    options = write_directory(tmp_path)
    (tmp_path / "chairs.json").write_bytes(b"\xff\xfe[]")
    (tmp_path / "clusters.json").unlink()
    message = failure_of(*options)
    assert "clusters.json cannot be opened" in message and "chairs.json is not UTF-8 text" in message


def test_what_changed_in_the_file_is_updated_and_what_left_it_stays(tmp_path):
    load(*write_directory(tmp_path))
    told = load(*write_directory(tmp_path, chairs=[chair_record(slug="deux", title="Deux")]))
    assert "“Une chaire” is no longer in the file and was left as it is." in told
    assert "chairs: 1 created" in told
    told = load(*write_directory(tmp_path, chairs=[chair_record(people=[]), chair_record(slug="deux", title="2")]))
    assert "chairs: 2 updated" in told
    assert not Chair.objects.get(slug="une-chaire").appointments.exists()


def test_a_name_spelled_in_two_ways_is_one_person_with_the_first_spelling(tmp_path):
    people = [{"name": "Jean-Noël Essai", "person": "jean-noel", "institution": "UE"}]
    again = [{"name": "Jean Noel Essai", "person": "jean-noel", "institution": "UE"}]
    options = write_directory(tmp_path, chairs=[chair_record(people=people), chair_record(slug="deux", people=again)])
    load(*options)
    assert Person.objects.get().name == "Jean-Noël Essai"
    assert "Nothing has changed." in load(*options)


def test_a_translation_that_staff_added_stays(tmp_path):
    load(*write_directory(tmp_path))
    Chair.objects.update(title_en="A chair")
    assert "Nothing has changed." in load(*write_directory(tmp_path))
    assert Chair.objects.get().title_en == "A chair"


def test_a_director_who_may_no_longer_be_named_is_taken_off(tmp_path):
    load(*write_directory(tmp_path, clusters=[cluster_record(directors=[DIRECTOR])]))
    assert Director.objects.get().person.name == "Jo Essai"
    told = load(*write_directory(tmp_path, clusters=[cluster_record(directors=[DIRECTOR | {"publish": False}])]))
    assert "directors: 1 removed" in told
    assert not Person.objects.filter(name="Jo Essai").exists()


def test_a_chair_that_breaks_the_rule_of_its_kind_is_rejected_with_every_sentence(tmp_path):
    make_kind(rule=CAP_RULE, slug="cap")
    message = failure_of(*write_directory(tmp_path, chairs=[chair_record(kind="cap")]))
    assert "une-chaire, kind: " in message
    assert "exactly 2 principal investigators" in message and "needs a teaching element" in message
    assert not Chair.objects.exists()


def test_a_chair_that_obeys_the_rule_of_its_kind_is_kept(tmp_path):
    make_kind(rule={"min_pis": 1, "needs_teaching": True}, slug="taught")
    record = chair_record(kind="taught", teaching=[{"title": "Un cours", "title_lang": "fr"}])
    load(*write_directory(tmp_path, chairs=[record]))
    assert Chair.objects.get().kind == ChairKind.objects.get()
    assert "Nothing has changed." in load(*write_directory(tmp_path, chairs=[record]))
