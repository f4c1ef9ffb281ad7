"""The search of the panel's lists: each word in any of the list's fields, written with or without its accents."""

from django.db.models import Q

from core.model_fields import KeyField
from core.text import fold

# A pasted title is found by its first words; more of them would only take longer.
MAX_WORDS = 10
MAX_LENGTH = 1000


def words_of(text: str) -> list[str]:
    """Return the words that are looked for, folded, each once."""
    return list(dict.fromkeys(fold(text[:MAX_LENGTH]).split()))


def has_more_words(text: str) -> bool:
    """Return whether more was typed than is looked for."""
    return len(text) > MAX_LENGTH or len(words_of(text)) > MAX_WORDS


def search(queryset, paths, text: str):
    """Narrow the records to those that hold every word. Joins nothing, however many the words."""
    words = words_of(text)[:MAX_WORDS]
    if text.strip() and not words:
        return queryset.none()
    for word in words:
        found = Q()
        for path in paths:
            found |= holding(queryset.model, path, word)
        queryset = queryset.filter(found)
    return queryset


def holding(model, path: str, word: str) -> Q:
    """Return the condition that a column holds the word; a related record's is asked for by a subquery."""
    name, _, rest = path.partition("__")
    field = model._meta.get_field(name)
    if not rest:
        return Q(**{f"{name}__contains" if isinstance(field, KeyField) else f"{name}__folded__contains": word})
    found = field.related_model._base_manager.filter(holding(field.related_model, rest, word))
    if field.concrete:
        return Q(**{f"{name}__in": found.values("pk")})
    return Q(pk__in=found.values(field.field.attname))
