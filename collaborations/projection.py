"""Places on the drawing of the world (`static/img/world.svg`).

It has Gall's stereographic projection: shapes near 45° are close to those on a globe, and the poles are not infinitely
far.
"""

import math

# The drawing's size. Its width is the equator; it shows from 58° South to 84° North.
WIDTH, HEIGHT = 1000, 560
NORTHERNMOST = 84.0
RADIUS = WIDTH * math.sqrt(2) / (2 * math.pi)


def place_of(latitude: float, longitude: float) -> tuple[float, float]:
    """Return the place of a point, given in degrees, from the drawing's left and upper edges."""
    return (longitude + 180) / 360 * WIDTH, _height_of(NORTHERNMOST) - _height_of(latitude)


def _height_of(latitude: float) -> float:
    return RADIUS * (1 + math.sqrt(2) / 2) * math.tan(math.radians(latitude) / 2)
