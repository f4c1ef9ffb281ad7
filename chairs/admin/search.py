"""The search of the panel's list of chairs: through the index of the public search, and by names that are not public."""

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from chairs.models import Appointment
from chairs.search.documents import Field
from chairs.search.freshness import bring_up_to_date
from chairs.search.questions import entries, in_field
from core.admin.search import MAX_WORDS
from core.tokenizer import asked_words, finders, looked_for

# Shorter beginnings are those of half the words there are.
MIN_BEGINNING = 3


def search_chairs(chairs: QuerySet, text: str) -> QuerySet:
    """Narrow chairs, of which the reader sees the private side, to those that have every word or its beginning."""
    words = [term for word in asked_words(text)[:MAX_WORDS] for term in looked_for(word)]
    if text.strip() and not words:
        return chairs.none()
    if words:
        bring_up_to_date()
    for word, group in zip(words, finders(words), strict=True):
        chairs = chairs.filter(pk__in=_holding(word, group))
    return chairs


def _holding(word: str, finders_of_word: tuple[str, ...]) -> RawSQL:
    """Return the keys of the chairs whose page has the word, or a person's name that the public does not read yet.

    In one question: the database then begins with what was found, and not with every chair that the reader sees.
    """
    indexed = entries(_terms(word, finders_of_word))
    hidden = Appointment.objects.filter(consent_given_on=None, person__name_key__contains=word)
    sql, params = hidden.order_by().values("chair").query.sql_with_params()
    return RawSQL(f"{indexed.sql} UNION {sql}", [*indexed.params, *params])


def _terms(word: str, finders_of_word: tuple[str, ...]) -> list[str]:
    """Return all that can stand in the index for the word: in any field, of chairs that are published or not."""
    beginning = [f"{word}*"] if len(word) >= MIN_BEGINNING and word.isalnum() else [word]
    return [
        term
        for field in Field
        for is_published in (True, False)
        for found_by in dict.fromkeys([*finders_of_word, *beginning])
        for term in in_field(field, found_by, is_published)
    ]
