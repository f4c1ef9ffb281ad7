"""How a form of the panel offers other records: a list in the reader's alphabet, or a search as one types."""

from dataclasses import dataclass, field

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import EmptyResultSet
from django.forms.models import ModelChoiceIterator

from core.primary_keys import is_key
from core.text import name_key


@dataclass
class Names:
    """What the fields of a page call the records that they show, by key; None for one that is not offered."""

    expected: set[str] = field(default_factory=set)
    labels: dict[str, str | None] = field(default_factory=dict)


class KeySelect(AutocompleteSelect):
    """Django's, which looks a value up to show it, row by row; a value that is no key has nothing to show.

    Here the fields of a page that offer the same records share what was looked up: it is done once for all of them.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = Names()

    def optgroups(self, name, value, attr=None):
        keys = [key for key in map(str, value) if is_key(key)]
        self.look_up(keys)
        labels = self.names.labels
        shown = [key for key in keys if labels[key] is not None]
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
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
        found = self.choices.queryset.using(self.db).filter(pk__in=wanted)
        labels |= dict.fromkeys(wanted)
        labels |= {str(record.pk): self.choices.field.label_from_instance(record) for record in found}


class Offer:
    """The records that one or several fields of a page offer: read once, called by name and sorted once."""

    def __init__(self, queryset):
        self.queryset = queryset
        self.sorted: list[tuple] | None = None

    def choices(self, field) -> list[tuple]:
        if self.sorted is None:
            named = map(ModelChoiceIterator(field).choice, self.queryset)
            self.sorted = sorted(named, key=lambda choice: name_key(str(choice[1])))
        return self.sorted


class SortedChoices(ModelChoiceIterator):
    """A list of records in the order of the reader's alphabet, in the active language: É does not come after Z."""

    def __iter__(self):
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        yield from (self.field.offer or Offer(self.queryset)).choices(self.field)


class OfferedField(forms.ModelChoiceField):
    """Django's, whose copies, one a row, still know the offer that they share; another queryset is another offer."""

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


def expect_keys(of_rows, keys) -> None:
    """Tell a field of several rows which records they name, to look all of them up with the first."""
    widget = getattr(of_rows.widget, "widget", of_rows.widget)
    if isinstance(widget, KeySelect):
        widget.names.expected |= {str(key) for key in keys if key is not None}


def look_up_once(of_page, request, is_usual: bool) -> None:
    """Let a field look records up together with the others of this page that offer the same ones.

    What a reader may usually choose of a model is one offer; another one is known by its query, which takes long to write.
    """
    key = of_page.queryset.model if is_usual else _key_of(of_page.queryset)
    if isinstance(of_page.widget, KeySelect):
        of_page.widget.names = request.__dict__.setdefault("_names", {}).setdefault(key, Names())
    elif isinstance(of_page, OfferedField):
        offers = request.__dict__.setdefault("_offers", {})
        of_page.offer = offers.setdefault(key, Offer(of_page.queryset))


def _key_of(queryset) -> str:
    """Return what tells one offer from another; every empty one is the same."""
    try:
        return str(queryset.query)
    except EmptyResultSet:
        return ""
