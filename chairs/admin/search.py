"""The panel's search of chairs: the index of the public search, plus the names of people who are not public yet."""

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from chairs.models import Appointment
from chairs.search.documents import Field
from chairs.search.freshness import bring_up_to_date
from chairs.search.questions import entries, in_field
from core.admin.search import MAX_WORDS
from core.tokenizer import asked_words, finders, looked_for

# A shorter prefix matches too many words.
MIN_BEGINNING = 3


def search_chairs(chairs: QuerySet, text: str) -> QuerySet:
    """Narrow chairs, already limited to those that the user sees, to those with a word that starts with each query word."""
    words = [term for word in asked_words(text)[:MAX_WORDS] for term in looked_for(word)]
    if text.strip() and not words:
        return chairs.none()
    if words:
        bring_up_to_date()
    for word, group in zip(words, finders(words), strict=True):
        chairs = chairs.filter(pk__in=_holding(word, group))
    return chairs


def _holding(word: str, finders_of_word: tuple[str, ...]) -> RawSQL:
    """Return a subquery of chairs whose text has the word, or a person who is not public yet and whose name has it.

    One subquery: the database starts from the matches, not from every chair that the user sees.
    """
    indexed = entries(_terms(word, finders_of_word))
    hidden = Appointment.objects.filter(consent_given_on=None, person__name_key__contains=word)
    sql, params = hidden.order_by().values("chair").query.sql_with_params()
    return RawSQL(f"{indexed.sql} UNION {sql}", [*indexed.params, *params])


def _terms(word: str, finders_of_word: tuple[str, ...]) -> list[str]:
    """Return the index terms that match the word, in any field of published and unpublished chairs."""
    beginning = [f"{word}*"] if len(word) >= MIN_BEGINNING and word.isalnum() else [word]
    return [
        term
        for field in Field
        for is_published in (True, False)
        for found_by in dict.fromkeys([*finders_of_word, *beginning])
        for term in in_field(field, found_by, is_published)
    ]
