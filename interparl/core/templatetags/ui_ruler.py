"""The ruler of time across convocations. Drawn on the server, in shares of the width, so it needs no scripts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from .ui_parts import Life, Ruler, RulerEvent, Segment
from .ui_signs import SIDES

register = template.Library()

LETTER = 7.2  # width of a letter of the marker at 12 px, on the generous side
LIFE_AT, BAND_AT, BAND, EVENTS_AT = 10, 20, 20, 52


def share(day: date, ruler: Ruler) -> float:
    """Where that day stands, in percent of the width, within 0-100; raises ValueError for a ruler without length."""
    length = (ruler.last - ruler.first).days
    if length <= 0:
        raise ValueError("a ruler ends after it begins")
    return round(min(max((day - ruler.first).days / length, 0), 1) * 100, 2)


def _segment(segment: Segment, ruler: Ruler) -> SafeString:
    start, end = share(segment.since, ruler), share(segment.until, ruler)
    now = "-now" if segment.now else ""
    return format_html(
        '<svg x="{0}%" y="{1}" width="{2}%" height="{3}" class="ruler-part">'
        '<rect class="ruler-segment ruler-segment{4}" width="100%" height="{3}"/>'
        '<text class="ruler-name{4} ruler-long" x="8" y="14">{5}</text>'
        '<text class="ruler-name{4} ruler-short" x="8" y="14">{6}</text></svg>',
        start,
        BAND_AT,
        round(max(end - start - 0.15, 0), 2),
        BAND,
        now,
        segment.label,
        segment.short,
    )


def _life(life: Life, ruler: Ruler) -> SafeString:
    start, end = share(life.since, ruler), share(life.until or ruler.marker, ruler)
    now = "-now" if life.now else ""
    return format_html(
        '<line class="ruler-life{0}" x1="{1}%" x2="{2}%" y1="{3}" y2="{3}"/>'
        '<circle class="ruler-start{0}" cx="{1}%" cy="{3}" r="4"/>',
        now,
        start,
        end,
        LIFE_AT,
    )


def _event(event: RulerEvent, ruler: Ruler) -> SafeString:
    side = event.side if event.side in SIDES else "joint"
    at = share(event.day, ruler)
    if event.planned:
        return format_html('<circle class="ruler-planned" cx="{}%" cy="{}" r="3.5"/>', at, EVENTS_AT)
    if side == "theirs":
        return format_html(
            '<svg x="{}%" y="{}" overflow="visible"><rect class="ruler-theirs" x="-3.5" y="-3.5" width="7" height="7"/>'
            "</svg>",
            at,
            EVENTS_AT,
        )
    return format_html('<circle class="ruler-{}" cx="{}%" cy="{}" r="3.5"/>', side, at, EVENTS_AT)


def _marker(ruler: Ruler) -> SafeString:
    at = share(ruler.marker, ruler)
    width = round(len(str(ruler.marker_text)) * LETTER + 14)
    # The name hangs on the inner side of the line near either end, so that it is never cut.
    left = 0 if at < 5 else -width if at > 95 else -width / 2
    return format_html(
        '<svg class="ruler-marker" x="{0}%" y="0" overflow="visible"><line x1="0" x2="0" y1="2" y2="62"/>'
        '<rect x="{1}" y="22" width="{2}" height="16" rx="3"/>'
        '<text class="ruler-marker-name" x="{3}" y="34" text-anchor="middle">{4}</text></svg>',
        at,
        left,
        width,
        left + width / 2,
        ruler.marker_text,
    )


def _spoken(ruler: Ruler) -> Iterator[str]:
    for segment in ruler.segments:
        yield str(segment.label)
    days = [(tick.day, str(tick.text)) for tick in ruler.ticks] + [(e.day, str(e.text)) for e in ruler.events]
    for _day, text in sorted(days):
        yield text
    yield str(ruler.marker_text)


@register.simple_tag(name="ruler")
def ruler_tag(ruler: Ruler) -> SafeString:
    """Convocations as segments, the line of the record's life, ticks, meetings, the day read; a list for a reader."""
    before = (
        format_html('<text class="ruler-none" x="8" y="14">{}</text>', ruler.before) if ruler.before else SafeString("")
    )
    ticks = (
        format_html(
            '<line class="ruler-tick" x1="{0}%" x2="{0}%" y1="{1}" y2="{2}"/>',
            share(tick.day, ruler),
            LIFE_AT - 5,
            LIFE_AT + 5,
        )
        for tick in ruler.ticks
    )
    drawn = chain(
        [before],
        (_segment(segment, ruler) for segment in ruler.segments),
        (_life(life, ruler) for life in ruler.lives),
        ticks,
        (_event(event, ruler) for event in ruler.events),
        [_marker(ruler)],
    )
    return format_html(
        '<div class="ruler{}"><svg aria-hidden="true" focusable="false">{}</svg>'
        '<div class="hidden-words"><p>{}</p><ol class="ruler-list">{}</ol></div></div>',
        " ruler-past" if ruler.past else "",
        format_html_join("", "{}", ((shape,) for shape in drawn)),
        gettext("In order of time"),
        format_html_join("", "<li>{}</li>", ((text,) for text in _spoken(ruler))),
    )
