"""The gold set, over the real directory and the demonstration. It is judged by reading: mend the engine, not the set."""

import json
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from chairs.cards.directory import directory
from chairs.models import Chair
from chairs.search import meaning
from chairs.search.concepts import concepts_of
from chairs.search.documents import documents_of, title_key
from chairs.search.quality import address, answer, found_by, gold_queries, measure, missing_chairs, typed_queries
from tests.chairs import oracle

GOLD = Path(__file__).parent.parent / "search_gold"
LANGUAGES = ["en", "fr"]

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.database,
    pytest.mark.usefixtures("search_index"),
]
# Each walks its hundreds of queries through lines that the quick tests and the command's take: to count them again takes as long again.
walk = pytest.mark.exhaustive
counted = pytest.mark.exhaustive(counted=True)


@pytest.fixture(scope="module")
def measured(demonstration_for_the_module, django_db_blocker):
    """The demonstration with the meaning of each chair, which takes longer to measure than all queries to answer."""
    with django_db_blocker.unblock(), override_settings(SEARCH_BY_MEANING=True):
        meaning.measure(meaning.waiting())


@walk
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gold_set_is_well_formed(language):
    queries = gold_queries(GOLD, language)
    assert len(queries) == 60
    assert Counter(query.query for query in queries).most_common(1)[0][1] == 1
    assert all(query.first and set(query.first) <= set(query.expected) for query in queries)


@walk
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_relevant_is_found_and_comes_first(demonstration_for_the_module, language):
    queries = gold_queries(GOLD, language)
    assert not missing_chairs(queries)
    quality = measure(queries, language)
    assert quality.recall >= 0.98, quality.failures
    assert quality.first_rank >= 0.85, quality.failures


@walk
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_type_finds_a_right_chair_among_the_first_five(measured, settings, language):
    """A third of them across languages. A third was judged before the search knew of meaning, a third before it knew these words."""
    settings.SEARCH_BY_MEANING = True
    queries = typed_queries(GOLD, language)
    assert len(queries) == len({one.query for one in queries}) == {"en": 288, "fr": 312}[language]
    assert sum(one.across for one in queries) >= len(queries) / 3
    answered = answer(queries, language)
    assert sum(answered.right) / len(queries) >= 0.9, answered.failures
    assert sum(answered.suggestions) / len(queries) >= 0.95, answered.failures


@walk
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_database_answers_in_the_order_that_plain_python_makes(demonstration_for_the_module, language):
    """And so both answer alike, on this set and on whatever else the documents hold."""
    documents = list(documents_of(Chair.objects.published().values_list("pk", flat=True)))
    titles = {chair.pk: title_key(chair, language) for chair in Chair.objects.all()}
    addresses = {chair.pk: address(chair) for chair in Chair.objects.select_related("cluster")}
    concepts = concepts_of(directory())
    for gold in gold_queries(GOLD, language):
        expected = [addresses[pk] for pk in oracle.ranked(documents, titles, gold.query, concepts)]
        assert found_by(gold.query, language) == expected, gold.query


@counted
def test_the_command_prints_both_numbers_for_both_languages(demonstration_for_the_module, tmp_path, capsys):
    for language in LANGUAGES:
        for kind in ("queries", "typed"):
            name = f"{kind}_{language}.json"
            (tmp_path / name).write_text(json.dumps(json.loads((GOLD / name).read_text("utf-8"))[:3]))
    call_command("search_quality", gold=tmp_path)
    printed = capsys.readouterr().out
    assert "en: 3 queries, recall " in printed and "fr: 3 queries, recall " in printed


@counted
def test_the_command_refuses_where_the_chairs_are_not(tmp_path):
    for language in LANGUAGES:
        row = {"query": "x", "expected": ["a/b"], "first": ["a/b"]}
        (tmp_path / f"queries_{language}.json").write_text(json.dumps([row]))
    with pytest.raises(CommandError, match="Run load_directory and load_demo first: 1 chairs are not here."):
        call_command("search_quality", gold=tmp_path)
