"""The boxes of a filter on a page. A page has hundreds of them: all but their numbers is written once, and kept."""

from dataclasses import dataclass, replace

from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from chairs.facets import Choice, Facet

# How many values of a facet are shown; the others are folded.
SHOWN_CHOICES = 8

# The form that a box belongs to is #find.
BOX = (
    '<li><label class="facet-choice">'
    '<input class="form-check-input" type="checkbox" form="find" name="{}" value="{}"{}>'
    '<span>{} <span class="note">({})</span>{}</span></label></li>'
)


class Boxes:
    """All boxes that a facet can have, in a language."""

    def __init__(self, facet: Facet):
        self.facet = facet
        self.choices = facet.choices()
        self.asked = facet.asked(choice.key for choice in self.choices.every)
        self._html = [self._around_the_number(choice) for choice in self.choices.every]

    def _around_the_number(self, choice: Choice) -> list[str]:
        """Return what of the HTML stands before “checked”, then before the number, then after it."""
        cut = mark_safe("\0")
        return format_html(BOX, self.facet.name, choice.value, cut, choice.label, cut, "").split(cut)

    def html(self, place: int, count: int, is_chosen: bool) -> str:
        start, middle, end = self._html[place]
        return f"{start}{' checked' if is_chosen else ''}{middle}{count}{end}"

    def html_of_shown(self, place: int, count: int) -> str:
        """Return the box of a value that is applied without having been chosen."""
        choice = self.choices.every[place]
        label = format_html("<strong>{}</strong>", choice.label)
        now = format_html(' <span class="shown-now">{}</span>', gettext("shown now"))
        return format_html(BOX, self.facet.name, choice.value, "", label, count, now)


@dataclass(frozen=True)
class FacetOnPage:
    """A facet with the values worth showing: those that leave something, and those that are chosen."""

    boxes: Boxes
    # How many records each value leaves, in the order of the boxes.
    counts: list[int]
    chosen: frozenset[object]
    # The keys that the list keeps to without any being chosen.
    unasked: frozenset[object] = frozenset()

    @property
    def facet(self) -> Facet:
        return self.boxes.facet

    @cached_property
    def places(self) -> list[int]:
        """The places among the boxes of the values worth showing."""
        return [place for place, count in enumerate(self.counts) if count or self._is_chosen(place)]

    @property
    def choices(self) -> list[Choice]:
        return [self._choice(place) for place in self.places]

    @cached_property
    def _first(self) -> set[int]:
        """The chosen values and those that leave most, as many as a reader takes in at once; any other chosen one too."""
        ranked = sorted(self.places, key=lambda place: (not self._is_chosen(place), -self.counts[place]))
        return {*ranked[:SHOWN_CHOICES], *(place for place in ranked if self._is_chosen(place))}

    @property
    def first(self) -> list[Choice]:
        return [self._choice(place) for place in self.places if place in self._first]

    @property
    def rest(self) -> list[Choice]:
        return [self._choice(place) for place in self.places if place not in self._first]

    @property
    def number_folded(self) -> int:
        return len(self.places) - len(self._first)

    @property
    def first_html(self) -> SafeString:
        return self._html([place for place in self.places if place in self._first])

    @property
    def rest_html(self) -> SafeString:
        return self._html([place for place in self.places if place not in self._first])

    def _html(self, places: list[int]) -> SafeString:
        return mark_safe("".join(map(self._box, places)))

    def _box(self, place: int) -> str:
        if self.boxes.choices.every[place].key in self.unasked:
            return self.boxes.html_of_shown(place, self.counts[place])
        return self.boxes.html(place, self.counts[place], self._is_chosen(place))

    def _is_chosen(self, place: int) -> bool:
        return bool(self.chosen) and self.boxes.choices.every[place].key in self.chosen

    def _choice(self, place: int) -> Choice:
        choice = self.boxes.choices.every[place]
        is_shown = choice.key in self.unasked
        return replace(choice, count=self.counts[place], is_chosen=self._is_chosen(place), is_shown=is_shown)
