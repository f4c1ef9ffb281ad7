"""The countries of a list of collaborations, as circles on a map, and as a table beside it.

The outline is `static/img/world.svg`. The page shows it twice: in whole, and Europe alone, where the circles would
overlap on the whole map. The colours are in the style sheet, as for every chart (docs/decisions/charts.md).
"""

import math
from dataclasses import dataclass

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pyroaring import BitMap

from collaborations.countries import countries_by_name, places
from collaborations.listed import NOWHERE
from collaborations.projection import HEIGHT, WIDTH, place_of
from core.sets import Sets

# A circle's area is proportional to the number. The radius of the largest, and the least that is visible, in parts of
# the map's height.
LARGEST, SMALLEST = 0.06, 0.016
# Stands for a country's code in a URL, which is built once for all countries.
PLACE = "--country--"
ROW = '<tr><th scope="row"><a href="{}">{}</a></th><td class="text-end">{}</td></tr>'
# The corners of Europe, by latitude and longitude.
NORTH_WEST, SOUTH_EAST = (68.0, -12.0), (33.0, 33.0)
SVG = (
    '<svg class="world-map" viewBox="{} {} {} {}" role="img" aria-label="{}">'
    '<use class="world-land" href="{}#land"/>{}</svg>'
)
CIRCLE = '<circle class="world-spot" cx="{}" cy="{}" r="{}"><title>{}</title></circle>'


@dataclass(frozen=True)
class Spot:
    """A country, its number of collaborations, and the URL of their list."""

    name: str
    count: int
    url: str
    # From the left and upper edges of the drawing.
    place: tuple[float, float]

    @property
    def said(self) -> str:
        return _("%(name)s: %(number)d") % {"name": self.name, "number": self.count}


@dataclass(frozen=True)
class View:
    """A part of the drawing."""

    left: float
    top: float
    width: float
    height: float

    def has(self, place: tuple[float, float]) -> bool:
        return 0 <= place[0] - self.left <= self.width and 0 <= place[1] - self.top <= self.height


@dataclass(frozen=True)
class WorldMap:
    """The countries of a list, those with most collaborations first, and the number of collaborations without a country."""

    spots: list[Spot]
    unstated: int
    url_of_unstated: str

    @property
    def rows(self) -> SafeString:
        """The rows of the table, as HTML."""
        lines = [(spot.url, spot.name, spot.count) for spot in self.spots]
        lines += [(self.url_of_unstated, _("Not stated"), self.unstated)] if self.unstated else []
        return format_html_join("", ROW, lines)

    @property
    def whole(self) -> SafeString:
        return self._drawn(WORLD, _("Map of the world"))

    @property
    def europe(self) -> SafeString:
        return self._drawn(EUROPE, _("Map of Europe"))

    def _drawn(self, view: View, name: str) -> SafeString:
        spots = [spot for spot in self.spots if view.has(spot.place)]
        number = ngettext("%(number)d country", "%(number)d countries", len(spots)) % {"number": len(spots)}
        label = _("%(map)s: %(countries)s. The table beside it has the numbers.") % {"map": name, "countries": number}
        most = max((spot.count for spot in self.spots), default=1)
        drawn = ((*spot.place, _radius(spot.count / most) * view.height) for spot in spots)
        circles = format_html_join(
            "", CIRCLE, ((*map(_at, place), spot.said) for spot, place in zip(spots, drawn, strict=True))
        )
        box = map(_at, (view.left, view.top, view.width, view.height))
        return format_html(SVG, *box, label, static("img/world.svg"), circles)


def world_map(sets: Sets, found: BitMap, url: str) -> WorldMap:
    """Return the countries of these collaborations; `url` is the URL of a country's list, with PLACE for its code."""
    countries = countries_by_name()
    counts = sets.counts([f"country={code}" for code, _name in countries], found)
    spots = [
        Spot(name, count, url.replace(PLACE, code), places()[code])
        for (code, name), count in zip(countries, counts, strict=True)
        if count
    ]
    (unstated,) = sets.counts([f"country={NOWHERE}"], found)
    return WorldMap(sorted(spots, key=lambda spot: -spot.count), unstated, url.replace(PLACE, NOWHERE))


def _at(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _radius(part: float) -> float:
    """Return a circle's radius, in parts of the map's height, for a fraction of the largest number."""
    return max(SMALLEST, LARGEST * math.sqrt(part))


def _view_of(north_west: tuple[float, float], south_east: tuple[float, float]) -> View:
    left, top = place_of(*north_west)
    right, bottom = place_of(*south_east)
    return View(left, top, right - left, bottom - top)


WORLD = View(0, 0, WIDTH, HEIGHT)
EUROPE = _view_of(NORTH_WEST, SOUTH_EAST)
