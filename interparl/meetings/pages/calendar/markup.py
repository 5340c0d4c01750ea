"""Rows of days as markup: joined strings, as tables are, for a month has a hundred bars (design 8.18)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.safestring import SafeString, mark_safe
from markupsafe import escape

from interparl.meetings.pages.calendar.common import Bar, DayCell


def bars_markup(bars: Iterable[Bar]) -> SafeString:
    """The bars of a row as items of a list."""
    return mark_safe("".join(map(_bar, bars)))  # noqa: S308  every value went through escape


def _bar(bar: Bar) -> str:
    short = " is-short" if bar.is_short else ""
    when = f'<span class="days-when" aria-hidden="true">{escape(bar.when)}</span>' if bar.when else ""
    name = "a" if bar.address else "span"
    href = f' href="{escape(bar.address)}"' if bar.address else ""
    drag = f' draggable="true" data-shift="{escape(bar.shift)}" data-first="{bar.first}"' if bar.shift else ""
    return (
        f'<li class="days-bar{short} col-{bar.column} span-{bar.span} lane-{bar.lane}">{when}'
        f'<{name}{href} class="strip-item strip-{bar.kind}"{drag} title="{escape(bar.whole or bar.label)}">'
        f"{_bar_words(bar)}</{name}></li>"
    )


def _bar_words(bar: Bar) -> str:
    """What is read aloud is the whole sentence, what is seen the name alone."""
    if not bar.whole:
        return f'{escape(bar.label)}<span class="hidden-words"> {escape(bar.when)}</span>'
    spoken = f' lang="{escape(bar.spoken)}"' if bar.spoken else ""
    seen = f'<span aria-hidden="true"{spoken}>{escape(bar.label)}</span>'
    return f'<span class="hidden-words">{escape(bar.whole)}</span>{seen}'


def week_markup(days: Iterable[DayCell]) -> SafeString:
    """The days of a week as items of a list, each with the way to the day."""
    return mark_safe("".join(map(_day, days)))  # noqa: S308  every value went through escape


def _day(day: DayCell) -> str:
    free = f'<span class="days-free" aria-hidden="true">{escape(day.free)}</span>' if day.free else ""
    sits = ""
    if day.is_sitting:
        words = f'<span class="days-when" aria-hidden="true">{escape(day.words)}</span>'
        sits = f'<span class="strip-sitting"></span>{words}'
    current = ' aria-current="date"' if day.is_today else ""
    return (
        f'<li class="days-day col-{day.column} {day.classes}" data-day="{day.day.isoformat()}">'
        f'<a href="{escape(day.address)}"{current} aria-label="{escape(day.words)}">{day.day.day}</a>{free}{sits}</li>'
    )


def month_markup(days: Iterable[DayCell]) -> SafeString:
    """The days of a month as a ground for its bars: nothing is said by it."""
    return mark_safe("".join(map(_ground, days)))  # noqa: S308  nothing but numbers and classes


def _ground(day: DayCell) -> str:
    sits = '<span class="strip-sitting"></span>' if day.is_sitting else ""
    return f'<span class="days-day col-{day.column} {day.classes}" data-day="{day.day.isoformat()}">{sits}</span>'
