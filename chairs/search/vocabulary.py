"""The words of the published chairs, from which a misspelt query is put right. Written by the index, with each line.

If two transactions change a word's only chair at once, the vocabulary may lack the word until a chair that has it is
saved. Apart from that moment, it holds words of published chairs only.
"""

from collections.abc import Collection

from django.db import connection

from chairs.models import SearchWord
from core.primary_keys import any_of_words

DROP_UNUSED = {
    "sqlite": (
        "DELETE FROM chairs_searchword WHERE word IN ({}) AND NOT EXISTS"
        " (SELECT 1 FROM chairs_search WHERE chairs_search MATCH '\"v_' || word || '\"')"
    ),
    "postgresql": (
        "DELETE FROM chairs_searchword WHERE word IN ({}) AND NOT EXISTS"
        " (SELECT chairs_search_entries(('''v_' || word || '''')::tsquery))"
    ),
}


def add(spellings: dict[str, str]) -> None:
    """Keep these words, each as it was first written."""
    known = set(SearchWord.objects.filter(word__in=any_of_words(spellings)).values_list("word", flat=True))
    new = [SearchWord(word=word, written=spellings[word]) for word in sorted(set(spellings) - known)]
    SearchWord.objects.bulk_create(new, ignore_conflicts=True)


def drop_unused(words: Collection[str]) -> None:
    """Forget those of the words that no published chair has any more."""
    if words:
        with connection.cursor() as cursor:
            places = ", ".join(["%s"] * len(words))
            cursor.execute(DROP_UNUSED[connection.vendor].format(places), sorted(words))


def empty() -> None:
    SearchWord.objects.all().delete()
