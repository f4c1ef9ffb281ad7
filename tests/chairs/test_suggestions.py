"""What is suggested under the search while somebody types."""

import pytest

from chairs.enums import ChairStatus
from chairs.models import Concept
from clusters.enums import Origin
from tests.chairs.import_rows import NONSENSE, assert_same_cost, queries_for
from tests.chairs.listing import publish_in_english as publish
from tests.factories import make_appointment, make_chair, make_institution, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True), pytest.mark.usefixtures("search_index")]
URL = "/en/chairs/suggestions/"


def suggested(client, text, url=URL):
    suggestions = client.get(url, {"q": text}).context["suggestions"]
    return [str(row) for row in [*suggestions.subjects, *suggestions.chairs, *suggestions.people]]


@pytest.fixture
def vocabulary():
    Concept.objects.create(code="deep-learning", words_en="deep learning\nDL", words_fr="apprentissage profond")
    Concept.objects.create(code="health", words_en="health\nhealthcare", words_fr="santé\nsoins")
    Concept.objects.create(code="heat", words_en="heat", words_fr="chaleur")
    Concept.objects.create(code="english-only", words_en="edge computing\nedge AI", words_fr="")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("ava", "Avalanches of snow"),
        ("AVALANCHE", "Avalanches of snow"),
        ("snow ava", "Avalanches of snow"),
        ("the snow of avala", "Avalanches of snow"),
        ("éth", "Éthique des données"),
        ("ethi", "Éthique des données"),
        ("geos", "Imaging"),
        ("données éth", "Éthique des données"),
    ],
)
def test_a_chair_is_suggested_by_the_beginning_of_a_word_of_its_title_or_acronym(client, text, title):
    publish("Avalanches of snow")
    publish("Éthique des données")
    publish("Imaging", acronym="GeoSuperRes")
    assert suggested(client, text) == [title]


def test_a_chair_that_is_found_by_its_acronym_is_shown_with_it(client):
    publish("Imaging", acronym="GeoSuperRes")
    publish("Géo-optics", acronym="GEO-OPTICS")
    page = client.get(URL, {"q": "geo"}).content.decode()
    assert '<span class="note">GeoSuperRes</span>' in page
    # The title says the same.
    assert "Géo-optics" in page and "GEO-OPTICS" not in page


def test_only_the_last_word_is_a_beginning_and_only_here(client):
    publish("Avalanches of snow")
    assert suggested(client, "ava snow") == []
    assert suggested(client, "snow ava") == ["Avalanches of snow"]
    found = [client.get(f"/en/chairs/?q={text}").context["page_obj"].paginator.count for text in ("ava", "avalanche")]
    assert found == [0, 1]


@pytest.mark.parametrize("text", ["", "a", "av", "  av  ", "?!", "\x00", "日本"])
def test_nothing_is_suggested_or_asked_below_three_letters(client, text, django_assert_num_queries):
    publish("Avalanches")
    with django_assert_num_queries(0):
        assert suggested(client, text) == []
    assert suggested(client, "ava") == ["Avalanches"]


def test_texts_themes_and_employers_are_not_suggested_from(client):
    publish("Radar", summary_en="avalanches", description_en="avalanches", topic_en="avalanches")
    assert suggested(client, "avalanches") == []
    publish("Avalanches")
    assert suggested(client, "avalanches") == ["Avalanches"]


def test_people_are_suggested_with_their_chairs_and_lead_to_their_page(client):
    chair = publish("Radar")
    person = make_person(name="Zoé Lefèvre", slug="zoe-lefevre")
    make_appointment(chair, person=person)
    assert suggested(client, "lefe") == suggested(client, "zoe lef") == ["Radar", "Zoé Lefèvre"]
    assert suggested(client, "radar") == ["Radar"]
    page = client.get(URL, {"q": "lef"}).content.decode()
    assert f'href="{person.get_absolute_url()}"' in page and f'href="{chair.get_absolute_url()}"' in page
    assert client.get(person.get_absolute_url()).status_code == 200


def test_who_may_not_be_named_and_what_is_not_published_are_not_suggested(client):
    make_appointment(publish("Radar"), person=make_person(name="Zoé Lefèvre"), consent_given_on=None)
    draft = make_chair(ChairStatus.DRAFT, title_en="Avalanches")
    make_appointment(draft, person=make_person(name="Bo Martin"))
    assert suggested(client, "lef") == suggested(client, "avalan") == suggested(client, "martin") == []
    sourced = make_chair(ChairStatus.SOURCED, origin=Origin.SOURCED, title_en="Law", with_pi=False)
    make_appointment(sourced, person=make_person(name="Cy Martin"), consent_given_on=None)
    assert suggested(client, "martin") == ["Law", "Cy Martin"]


def test_titles_come_before_people_and_the_shorter_title_first(client):
    make_appointment(publish("A"), person=make_person(name="Eva Lawrence"))
    for title in ("Law of machines", "Law", "Old law"):
        publish(title)
    assert suggested(client, "law") == ["Law", "Old law", "Law of machines", "A", "Eva Lawrence"]


@pytest.mark.exhaustive
def test_a_few_rows_at_most_and_the_same_queries_for_many(client):
    def make_rows(number):
        for _index in range(number):
            make_appointment(publish("Avalanches"), person=make_person(name="Ada Avalon"))

    assert_same_cost(client, URL + "?q=ava", make_rows)
    assert len(suggested(client, "ava")) == 10


def test_the_answer_is_the_same_for_everybody_and_asked_for_again(client):
    response = client.get(URL, {"q": "ava"})
    assert response.headers["Cache-Control"] == "no-cache"
    assert client.get(URL, {"q": "ava"}, headers={"if-none-match": response.headers["ETag"]}).status_code == 304
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert client.post(URL).status_code == 405


def test_the_french_page_suggests_in_french(client):
    make_chair(ChairStatus.ACTIVE, title_en="Snow", title_fr="Neige et avalanches")
    page = client.get("/fr/chairs/suggestions/?q=ava").content.decode()
    assert "Neige et avalanches" in page and "/fr/chairs/" in page


@pytest.mark.parametrize("query", NONSENSE)
def test_no_text_is_an_error(client, query):
    assert client.get(URL + query).status_code == 200


def test_people_of_one_name_are_told_apart_by_their_employer(client):
    for number in (1, 2):
        chair = publish(f"Robots {number}", with_pi=False)
        affiliation = make_institution(name=f"University {number}")
        make_appointment(chair, person=make_person(name="Marie Martin"), affiliation=affiliation)
    page = client.get(URL, {"q": "martin"}).text
    assert "Person, University 1" in page and "Person, University 2" in page


@pytest.mark.parametrize(
    ("language", "text", "subject"),
    [
        ("en", "santé", "health"),
        ("en", "SANT", "health"),
        ("en", "heal", "health"),
        ("en", "apprentissages prof", "deep learning"),
        ("fr", "deep lea", "apprentissage profond"),
        ("fr", "healthcar", "santé"),
        ("fr", "apprentissage profonds", "apprentissage profond"),
        ("fr", "edge", "edge computing"),
    ],
)
def test_a_subject_is_suggested_in_the_readers_language_with_what_its_link_finds(
    client, vocabulary, language, text, subject
):
    publish("Robots", summary_en="Deep learning for health")
    publish("Radar", summary_en="Soins, par l'apprentissage profond, edge computing")
    url = f"/{language}/chairs/suggestions/"
    assert suggested(client, text, url) == [subject]
    (found,) = client.get(url, {"q": text}).context["suggestions"].subjects
    listed = client.get(found.get_absolute_url()).context["page_obj"].paginator.count
    assert found.chairs == listed == (1 if subject == "edge computing" else 2)


def test_a_subject_that_finds_nothing_and_a_word_that_begins_no_term_suggest_none(client, vocabulary):
    publish("Health")
    assert suggested(client, "chal") == suggested(client, "learning deep") == suggested(client, "anté") == []
    assert suggested(client, "heal") == ["health", "Health"]
    page = client.get(URL, {"q": "sant"}).text
    assert 'Subject (<span lang="fr">santé</span>), 1 chair<' in page and "1 suggestion under" in page
    publish("Heat")
    assert suggested(client, "hea") == ["health", "heat", "Heat", "Health"]


@pytest.mark.django_db(transaction=True)
def test_subjects_are_counted_by_the_question_that_finds_chairs_and_people(client, vocabulary):
    make_appointment(publish("Health of machines"), person=make_person(name="Heather Avalon"))
    assert suggested(client, "hea") == ["health", "Health of machines", "Heather Avalon"]
    assert queries_for(client, URL + "?q=hea&fresh=1") <= 3
    publish("Health of soils")
    assert "2 chairs" in client.get(URL, {"q": "hea"}).text
