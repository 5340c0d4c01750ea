"""The first page of the desk: a strip of two weeks, today by the hour, and the contacts next to a day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from interparl.accounts.models import User
from interparl.core.addresses import address
from interparl.core.formats import write_day, write_number
from interparl.core.reads import note_rows
from interparl.core.rights import is_own
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import StripDay, StripItem
from interparl.directory.models import Country
from interparl.meetings.blocks.calendar import (
    GOING,
    MORE,
    UNSHOWN,
    Item,
    Seen,
    home_country,
    more_words,
    seen_days,
    sitting_words,
    whole_words,
)
from interparl.meetings.blocks.columns import EVENT
from interparl.meetings.blocks.hours import HourLine, lines_of, programme_lines
from interparl.meetings.blocks.sheet import stage_days_due
from interparl.meetings.models import Event, EventPartner, Kind, StageDay
from interparl.meetings.models.events import EventQuerySet
from interparl.meetings.rules.lanes import placed
from interparl.meetings.workflow.ways import OVER_FROM, way_of

DAYS, LANES = 15, 4
ONE_DAY = timedelta(days=1)
# The words of a deadline reach over the days after it.
DEADLINE_DAYS = 3
# The stages in which an event of some kind took place; no kind has one of them before that.
OVER = sorted({stage.value for kind, first in OVER_FROM.items() for stage in way_of(kind)[way_of(kind).index(first) :]})
# The next event is looked for among those that began no earlier than so many days ago.
LONGEST = 366


@dataclass
class Fortnight:
    """Fifteen days from a day, with what stands in them, the hours of the first, and the day in sentences."""

    days: list[StripDay] = field(default_factory=list)
    items: list[StripItem] = field(default_factory=list)
    hours: list[HourLine] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def fortnight_of(reading: Reading) -> Fortnight:
    """What this reader sees of the fifteen days from the day that is read; six queries, however much there is."""
    first, last = reading.day, reading.day + (DAYS - 1) * ONE_DAY
    due = stage_days_due(Event.objects.all(), first, last, reading)
    seen = seen_days(Event.objects.all(), first, last, reading, extra={(EVENT, row.event_id) for row in due})
    mine = {item.event.pk for item in seen.on(first) if item.event is not None and _is_mine(item.event, reading)}
    return Fortnight(
        days=[_strip_day(first + step * ONE_DAY, seen, reading) for step in range(DAYS)],
        items=_strip(seen.items, due, first, last, reading),
        hours=lines_of(seen, first, reading, programme_lines(mine, first, reading)),
        said=_said(seen, first, reading),
    )


def _is_mine(event: Any, reading: Reading) -> bool:
    return isinstance(reading.user, User) and is_own(event, reading.user.standing.own)


def _strip_day(day: date, seen: Seen, reading: Reading) -> StripDay:
    is_today = day == reading.day and not reading.is_past
    return StripDay(
        number=day.day,
        name=pgettext("narrow column", "Today") if is_today else write_day(day, reading.language, "weekday_name"),
        today=is_today,
        weekend=day in seen.free,
        sitting=bool(sitting_words(seen.sittings.get(day, ()), reading)),
    )


def _strip(
    items: Sequence[Item], due: Sequence[StageDay], first: date, last: date, reading: Reading
) -> list[StripItem]:
    """Bars and deadlines in four lanes; where they have no room, in three and a line that says how many more."""
    days = [date.fromisoformat(row.planned_on) for row in due]
    spans = [(item.first, item.last) for item in items] + [(day, day + (DEADLINE_DAYS - 1) * ONE_DAY) for day in days]
    placing = placed(spans, first, last, LANES)
    if placing.hidden:
        placing = placed(spans, first, last, LANES - 1)
    found = []
    for at, bar in sorted(placing.bars.items(), key=lambda one: (one[1].column, one[1].lane)):
        shown = (
            _bar(items[at], reading)
            if at < len(items)
            else _deadline(due[at - len(items)], days[at - len(items)], reading)
        )
        found.append(StripItem(column=bar.column, span=bar.span, lane=bar.lane, **shown))
    for column, number in sorted(placing.hidden.items()):
        day = first + (column - 1) * ONE_DAY
        words = more_words(number, reading.language)
        found.append(
            StripItem(
                label=words,
                column=column,
                span=1,
                lane=LANES,
                kind=MORE,
                address=day_address(day),
                whole=f"{write_day(day, reading.language, 'full')}: {words}",
            )
        )
    return found


def _bar(item: Item, reading: Reading) -> dict[str, Any]:
    words = whole_words(item, reading.language)
    return {"label": item.label, "kind": item.side, "address": item.address, "whole": words}


def _deadline(row: StageDay, day: date, reading: Reading) -> dict[str, Any]:
    words = {
        "stage": capfirst(reading.choice(row, "stage")),
        "event": reading.name(EVENT, row.event_id) or str(row.event),
        "day": write_day(day, reading.language, "full"),
    }
    return {
        "label": _("%(stage)s: %(event)s") % words,
        "kind": "deadline",
        "address": address((EVENT, row.event_id)),
        "whole": _("Due on %(day)s, %(stage)s: %(event)s") % words,
    }


def day_address(day: date, **query: str) -> str:
    """Where a day is shown by the hour."""
    more = "".join(f"&{name}={value}" for name, value in query.items())
    return f"{reverse('meetings:calendar-day')}?day={day.isoformat()}{more}"


def _said(seen: Seen, day: date, reading: Reading) -> list[str]:
    """The day in sentences: who sits, how many delegations are abroad, how many visits are to come."""
    said = sitting_words(seen.sittings.get(day, ()), reading)
    home = home_country(reading)
    away = sum(1 for item in seen.on(day) if item.event is not None and _is_abroad(item.event, home))
    here = sum(1 for item in seen.items if item.event is not None and item.event.kind == Kind.INCOMING)
    if away:
        words = ngettext("%(count)s delegation abroad", "%(count)s delegations abroad", away)
        said.append(words % {"count": write_number(away, reading.language)})
    if here:
        words = ngettext(
            "%(count)s visit to us in the next two weeks", "%(count)s visits to us in the next two weeks", here
        )
        said.append(words % {"count": write_number(here, reading.language)})
    return said


def _is_abroad(event: Event, home: int | None) -> bool:
    """Whether ours are away for it: they go out, or it takes place in another country."""
    if event.kind == Kind.INCOMING or event.is_remote:
        return False
    return event.kind in GOING or (event.where_id is not None and event.where_id != home)


@dataclass(frozen=True)
class Nearest:
    """The last event with a country that is over on a day, and the next one."""

    last: Event | None = None
    next: Event | None = None


def nearest_of(countries: Collection[int], reading: Reading) -> dict[int, Nearest]:
    """The contacts with each of these countries next to the day that this reader may know of; two queries."""
    if not countries:
        return {}
    found = Event.objects.visible_to(reading.user).taking_place()
    over = found.filter(stage__in=OVER, until_latest__lt=reading.day)
    since = reading.day - LONGEST * ONE_DAY
    coming = found.filter(until_latest__gte=reading.day, since_earliest__gte=since)
    beside = EventPartner.objects.visible_to(reading.user).filter(country=OuterRef("pk"))
    asked = {
        "last_main": _first(over.filter(country=OuterRef("pk")), "-since_earliest", "-pk"),
        "next_main": _first(coming.filter(country=OuterRef("pk")), "since_earliest", "pk"),
        "last_beside": _first(beside.filter(_is(over)), "-event__since_earliest", "-event", key="event"),
        "next_beside": _first(beside.filter(_is(coming)), "event__since_earliest", "event", key="event"),
    }
    rows = list(Country.objects.filter(pk__in=sorted(countries)).annotate(**asked).values("pk", *asked))
    keys = {row[name] for row in rows for name in asked if row[name]}
    events = Event.objects.visible_to(reading.user).defer(*UNSHOWN).in_bulk(sorted(keys)) if keys else {}
    note_rows(events.values())
    return {row["pk"]: _nearest(row, events) for row in rows}


def _is(events: EventQuerySet) -> Exists:
    """Whether the event of a row is one of these: looked up for the few rows, where "in" would gather all of these."""
    return Exists(events.filter(pk=OuterRef("event")))


def _first(found: Any, *order: str, key: str = "pk") -> Subquery:
    return Subquery(found.order_by(*order).values(key)[:1])


def _nearest(row: dict[str, Any], events: dict[int, Event]) -> Nearest:
    over = [events[key] for name in ("last_main", "last_beside") if (key := row[name]) in events]
    coming = [events[key] for name in ("next_main", "next_beside") if (key := row[name]) in events]
    return Nearest(max(over, key=_begins, default=None), min(coming, key=_begins, default=None))


def _begins(event: Event) -> tuple[date, int]:
    return event.since_earliest or date.min, event.pk
