"""What every page of the calendar shows around its days: heading, ways to other days, slices, filters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from interparl.core.formats import write_day
from interparl.core.requests import StaffRequest, require, same_page
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Action, Tab
from interparl.meetings.blocks.calendar import ONE_DAY, Seen, sitting_words
from interparl.meetings.pages.calendar.asked import Asked, asked_of

PERMISSION = "meetings.view_event"
VIEWS = ("month", "week", "day", "year", "list")


@dataclass(frozen=True)
class DayCell:
    """A day of a row: its place in it, its number, what it is called in words, and what stands on it."""

    column: int
    day: date
    words: str
    address: str = ""
    name: str = ""
    free: str = ""
    is_today: bool = False
    is_weekend: bool = False
    is_sitting: bool = False
    is_outside: bool = False

    @property
    def classes(self) -> str:
        """How the day looks."""
        marks = {
            "is-today": self.is_today,
            "is-weekend": self.is_weekend,
            "is-outside": self.is_outside,
            "is-sitting": self.is_sitting,
        }
        return " ".join(name for name, holds in marks.items() if holds)


@dataclass(frozen=True)
class Bar:
    """A bar of a row: where it stands, what it says, and where it leads; `shift` is where the event is moved."""

    label: str
    column: int
    span: int
    lane: int
    kind: str
    address: str = ""
    when: str = ""
    whole: str = ""
    shift: str = ""
    first: str = ""
    spoken: str = ""
    is_short: bool = False


@dataclass(frozen=True)
class Line:
    """A row of days with its bars: a week of a month, a month of a year."""

    title: str
    days: Sequence[DayCell]
    bars: Sequence[Bar]
    address: str = ""


def calendar_page(page: Callable[[StaffRequest, Asked], HttpResponse]) -> Callable[[StaffRequest], HttpResponse]:
    """A page of the calendar for who may view events; the day as other pages write it (`?on=`) leads to the same."""

    @wraps(page)
    def guarded(request: StaffRequest) -> HttpResponse:
        require(request.user, PERMISSION)
        if "on" in request.GET:
            day = request.GET.get("day") or request.GET["on"]
            return HttpResponseRedirect(same_page(request, on=None, day=day[:40]))
        return page(request, asked_of(request))

    return guarded


def where(view: str, on_day: date | None = None, /, **kept: str) -> str:
    """The address of a page of the calendar."""
    query = urlencode({**({"day": on_day.isoformat()} if on_day else {}), **kept})
    found = reverse(f"meetings:calendar-{view}")
    return f"{found}?{query}" if query else found


def common_context(asked: Asked, view: str, *, before: date, after: date, heading: str) -> dict[str, Any]:
    """What stands around the days of a page."""
    kept, pills = asked.kept(), asked.pills()
    names = {"month": _("Month"), "week": _("Week"), "day": _("Day"), "year": _("Year"), "list": _("List")}
    ways = [
        Action(_("Before"), where(view, before, **kept), icon="previous", words_hidden=True),
        Action(_("Today"), where(view, None, **kept)),
        Action(_("After"), where(view, after, **kept), icon="next", words_hidden=True),
    ]
    return {
        "reading": asked.reading,
        "asked": asked.form,
        "heading": heading,
        "actions": ways,
        "more": [
            Action(_("Board by stage"), reverse("meetings:calendar-board"), icon="worklist"),
            Action(_("Monday sheet"), where("monday", asked.day), icon="print"),
        ],
        "tabs": [Tab(names[one], where(one, asked.day, **kept), current=one == view) for one in VIEWS],
        "pills": pills,
        "clear_url": where(view, asked.day) if pills else "",
        "kept": list(kept.items()),
        "day_iso": asked.day.isoformat(),
        "kept_but_asked": [("day", asked.day.isoformat())] if not asked.is_today else [],
        "day_problem": asked.problem,
    }


def day_cell(
    day: date, column: int, seen: Seen, reading: Reading, *, kept: dict[str, str], outside: bool = False
) -> DayCell:
    """A day as a row of days shows it."""
    free = seen.free.get(day, "")
    sits = sitting_words(seen.sittings.get(day, ()), reading)
    return DayCell(
        column=column,
        day=day,
        words=", ".join(filter(None, [write_day(day, reading.language, "long"), free, *sits])),
        address=where("day", day, **kept),
        name=write_day(day, reading.language, "weekday_name"),
        is_today=day == reading.day,
        free=free,
        is_weekend=day in seen.free,
        is_sitting=bool(sits),
        is_outside=outside,
    )


def days_between(first: date, last: date) -> list[date]:
    """Every day from the first to the last."""
    return [first + step * ONE_DAY for step in range((last - first).days + 1)]
