"""The words of the published chairs, from which misspelt queries are corrected. Written by the index, with each line.

If two transactions change a word's only chair at once, the vocabulary may lack the word until a chair that has it is
saved. Apart from that, it holds the words of published chairs and no others. A word's languages are only reset with
the word or by a rebuild: until then it may be suggested in a language in which no chair has it now.
"""

import json
from collections.abc import Collection

from django.db import connection

from chairs.models import SearchWord
from chairs.search.documents import Field, Spelling
from chairs.search.lines import placed
from chairs.search.questions import answers, question
from core.primary_keys import any_of_words, in_batches

ADD = "INSERT INTO chairs_searchword (word, written, languages) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
REPLACE = " ON CONFLICT (word) DO UPDATE SET written = excluded.written, languages = excluded.languages"
ALL_AT_ONCE = {
    "sqlite": (
        "INSERT INTO chairs_searchword (word, written, languages)"
        " SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]')"
        " FROM json_each(%s) WHERE true"
    ),
    "postgresql": (
        "INSERT INTO chairs_searchword (word, written, languages)"
        " SELECT value ->> 0, value ->> 1, (value ->> 2)::smallint FROM json_array_elements(%s::json)"
    ),
}
CHUNK_SIZE = 5_000
SEEN_IN = "UPDATE chairs_searchword SET languages = languages | %s WHERE word = %s"


def add(spellings: dict[str, Spelling]) -> None:
    """Store new words in their first spelling, and add new languages to known words."""
    known = dict(SearchWord.objects.filter(word__in=any_of_words(spellings)).values_list("word", "languages"))
    words = sorted(spellings.items())
    new = [(word, one.written, one.languages) for word, one in words if word not in known]
    more = [(one.languages, word) for word, one in words if one.languages & ~known.get(word, one.languages)]
    with connection.cursor() as cursor:
        cursor.executemany(ADD, new)
        cursor.executemany(SEEN_IN, more)


def drop_unused(words: Collection[str]) -> None:
    """Delete the words, among these, that no published chair has any more."""
    for batch in in_batches(sorted(words)):
        chairs = answers([question([placed(field, word, is_word=True) for field in Field]) for word in batch])
        unused = [word for word, having in zip(batch, chairs, strict=True) if not having]
        SearchWord.objects.filter(word__in=any_of_words(unused)).delete()


def replace(spellings: dict[str, Spelling]) -> None:
    """Store exactly these words. A word that is stored as it should be is not written again."""
    stored = SearchWord.objects.values_list("word", "written", "languages").iterator(chunk_size=CHUNK_SIZE)
    known = {word: (written, languages) for word, written, languages in stored}
    SearchWord.objects.filter(word__in=any_of_words(known.keys() - spellings.keys())).delete()
    rows = [[word, *one] for word, one in sorted(spellings.items()) if known.get(word) != one]
    with connection.cursor() as cursor:
        cursor.execute(ALL_AT_ONCE[connection.vendor] + REPLACE, [json.dumps(rows)])
