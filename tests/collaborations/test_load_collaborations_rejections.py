"""load_directory on a collaboration of its own, and on records that cannot be kept."""

import pytest

from collaborations.models import Collaboration, Participant
from tests.chairs.imports import failure_of, load, write_directory
from tests.collaboration_factory import make_collaboration

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index", "field_history")]


def record(**changes) -> dict:
    return {
        "kind": "exchange",
        "title": {"en": "An exchange", "fr": None},
        "clusters": ["essai"],
        "institutions": ["UE"],
        "partners": ["Nobody on record"],
        "countries": ["FR", "DE"],
        "starts": "2025-03",
        "ends": "2025-04-01",
        "source": "https://example.org/exchange",
    } | changes


def programme(*records) -> dict:
    return {"collaborations": list(records)}


def test_a_record_becomes_a_collaboration(tmp_path):
    load(*write_directory(tmp_path, programme=programme(record())))
    made = Collaboration.objects.get()
    assert (made.slug, made.countries, made.kept_by.slug) == ("an-exchange", ["DE", "FR"], "essai")
    assert sorted(str(one) for one in made.participants.all()) == ["Nobody on record", "Université d’Essai"]


def test_who_is_no_longer_named_leaves(tmp_path):
    load(*write_directory(tmp_path, programme=programme(record())))
    load(*write_directory(tmp_path, programme=programme(record(partners=[], starts="2024"))))
    made = Collaboration.objects.get()
    assert [str(one) for one in made.participants.all()] == ["Université d’Essai"] and made.starts == "2024"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": "poem"}, "“poem” is not one of"),
        ({"kind": None}, "The kind is missing."),
        ({"title": {"en": None, "fr": None}}, "The title is missing."),
        ({"clusters": ["nowhere"]}, "No cluster has the address “nowhere”."),
        ({"countries": ["FR", "XX"]}, "“XX” is not the code of a country."),
        ({"starts": "soon"}, "Write a year, a month or a day"),
        ({"starts": "2025-13"}, "Write a year, a month or a day"),
        ({"starts": "1025"}, "Check the year: 1025"),
        ({"ends": "2024"}, "It ends before it starts."),
        ({"people": -1}, "The number cannot be negative."),
        ({"funding": {"value": 5, "unit": "USD"}}, "Money is kept in euros"),
        ({"funding": {"value": 0, "unit": "EUR"}}, "greater than or equal to 0.01"),
        ({"source": "by hand"}, "“by hand” is not a web address."),
        ({"countries": "FR"}, "A list is expected here"),
    ],
)
def test_a_bad_record_is_refused_whole_and_the_others_are_kept(tmp_path, changes, sentence):
    good = record(title={"en": "Another", "fr": None})
    said = failure_of(*write_directory(tmp_path, programme=programme(record(**changes), good)))
    assert sentence in said
    assert [str(one) for one in Collaboration.objects.all()] == ["Another"] and Participant.objects.count() == 2


def test_a_collaboration_stands_once_in_the_file(tmp_path):
    said = failure_of(*write_directory(tmp_path, programme=programme(record(), record())))
    assert "only the first counts" in said and Collaboration.objects.count() == 1


def test_a_source_does_not_overwrite_what_staff_registered(tmp_path):
    make_collaboration(slug="an-exchange", title_en="Ours")
    said = failure_of(*write_directory(tmp_path, programme=programme(record())))
    assert "A source does not overwrite it" in said and Collaboration.objects.get().title_en == "Ours"
