"""The vocabulary that staff keep: a search finds what is written with other words of the same meaning, and says so."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override

from chairs.cards.directory import directory
from chairs.enums import ChairStatus
from chairs.models import Concept
from chairs.search.concepts import MAX_UNITS, Concepts, concepts_of
from chairs.search.spelling import corrections
from tests.chairs.listing import URL
from tests.chairs.listing import publish_in_english as publish
from tests.chairs.searching import ranked
from tests.factories import make_chair, make_training
from tests.personas import COORDINATOR

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True), pytest.mark.usefixtures("search_index")]


def keep(code, words_en, words_fr):
    concept = Concept(code=code, words_en=words_en, words_fr=words_fr)
    concept.full_clean()
    concept.save()
    return concept


@pytest.fixture
def concepts():
    keep("deep-learning", "deep learning\nDL", "apprentissage profond")
    keep("health", "health\nhealthcare", "santé\nsoins")
    keep("artificial-intelligence", "artificial intelligence\nAI", "intelligence artificielle\nIA")


def test_other_words_of_the_meaning_are_found_below_the_words_themselves_and_the_page_says_why(client, concepts):
    publish("Doctors and machines", summary_en="Deep models that go on learning")
    publish("Deep learning for snow")
    publish("Apprentissage profond")
    publish("Learning to ski")
    assert ranked("apprentissage profond") == [
        "Apprentissage profond",
        "Deep learning for snow",
        "Doctors and machines",
    ]
    page = client.get(URL, {"q": "apprentissages profonds"})
    assert page.context["page_obj"].paginator.count == 3
    assert "“apprentissage profond” = “deep learning”" in page.content.decode()
    assert "Also found by" not in client.get(URL, {"q": "ski"}).content.decode()


def test_a_related_word_is_looked_for_under_the_others_and_does_not_lead_to_them(client):
    keep("lidar", "lidar\nlaser scanner\n> radar", "télémètre laser")
    publish("Ships with a radar")
    publish("A laser scanner for roads")
    assert ranked("lidar") == ["A laser scanner for roads", "Ships with a radar"]
    assert ranked("radar") == ["Ships with a radar"]
    page = client.get(URL, {"q": "lidar"}).content.decode()
    assert "“lidar” = “laser scanner”</p>" in page
    assert "Also found by what is related to “lidar”: “radar”</p>" in page
    assert ">radar<" not in client.get("/en/chairs/suggestions/", {"q": "radar"}).content.decode()
    with pytest.raises(ValidationError, match="Give at least two words"):
        keep("only-related", "> radar\n> sonar", "")


def test_the_more_words_of_its_meaning_a_chair_has_the_earlier_it_comes():
    """All chairs of a theme have its name, and shorter titles than the one that is about nothing else."""
    keep("edtech", "edtech\neducation\nschool\npupil\nteacher", "")
    publish("Words", summary_en="A resilient society and education")
    publish("Patience for sums", summary_en="A pupil at school asks a teacher")
    publish("A school in whose title it stands")
    publish("Edtech, by its own long name and no other")
    assert ranked("edtech") == [
        "Edtech, by its own long name and no other",
        "A school in whose title it stands",
        "Patience for sums",
        "Words",
    ]


def test_the_words_of_a_known_term_scattered_over_a_long_text_are_not_the_term():
    keep("sound-engineer", "sound engineer\nmusician\nconcert", "ingénieur du son")
    publish("Bridges", description_en="An engineer is of sound mind")
    publish("Improvising on stage", summary_en="A musician at a concert", description_en="Sound")
    publish("A concert on the radio")
    publish("A sound engineer’s ear")
    assert ranked("sound engineer") == [
        "A sound engineer’s ear",
        "A concert on the radio",
        "Bridges",
        "Improvising on stage",
    ]


def test_an_abbreviation_is_no_plural_of_another():
    keep("gp", "general practitioner\nGP", "")
    keep("gps", "GPS\nsatellite navigation", "")
    publish("A general practitioner")
    publish("Satellite navigation")
    assert ranked("GPS") == ["Satellite navigation"]
    assert ranked("GP") == ["A general practitioner"]


def test_a_query_is_cut_into_the_longest_terms(concepts):
    publish("Deep learning in healthcare")
    publish("Health")
    assert ranked("apprentissage profond santé") == ["Deep learning in healthcare"]
    assert ranked("profond santé") == []
    known = Concepts.of(Concept.objects.values_list("words_en", "words_fr"))
    units = known.units(["apprentissage", "profond", "et", "soins", "ia"])
    assert [unit.said for unit in units] == ["apprentissage profond", "", "soins", "IA"]


def test_a_word_that_ends_in_s_has_no_longer_plural():
    keep("justice", "justice", "justice\nprocès")
    publish("Signal processing")
    publish("Un procès fictif")
    assert ranked("justice") == ["Un procès fictif"]


def test_a_term_is_looked_for_once_a_chair_has_it(concepts):
    publish("Machines")
    assert ranked("santé") == []
    publish("Healthcare")
    assert ranked("santé") == ["Healthcare"]


@pytest.mark.parametrize("words", [0, 1_000])
def test_as_much_is_found_whether_or_not_the_words_of_the_chairs_are_looked_through(concepts, monkeypatch, words):
    monkeypatch.setattr("chairs.search.concepts.MAX_WORDS", words)
    publish("Healthcare and deep learning")
    assert ranked("apprentissage profond soins") == ["Healthcare and deep learning"]
    units = concepts_of(directory()).units(["sante"])
    assert [term.text for term in units[0].others] == (
        ["health", "healthcare", "soins"] if not words else ["healthcare"]
    )
    assert "health" in units[0].also


def test_an_abbreviation_may_be_more_than_one(client):
    keep("language-model", "large language model\nLLM", "grand modèle de langue")
    publish("A large language model for courts")
    assert ranked("LLMs") == ranked("LLM") == ["A large language model for courts"]


def test_an_abbreviation_may_have_its_dots(concepts):
    publish("AI and law")
    publish("Intelligence artificielle")
    assert ranked("A.I.") == ranked("ai") == ["AI and law", "Intelligence artificielle"]


def test_what_every_chair_is_about_need_not_be_said_and_those_that_say_it_come_first(client, concepts):
    publish("Snow")
    publish("AI in the snow")
    publish("Neige, snow et intelligence artificielle")
    publish("Nothing white")
    expected = ["AI in the snow", "Neige, snow et intelligence artificielle", "Snow"]
    assert ranked("AI and snow") == ranked("snow AI") == expected
    assert ranked("AI") == expected[:2]
    assert ranked("AI rain") == []
    assert client.get(URL, {"q": "AI snow"}).context["page_obj"].paginator.count == 3


def test_the_last_word_is_a_beginning_where_nothing_else_fits(client, concepts):
    publish("Avalanches of snow")
    publish("Aval")
    publish("Snow")
    assert ranked("aval") == ["Aval"]
    assert ranked("snow avalan") == ["Avalanches of snow"]
    assert ranked("ava") == ranked("avalan snow") == []
    page = client.get(URL, {"q": "avalan"}).content.decode()
    assert "words that begin with it" in page


def test_corrections_are_words_of_the_readers_language_and_a_known_word_needs_none(client, concepts):
    make_chair(ChairStatus.ACTIVE, title_en="Primary schools", title_fr="Écoles primaires")
    publish("Health")
    assert corrections("primray") == [(1, "primary")]
    assert corrections("helath") == [(1, "health")]
    with override("fr"):
        assert corrections("primray") == corrections("helath") == []
        assert corrections("primairse") == [(1, "primaires")]
    assert client.get(URL, {"q": "helath"}).context["other_spelling"].text == "health"
    # Known to the vocabulary: it is no misspelling, even where no chair has it.
    keep("privacy", "primiry\nprivacy", "")
    assert client.get(URL, {"q": "primiry"}).context["other_spelling"] is None


@pytest.mark.usefixtures("field_history")
def test_the_coordinator_keeps_it_and_the_next_search_follows(client, cast):
    publish("Snow and ice")
    client.force_login(cast[COORDINATOR])
    page = client.post(
        "/admin/chairs/concept/add/", {"code": "snow", "words_en": "snow", "words_fr": " ", "source": ""}
    )
    assert "Give at least two words" in page.content.decode()
    form = {"code": "snow", "words_en": "snow", "words_fr": "neige\n\n névé "}
    assert client.post("/admin/chairs/concept/add/", form).status_code == 302
    assert Concept.objects.get().words_fr == "neige\nnévé"
    assert ranked("névé") == ["Snow and ice"]
    assert Concept.history.get().history_user == cast[COORDINATOR]


@pytest.mark.usefixtures("field_history")
def test_what_staff_changed_or_deleted_stays_so_when_the_file_is_loaded_again(tmp_path, capsys, cast):
    terms = [{"en": [word], "fr": [f"{word}fr"]} for word in ("one", "two", "three", "four")]
    for name in ("clusters", "reference"):
        (tmp_path / f"{name}.json").write_text(
            '{"clusters": [], "institutions": [], "phases": [], "disciplines": [], "kinds": []}'
        )
    (tmp_path / "chairs.json").write_text("[]")

    def load():
        (tmp_path / "vocabulary.json").write_text(json.dumps({"terms": [*terms, {"en": []}]}))
        files = {name: tmp_path / f"{name}.json" for name in ("clusters", "chairs", "reference")}
        with pytest.raises(Exception, match="An entry of the vocabulary needs words"):
            call_command("load_directory", **files)

    load()
    assert list(Concept.objects.values_list("code", flat=True)) == ["four", "one", "three", "two"]
    Concept.objects.filter(code="one").update(words_en="uno")
    Concept.objects.get(code="two").delete()
    form = {"code": "four", "words_en": "quattro", "words_fr": "quatre", "source": ""}
    coordinator = Client()
    coordinator.force_login(cast[COORDINATOR])
    address = f"/admin/chairs/concept/{Concept.objects.get(code='four').pk}/change/"
    assert coordinator.post(address, form).status_code == 302
    # The file has another word for each: only the entry that nobody changed follows it.
    for term in terms:
        term["en"].append("anew")
    load()
    kept = dict(Concept.objects.values_list("code", "words_en"))
    assert kept == {"four": "quattro", "one": "uno", "three": "three\nanew"}


def test_only_the_first_terms_of_a_long_query_are_looked_for_by_others():
    terms = [(f"glacier{letter}\nice{letter}", "") for letter in "abcdefghijkl"]
    units = Concepts.of(terms).units([f"glacier{letter}" for letter in "abcdefghijkl"])
    assert [bool(unit.others) for unit in units] == [True] * MAX_UNITS + [False] * (12 - MAX_UNITS)


def test_whoever_looks_for_courses_among_the_chairs_is_led_to_them(client, concepts):
    publish("Learning to ski")
    make_training(name_en="A winter school")
    page = client.get(URL, {"q": "winter school"}).content.decode()
    assert '<a rel="nofollow" href="/en/training/?q=winter%20school">1 training programme</a> has these words.' in page
    assert "Looking for courses?" not in client.get(URL, {"q": "ski"}).content.decode()
