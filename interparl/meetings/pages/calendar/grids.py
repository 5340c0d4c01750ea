"""The month as weeks and the year as months: rows of days with bars over them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst

from interparl.core.addresses import address
from interparl.core.formats import write_day
from interparl.core.requests import StaffRequest
from interparl.core.templatetags.ui_parts import Row
from interparl.meetings.blocks.busy import busy_items
from interparl.meetings.blocks.calendar import (
    MORE,
    Item,
    Seen,
    lanes_of,
    more_words,
    open_words,
    seen_days,
    short_days,
    side_of,
    stage_words,
    whole_words,
)
from interparl.meetings.blocks.calendar import home_country as home_of
from interparl.meetings.blocks.columns import EVENT
from interparl.meetings.models import Event
from interparl.meetings.pages.calendar.asked import Asked
from interparl.meetings.pages.calendar.common import (
    Bar,
    Line,
    calendar_page,
    common_context,
    day_cell,
    days_between,
    where,
)
from interparl.meetings.pages.calendar.markup import bars_markup, month_markup, week_markup
from interparl.meetings.rules.lanes import Placing, month_of, months_on, weeks_of

LANES, MORE_LANE = 4, 5
MONTHS = 12
# Shorter bars of a year have no room for words: they say them to who points at them.
SHORTEST_WITH_WORDS = 4


def look(asked: Asked, first: date, last: date) -> Seen:
    """What the reader sees of these days, with the hidden times where it is the calendar of one person."""
    seen = seen_days(asked.events(), first, last, asked.reading)
    if asked.person is not None:
        seen.items += busy_items(asked.person, first, last, asked.reading)
        seen.items.sort(key=lambda item: (item.first, item.begins))
    return seen


@calendar_page
def month_page(request: StaffRequest, asked: Asked) -> HttpResponse:
    """The month of the day in weeks from Monday; what has no fixed day stands below."""
    first, last = month_of(asked.day)
    weeks = weeks_of(first, last)
    seen = look(asked, weeks[0][0], weeks[-1][1])
    lines = [_week(begin, end, first, seen, asked) for begin, end in weeks]
    language = asked.reading.language
    context = common_context(
        asked,
        "month",
        before=months_on(asked.day, -1),
        after=months_on(asked.day, 1),
        heading=capfirst(write_day(first, language, "month_heading")),
    )
    context |= {
        "lines": [(line, week_markup(line.days), bars_markup(line.bars)) for line in lines],
        "names": [write_day(day, language, "weekday_name") for day in days_between(*weeks[0])],
        "open": open_rows([event for event in seen.open if _may_be_in(event, first, last)], asked),
        "is_empty": not any(item.first <= last and item.last >= first for item in seen.items),
    }
    return render(request, "meetings/calendar_month.html", context, status=400 if asked.problem else 200)


def _may_be_in(event: Event, first: date, last: date) -> bool:
    return (event.since_earliest or first) <= last and (event.until_latest or last) >= first


def open_rows(events: Sequence[Event], asked: Asked) -> list[Row]:
    """Events whose day is not fixed, each with what is known of it."""
    reading = asked.reading
    home = home_of(reading)
    return [
        Row(
            title=reading.name(EVENT, event.pk) or str(event),
            address=address((EVENT, event.pk)),
            second=stage_words(event, reading),
            when=open_words(event, reading),
            side=side if (side := side_of(event, home)) in ("ours", "theirs") else "joint",
            spoken=reading.other_language(EVENT, event.pk),
        )
        for event in events
    ]


def _week(begin: date, end: date, month: date, seen: Seen, asked: Asked) -> Line:
    kept = asked.kept()
    days = [
        day_cell(day, at, seen, asked.reading, kept=kept, outside=day.month != month.month)
        for at, day in enumerate(days_between(begin, end), 1)
    ]
    placing = lanes_of(seen.items, begin, end, LANES)
    bars = _bars(seen.items, placing, asked, words_from=1)
    for column, number in sorted(placing.hidden.items()):
        day = days[column - 1].day
        label = more_words(number, asked.reading.language)
        when = write_day(day, asked.reading.language, "short")
        bars.append(Bar(label, column, 1, MORE_LANE, MORE, where("day", day, **kept), when))
    return Line(title=short_days(begin, end, asked.reading.language), days=days, bars=bars)


def _bars(items: Sequence[Item], placing: Placing, asked: Asked, *, words_from: int) -> list[Bar]:
    """The bars of a row of days, in the order in which they begin."""
    language = asked.reading.language
    found = []
    for at, place in sorted(placing.bars.items(), key=lambda one: one[1].column):
        item = items[at]
        words = f"{item.begins} {item.label}" if item.begins and words_from == 1 else item.label
        found.append(
            Bar(
                label=words,
                column=place.column,
                span=place.span,
                lane=place.lane,
                kind=item.side,
                address=item.address,
                when=short_days(item.first, item.last, language),
                whole=whole_words(item, language),
                shift=item.shift,
                first=item.first.isoformat(),
                spoken=item.spoken,
                is_short=place.span < words_from,
            )
        )
    return found


@calendar_page
def year_page(request: StaffRequest, asked: Asked) -> HttpResponse:
    """The year of the day as twelve rows of days."""
    year = asked.day.year
    first, last = date(year, 1, 1), date(year, MONTHS, 31)
    seen = look(asked, first, last)
    lines = [_month(date(year, number, 1), seen, asked) for number in range(1, MONTHS + 1)]
    context = common_context(
        asked,
        "year",
        before=months_on(asked.day, -MONTHS),
        after=months_on(asked.day, MONTHS),
        heading=str(year),
    )
    context |= {
        "lines": [(line, month_markup(line.days), bars_markup(line.bars)) for line in lines],
        "numbers": range(1, 32),
        "open": open_rows(seen.open, asked),
        "is_empty": not seen.items,
    }
    return render(request, "meetings/calendar_year.html", context, status=400 if asked.problem else 200)


def _month(first: date, seen: Seen, asked: Asked) -> Line:
    kept = asked.kept()
    begin, end = month_of(first)
    mine = [item for item in seen.items if item.first <= end and item.last >= begin]
    days = [day_cell(day, at, seen, asked.reading, kept=kept) for at, day in enumerate(days_between(begin, end), 1)]
    bars = _bars(mine, lanes_of(mine, begin, end, LANES), asked, words_from=SHORTEST_WITH_WORDS)
    target = where("month", begin, **kept)
    without = len(mine) - len(bars)
    if without:
        label = more_words(without, asked.reading.language)
        bars.append(Bar(label, 1, 6, MORE_LANE, MORE, target))
    title = capfirst(write_day(begin, asked.reading.language, "month_alone"))
    return Line(title=title, days=days, bars=bars, address=target)
