"""The week and the day by the hour, and the month as a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.core.addresses import address, list_address
from interparl.core.formats import write_day, write_days
from interparl.core.requests import StaffRequest, same_page
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Action, Link
from interparl.meetings.blocks.calendar import ONE_DAY, Seen
from interparl.meetings.blocks.columns import KIND, NAME, PLACE, STAGE, WHEN
from interparl.meetings.blocks.hours import HourLine, lines_of, programme_lines
from interparl.meetings.models import Event
from interparl.meetings.pages.calendar.asked import Asked
from interparl.meetings.pages.calendar.common import (
    calendar_page,
    common_context,
    days_between,
    where,
)
from interparl.meetings.pages.calendar.grids import look
from interparl.meetings.pages.calendar.printing import day_book, pdf_answer
from interparl.meetings.rules.lanes import month_of, months_on, weeks_of

COUNTRY = "directory.country"
COLUMNS: Columns[Event] = Columns(
    (
        WHEN,
        NAME,
        KIND,
        Column(
            "country",
            gettext_lazy("With"),
            lambda e, r: r.name(COUNTRY, e.country_id),
            refs=lambda e: [(COUNTRY, e.country_id)] if e.country_id else [],
            address=lambda e: address((COUNTRY, e.country_id)) if e.country_id else "",
            spoken=lambda e, r: r.spoken(COUNTRY, e.country_id),
        ),
        PLACE,
        STAGE,
    )
)


@dataclass(frozen=True)
class DayPart:
    """A day with its lines."""

    title: str
    iso: str
    lines: list[HourLine]
    address: str = ""
    is_today: bool = False
    is_weekend: bool = False
    free: str = ""


def day_part(day: date, seen: Seen, asked: Asked, lines: list[HourLine]) -> DayPart:
    """A day of a week, or the only one."""
    reading = asked.reading
    return DayPart(
        title=capfirst(write_day(day, reading.language, "long")),
        free=seen.free.get(day, ""),
        iso=day.isoformat(),
        lines=lines,
        address=where("day", day, **asked.kept()),
        is_today=day == reading.day,
        is_weekend=day in seen.free,
    )


@calendar_page
def week_page(request: StaffRequest, asked: Asked) -> HttpResponse:
    """The week of the day, each of its days by the hour."""
    [(first, last)] = weeks_of(asked.day, asked.day)
    seen = look(asked, first, last)
    parts = [day_part(day, seen, asked, lines_of(seen, day, asked.reading)) for day in days_between(first, last)]
    return _hours_page(request, asked, "week", parts, 7, write_days(first, last, asked.reading.language))


@calendar_page
def day_page(request: StaffRequest, asked: Asked) -> HttpResponse:
    """The day by the hour, with what the programmes of its events have on it."""
    day, reading = asked.day, asked.reading
    seen = look(asked, day, day)
    programme = programme_lines([item.key for item in seen.items if item.key is not None], day, reading)
    parts = [day_part(day, seen, asked, lines_of(seen, day, reading, programme))]
    if request.GET.get("format") == "pdf" and not asked.problem:
        return pdf_answer(day_book(parts[0].title, parts[0].lines, reading), f"day-{day.isoformat()}.pdf")
    return _hours_page(request, asked, "day", parts, 1, parts[0].title)


def _hours_page(
    request: StaffRequest, asked: Asked, view: str, parts: list[DayPart], step: int, heading: str
) -> HttpResponse:
    context = common_context(
        asked, view, before=asked.day - step * ONE_DAY, after=asked.day + step * ONE_DAY, heading=heading
    )
    if view == "day":
        context["more"] = [Action(_("Print the day"), same_page(request, format="pdf"), icon="print"), *context["more"]]
    context |= {"parts": parts, "is_single": len(parts) == 1}
    return render(request, "meetings/calendar_days.html", context, status=400 if asked.problem else 200)


@calendar_page
def list_page(request: StaffRequest, asked: Asked) -> HttpResponse:
    """The events of the month as a table, by their days; those whose day is open stand last."""
    first, last = month_of(asked.day)
    reading = asked.reading
    seen = look(asked, first, last)
    events = [item.event for item in seen.items if item.event is not None]
    countries = {(COUNTRY, event.country_id) for event in [*events, *seen.open] if event.country_id}
    reading.want(countries)
    context = common_context(
        asked,
        "list",
        before=months_on(asked.day, -1),
        after=months_on(asked.day, 1),
        heading=capfirst(write_day(first, reading.language, "month_heading")),
    )
    context |= {
        "table": _table(events, reading),
        "open_table": _table(seen.open, reading),
        "register": [Link(_("All events"), list_address(Event.record_kind()))],
    }
    return render(request, "meetings/calendar_list.html", context, status=400 if asked.problem else 200)


def _table(events: list[Event], reading: Reading) -> Table[Event]:
    """Rows whose names are at hand already."""
    return Table(COLUMNS, events, reading, total=len(events))
