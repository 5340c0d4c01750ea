"""The sheet of some days: everything that stands on them in one table, with who leads and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from interparl.accounts.models import User
from interparl.accounts.roles import INTERNAL, OFFICIAL, PUBLIC, RESTRICTED
from interparl.core.addresses import address
from interparl.core.days import DEMONSTRATION_DAY, installation
from interparl.core.formats import NBSP, write_day
from interparl.core.kinds import Ref
from interparl.core.models import Grade
from interparl.core.reads import note_rows
from interparl.core.records import Record
from interparl.core.rights import Reader
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.meetings.blocks.calendar import (
    CHAMBER,
    NEUTRAL,
    Item,
    home_country,
    seen_days,
    short_days,
)
from interparl.meetings.blocks.columns import EVENT, hours_of, place_of
from interparl.meetings.models import Booking, Event, Participation, Resource, StageDay
from interparl.meetings.models.events import EventQuerySet

PARTICIPATION = "meetings.participation"
LEADING = (Participation.Function.HEAD, Participation.Function.HOST)
GRADES = (Grade.STATED, Grade.LIKELY, Grade.ILLUSTRATIVE)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class SheetLine:
    """A row of the sheet; on paper the day is written in the first row of each day alone."""

    day: date
    day_words: str
    hours: str
    what: str
    second: str = ""
    side: str = ""
    address: str = ""
    spoken: str = ""
    ours: str = ""
    theirs: str = ""
    stage: str = ""
    missing: str = ""
    is_first: bool = True


@dataclass
class Sheet:
    """The rows of some days for one reader, with the highest mark and the lowest grade of what is in them."""

    lines: list[SheetLine] = field(default_factory=list)
    mark: str = PUBLIC
    grade: str = Grade.STATED

    def table(self, reading: Reading, *, printed: bool = False) -> Table[Any]:
        """The same as a table."""
        return Table(PRINTED if printed else COLUMNS, self.lines, reading, total=len(self.lines))


COLUMNS: Columns[Any] = Columns(
    (
        Column("day", gettext_lazy("Day"), lambda line, r: line.day_words),
        Column("hours", gettext_lazy("Hours"), lambda line, r: line.hours),
        Column(
            "what",
            gettext_lazy("What"),
            lambda line, r: line.what,
            address=lambda line: line.address,
            second=lambda line, r: line.second,
            spoken=lambda line, r: line.spoken or r.language,
            side=lambda line: line.side,
        ),
        Column("ours", gettext_lazy("Our head"), lambda line, r: line.ours),
        Column("theirs", gettext_lazy("Their head"), lambda line, r: line.theirs),
        Column("stage", gettext_lazy("Stage"), lambda line, r: line.stage, second=lambda line, r: line.missing),
    )
)

PRINTED: Columns[Any] = Columns(
    (
        Column("day", gettext_lazy("Day"), lambda line, r: line.day_words if line.is_first else ""),
        *COLUMNS.of[1:],
    )
)


def sheet_of(found: EventQuerySet, first: date, last: date, reading: Reading) -> Sheet:
    """Events, sittings and days of stages from `first` to `last`, as this reader may know of them; eight queries."""
    due = stage_days_due(found, first, last, reading)
    seen = seen_days(found, first, last, reading, extra={(EVENT, row.event_id) for row in due})
    events = seen.fixed
    people, bookings = _people_of(events, reading), _bookings_of(events, reading)
    refs: set[Ref] = {(PARTICIPATION, row.pk) for row in people if row.function in LEADING}
    reading.want(refs)
    by_day: dict[date, list[SheetLine]] = {}
    for day, rows in sorted(seen.sittings.items()):
        named = [(row, name) for row in rows if (name := reading.name(CHAMBER, row.chamber_id))]
        found_lines = [
            SheetLine(day, "", hours_of(row), _("%(chamber)s sits") % {"chamber": one}) for row, one in named
        ]
        by_day.setdefault(day, []).extend(found_lines)
    for item in sorted(seen.items, key=lambda one: (one.first, one.begins)):
        day = max(item.first, first)
        mine = [row for row in people if row.event_id == item.key]
        taken = {row.resource.kind for row in bookings if row.event_id == item.key}
        by_day.setdefault(day, []).append(_line(item, day, mine, taken, reading))
    for row in due:
        day = date.fromisoformat(row.planned_on)
        by_day.setdefault(day, []).append(_due_line(row, day, reading))
    return Sheet(
        [line for day in sorted(by_day) for line in _with_day(day, by_day[day], reading)],
        mark=highest_mark([*events, *people, *due], reading.user),
        grade=lowest_grade([*events, *people, *due]),
    )


def _with_day(day: date, lines: Sequence[SheetLine], reading: Reading) -> list[SheetLine]:
    words = capfirst(write_day(day, reading.language, "short")).replace(" ", NBSP)
    ordered = sorted(lines, key=lambda line: line.hours)
    return [replace(line, day_words=words, is_first=not at) for at, line in enumerate(ordered)]


def stage_days_due(found: EventQuerySet, first: date, last: date, reading: Reading) -> list[StageDay]:
    """The days of stages that are planned for these days exactly and not reached, of events that are on the way."""
    days = [(first + step * ONE_DAY).isoformat() for step in range((last - first).days + 1)]
    rows = StageDay.objects.visible_to(reading.user).filter(planned_on__in=days, reached_on="")
    # Looked up for the few rows; "in" would gather every event.
    rows = rows.filter(Exists(found.taking_place().filter(pk=OuterRef("event"))))
    due = list(rows.select_related("event").order_by("planned_on", "pk"))
    shown = [row for row in due if row.event.is_open_to(reading.user)]
    note_rows(shown)
    return shown


def _people_of(events: Sequence[Event], reading: Reading) -> list[Participation]:
    """Those who lead and those who interpret, in the order of their lists."""
    functions = (*LEADING, Participation.Function.INTERPRETER)
    rows = Participation.objects.visible_to(reading.user).counted().filter(event__in=[one.pk for one in events])
    found = list(rows.filter(function__in=functions).in_order().defer("note", "excuse", "role"))
    note_rows(row for row in found if row.function in LEADING)
    return found


def _bookings_of(events: Sequence[Event], reading: Reading) -> list[Booking]:
    rows = Booking.objects.visible_to(reading.user).filter(event__in=[one.pk for one in events])
    return list(rows.select_related("resource").order_by("pk"))


def _line(item: Item, day: date, people: Sequence[Participation], taken: set[str], reading: Reading) -> SheetLine:
    event = item.event
    assert event is not None  # noqa: S101  busy times stand on no sheet
    home = home_country(reading)
    ours, theirs = _leads(people, home, reading)
    days = short_days(item.first, item.last, reading.language) if item.first != item.last else ""
    kind = capfirst(reading.choice(event, "kind"))
    return SheetLine(
        day=day,
        day_words="",
        hours=item.hours if item.first == item.last else "",
        what=item.label,
        second=" · ".join(filter(None, [kind, days, place_of(event, reading)])),
        side="" if item.side == NEUTRAL else item.side,
        address=item.address,
        spoken=item.spoken,
        ours=ours,
        theirs=theirs,
        stage=capfirst(reading.choice(event, "stage")),
        missing=", ".join(_missing(event, people, taken, home)),
    )


def _leads(people: Sequence[Participation], home: int | None, reading: Reading) -> tuple[str, str]:
    """Who leads on our side and on theirs; nobody where the reader may not know of him."""
    found = {"ours": "", "theirs": ""}
    for row in people:
        if row.function not in LEADING:
            continue
        is_ours = row.country_id == home if row.country_id else row.function == Participation.Function.HOST
        side = "ours" if is_ours else "theirs"
        found[side] = found[side] or reading.name(PARTICIPATION, row.pk)
    return found["ours"], found["theirs"]


def _missing(event: Event, people: Sequence[Participation], taken: set[str], home: int | None) -> list[str]:
    """An interpreter where two languages are spoken, a room where one is at home at an hour."""
    has_interpreter = Resource.Kind.INTERPRETER in taken or any(
        row.function == Participation.Function.INTERPRETER for row in people
    )
    found = []
    if " " in event.languages and not has_interpreter:
        found.append(_("no interpreter"))
    is_here = event.where_id is not None and event.where_id == home
    if event.begins and is_here and not event.is_remote and not event.place and Resource.Kind.ROOM not in taken:
        found.append(_("no room"))
    return found


def _due_line(row: StageDay, day: date, reading: Reading) -> SheetLine:
    words = {
        "stage": capfirst(reading.choice(row, "stage")),
        "event": reading.name(EVENT, row.event_id) or str(row.event),
    }
    return SheetLine(
        day=day,
        day_words="",
        hours=pgettext("stage of an event", "due"),
        what=_("%(stage)s: %(event)s") % words,
        address=address((EVENT, row.event_id)),
    )


def highest_mark(rows: Sequence[Record], user: Reader) -> str:
    """The highest mark of what is printed; what is written for staff is internal at least."""
    if any(row.effective_mark in RESTRICTED for row in rows):
        return OFFICIAL
    return INTERNAL if isinstance(user, User) and INTERNAL in user.rights.marks else PUBLIC


def lowest_grade(rows: Sequence[Record]) -> str:
    """The lowest grade of what is printed; all of a demonstration is one."""
    if DEMONSTRATION_DAY in installation():
        return Grade.ILLUSTRATIVE
    return max((row.grade for row in rows), key=[*map(str, GRADES)].index, default=Grade.STATED)
