"""Form classes of record pages, cached by reader and shape: Django builds them anew for each request.

The cache key is the reader (`CathedraAdminSite.reads_as`), the language, and the shape, which is all that the page
asked of the class. Each page gets copies of the choices, because their look-ups belong to the page, and some pages narrow
them by the record. Of the other fields, which every form copies anyway, a page may change only what it would change for
each record alike. A POST gets a class made for the request.
"""

from collections.abc import Callable, Hashable
from copy import deepcopy
from typing import Any

from django.forms import ChoiceField, Field, ModelChoiceField, ModelForm
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.choices import CallableChoiceIterator
from django.utils.functional import Promise
from django.utils.translation import get_language

from core.admin.choices import share_look_ups
from core.admin.readers_queries import keep, only_asks


def kept_form(request: HttpRequest, reader: Hashable, shape: Hashable, make: Callable[[HttpRequest], Any]) -> Any:
    """Return a form class of this shape, with its own copies of the choices. `make` is called if none is cached."""
    return _of_page(_kept(request, reader, shape, make), request)


def kept_formset(request: HttpRequest, reader: Hashable, shape: Hashable, make: Callable[[HttpRequest], Any]) -> Any:
    """Return a formset class of this shape, whose forms have their own copies of the choices."""
    kept: type[BaseInlineFormSet[Any, Any, Any]] = _kept(request, reader, shape, make)
    return type(kept.__name__, (kept,), {"form": _of_page(kept.form, request), "kept_class": kept})


def _kept(request: HttpRequest, reader: Hashable, shape: Hashable, make: Callable[[HttpRequest], Any]) -> Any:
    return keep((reader, get_language(), shape), lambda: _in_words(make(only_asks(request))))


def _in_words(kept: Any) -> Any:
    """Turn the lazy labels, help texts and choices of a class into text, since it is cached in one language.

    This is done on copies: a declared field is shared by every class made from its form.
    """
    form = getattr(kept, "form", kept)
    form.base_fields = {name: deepcopy(field) for name, field in form.base_fields.items()}
    for field in form.base_fields.values():
        field.label, field.help_text = _written(field.label), _written(field.help_text)
        is_told = isinstance(field, ChoiceField) and not isinstance(field, ModelChoiceField)
        if is_told and not isinstance(field.choices, CallableChoiceIterator):
            field.choices = [(value, _written(label)) for value, label in field.choices]
    return kept


def _written(text: Any) -> Any:
    return str(text) if isinstance(text, Promise) else text


def _of_page(form: type[ModelForm[Any]], request: HttpRequest) -> Any:
    fields = {
        name: _own(field, request) if isinstance(field, ModelChoiceField) else field
        for name, field in form.base_fields.items()
    }
    # `type.__new__` skips the form's metaclass, which would build every field of the model again.
    return type.__new__(type(form), form.__name__, (form,), {"base_fields": fields})


def _own(field: Field, request: HttpRequest) -> Field:
    own = deepcopy(field)
    share_look_ups(own, request)
    return own
