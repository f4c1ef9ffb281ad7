"""Another spelling for a query that finds nothing: from the published chairs' own words, and only where it helps."""

import datetime

import pytest

from chairs.enums import ChairStatus
from chairs.models import SearchWord
from chairs.search import index
from chairs.search.spelling import MIN_CORRECTED_LENGTH, corrections, distance
from core.real_words import LINES, is_real
from tests.chairs.listing import URL
from tests.chairs.listing import publish_in_english as publish
from tests.factories import make_appointment, make_chair, make_cluster, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True), pytest.mark.usefixtures("search_index")]


def offered(client, query):
    way = client.get(URL + query).context.get("other_spelling")
    return (way.text, way.number, way.url) if way else None


@pytest.mark.parametrize(
    ("one", "other", "number"),
    [
        ("robot", "robot", 0),
        ("robt", "robot", 1),
        ("robbot", "robot", 1),
        ("rabot", "robot", 1),
        ("robto", "robot", 1),
        ("orbto", "robot", 2),
        ("avalnache", "avalanche", 1),
        ("robot", "forest", 4),
    ],
)
def test_a_mistake_is_a_letter_missing_added_changed_or_swapped(one, other, number):
    assert distance(one, other, 3) == distance(other, one, 3) == number


def test_a_misspelt_word_is_offered_as_the_directory_writes_it_with_the_number_of_results(client):
    publish("Éthique des données")
    publish("Éthique et droit")
    assert offered(client, "?q=ethqiue") == ("éthique", 2, "?q=%C3%A9thique")
    assert offered(client, "?q=ethqiue+drot") == ("éthique droit", 1, "?q=%C3%A9thique+droit")
    page = client.get(URL + "?q=ethqiue").content.decode()
    assert "Did you mean" in page and "2 results" in page


def test_the_chairs_of_the_other_spelling_are_shown_under_it_and_not_counted(client):
    publish("Éthique des données")
    publish("Snow")
    response = client.get(URL + "?q=ethqiue")
    page = response.content.decode()
    assert response.context["page_obj"].paginator.count == 0
    shown = page.split('id="spelt"')[1].split("</section>")[0]
    assert "With “éthique”" in shown and "Éthique des données" in shown and "Snow" not in shown
    assert 'id="spelt"' not in client.get(URL + "?q=xyzzyx").content.decode()


def test_a_missing_space_is_a_mistake(client):
    publish("Deep learning from a news feed")
    publish("Deep snow")
    assert offered(client, "?q=deeplearning") == ("deep learning", 1, "?q=deep+learning")
    assert offered(client, "?q=newsfeed")[:2] == ("news feed", 1)
    assert offered(client, "?q=snowlearning") is None


def test_two_mistakes_do_not_change_the_first_letter(client):
    publish("Écologues et archéologues")
    assert corrections("ecollogue") == [(2, "écologues")]
    assert corrections("geologues") == [] and offered(client, "?q=geologues") is None


def test_nothing_is_offered_where_it_would_find_nothing_or_where_no_word_is_misspelt(client):
    publish("Avalanches")
    publish("Radiotherapy")
    assert offered(client, "?q=avalanche+radiotherapy") is None
    assert offered(client, "?q=avalnache+radiotherapy") is None
    assert offered(client, "?q=xyzzyx") is None
    assert offered(client, "?q=the") is None
    assert offered(client, "?q=avalnache") == ("avalanches", 1, "?q=avalanches")


def test_a_real_word_that_no_chair_has_is_not_corrected(client):
    """“Proptech” was taken for “protect”."""
    publish("Protect the window of the parliament")
    for word, near in (("proptech", "protect"), ("widow", "window")):
        assert near in dict(map(reversed, corrections(word))), word
        assert offered(client, f"?q={word}") is None, word
    assert offered(client, "?q=parlaiment") == ("parliament", 1, "?q=parliament")


def test_the_real_words_are_in_order_each_once_and_none_has_an_accent():
    words = LINES.read_text("ascii").split("\n")
    assert words[0] == words[-1] == "" and words[1:-1] == sorted(set(words[1:-1]))
    assert all(word.isalpha() and word.islower() and len(word) >= MIN_CORRECTED_LENGTH for word in words[1:-1])
    assert is_real(words[1]) and is_real(words[-2]) and not is_real("avalnache") and not is_real("")


def test_the_filters_are_kept_where_something_is_found_with_them(client):
    here, there = make_cluster(slug="here"), make_cluster(slug="there")
    publish("Avalanches", cluster=here)
    publish("Radar", cluster=there)
    assert offered(client, "?q=avalnaches&cluster=here") == ("avalanches", 1, "?q=avalanches&cluster=here")
    assert offered(client, "?q=avalnaches&cluster=there") == ("avalanches", 1, "?q=avalanches")


def test_words_that_are_not_public_are_never_offered(client):
    make_chair(ChairStatus.DRAFT, title_en="Avalanches")
    chair = publish("Radar")
    post = make_appointment(chair, person=make_person(name="Zoé Lefèvre"), consent_given_on=None)
    assert corrections("avalnaches") == corrections("lefevrre") == []
    post.consent_given_on = datetime.date(2025, 1, 1)
    post.save()
    assert corrections("lefevrre") == [(1, "lefèvre")]
    post.delete()
    assert corrections("lefevrre") == []


def test_the_vocabulary_follows_the_chairs():
    chair, other = publish("Avalanches of snow"), publish("Snow")
    assert SearchWord.objects.filter(word__in=["avalanches", "snow"]).count() == 2
    chair.delete()
    assert list(SearchWord.objects.filter(word__in=["avalanches", "snow"]).values_list("word", flat=True)) == ["snow"]
    other.title_en = "Radar"
    other.save()
    assert not SearchWord.objects.filter(word="snow").exists()
    before = set(SearchWord.objects.values_list("word", "written"))
    index.rebuild()
    assert set(SearchWord.objects.values_list("word", "written")) == before


def test_a_short_word_is_left_alone_and_a_long_one_may_have_two_mistakes():
    publish("Law of avalanches")
    assert corrections("lax") == []
    assert corrections("avlanchs") == [(2, "avalanches")]
    assert corrections("avlnchs") == []
