"""What a query finds, as the lists take it: a set of chairs, and the sets that are as relevant, the most relevant first."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pyroaring import BitMap

from chairs.enums import ChairStatus
from chairs.models import Chair
from chairs.search.matching import find, find_beginning, hits, matching
from chairs.search.spelling import Words, distance
from tests.chairs.listing import publish_in_english as publish
from tests.factories import make_chair

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True), pytest.mark.usefixtures("search_index")]


def test_one_query_finds_and_ranks_whatever_the_number_of_words(django_assert_num_queries):
    publish("Law of robots", summary_en="Machines and museums, languages and health")
    for query in ("law", "law robots machines museums languages health"):
        with django_assert_num_queries(1):
            found = find(query)
            assert len(found.hits) == len(list(found.buckets(found.hits))) == 1


def test_buckets_share_nothing_and_have_all_that_was_found_and_is_asked_for():
    title, draft = publish("Robots"), make_chair(ChairStatus.DRAFT, title_en="Robots")
    text, other = publish("Law", summary_en="robots"), publish("Snow")
    found = find("robots")
    assert found.hits == BitMap([title.pk, text.pk]) == hits("robots")
    assert list(found.buckets(BitMap([title.pk, text.pk, draft.pk, other.pk]))) == [
        BitMap([title.pk]),
        BitMap([text.pk]),
    ]
    assert list(found.buckets(BitMap([text.pk, other.pk]))) == [BitMap([text.pk])]
    assert not any(found.buckets(BitMap([other.pk])))


def test_a_query_of_no_word_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert find("?!") is None and hits("") is None


def test_what_was_found_is_what_narrows_a_queryset():
    for title in ("Law of robots", "Robotic law", "Laws", "Radar"):
        publish(title)
    for query in ("law", "robot law", "radars", "nothing"):
        assert {chair.pk for chair in matching(Chair.objects.all(), query)} == set(hits(query))


def test_a_line_that_would_say_the_same_is_left_alone():
    chair = publish("Robots")
    with CaptureQueriesContext(connection) as captured:
        chair.save()
    written = [query["sql"] for query in captured if query["sql"].startswith(("INSERT", "DELETE", "UPDATE"))]
    assert written and not [sql for sql in written if "chairs_search" in sql]
    chair.title_en = "Radar"
    chair.save()
    assert hits("radar") == BitMap([chair.pk]) and not hits("robots")


@pytest.mark.parametrize("word", ["avalanche", "ωμέγα", "éléments", "2xx2xx2", "aaaaaaaa"])
@pytest.mark.parametrize("mistakes", [1, 2])
def test_no_word_within_reach_is_passed_over(word, mistakes):
    letters = "aéω2"
    near = {word}
    for _mistake in range(mistakes):
        near |= {changed for one in near for changed in with_a_mistake(one, letters)}
    near = {one for one in near if 0 < distance(word, one, mistakes) <= mistakes}
    assert near and near <= set(Words(near).near(word, mistakes))


def with_a_mistake(word, letters):
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        yield from (before + letter + after for letter in letters)
        yield from (before + letter + after[1:] for letter in letters if after)
        yield from ([before + after[1:]] if after else [])
        yield from ([before + after[1] + after[0] + after[2:]] if len(after) > 1 else [])


def test_words_of_one_stem_and_different_meaning_do_not_find_each_other():
    doctor, doctorate = publish("Doctors at night"), publish("A doctorate in ice")
    publish("Three universities")
    assert find_beginning("universit").hits and not hits("univers") and find_beginning("univers") is None
    assert hits("doctor") == BitMap([doctor.pk]) and hits("doctorate") == hits("doctoral") == BitMap([doctorate.pk])
