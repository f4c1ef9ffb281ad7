"""Where a place stands on the drawing of the world (`static/img/world.svg`).

Gall's stereographic projection: near the parallels of 45° shapes are nearly as on a globe, and the poles stay in reach.
"""

import math

# Of the drawing. The equator is as long as it is wide; it shows what lies between 58° South and 84° North.
WIDTH, HEIGHT = 1000, 560
NORTHERNMOST = 84.0
RADIUS = WIDTH * math.sqrt(2) / (2 * math.pi)


def place_of(latitude: float, longitude: float) -> tuple[float, float]:
    """Return the place of a point, given in degrees, from the drawing's left and upper edges."""
    return (longitude + 180) / 360 * WIDTH, _height_of(NORTHERNMOST) - _height_of(latitude)


def _height_of(latitude: float) -> float:
    return RADIUS * (1 + math.sqrt(2) / 2) * math.tan(math.radians(latitude) / 2)
