"""Where few chairs have the words, those nearest in meaning follow, under a heading of their own."""

import pytest
from pyroaring import BitMap

from chairs.enums import ChairStatus
from chairs.models import ChairMeaning
from chairs.search import meaning, model
from chairs.search.concepts import NONE
from chairs.search.matching import having_some, without_subject
from tests.chairs.listing import URL
from tests.chairs.listing import publish_in_english as publish
from tests.factories import make_appointment, make_chair, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True), pytest.mark.usefixtures("search_index")]
HEADING = "Nearest in meaning"


@pytest.fixture
def by_meaning(settings):
    settings.SEARCH_BY_MEANING = True


def nearest(client, query):
    """Return the titles under the heading, in their order."""
    page = client.get(URL + query).content.decode()
    shown = page.split(HEADING)[1].split("</section>")[0] if HEADING in page else ""
    titles = ("Currents of the ocean", "Contract law", "Radiotherapy of tumours")
    return sorted((title for title in titles if title in shown), key=shown.index)


def test_few_hits_are_followed_by_the_nearest_beside_the_count_and_within_the_filters(client, by_meaning):
    ocean, law = publish("Currents of the ocean"), publish("Contract law")
    make_chair(ChairStatus.DRAFT, title_en="Waves of the sea")
    assert nearest(client, "?q=marine") == ["Currents of the ocean", "Contract law"]
    page = client.get(URL + "?q=marine")
    assert page.context["page_obj"].paginator.count == 0 and "Waves" not in page.content.decode()
    assert nearest(client, "?q=law") == ["Currents of the ocean"]
    assert nearest(client, f"?q=marine&cluster={law.cluster.slug}") == ["Contract law"]
    assert nearest(client, "") == nearest(client, "?q=oceean") == []
    publish("Laws"), publish("Law")
    assert nearest(client, "?q=law") == []
    # What it is about now is what counts.
    ocean.title_en = "Radiotherapy of tumours"
    ocean.save()
    assert not ChairMeaning.objects.filter(pk=ocean.pk).exists()
    assert nearest(client, "?q=cancer")[0] == "Radiotherapy of tumours"


def test_a_short_title_is_not_near_to_whatever_is_short(by_meaning):
    """Both are short: that says nothing of what they are about."""
    about = (
        "Early signs in everyday speech. Years before a diagnosis, Alzheimer’s disease changes the way people tell a story. "
        "With volunteers and their families we look for these signs, and for a fair way to announce them."
    )
    for query in ("malentendants", "AVC"):
        [short, long] = model.nearness(model.directions_of(["Société algorithmique", about]), query)
        assert long > short, query


def test_a_chair_that_has_a_rare_word_of_the_query_comes_before_those_that_have_none(client, by_meaning):
    publish("Currents of the ocean")
    law = publish("Contract law", description_en="Late frost.")
    others = [publish(f"Chair {number} of a university") for number in range(meaning.COMMON)]
    meaning.measure(meaning.waiting())
    assert nearest(client, "?q=frost+weather")[0] == "Contract law"
    # Nor does what every chair is about, though few say so.
    assert having_some("AI intelligence artificielle", NONE) == [] and len(having_some("AI weather", NONE)) == 1
    # A word that many chairs have tells nothing.
    common = BitMap([law.pk, *(other.pk for other in others)])
    known = meaning.Meanings.read()
    assert known.nearest("weather", common, [common]) == known.nearest("weather", common)


def test_what_every_chair_is_about_makes_none_nearer(client, by_meaning):
    publish("Contract law", summary_en="Artificial intelligence and AI before the courts.")
    publish("Radiotherapy of tumours")
    assert nearest(client, "?q=AI+oncologist")[0] == nearest(client, "?q=oncologist")[0] == "Radiotherapy of tumours"
    assert without_subject("L'IA et la santé") == "L et la santé" and without_subject("IA") == ""


def test_it_can_be_turned_off(client):
    publish("Currents of the ocean")
    assert "Currents of the ocean" in client.get("/en/chairs/?q=currents").text
    assert nearest(client, "?q=marine") == [] and not ChairMeaning.objects.exists()


def test_a_chair_of_which_only_the_holder_is_said_means_nothing(client, by_meaning):
    chair = publish("Chair of Ada Nombre")
    make_appointment(chair, person=make_person(name="Ada Nombre"))
    publish("Contract law")
    assert meaning.measure(meaning.waiting()) == 2 and meaning.waiting() == []
    assert not ChairMeaning.objects.get(pk=chair.pk).direction
    assert nearest(client, "?q=marine") == ["Contract law"]


def test_what_was_measured_of_an_earlier_text_is_not_kept(by_meaning):
    chair = publish("Contract law")
    assert meaning._keep({chair.pk: "Criminal law"}, {chair.pk: b"1"}) == 0
    assert meaning.waiting() == [chair.pk]


def test_no_more_is_read_of_a_long_query_than_takes_a_moment(client, by_meaning, monkeypatch):
    publish("Currents of the ocean")
    read, direction_of_query = [], model.direction_of_query
    monkeypatch.setattr(model, "direction_of_query", lambda query: read.append(query) or direction_of_query(query))
    assert nearest(client, f"?q={'marine+' * 140}") == ["Currents of the ocean"]
    assert [len(query) for query in read] == [meaning.MAX_ASKED]
