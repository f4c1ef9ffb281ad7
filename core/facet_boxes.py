"""The checkboxes of a filter. A page has hundreds, so their HTML is cached except for the numbers."""

from dataclasses import dataclass, replace
from functools import lru_cache
from heapq import nlargest

from django.utils.functional import cached_property
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from core.facets import Choice, Facet

# How many values of a facet are shown; the rest is folded.
SHOWN_CHOICES = 8

# How many times the HTML of a facet is kept, each time for other counts or other ticks.
MAX_KEPT = 8

# The checkboxes stand outside their form, #find.
BOX = (
    '<li><label class="facet-choice">'
    '<input class="form-check-input" type="checkbox" form="find" name="{}" value="{}"{}>'
    '<span>{} <span class="note">({})</span>{}</span></label></li>'
)
CHECKED = mark_safe(" checked")
# A placeholder for a count. Text of a record cannot contain it, because its < is escaped.
NUMBER = mark_safe("<!--number-->")


class Boxes:
    """All checkboxes of a facet in one language."""

    def __init__(self, facet: Facet):
        self.facet = facet
        self.choices = facet.choices()
        self.asked = facet.asked(choice.key for choice in self.choices.every)
        # For each box, unticked: the HTML before its number and the HTML after it.
        self.around_number = [self.html_of(choice, NUMBER).split(NUMBER) for choice in self.choices.every]
        # The HTML of the whole facet, by what it depends on: the next page of a list and another order show the same.
        self.html_on = lru_cache(MAX_KEPT)(FacetOnPage.rendered)

    def html_of(self, choice: Choice, count: object, *, is_chosen: bool = False, is_shown: bool = False) -> str:
        label, now = choice.label, ""
        if is_shown:
            label = format_html("<strong>{}</strong>", choice.label)
            now = format_html(' <span class="shown-now">{}</span>', gettext("shown now"))
        return format_html(BOX, self.facet.name, choice.value, CHECKED if is_chosen else "", label, count, now)


@dataclass(frozen=True)
class FacetOnPage:
    """A facet as a page shows it: the values that match some record, and the chosen ones."""

    boxes: Boxes
    # How many records match each value, in the order of the boxes.
    counts: tuple[int, ...]
    chosen: frozenset[object]
    # The keys that the list applies by default, without their being chosen.
    unasked: frozenset[object] = frozenset()

    @property
    def facet(self) -> Facet:
        return self.boxes.facet

    @cached_property
    def places(self) -> list[int]:
        """The indexes, among all boxes, of the values to show."""
        if not self.chosen:
            return [place for place, count in enumerate(self.counts) if count]
        return [place for place, count in enumerate(self.counts) if count or self._is_chosen(place)]

    @property
    def choices(self) -> list[Choice]:
        return [self._choice(place) for place in self.places]

    @cached_property
    def _first(self) -> set[int]:
        """The indexes of the values shown unfolded: all chosen ones, then those with most records, up to SHOWN_CHOICES."""
        chosen = [place for place in self.places if self._is_chosen(place)] if self.chosen else []
        others = nlargest(SHOWN_CHOICES + len(chosen), self.places, key=self.counts.__getitem__)
        most = [place for place in others if place not in chosen]
        return {*chosen, *most[: max(0, SHOWN_CHOICES - len(chosen))]}

    @property
    def html(self) -> SafeString:
        return self.boxes.html_on(self)

    def rendered(self) -> SafeString:
        """Return the HTML of the filter, built here because including a template for each of hundreds of boxes is slow."""
        first = self._boxes_of([place for place in self.places if place in self._first])
        rest = self._boxes_of([place for place in self.places if place not in self._first])
        boxes = f"<ul>{''.join(first)}</ul>"
        if rest:
            more = ngettext("%(number)s more", "%(number)s more", len(rest)) % {"number": len(rest)}
            boxes += f"<details><summary>{more}</summary><ul>{''.join(rest)}</ul></details>"
        legend = conditional_escape(self.facet.label)
        return mark_safe(f'<fieldset class="facet"><legend>{legend}</legend>{boxes}</fieldset>')

    def _boxes_of(self, places: list[int]) -> list[str]:
        around, counts, every = self.boxes.around_number, self.counts, self.boxes.choices.every
        boxes = {place: f"{around[place][0]}{counts[place]}{around[place][1]}" for place in places}
        marked = self.chosen | self.unasked
        for place in places if marked else ():
            if every[place].key in marked:
                boxes[place] = self._box(every[place], counts[place])
        return list(boxes.values())

    def _box(self, choice: Choice, count: int) -> str:
        return self.boxes.html_of(
            choice, count, is_chosen=choice.key in self.chosen, is_shown=choice.key in self.unasked
        )

    def _is_chosen(self, place: int) -> bool:
        return self.boxes.choices.every[place].key in self.chosen

    def _choice(self, place: int) -> Choice:
        choice = self.boxes.choices.every[place]
        is_shown = choice.key in self.unasked
        return replace(choice, count=self.counts[place], is_chosen=self._is_chosen(place), is_shown=is_shown)
