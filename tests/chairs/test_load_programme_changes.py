"""load_directory on small programmes: what changes, what leaves, and records that are wrong."""

import pytest

from chairs.imports import programme
from chairs.models import Chair, StartUp
from clusters.enums import Origin
from clusters.models import Institution, StatedCount, TrainingProgramme
from tests.chairs.imports import chair_record, failure_of, load, programme_record, write_directory

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]

COUNT = {"what": "people_trained_a_year", "value": 10, "cluster": "essai", "source": "https://example.org/count"}
INCUBATOR = {"name": "Serre", "institutions": ["UE"], "clusters": ["essai"], "source": "https://example.org/serre"}
START_UP = {"name": "Pousse", "clusters": ["essai"], "tie": "supported", "source": "https://example.org/pousse"}


def test_a_second_run_changes_nothing_and_what_changed_is_updated(tmp_path):
    lists = {
        "training_programmes": [programme_record()],
        "national_training": [COUNT, COUNT | {"value": 12, "as_of": "2025"}],
        "incubators": [INCUBATOR],
        "start_ups": [START_UP],
    }
    options = write_directory(tmp_path, programme=lists)
    load(*options)
    assert "Nothing has changed." in load(*options)
    lists["training_programmes"] = [programme_record(level="doctoral", institutions=[])]
    lists["national_training"] = [COUNT | {"value": 11}]
    told = load(*write_directory(tmp_path, programme=lists))
    assert "training programmes: 1 updated" in told and "stated counts: 1 updated" in told
    assert "stated counts: “people trained a year: 12 (https://example.org/count)” is no longer in the file" in told
    changed = TrainingProgramme.objects.get()
    assert (changed.level, changed.institutions.count()) == ("doctoral", 0)


def test_what_left_the_file_is_told_and_stays(tmp_path):
    load(*write_directory(tmp_path, programme={"training_programmes": [programme_record()], "start_ups": [START_UP]}))
    told = load(*write_directory(tmp_path, programme={"training_programmes": [], "start_ups": []}))
    assert "training programmes: “Un master” is no longer in the file and was left as it is." in told
    assert "start-ups: “Pousse” is no longer in the file" in told
    assert TrainingProgramme.objects.exists() and StartUp.objects.exists()


def test_a_file_that_cannot_be_read_makes_nothing_leave(tmp_path):
    load(*write_directory(tmp_path, programme={"institutions": [{"name": "Ailleurs", "kind": "company"}]}))
    options = write_directory(tmp_path, chairs=[], programme="{")
    assert "programme.json, line 1" in failure_of(*options)
    told = load(*write_directory(tmp_path, chairs=[], programme={"institutions": []}))
    assert "institutions: “Ailleurs” is no longer in the file" in told and "“Une chaire” is no longer" in told


WRONG = [
    ("training_programmes", programme_record(level="phd"), "“phd” is not one of"),
    ("training_programmes", programme_record(name={"fr": None}), "The name is missing."),
    ("training_programmes", programme_record(clusters=[]), "At least one cluster is expected here."),
    ("training_programmes", programme_record(clusters=["essai", "ailleurs"]), "No cluster has the address “ailleurs”."),
    ("training_programmes", programme_record(companies=["Nobody"]), "No institution is known as “Nobody”"),
    ("training_programmes", programme_record(intakes=[{"people": -4}]), "The number cannot be negative."),
    ("training_programmes", programme_record(), "The file has this address twice"),
    ("national_training", COUNT | {"what": "cats"}, "“cats” is not one of"),
    ("national_training", COUNT | {"source": None}, "The source is missing."),
    ("national_training", COUNT | {"value": -1}, "greater than or equal to 0"),
    ("start_ups", START_UP | {"tie": None}, "What ties it to the cluster is missing."),
    ("start_ups", START_UP | {"year": 2091}, "This year has not come yet."),
    ("start_ups", START_UP | {"clusters": []}, "Exactly one cluster is expected here."),
    ("incubators", INCUBATOR | {"institutions": ["Nobody"]}, "No institution is known as “Nobody”"),
    ("business_schools", {"name": "École", "clusters": ["ailleurs"]}, "No cluster has the address “ailleurs”."),
]


@pytest.mark.parametrize(("key", "record", "sentence"), WRONG)
def test_a_wrong_record_is_refused_whole_and_the_rest_kept(tmp_path, key, record, sentence):
    good = {
        "training_programmes": [programme_record()],
        "national_training": [COUNT],
        "start_ups": [START_UP | {"name": "Autre"}],
        "incubators": [INCUBATOR | {"name": "Autre serre"}],
        "business_schools": [{"name": "Autre école", "clusters": ["essai"], "source": "https://example.org/e"}],
    }
    message = failure_of(*write_directory(tmp_path, programme=good | {key: [*good[key], record]}))
    assert sentence in message and "1 record was rejected; the others were kept." in message
    kept = (TrainingProgramme, StatedCount, StartUp)
    assert [model.objects.count() for model in kept] == [1, 1, 1]
    assert Institution.objects.filter(name__startswith="Autre").count() == 2


def test_a_source_overwrites_nothing_of_staff(tmp_path):
    load(*write_directory(tmp_path, programme={"training_programmes": [programme_record()], "start_ups": [START_UP]}))
    for model in (TrainingProgramme, StartUp):
        model.objects.update(origin=Origin.REGISTERED)
    lists = {"training_programmes": [programme_record(level="doctoral")], "start_ups": [START_UP | {"year": 2020}]}
    assert failure_of(*write_directory(tmp_path, programme=lists)).count("A source does not overwrite it.") == 2
    assert TrainingProgramme.objects.get().level == "master"


def test_more_chairs_are_read_as_chairs_are(tmp_path):
    told = load(*write_directory(tmp_path, more_chairs=[chair_record(slug="deux", title="Deux")]))
    assert "chairs: 2 created" in told and "no longer in the file" not in told
    message = failure_of(*write_directory(tmp_path, more_chairs=[chair_record(title="Encore")]))
    assert "chairs-more.json, une-chaire, slug: The file has this address twice" in message
    assert Chair.objects.get(slug="une-chaire").title_fr == "Une chaire"


def test_an_app_above_joins_a_list_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr(programme, "LISTS", [*programme.LISTS])
    monkeypatch.setattr("chairs.imports.loading.LISTS", programme.LISTS)
    seen = []
    programme.join_programme("kites", lambda records, file, report: seen.append((records, file)), "kites")
    try:
        told = load(*write_directory(tmp_path, programme={"kites": [{"name": "Red"}]}))
    finally:
        del programme.KINDS["kites"]
    assert seen == [([{"name": "Red"}], "programme.json")] and "kites: 1 records in programme.json" in told
