"""Draws the outline of the world and computes a position for each country, from Natural Earth (public domain).

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python bin/draw_world.py package/land-50m.json package/countries-50m.json

It writes `static/img/world.svg` and prints the table of `collaborations/countries.py`. Both are in the repository: run
it again only for another scale or projection. `world-atlas` packs the shapes as TopoJSON and is ISC-licensed.
"""

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from babel.core import get_global

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from collaborations.projection import HEIGHT, WIDTH, place_of  # noqa: E402

# No organisation is in Antarctica, which would take a fifth of the picture.
SOUTHERNMOST = -58.0
# In units of the drawing, which is 1,000 wide: points closer to a straight line are dropped, and so are smaller islands.
TOLERANCE = 0.6
SMALLEST = 2.5
# How far shapes are drawn beyond the edges, where the picture does not show them.
BEYOND = 5
ROUND = 360
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><path id="land" d="{path}"/></svg>\n'

Point = tuple[float, float]


def rings_of(atlas: dict, geometry: dict) -> Iterable[list[Point]]:
    """Yield the outer rings of a geometry, in degrees. One that crosses the date line continues beyond 180."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        ring: list[Point] = []
        for arc in polygon[0]:
            points = arc_of(atlas, arc if arc >= 0 else ~arc)
            ring += (points if arc >= 0 else points[::-1])[1 if ring else 0 :]
        yield unbroken(ring)


def unbroken(ring: list[Point]) -> list[Point]:
    """Return a ring without the jump from 180 to -180."""
    turns, before, found = 0, ring[0][0], []
    for longitude, latitude in ring:
        turns += round((before - longitude) / ROUND)
        found.append((longitude + turns * ROUND, latitude))
        before = longitude
    return found


def arc_of(atlas: dict, number: int) -> list[Point]:
    (kx, ky), (dx, dy) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    x = y = 0
    points = []
    for step_x, step_y in atlas["arcs"][number]:
        x, y = x + step_x, y + step_y
        points.append((x * kx + dx, y * ky + dy))
    return points


def area_and_middle(ring: list[Point]) -> tuple[float, Point]:
    """Return the area of a ring and its centroid."""
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    return (abs(area) / 2, (x / (3 * area), y / (3 * area))) if area else (0.0, ring[0])


def simplified(line: list[Point], tolerance: float) -> list[Point]:
    """Return a line without the points closer to it than the tolerance (Douglas and Peucker)."""
    if len(line) < 3:
        return line
    (x1, y1), (x2, y2) = line[0], line[-1]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    far, place = 0.0, 0
    for number, (x, y) in enumerate(line[1:-1], 1):
        off = (
            abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length
            if length
            else ((x - x1) ** 2 + (y - y1) ** 2) ** 0.5
        )
        if off > far:
            far, place = off, number
    if far <= tolerance:
        return [line[0], line[-1]]
    return simplified(line[: place + 1], tolerance)[:-1] + simplified(line[place:], tolerance)


def outline(atlas: dict) -> str:
    (land,) = atlas["objects"]["land"]["geometries"]
    rings = [ring for ring in rings_of(atlas, land) if max(latitude for _longitude, latitude in ring) > SOUTHERNMOST]
    return "".join(path for ring in rings for path in paths_of(ring))


def paths_of(ring: list[Point]) -> Iterable[str]:
    """Yield a ring as SVG paths: two if it crosses the date line, one at each edge of the drawing."""
    for turn in (-ROUND, 0, ROUND):
        places = (place_of(latitude, longitude + turn) for longitude, latitude in ring)
        # Points far beyond an edge are moved onto one line there.
        drawn = [(min(max(x, -BEYOND), WIDTH + BEYOND), y) for x, y in places]
        is_seen = any(0 < x < WIDTH for x, _y in drawn)
        if is_seen and area_and_middle(drawn)[0] >= SMALLEST:
            half = len(drawn) // 2  # a ring is closed: each half of it has two different ends
            yield written(simplified(drawn[:half], TOLERANCE)[:-1] + simplified(drawn[half - 1 :], TOLERANCE))


def written(line: list[Point]) -> str:
    """Return a ring as an SVG path of relative steps, in tenths."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in line]
    path, last = f"M{tenths[0][0] / 10:g} {tenths[0][1] / 10:g}l", tenths[0]
    steps = []
    for x, y in tenths[1:]:
        if (x, y) != last:
            steps.append(f"{(x - last[0]) / 10:g} {(y - last[1]) / 10:g}")
            last = x, y
    return path + re.sub(r"(?<!\d)0\.", ".", " ".join(steps)).replace(" -", "-") + "z"


def middles(atlas: dict) -> dict[str, Point]:
    """Return the centroid of the largest part of each country, by its two-letter code."""
    letters = {number: codes[0] for number, codes in get_global("territory_aliases").items() if number.isdecimal()}
    found = {}
    for country in atlas["objects"]["countries"]["geometries"]:
        code = letters.get(country.get("id", ""))
        if code and country.get("arcs"):
            _area, (longitude, latitude) = max(map(area_and_middle, rings_of(atlas, country)))
            found[code] = round(latitude, 1), round((longitude + 180) % ROUND - 180, 1)
    return found


if __name__ == "__main__":
    land, countries = (json.loads(Path(path).read_text()) for path in sys.argv[1:3])
    drawing = SVG.format(width=WIDTH, height=HEIGHT, path=outline(land))
    (ROOT / "static" / "img" / "world.svg").write_text(drawing)
    for code, (latitude, longitude) in sorted(middles(countries).items()):
        print(f'"{code}": ({latitude}, {longitude}),')
