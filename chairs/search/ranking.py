"""Ranks the chairs that a query finds: by the fields in which its words stand, alike on both databases."""

from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Length

from chairs.models import Chair
from chairs.search.documents import Field
from chairs.search.matching import FIELD_STEP, MAX_RANKED_WORDS, places_of
from chairs.search.questions import entries
from chairs.search.tokenizer import finders, query_words


def by_relevance(chairs: QuerySet[Chair], query: str, language: str) -> QuerySet[Chair]:
    """Order the chairs that the query finds: the best fields first, then the shortest titles, then the alphabet's."""
    title = f"card__title_key_{language}"
    words = query_words(query)[:MAX_RANKED_WORDS]
    places = [_place(word, terms) for word, terms in zip(words, finders(words), strict=True)]
    return chairs.annotate(relevance=sum(places, Value(0))).order_by(
        "relevance", Length(title).asc(nulls_last=True), F(title).asc(nulls_last=True), "pk"
    )


def _place(word: str, found_by: tuple[str, ...]) -> Case:
    """Return how far from the title a chair has the word: 0 in the title itself, then FIELD_STEP more a field."""
    places = [When(pk__in=entries(terms), then=distance) for distance, terms in places_of(word, found_by)]
    return Case(*places, default=Field.DESCRIPTION * FIELD_STEP + 1, output_field=IntegerField())
