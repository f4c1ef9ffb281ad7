"""A map of France with a circle for each place, as inline SVG; templates/figures/_map.html draws it.

Places in Île-de-France are close together: they have a panel below, at a larger scale. Overlapping circles are moved
apart, and each label is placed where it covers no circle and no other label.
"""

import math
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

# In the picture's units. The outline (_map.html) has this scale: at 46.5° a degree of longitude is narrower than one of
# latitude, by the cosine.
WEST, NORTH, NARROWER = -5.15, 51.15, math.cos(math.radians(46.5))
DEGREE = 300 / ((9.6 - WEST) * NARROWER)
WIDTH, HEIGHT, LEFT = 400, 292, 12
# Île-de-France, in degrees; its panel begins below the map.
REGION = (1.45, 48.1, 3.56, 49.25)
PANEL_TOP, PANEL_HEIGHT, CLOSER = 318, 136, 560
# The radius of the largest circle, and of the circle of a place with size zero.
MAX_RADIUS, MIN_RADIUS = 17, 4
# The approximate width of a character: names are bold. Then the height of a line, and the gap between circles.
BOLD, LETTER, LINE, APART = 8.2, 7.2, 16, 2


@dataclass(frozen=True)
class Place:
    name: str
    # The short text below its name.
    value: str
    latitude: float
    longitude: float
    size: float
    # The URL that it links to; empty on a map without links.
    url: str = ""

    @property
    def is_close(self) -> bool:
        west, south, east, north = REGION
        return west <= self.longitude <= east and south <= self.latitude <= north


@dataclass
class Mark:
    """A place as drawn: its circle, and its label's position and anchor (`start`, `middle`, `end`)."""

    place: Place
    x: float
    y: float
    r: float
    label: tuple[float, float, str] = (0, 0, "start")

    @property
    def width(self) -> float:
        return max(BOLD * len(self.place.name), LETTER * len(self.place.value))


@dataclass
class Panel:
    """A part of the picture between two heights."""

    top: float
    bottom: float
    marks: list[Mark] = field(default_factory=list)
    # Other areas that no label may cover, besides the circles.
    taken: "list[Box]" = field(default_factory=list)

    def arrange(self) -> None:
        """Find a position for each label."""
        taken = [*self.taken, *(_box(mark.x - mark.r, mark.y - mark.r, 2 * mark.r, 2 * mark.r) for mark in self.marks)]
        for mark in self.marks:
            mark.label, box = next((one for one in _labels(mark) if self._is_free(one[1], taken)), next(_labels(mark)))
            taken.append(box)

    def spread(self) -> None:
        """Move overlapping circles apart, and centre all of them."""
        for number, mark in enumerate(self.marks):
            for before in self.marks[:number]:
                near = before.r + mark.r + APART
                if math.hypot(mark.x - before.x, mark.y - before.y) < near:
                    across = max(near**2 - (mark.y - before.y) ** 2, 0)
                    mark.x = before.x + math.copysign(math.sqrt(across), mark.x - before.x or 1)
        off = WIDTH / 2 - _middle(mark.x for mark in self.marks)
        for mark in self.marks:
            mark.x += off

    def _is_free(self, box: "Box", taken: "list[Box]") -> bool:
        left, top, right, bottom = box
        inside = left >= 0 and right <= WIDTH and top >= self.top and bottom <= self.bottom
        return inside and not any(
            left < other[2] and other[0] < right and top < other[3] and other[1] < bottom for other in taken
        )


Box = tuple[float, float, float, float]


def _box(x: float, y: float, width: float, height: float) -> Box:
    return x, y, x + width, y + height


def _labels(mark: Mark):
    """Yield the possible positions of the label with its box there: right, left, below or above its circle."""
    x, y, out, height = mark.x, mark.y, mark.r + 4, 2 * LINE
    middle = y - height / 2
    yield (x + out, middle, "start"), _box(x + out, middle, mark.width, height)
    yield (x - out, middle, "end"), _box(x - out - mark.width, middle, mark.width, height)
    for top in (y + out, y - out - height):
        yield (x, top, "middle"), _box(x - mark.width / 2, top, mark.width, height)


def is_of_france() -> bool:
    """Return whether the programme's country is France; other countries' pages have no map."""
    return settings.PROGRAMME.country == "FR"


def france(title: str, description: str, places: Iterable[Place]) -> SafeString | str:
    """Return a map of these places, with links where they have URLs; empty without places, or outside France."""
    places = sorted(places, key=lambda place: (-place.size, place.name))
    if not places or not is_of_france():
        return ""
    largest = max(place.size for place in places)
    whole, close = Panel(0, HEIGHT), Panel(PANEL_TOP, PANEL_TOP + PANEL_HEIGHT)
    near = [place for place in places if place.is_close]
    for place in places:
        (close if place.is_close else whole).marks.append(_mark(place, near, largest))
    west, south, east, north = REGION
    (left, top), (right, bottom) = _on_the_map(west, north), _on_the_map(east, south)
    if near:
        whole.taken.append((left, top, right, bottom))
        close.spread()
    whole.arrange()
    close.arrange()
    context = {
        "title": title,
        "description": description,
        # A hash of the content: a running number would differ from one visit to the next.
        "key": f"map-{zlib.crc32(repr((title, description, places)).encode())}",
        "height": PANEL_TOP + PANEL_HEIGHT if near else HEIGHT,
        "left": LEFT,
        "panels": [whole, close],
        "region": [f"{one:.1f}" for one in (left, top, right - left, bottom - top)] if near else None,
        "panel_top": PANEL_TOP,
        "linked": all(place.url for place in places),
    }
    return render_to_string("figures/_map.html", context)


def _mark(place: Place, near: list[Place], largest: float) -> Mark:
    radius = max(MAX_RADIUS * math.sqrt(place.size / largest), MIN_RADIUS) if largest else MIN_RADIUS
    if not place.is_close:
        return Mark(place, *_on_the_map(place.longitude, place.latitude), radius)
    longitude, latitude = _middle(one.longitude for one in near), _middle(one.latitude for one in near)
    x = WIDTH / 2 + (place.longitude - longitude) * NARROWER * CLOSER
    return Mark(place, x, PANEL_TOP + PANEL_HEIGHT / 2 - (place.latitude - latitude) * CLOSER, radius)


def _middle(values: Iterable[float]) -> float:
    found = list(values)
    return (min(found) + max(found)) / 2


def _on_the_map(longitude: float, latitude: float) -> tuple[float, float]:
    return LEFT + (longitude - WEST) * NARROWER * DEGREE, (NORTH - latitude) * DEGREE
