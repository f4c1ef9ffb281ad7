"""The words of the published chairs, from which a misspelt query is put right. Written by the index, with each line.

If two transactions change a word's only chair at once, the vocabulary may lack the word until a chair that has it is
saved. Apart from that moment, it holds words of published chairs only.
"""

from collections.abc import Collection

from django.db import connection

from chairs.models import SearchWord
from chairs.search.documents import Field
from chairs.search.lines import placed
from chairs.search.questions import answers, question
from core.primary_keys import any_of_words, in_batches

ADD = "INSERT INTO chairs_searchword (word, written) VALUES (%s, %s) ON CONFLICT DO NOTHING"


def add(spellings: dict[str, str]) -> None:
    """Keep these words, each as it was first written."""
    known = set(SearchWord.objects.filter(word__in=any_of_words(spellings)).values_list("word", flat=True))
    new = [(word, spellings[word]) for word in sorted(set(spellings) - known)]
    with connection.cursor() as cursor:
        cursor.executemany(ADD, new)


def drop_unused(words: Collection[str]) -> None:
    """Forget those of the words that no published chair has any more."""
    for batch in in_batches(sorted(words)):
        chairs = answers([question([placed(field, word, is_word=True) for field in Field]) for word in batch])
        unused = [word for word, having in zip(batch, chairs, strict=True) if not having]
        SearchWord.objects.filter(word__in=any_of_words(unused)).delete()


def empty() -> None:
    SearchWord.objects.all().delete()
