"""A session or conference in numbers: statements, talks, offices; at it, and of the delegation in its year.

Each number leads to the rows that it counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.core.addresses import as_of
from interparl.core.blocks import Content, Rows
from interparl.core.hooks import block_on
from interparl.core.known_entries import may_view
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.meetings.measures import counted_address
from interparl.meetings.measures.counted import (
    EVENTS,
    MODELS,
    OFFICES,
    SPEECHES,
    TALKS,
    TITLES,
    Work,
    numbers_of,
    rows_of,
)
from interparl.meetings.models import SPOKEN_AT, Event, Statement

AT_IT = (SPEECHES, TALKS, OFFICES)
IN_YEAR = (EVENTS, *AT_IT)
EVERY = "every statement"


@dataclass(frozen=True)
class Line:
    """One thing that is counted: at the session, and in the year, each with its rows."""

    what: str
    here: int | None
    here_url: str
    year: int | None
    year_url: str


def work_at(event: Event, reading: Reading) -> Work:
    """What was done at one session by the day that is read."""
    return Work(event, event.since_earliest or reading.day, reading.day, reading.user)


def work_in_year(event: Event, reading: Reading) -> Work | None:
    """What the delegation did in the year of the session by the day that is read; None where it is nobody's."""
    host = reading.seen(event.body) or reading.seen(event.organisation)
    if host is None or event.since_earliest is None:
        return None
    year = event.since_earliest.year
    return Work(host, date(year, 1, 1), max(date(year, 1, 1), min(date(year, 12, 31), reading.day)), reading.user)


def numbers_at(event: Event, reading: Reading) -> dict[str, int]:
    """All that is counted of a session, with how many statements there are; one query a page."""
    key = ("numbers", event.pk)
    if key not in reading.memo:
        here, year = work_at(event, reading), work_in_year(event, reading)
        rows = {what: rows_of(what, here) for what in AT_IT}
        rows[EVERY] = Statement.objects.visible_to(reading.user).filter(event=event)
        rows |= {f"{what} of the year": rows_of(what, year) for what in IN_YEAR} if year else {}
        reading.memo[key] = numbers_of(rows)
    found: dict[str, int] = reading.memo[key]
    return found


@block_on(Event, "numbers", gettext_lazy("In numbers"), place="main", order=41)
def session_numbers(event: Event, reading: Reading) -> Content | None:
    """Statements, talks and offices, beside them those of the year; what is not known to the reader is left out."""
    if event.kind not in SPOKEN_AT:
        return None
    year = work_in_year(event, reading)
    known = [what for what in (IN_YEAR if year else AT_IT) if may_view(MODELS[what].record_kind(), reading.user)]
    lines = [_line(what, event, year, reading) for what in known]
    is_any = any(line.here or line.year for line in lines)
    return Rows(Table.of(_columns(year), lines, reading)) if is_any else None


def _line(what: str, event: Event, year: Work | None, reading: Reading) -> Line:
    numbers = numbers_at(event, reading)
    here, in_year = numbers.get(what), numbers.get(f"{what} of the year")
    return Line(
        what,
        here,
        as_of(counted_address("event", event.pk, what), reading) if here else "",
        in_year,
        as_of(counted_address(year.name, year.host.pk, what, year.first, year.last), reading)
        if year and in_year
        else "",
    )


def _columns(year: Work | None) -> Columns[Any]:
    what: Column[Any] = Column("what", gettext_lazy("What"), lambda one, r: str(TITLES[one.what]))
    here: Column[Any] = Column(
        "here", gettext_lazy("Here"), lambda one, r: one.here, kind="number", address=lambda one: one.here_url
    )
    if year is None:
        return Columns((what, here))
    label = _("The delegation in %(year)s") % {"year": year.first.year}
    whole: Column[Any] = Column("year", label, lambda one, r: one.year, kind="number", address=lambda one: one.year_url)
    return Columns((what, here, whole))
