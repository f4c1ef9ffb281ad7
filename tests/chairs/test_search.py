"""What a visitor finds, and by which words. Runs on either database."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chairs.models import Chair
from chairs.search.matching import matching
from tests.chairs.listing import publish_in_english as publish
from tests.chairs.searching import ranked

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True), pytest.mark.usefixtures("search_index")]


def found(query):
    return [chair.title_en or chair.title_fr for chair in matching(Chair.objects.published(), query)]


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("Éthique & IA", "ethique"),
        ("Éthique & IA", "ÉTHIQUE et ia"),
        ("Éthique & IA", "e\u0301thiques"),
        ("Ethique", "éthique"),
        ("Imagerie du cœur", "coeur"),
        ("Imagerie du coeur", "CŒUR"),
        ("L’œuvre d’art", "oeuvres"),
        ("L’intelligence d'autrui", "l'intelligence"),
        ("L'intelligence", "intelligence"),
        ("Côte dʼAzur", "cote d’azur"),
        ("Réseaux de neurones", "reseau neurone"),
        ("Signaux cérébraux", "signal cerebral"),
        ("Learning networks", "learn network"),
        ("Agriculteurs", "agricultrice"),
        ("Professeurs", "professeure"),
        ("Infirmière", "infirmiers"),
        ("Chercheuses", "chercheur"),
        ("Robotic surgery", "robotics surgeries"),
        ("Museum collections", "collection museums"),
        ("GPT-4 en classe", "gpt 4"),
        ("Straße und Łódź", "strasse lodz"),
        ("Cybersecurity", "cyber security"),
        ("Multimodal imaging", "multi-modal imaging"),
        ("University hospitals", "université"),
        ("Cybersécurité", "cybersecurity"),
        ("Ｆｕｌｌ width", "full"),
        ("intel\u00adligence", "intelligence"),
    ],
)
def test_a_word_is_found_whatever_its_accents_case_apostrophe_gender_or_number(title, query):
    publish(title)
    publish("Hydraulique")
    assert found(query) == [title]


def test_every_word_must_be_there_in_any_order_and_any_field():
    publish("Vision transformers", summary_fr="Des modèles pour l’hôpital")
    publish("Vision")
    assert found("hopitaux vision") == ["Vision transformers"]
    assert found("vision hopital musee") == []


def test_two_words_written_as_one_do_not_lose_the_second():
    """The stem of “mastersanté” is “masters”: every chair with masters was found under health too."""
    publish("Masters of robotics")
    publish("Masters in health", summary_fr="La santé")
    assert found("master santé") == ["Masters in health"]


def test_function_words_are_not_asked_for_unless_there_is_nothing_else():
    publish("Law of robots")
    assert found("the law and the robots") == ["Law of robots"]
    assert found("of") == ["Law of robots"]
    assert found("the") == []


def test_french_function_words_are_known_by_their_accents_too():
    """“À” was looked for in “IA à l’école”, and left out the chair of schools that has no such word."""
    publish("École")
    assert found("à l’école") == found("où, même dès l’école ?") == found("pourquoi quelle école") == ["École"]
    assert found("neige à l’école") == []


def test_the_subject_of_the_directory_is_not_a_function_word():
    publish("AI and law")
    publish("Law")
    assert found("AI law") == ["AI and law"]


@pytest.mark.parametrize("query", ["", "   ", "!!!", '"', "\x00", "🤖", "-- ;"])
def test_a_query_without_a_word_leaves_everything(query):
    publish("Law")
    assert found(query) == ["Law"]


@pytest.mark.parametrize(
    "query",
    [
        '"law" AND NOT robots',
        "law* OR (x",
        "terms : law",
        "law') ; DROP TABLE chairs_search; --",
        "law & | ! <-> :*",
        "NEAR(law)",
        "law\x00",
        "law " * 500_000,
        "x" * 1_000_000,
        "é" * 5000 + " law",
        "law" + "\u0301" * 3000,
        "%s %d {} ' \\",
    ],
)
def test_no_query_is_an_error(query):
    publish("Law")
    assert found(query) in ([], ["Law"])
    assert found("law") == ["Law"]


@pytest.fixture
def law():
    return publish("Law")


@pytest.mark.exhaustive(counted=True)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_no_text_at_all_is_an_error(law, query):
    assert ranked(query) in ([], ["Law"])
