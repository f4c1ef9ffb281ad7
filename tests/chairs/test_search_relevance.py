"""What comes first among the chairs that a query finds. Runs on either database."""

import pytest

from chairs.enums import ChairStatus
from tests.chairs.listing import publish_in_english as publish
from tests.chairs.searching import ranked
from tests.factories import make_activity, make_appointment, make_chair, make_institution, make_person, make_theme

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]


@pytest.mark.exhaustive(counted=True)
def test_a_word_counts_by_the_field_in_which_it_stands():
    make_activity(publish("by an activity"), title_en="Otters")
    publish("by the text", description_fr="otters")
    publish("by the summary", summary_en="otters")
    make_appointment(publish("by the employer"), affiliation=make_institution(name="Otter College"))
    themed = publish("by the theme")
    themed.themes.add(make_theme(themed.cluster, name_en="Otters"))
    make_appointment(publish("by the person"), person=make_person(name="Ada Otter"))
    publish("by the acronym", acronym="OTTER")
    publish("Otters, by the title")
    assert ranked("otter") == [
        "Otters, by the title",
        "by the acronym",
        "by the person",
        "by the theme",
        "by the employer",
        "by the summary",
        "by the text",
        "by an activity",
    ]


def test_shorter_titles_come_first_then_the_alphabet_decides():
    for title in ("Bones of old animals", "Zebra bones", "Bones", "Étude bones", "Avant bones"):
        publish(title)
    assert ranked("bones") == ["Bones", "Avant bones", "Étude bones", "Zebra bones", "Bones of old animals"]


def test_the_title_in_the_readers_language_is_the_one_that_is_measured():
    make_chair(ChairStatus.ACTIVE, title_en="Bones", title_fr="Les os (bones) des animaux")
    make_chair(ChairStatus.ACTIVE, title_en="Bones and their many ways", title_fr="Os : bones")
    assert ranked("bones") == ["Bones", "Bones and their many ways"]
    assert ranked("bones", "fr") == ["Os : bones", "Les os (bones) des animaux"]


def test_the_word_itself_comes_before_another_of_its_stem():
    publish("Robots")
    publish("Cognitive robotics")
    publish("In the text", summary_en="robotics")
    assert ranked("robotics") == ["Cognitive robotics", "Robots", "In the text"]
    assert ranked("robots") == ["Robots", "Cognitive robotics", "In the text"]


def test_every_word_in_the_title_comes_before_a_word_elsewhere():
    publish("Law of robots")
    publish("Law", summary_en="robots")
    assert ranked("laws robotics") == ["Law of robots", "Law"]


def test_a_function_word_does_not_pass_for_another_word():
    publish("Radar", description_en="These are radars.")
    publish("Une thèse sur la neige")
    assert ranked("thèse") == ranked("thèses") == ["Une thèse sur la neige"]
    assert ranked("these radars") == ["Radar"]
