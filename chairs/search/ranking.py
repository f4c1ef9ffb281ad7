"""Ranks the chairs that a query finds: by the fields in which its words stand, alike on both databases."""

from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Length

from chairs.models import Chair
from chairs.search.documents import Field
from chairs.search.index import in_field
from chairs.search.matching import entries
from chairs.search.tokenizer import finders, query_words

# In one field, a match by stem ranks after the exact word, but before the exact word in the next field.
FIELD_STEP = 10
# Words after these still find, but do not rank: each costs up to fifteen queries.
MAX_RANKED_WORDS = 8


def by_relevance(chairs: QuerySet[Chair], query: str, language: str) -> QuerySet[Chair]:
    """Order the chairs that the query finds: the best fields first, then the shortest titles, then the alphabet's."""
    title = f"search_entry__title_key_{language}"
    words = query_words(query)[:MAX_RANKED_WORDS]
    places = [_place(word, terms) for word, terms in zip(words, finders(words), strict=True)]
    return chairs.annotate(relevance=sum(places, Value(0))).order_by(
        "relevance", Length(title).asc(nulls_last=True), F(title).asc(nulls_last=True), "pk"
    )


def _place(word: str, found_by: tuple[str, ...]) -> Case:
    """Return how far from the title a chair has the word: 0 in the title itself, then FIELD_STEP more a field."""
    other_terms = [term for term in found_by if term != word]
    places = []
    for field in Field:
        places.append(When(pk__in=entries([[in_field(field, word)]]), then=field * FIELD_STEP))
        if other_terms and field != Field.DESCRIPTION:
            in_this_field = [in_field(field, term) for term in other_terms]
            places.append(When(pk__in=entries([in_this_field]), then=field * FIELD_STEP + 1))
    return Case(*places, default=Field.DESCRIPTION * FIELD_STEP + 1, output_field=IntegerField())
