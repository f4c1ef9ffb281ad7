"""How the panel's forms offer related records: as an alphabetical list, or by autocomplete."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import partial

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import EmptyResultSet
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.models import ModelChoiceIterator

from core.admin.readers_queries import ask
from core.primary_keys import any_given, as_one, is_key
from core.text import name_key

# The label of the empty choice, as in Django's lists.
NOTHING = BLANK_CHOICE_DASH[0][1]


@dataclass
class Names:
    """The labels of the records that a page's autocomplete fields show, by key; None for a record that is not offered."""

    # Identifies the offered records: the reader, with a model or a query. Without one, the field's queryset is used.
    key: Hashable = None
    expected: set[str] = field(default_factory=set)
    labels: dict[str, str | None] = field(default_factory=dict)

    def find(self, queryset, keys):
        """Return the offered records with these keys."""
        if self.key is None:
            return queryset.filter(pk__in=keys)
        build = partial(_among, queryset)
        return ask(self.key, "names", build, keys=as_one(map(int, keys)))


def _among(queryset):
    return queryset.filter(pk__in=any_given("keys"))


class KeySelect(AutocompleteSelect):
    """Django's widget, which queries the label of each value separately, and fails on a value that is not a key.

    Here the fields of a page that offer the same records share one query. A value that is not a key shows nothing.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = Names()

    def optgroups(self, name, value, attr=None):
        keys = [key for key in map(str, value) if is_key(key)]
        self.look_up(keys)
        labels = self.names.labels
        shown = [key for key in keys if labels[key] is not None]
        # The empty choice has a visible label for browsers without JavaScript; the widget's script shows a blank.
        options = [] if self.is_required and shown else [self.create_option(name, "", NOTHING, False, 0)]
        options += [
            self.create_option(name, key, labels[key], True, number)
            for number, key in enumerate(shown, start=len(options))
        ]
        return [(None, options, 0)]

    def look_up(self, keys) -> None:
        labels = self.names.labels
        if labels.keys() >= set(keys):
            return
        wanted = {*keys, *self.names.expected} - labels.keys()
        found = self.names.find(self.choices.queryset, wanted)
        labels |= dict.fromkeys(wanted)
        labels |= {str(record.pk): self.choices.field.label_from_instance(record) for record in found}


class KeysSelect(AutocompleteSelectMultiple):
    """Django's widget for several records. A value that is not a key shows nothing, where Django's fails.

    It has no cross that clears all: that is in the list without being an item, so screen readers miss it.
    """

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [key for key in map(str, value) if is_key(key)], attr)

    def build_attrs(self, base_attrs, extra_attrs=None):
        return {**super().build_attrs(base_attrs, extra_attrs), "data-allow-clear": "false"}


class Offer:
    """The records that one or several fields of a page offer, fetched, labelled and sorted once."""

    def __init__(self, queryset, key: Hashable = None):
        self.queryset, self.key = queryset, key
        self.sorted: list[tuple] | None = None

    def records(self):
        return self.queryset if self.key is None else ask(self.key, "offer", self.queryset.all)

    def choices(self, field) -> list[tuple]:
        if self.sorted is None:
            named = map(ModelChoiceIterator(field).choice, self.records())
            self.sorted = sorted(named, key=lambda choice: name_key(str(choice[1])))
        return self.sorted


class SortedChoices(ModelChoiceIterator):
    """Choices sorted alphabetically in the active language, so that É does not come after Z."""

    def __iter__(self):
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        yield from (self.field.offer or Offer(self.queryset)).choices(self.field)


class OfferedField(forms.ModelChoiceField):
    """A choice field whose copies, one per row, share its offer. Setting another queryset drops the offer."""

    iterator = SortedChoices
    offer = None

    def __deepcopy__(self, memo):
        copied = super().__deepcopy__(memo)
        copied.offer = self.offer
        return copied

    def _set_queryset(self, queryset):
        self.offer = None
        super()._set_queryset(queryset)

    queryset = property(forms.ModelChoiceField._get_queryset, _set_queryset)


class OfferedKeysField(forms.ModelMultipleChoiceField, OfferedField):
    """A multiple choice of offered records, sorted alphabetically."""


def expect_keys(of_rows, keys) -> None:
    """Announce the keys that all rows of a field will show, so that the first row looks all of them up."""
    widget = getattr(of_rows.widget, "widget", of_rows.widget)
    if isinstance(widget, KeySelect):
        widget.names.expected |= {str(key) for key in keys if key is not None}


def look_up_once(field, request, reader: Hashable, is_usual: bool) -> None:
    """Fetch a select's choices once per page: fields that offer the same queryset share the result.

    Fields with the model's default choices (`is_usual`) share a key; others are keyed by
    their SQL, which is slow to compile.
    """
    key = reader, field.queryset.model if is_usual else _key_of(field.queryset)
    if isinstance(field.widget, KeySelect):
        field.widget.names = Names(key)
    elif isinstance(field, OfferedField):
        field.offer = Offer(field.queryset, key)
    share_look_ups(field, request)


def share_look_ups(field, request) -> None:
    """Give a field the names and offers that this page has fetched for the same key."""
    widget = getattr(field.widget, "widget", field.widget)
    if isinstance(widget, KeySelect):
        known = request.__dict__.setdefault("_names", {})
        widget.names = known.setdefault(widget.names.key, Names(widget.names.key))
    elif getattr(field, "offer", None) is not None:
        known = request.__dict__.setdefault("_offers", {})
        field.offer = known.setdefault(field.offer.key, Offer(field.queryset, field.offer.key))


def _key_of(queryset) -> str:
    """Return the SQL that identifies a queryset; an empty text for every empty one."""
    try:
        return str(queryset.query)
    except EmptyResultSet:
        return ""
