"""The search of the panel's lists: every word must be in one of the search fields, with or without accents."""

from collections.abc import Callable

from django.db.models import Q

from core.model_fields import KeyField
from core.text import fold

# The first words suffice to find a pasted title; more would only take longer.
MAX_WORDS = 10
MAX_LENGTH = 1000


def words_of(text: str) -> list[str]:
    """Return the distinct words of a search, folded."""
    return list(dict.fromkeys(fold(text[:MAX_LENGTH]).split()))


def has_more_words(text: str) -> bool:
    """Return whether the text has more words than are searched for."""
    return len(text) > MAX_LENGTH or len(words_of(text)) > MAX_WORDS


def search(queryset, paths, text: str, beside: Callable[[str], Q] = lambda word: Q()):
    """Return the records that contain every word. It makes no joins, however many words there are.

    `beside` returns a further condition under which a record contains a word.
    """
    words = words_of(text)[:MAX_WORDS]
    if text.strip() and not words:
        return queryset.none()
    for word in words:
        queryset = queryset.filter(holding_any(queryset.model, paths, word) | beside(word))
    return queryset


def holding_any(model, paths, word: str) -> Q:
    """Return the condition that one of the fields contains the word."""
    found = Q()
    for path in paths:
        found |= holding(model, path, word)
    return found


def holding(model, path: str, word: str) -> Q:
    """Return the condition that a field contains the word. For a field of a related record, it is a subquery."""
    name, _, rest = path.partition("__")
    field = model._meta.get_field(name)
    if not rest:
        return Q(**{f"{name}__contains" if isinstance(field, KeyField) else f"{name}__folded__contains": word})
    found = field.related_model._base_manager.filter(holding(field.related_model, rest, word))
    if field.many_to_many:
        rows = field.remote_field.through._base_manager
        named = rows.filter(**{f"{field.m2m_reverse_field_name()}__in": found.values("pk")})
        return Q(pk__in=named.values(field.m2m_field_name()))
    if field.concrete:
        return Q(**{f"{name}__in": found.values("pk")})
    return Q(pk__in=found.values(field.field.attname))
