"""Charts drawn on the server as SVG: classes only, so colours come from the style sheets; no models, no settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# From the least to the most: later ones are drawn over earlier ones where lines meet.
LEVELS = ("weak", "mid", "strong", "home")
DOT_RADIUS = 6
HATCH_PITCH = 14


@dataclass(frozen=True)
class Outlines:
    """Land and small countries on one grid: SVG path data and centres of dots by ISO 3166-1 code.

    `parts` names, for a code whose land belongs to another country, that country: it takes over colour and link
    where the part has none of its own. `source`, `edition`, `licence` and `projection` say where the borders come from.
    """

    width: int
    height: int
    edition: str
    source: str
    licence: str
    projection: str
    shapes: dict[str, str]
    dots: dict[str, tuple[int, int]] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)

    def codes(self) -> frozenset[str]:
        """Every code that can be seen on the map, as land or as a dot."""
        return frozenset(self.shapes) | frozenset(self.dots)


class Window(NamedTuple):
    """The part of the map to show, in the map's units from its upper left corner."""

    left: int
    top: int
    width: int
    height: int


class KeyEntry(NamedTuple):
    """One entry of the key to the map: a level and its words, for instance "working group, 56"."""

    level: str
    text: str


@cache
def load_outlines(path: Path) -> Outlines:
    """The outlines in a JSON file, read once in a process.

    Raises `OSError` when the file cannot be read and `msgspec.ValidationError` when it is not a file of outlines.
    """
    return msgspec.json.decode(path.read_bytes(), type=Outlines)


def world_map(
    levels: Mapping[str, str],
    *,
    outlines: Outlines,
    title: str,
    finding: str,
    names: Mapping[str, str],
    links: Mapping[str, str],
    window: Window | None = None,
    key: str = "map",
) -> SafeString:
    """The map of the world as one `<svg>`; every text and address given is escaped.

    `levels` gives each ISO 3166-1 code one of `LEVELS`, in the order in which a keyboard shall reach the links; codes
    without a place on the map are left out, so a list of all belongs beside the map. `title` names the map, `finding`
    says in a sentence what it shows. `names` gives the words for a code, `links` the page of a country. `key` starts
    the ids in the drawing and must differ when a page has two maps. Raises `ValueError` for an unknown level.

    Without links the drawing is an image. With links it is a group: what is inside an image cannot be reached by a
    screen reader (WAI-ARIA 1.2, "children presentational").
    """
    _check_levels(levels.values())
    area = window or Window(0, 0, outlines.width, outlines.height)
    linked = any(code in links for code in levels)
    return format_html(
        '<svg class="map" viewBox="{} {} {} {}" preserveAspectRatio="xMidYMid slice" role="{}"'
        ' aria-labelledby="{key}-title {key}-finding">'
        '<title id="{key}-title">{}</title><desc id="{key}-finding">{}</desc>'
        "<defs>{}</defs>{}{}</svg>",
        *area,
        "group" if linked else "img",
        title,
        finding,
        _hatch(f"{key}-hatch"),
        _land(levels, outlines),
        _countries(levels, outlines, names, links, key),
        key=key,
    )


def world_map_key(entries: Sequence[KeyEntry], *, key: str = "map-key") -> SafeString:
    """The key to the map: a list of swatches, filled like the countries, with their words.

    `key` starts the ids in the drawing and must differ from every other on the page. Raises `ValueError` for an
    unknown level.
    """
    _check_levels(entry.level for entry in entries)
    return format_html(
        '<ul class="map-key">{}</ul>',
        format_html_join(
            "",
            '<li><svg class="map-swatch" viewBox="0 0 28 28" aria-hidden="true">{}'
            '<rect class="map-{}"{} width="28" height="28" rx="4"/></svg>{}</li>',
            (
                (
                    format_html("<defs>{}</defs>", _hatch(f"{key}-hatch")) if entry.level == "weak" else "",
                    entry.level,
                    _fill(entry.level, key),
                    entry.text,
                )
                for entry in entries
            ),
        ),
    )


def _check_levels(levels: Iterable[str]) -> None:
    unknown = set(levels) - set(LEVELS)
    if unknown:
        raise ValueError(f"not a level of the map: {', '.join(sorted(unknown))}")


def _hatch(name: str) -> SafeString:
    """A pattern of slanting lines on the colour of land: readable where colours are not."""
    return format_html(
        '<pattern id="{}" width="{pitch}" height="{pitch}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<path class="map-hatch-ground" d="M0 0h{pitch}v{pitch}h-{pitch}z"/>'
        '<path class="map-hatch-line" d="M{middle} 0v{pitch}"/></pattern>',
        name,
        pitch=HATCH_PITCH,
        middle=HATCH_PITCH // 2,
    )


def _fill(level: str, key: str) -> SafeString:
    """The reference to the pattern, for the level that has one.

    It stands in the drawing because a style sheet of its own cannot point into the page in every browser.
    """
    return format_html(' fill="url(#{}-hatch)"', key) if level == "weak" else SafeString("")


def _land(levels: Mapping[str, str], outlines: Outlines) -> SafeString:
    """All countries without a level: one path for land, one for dots."""

    def is_plain(code: str) -> bool:
        return code not in levels and outlines.parts.get(code) not in levels

    shapes = "".join(data for code, data in outlines.shapes.items() if is_plain(code))
    dots = "".join(
        f"M{x} {y}h0" for code, (x, y) in outlines.dots.items() if code not in outlines.shapes and is_plain(code)
    )
    return format_html('<path class="map-land" d="{}"/><path class="map-dots" d="{}"/>', shapes, dots)


def _in_order(levels: Mapping[str, str], outlines: Outlines) -> list[str]:
    """The codes that are on the map, dots last so that no neighbour covers them; else the order given."""
    return sorted((code for code in levels if code in outlines.codes()), key=lambda code: code in outlines.dots)


def _countries(
    levels: Mapping[str, str], outlines: Outlines, names: Mapping[str, str], links: Mapping[str, str], key: str
) -> SafeString:
    """All countries with a level, each by itself."""
    return format_html_join(
        "",
        "{}",
        ((_country(code, outlines, levels, names, links, key),) for code in _in_order(levels, outlines)),
    )


def _country(
    code: str,
    outlines: Outlines,
    levels: Mapping[str, str],
    names: Mapping[str, str],
    links: Mapping[str, str],
    key: str,
) -> SafeString:
    """One country with its name, its parts elsewhere and its dot, inside a link when it has one."""
    level = levels[code]
    codes = [code, *(part for part, whole in outlines.parts.items() if whole == code and part not in levels)]
    shapes = "".join(outlines.shapes.get(each, "") for each in codes)
    fill = _fill(level, key)
    land = format_html('<path class="map-{}"{} d="{}"/>', level, fill, shapes) if shapes else ""
    dots = format_html_join(
        "",
        '<circle class="map-{}"{} cx="{}" cy="{}" r="{}"/>',
        ((level, fill, *outlines.dots[each], DOT_RADIUS) for each in codes if each in outlines.dots),
    )
    name = names.get(code, code)
    if code in links:
        return format_html('<a class="map-link" href="{}"><title>{}</title>{}{}</a>', links[code], name, land, dots)
    return format_html("<g><title>{}</title>{}{}</g>", name, land, dots)


class Bar(NamedTuple):
    """One bar of a chart: its name, its value, and the value as it is written."""

    label: str
    value: float | Decimal
    text: str


# Sizes of a bar chart in its own units, which are pixels where there is room for all of it.
CHART_WIDTH, BAR_PITCH, BAR_HEIGHT, LETTER = 340, 24, 14, 7.2


def bar_chart(bars: Sequence[Bar], *, title: str, finding: str, key: str = "chart") -> SafeString:
    """Bars from left to right, one under the other, as one `<svg>`; every text given is escaped.

    Names stand before the bars and values behind them, so no grid is needed; the longest bar is that of the greatest
    value. `title` names the chart, `finding` says in a sentence what it shows. `key` starts the ids in the drawing and
    must differ when a page has two charts. It is an image: a table with the same numbers belongs beside it. Raises
    `ValueError` for a value below nothing.
    """
    if any(bar.value < 0 for bar in bars):
        raise ValueError("a bar is not below nothing")
    before = _room(bar.label for bar in bars)
    room = CHART_WIDTH - before - _room(bar.text for bar in bars)
    most = float(max((bar.value for bar in bars), default=0)) or 1.0
    height = len(bars) * BAR_PITCH
    drawn = ((_bar(bar, at, before, float(bar.value) / most * room),) for at, bar in enumerate(bars))
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {height}" role="img" aria-labelledby="{key}-title {key}-finding">'
        '<title id="{key}-title">{}</title><desc id="{key}-finding">{}</desc>{}'
        '<line class="chart-axis" x1="{before}" x2="{before}" y1="0" y2="{height}"/></svg>',
        CHART_WIDTH,
        title,
        finding,
        format_html_join("", "{}", drawn),
        before=before,
        height=height,
        key=key,
    )


def _room(texts: Iterable[str]) -> int:
    """So much of the width the longest of these words needs, with the space beside it; at most a third."""
    return min(round(max((len(text) for text in texts), default=0) * LETTER) + 14, CHART_WIDTH // 3)


def _bar(bar: Bar, at: int, before: int, length: float) -> SafeString:
    top = at * BAR_PITCH
    return format_html(
        '<text class="chart-label" x="{}" y="{base}" text-anchor="end">{}</text>'
        '<rect class="chart-bar" x="{before}" y="{}" width="{width}" height="{}"/>'
        '<text class="chart-value" x="{}" y="{base}">{}</text>',
        before - 8,
        bar.label,
        top + (BAR_PITCH - BAR_HEIGHT) // 2,
        BAR_HEIGHT,
        round(before + length + 6, 1),
        bar.text,
        base=top + 16,
        before=before,
        width=round(length, 1),
    )
