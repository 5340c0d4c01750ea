"""Makes the outlines of the world map (`interparl/portal/data/world.json`) from Natural Earth borders.

Stand-alone, standard library only:

    python tools/make_world_map.py BORDERS CODES NAMES OUTPUT

BORDERS  TopoJSON with an object `countries`, ids being numeric ISO 3166-1 codes (world-atlas, `countries-50m.json`)
CODES    CLDR `codeMappings.json`: alpha-2 to numeric
NAMES    CLDR `territories.json` of any language; a code counts as ISO 3166-1 when it stands in both files
OUTPUT   the file to write

Borders are simplified as lines between two junctions, each once, so neighbours keep the same border and no gap opens.
"""

from __future__ import annotations

import argparse
import heapq
import json
import math
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

Point = tuple[float, float]
Ring = list[int]

EDITION = "Natural Earth 4.1, 1:50 000 000"
SOURCE = "https://www.naturalearthdata.com/downloads/50m-cultural-vectors/50m-admin-0-countries-2/"
WIDTH = 2224  # twice the 1112 px of the page's column: whole numbers are then fine enough
MARGIN = 10
CENTRE = 11.0  # this meridian in the middle lets the map be cut in the Bering Strait, not through Chukotka
MIN_BEND = 3.5  # square units: a point whose triangle with its neighbours is smaller goes
MIN_ISLAND = 8.0  # square units: smaller islands go
MIN_SHAPE = 30.0  # square units: a smaller country is shown as a dot

# The Robinson projection is defined by this table: each 5 degrees of latitude, length of the parallel, its distance
# from the equator (A. H. Robinson, "A New Map Projection", International Yearbook of Cartography 14, 1974).
PARALLELS = (
    1.0, 0.9986, 0.9954, 0.99, 0.9822, 0.973, 0.96, 0.9427, 0.9216, 0.8962,
    0.8679, 0.835, 0.7986, 0.7597, 0.7186, 0.6732, 0.6213, 0.5722, 0.5322,
)  # fmt: skip
DISTANCES = (
    0.0, 0.062, 0.124, 0.186, 0.248, 0.31, 0.372, 0.434, 0.4958, 0.5571,
    0.6176, 0.6769, 0.7346, 0.7903, 0.8435, 0.8936, 0.9394, 0.9761, 1.0,
)  # fmt: skip

# Territories without a code in ISO 3166-1 get one from its user-assigned range (XA to XZ).
OWN_CODES = {"Kosovo": "XK", "N. Cyprus": "XN", "Somaliland": "XS", "Siachen Glacier": "XG"}
LEFT_OUT = {"AQ"}

# Natural Earth draws these inside another country, ISO 3166-1 lists them: west, south, east, north.
PIECES = {
    "GF": ("FR", -55, 2, -51, 6),
    "GP": ("FR", -62, 15.8, -61, 16.6),
    "MQ": ("FR", -61.3, 14.3, -60.7, 15),
    "RE": ("FR", 55, -22, 56, -20),
    "YT": ("FR", 45, -13.1, 45.4, -12.6),
    "SJ": ("NO", -10, 70.5, 34, 81),
    "BQ": ("NL", -70, 11, -62, 18),
    "TK": ("NZ", -173, -10, -171, -8),
    "CC": ("Indian Ocean Ter.", 96, -13, 97, -11),
    "CX": ("Indian Ocean Ter.", 105, -11, 106, -10),
}
SJ_SOUTH_OF_MAYEN = 73  # between the latitudes of Jan Mayen and Svalbard lies the north of Norway itself

# Places too small for this scale, or strewn so widely that the largest island would mislead: longitude, latitude.
PLACES = {"BV": (3.4, -54.4), "GI": (-5.35, 36.14), "KI": (173.0, 1.4), "TV": (179.2, -8.5), "UM": (-177.4, 28.2)}


class Country(NamedTuple):
    """One key of the map and its polygons, each an outer ring and its holes, as numbers of arcs."""

    code: str
    polygons: list[list[Ring]]


def project(longitude: float, latitude: float) -> Point:
    """Robinson, straight between the rows of the table; x to the east, y to the south, for a globe of radius 1."""
    row = min(int(abs(latitude) / 5), len(PARALLELS) - 2)
    share = abs(latitude) / 5 - row
    length = PARALLELS[row] + share * (PARALLELS[row + 1] - PARALLELS[row])
    distance = DISTANCES[row] + share * (DISTANCES[row + 1] - DISTANCES[row])
    return 0.8487 * length * math.radians(longitude - CENTRE), -1.3523 * math.copysign(distance, latitude)


def to_this_side(longitudes: list[float]) -> list[float]:
    """The same longitudes without jumps, moved by whole turns so that their mean lies on the map."""
    smooth = longitudes[:1]
    for value in longitudes[1:]:
        smooth.append(value + 360 * round((smooth[-1] - value) / 360))
    turn = 360 * math.floor((sum(smooth) / len(smooth) - CENTRE + 180) / 360)
    return [value - turn for value in smooth]


def read_arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """Every arc of the file in degrees; the file keeps steps of whole numbers."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(points)
    return arcs


def iso_codes(mappings: dict[str, Any], names: dict[str, str]) -> dict[str, str]:
    """Numeric code to alpha-2 for ISO 3166-1; numbers from 900 are not countries."""
    return {
        entry["_numeric"]: code
        for code, entry in mappings.items()
        if len(code) == 2 and code in names and entry.get("_numeric", "999") < "900"
    }


def centre(ring: Ring, arcs: list[list[Point]]) -> Point:
    """The middle of the box around a ring, in the units of `arcs`."""
    points = [point for number in ring for point in arcs[number if number >= 0 else ~number]]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def piece_code(code: str, point: Point) -> str:
    """The code that a polygon of `code` standing at `point` (degrees) has in ISO 3166-1."""
    x, y = point
    for piece, (whole, west, south, east, north) in PIECES.items():
        if whole == code and west <= x <= east and south <= y <= north:
            return code if piece == "SJ" and x > 0 and y < SJ_SOUTH_OF_MAYEN else piece
    return code


def read_countries(topology: dict[str, Any], iso: dict[str, str], arcs: list[list[Point]]) -> list[Country]:
    """The countries of the file by code, pieces with a code of their own taken out."""
    found: dict[str, list[list[Ring]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        code = iso.get(geometry.get("id", ""), OWN_CODES.get(name, name))
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            found.setdefault(piece_code(code, centre(polygon[0], arcs)), []).append(polygon)
    return [Country(code, polygons) for code, polygons in sorted(found.items()) if code not in LEFT_OUT]


def triangle(first: Point, second: Point, third: Point) -> float:
    """The area between three points."""
    (ax, ay), (bx, by), (cx, cy) = first, second, third
    return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2


def simplify(points: list[Point]) -> list[Point]:
    """Visvalingam's method: the least bend goes first until every bend is `MIN_BEND`; the ends stay."""
    before, after = list(range(-1, len(points) - 1)), list(range(1, len(points) + 1))
    area = [math.inf] * len(points)
    queue = []
    for place in range(1, len(points) - 1):
        area[place] = triangle(points[place - 1], points[place], points[place + 1])
        queue.append((area[place], place))
    heapq.heapify(queue)
    gone = set()
    while queue and queue[0][0] < MIN_BEND:
        size, place = heapq.heappop(queue)
        if place in gone or size != area[place]:
            continue
        gone.add(place)
        left, right = before[place], after[place]
        after[left], before[right] = right, left
        for end in (left, right):
            if 0 < end < len(points) - 1:
                # Never less than what has gone, or a flat run of points would go as a whole.
                area[end] = max(size, triangle(points[before[end]], points[end], points[after[end]]))
                heapq.heappush(queue, (area[end], end))
    return [point for place, point in enumerate(points) if place not in gone]


def ring_points(ring: Ring, arcs: list[list[Point]]) -> list[Point]:
    """The points of a ring in order, the first not repeated at the end, no two equal neighbours."""
    points: list[Point] = []
    for number in ring:
        for point in arcs[number] if number >= 0 else reversed(arcs[~number]):
            if not points or point != points[-1]:
                points.append(point)
    return points[:-1] if points and points[0] == points[-1] else points


def ring_area(points: list[Point]) -> float:
    """The area inside a ring."""
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def numbers(values: list[int]) -> str:
    """Whole numbers as SVG reads them; a minus sign needs no space before it."""
    return "".join(str(value) if value < 0 or place == 0 else f" {value}" for place, value in enumerate(values))


def path_data(rings: list[list[Point]]) -> str:
    """SVG path data: the first ring starts at a fixed point, all else is relative."""
    text, pen = "", (0, 0)
    for ring in rings:
        whole = [(int(x), int(y)) for x, y in ring]
        steps = [part for a, b in pairwise(whole) for part in (b[0] - a[0], b[1] - a[1])]
        start = [whole[0][0] - pen[0], whole[0][1] - pen[1]]
        text += ("m" if text else "M") + numbers(start) + "l" + numbers(steps) + "z"
        pen = whole[0]
    return text


def draw(country: Country, arcs: list[list[Point]], shared: Counter[int]) -> tuple[str, Point | None]:
    """The outline (empty when a dot is enough) and, for a small country, the place of its dot."""
    rings, largest, place, total = [], 0.0, None, 0.0
    bordered = False
    for polygon in country.polygons:
        for ring in polygon:
            points = ring_points(ring, arcs)
            area = ring_area(points)
            total += area if ring is polygon[0] else -area
            if place is None or area > largest:
                largest, place = area, centre(ring, arcs)
            has_neighbour = any(shared[number if number >= 0 else ~number] > 1 for number in ring)
            bordered = bordered or has_neighbour
            if len(points) > 2 and area > 0 and (has_neighbour or area >= MIN_ISLAND):
                rings.append(points)
    small = total < MIN_SHAPE or country.code in PLACES
    keep = rings if bordered or not small else []
    return path_data(keep), place if small else None


def place_arcs(arcs: list[list[Point]], used: set[int]) -> tuple[list[list[Point]], tuple[float, float, float], int]:
    """Arcs on the map's grid, simplified and rounded; the scale with both moves; the height of the map."""
    flat = []
    for points in arcs:
        longitudes = to_this_side([x for x, _ in points])
        flat.append([project(x, y) for x, (_, y) in zip(longitudes, points, strict=True)])
    xs = [x for number in used for x, _ in flat[number]]
    ys = [y for number in used for _, y in flat[number]]
    scale = (WIDTH - 2 * MARGIN) / (max(xs) - min(xs))
    grid = scale, MARGIN - scale * min(xs), MARGIN - scale * min(ys)
    height = math.ceil(scale * (max(ys) - min(ys)) + 2 * MARGIN)
    placed = [simplify([(x * grid[0] + grid[1], y * grid[0] + grid[2]) for x, y in points]) for points in flat]
    return [[(round(x), round(y)) for x, y in points] for points in placed], grid, height


def make_map(topology: dict[str, Any], iso: dict[str, str]) -> dict[str, Any]:
    """The content of `world.json`."""
    degrees = read_arcs(topology)
    countries = read_countries(topology, iso, degrees)
    rings = [ring for country in countries for polygon in country.polygons for ring in polygon]
    shared = Counter(number if number >= 0 else ~number for ring in rings for number in ring)
    arcs, (scale, move_x, move_y), height = place_arcs(degrees, set(shared))
    shapes, dots = {}, {}
    for country in countries:
        outline, dot = draw(country, arcs, shared)
        if outline:
            shapes[country.code] = outline
        if dot is not None and len(country.code) == 2:
            dots[country.code] = dot
    for code, (longitude, latitude) in PLACES.items():
        x, y = project(to_this_side([longitude])[0], latitude)
        dots[code] = x * scale + move_x, y * scale + move_y
    return {
        "source": SOURCE,
        "edition": EDITION,
        "licence": "public domain",
        "projection": f"Robinson, {CENTRE:g} degrees east in the middle",
        "width": WIDTH,
        "height": height,
        "parts": {code: piece[0] for code, piece in sorted(PIECES.items()) if len(piece[0]) == 2},
        "dots": {code: [round(x), round(y)] for code, (x, y) in sorted(dots.items())},
        "shapes": shapes,
    }


def main() -> None:
    """Reads the three inputs named on the command line and writes the output."""
    parser = argparse.ArgumentParser(description="Make the outlines of the world map from Natural Earth borders.")
    for name in ("borders", "codes", "names", "output"):
        parser.add_argument(name, type=Path)
    chosen = parser.parse_args()
    topology = json.loads(chosen.borders.read_text(encoding="utf-8"))
    mappings = json.loads(chosen.codes.read_text(encoding="utf-8"))["supplemental"]["codeMappings"]
    (language,) = json.loads(chosen.names.read_text(encoding="utf-8"))["main"].values()
    iso = iso_codes(mappings, language["localeDisplayNames"]["territories"])
    made = make_map(topology, iso)
    text = json.dumps(made, ensure_ascii=False, indent=0, separators=(",", ":"))
    chosen.output.write_text(text + "\n", encoding="utf-8")
    missing = set(iso.values()) - LEFT_OUT - set(made["shapes"]) - set(made["dots"])
    print(f"{len(made['shapes'])} outlines, {len(made['dots'])} dots, {len(text)} characters")
    if missing:
        raise SystemExit(f"not on the map: {', '.join(sorted(missing))}")


if __name__ == "__main__":
    main()
