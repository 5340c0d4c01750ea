"""Whom and what events take from when to when, worked out from the stored rows or for other days than theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from interparl.core.days import PARLIAMENT_ZONE, installation
from interparl.core.translated import Stored, texts_of
from interparl.meetings.models import NOT_ON, Booking, Event, ItemPerson, Participation, ProgrammeItem, Resource
from interparl.meetings.models.fields import moment_or_none
from interparl.meetings.rules.zones import day_bounds

# Nobody said until when: so long is taken.
USUAL_LENGTH = timedelta(hours=1)
LONGEST_PLACE = 200
PARTICIPATION, ITEM_PERSON, BOOKING = "meetings.participation", "meetings.itemperson", "meetings.booking"
Hours = tuple[datetime, datetime]


class Occupied(NamedTuple):
    """A row of `Occupation` as values, in the order of its columns."""

    event_id: int
    person_id: int | None
    resource_id: int | None
    begins_at: datetime
    ends_at: datetime
    zone: str
    where_id: int | None
    place: str
    is_whole_day: bool
    source_kind: str
    source_id: int
    mark: str


@dataclass(frozen=True)
class _Frame:
    """What all rows of one event have in common; `by` is how many days it stands from where it is stored."""

    event: Event
    zone: str
    by: timedelta

    @property
    def is_stay(self) -> bool:
        """Whether it takes whole days: one without hours, or of several days."""
        return not self.event.begins or self.event.first_day != self.event.last_day

    @property
    def span(self) -> Hours | None:
        """From when to when it lasts; None as long as its days are not exact."""
        begins, ends = self.event.begins_at, self.event.ends_at
        if begins is None or ends is None:
            return None
        if not self.is_stay and not self.event.ends:
            return begins, begins + USUAL_LENGTH
        return begins, max(begins, ends)

    def moved(self, day: date | None) -> date | None:
        """A stored day of this event, on the days that are asked about."""
        return day + self.by if day else None


def occupied_by(events: Sequence[Event], by: timedelta = timedelta()) -> list[Occupied]:
    """All that these events take; with `by`, as if what is stored of each lay so many days later.

    The events themselves already stand on the days that are asked about. Five queries for all of them.
    """
    home = ""
    if any(not event.zone for event in events):
        home = installation().get(PARLIAMENT_ZONE, "") or "UTC"
    frames = {event.pk: _Frame(event, event.zone or home, by) for event in events if event.stage not in NOT_ON}
    if not frames:
        return []
    rows = [*_of_participations(frames), *_of_item_people(frames), *_of_bookings(frames)]
    return list(_with_each_other(rows))


def _of_participations(frames: Mapping[int, _Frame]) -> Iterator[Occupied]:
    found = Participation.objects.filter(event__in=frames, person__isnull=False).counted()
    for key, event, person, arrives, leaves, mark in found.values_list(
        "pk", "event", "person", "arrives_on", "leaves_on", "effective_mark"
    ):
        frame = frames[event]
        if hours := _stay(frame, frame.moved(arrives), frame.moved(leaves)):
            is_stay = frame.is_stay or bool(arrives or leaves)
            yield _row(frame, hours, (PARTICIPATION, key), mark, person=person, is_stay=is_stay)


def _stay(frame: _Frame, arrives: date | None, leaves: date | None) -> Hours | None:
    """From arrival to leaving, where they are written; else as long as the event lasts."""
    span = frame.span
    if span is None:
        return None
    first, last = _whole(arrives, frame.zone), _whole(leaves, frame.zone)
    begins, ends = first[0] if first else span[0], last[1] if last else span[1]
    return (begins, ends) if begins <= ends else None


def _whole(day: date | None, zone: str) -> Hours | None:
    """A whole day there; None for none, and for one beyond all calendars."""
    try:
        return day_bounds(day, zone) if day else None
    except ValueError:
        return None


def _of_item_people(frames: Mapping[int, _Frame]) -> Iterator[Occupied]:
    found = ItemPerson.objects.filter(event__in=frames, participation__person__isnull=False)
    found = found.exclude(participation__attendance__in=Participation.AWAY)
    for key, event, person, mark, *item in found.values_list(
        "pk", "event", "participation__person", "effective_mark", *(f"item__{name}" for name in _ITEM)
    ):
        frame, of_item = frames[event], _Item(*item)
        if hours := _hours(frame.moved(of_item.day), of_item.begins, of_item.ends, of_item.zone or frame.zone):
            yield _row(frame, hours, (ITEM_PERSON, key), mark, person=person, item=of_item)


class _Item(NamedTuple):
    """What is asked of an item of a programme."""

    day: date | None
    begins: str
    ends: str
    zone: str
    kind: str
    place: Stored


_ITEM = _Item._fields


def _hours(day: date | None, begins: str, ends: str, zone: str) -> Hours | None:
    """The hours of a day; None where no hour is known."""
    first = moment_or_none(day, begins, zone)
    if first is None:
        return None
    last = moment_or_none(day, ends, zone)
    return first, first + USUAL_LENGTH if last is None or last < first else last


def _of_bookings(frames: Mapping[int, _Frame]) -> Iterator[Occupied]:
    found = Booking.objects.filter(event__in=frames)
    for key, event, resource, person, kind, mark, day, begins, ends, *item in found.values_list(
        *("pk", "event", "resource", "resource__person", "resource__kind", "effective_mark", "day", "begins", "ends"),
        *(f"item__{name}" for name in _ITEM),
    ):
        frame = frames[event]
        of_item = _Item(*item) if item[0] else None
        own = of_item
        if of_item and (begins or day not in (None, of_item.day)):
            # What is written on the booking itself is meant, for all that it is for an item.
            own = of_item._replace(day=day or of_item.day, begins=begins, ends=ends)
        hours, is_stay = _booked(frame, own or _Item(day, begins, ends, "", "", {}))
        if hours:
            speaker = person if kind == Resource.Kind.INTERPRETER else None
            yield _row(
                frame, hours, (BOOKING, key), mark, person=speaker, resource=resource, item=of_item, is_stay=is_stay
            )


def _booked(frame: _Frame, when: _Item) -> tuple[Hours | None, bool]:
    """The hours that are written, else the whole of the day, else as long as the event lasts; and whether days are."""
    day = frame.moved(when.day)
    if day is None and when.begins and frame.event.first_day == frame.event.last_day:
        day = frame.event.first_day
    if day is None:
        return frame.span, frame.is_stay
    zone = when.zone or frame.zone
    hours = _hours(day, when.begins, when.ends, zone)
    return (hours, False) if hours else (_whole(day, zone), True)


def _row(
    frame: _Frame,
    hours: Hours,
    source: tuple[str, int],
    mark: str,
    *,
    person: int | None = None,
    resource: int | None = None,
    item: _Item | None = None,
    is_stay: bool = False,
) -> Occupied:
    event = frame.event
    town, zone = town_of(event.place), frame.zone
    if item is not None:
        # A trip leads elsewhere, and so does an hour of another zone; any other hour is where the event is.
        is_away = item.kind == ProgrammeItem.Kind.TRIP or (item.zone and item.zone != zone)
        town, zone = town_of(item.place) if is_away else town, item.zone or zone
    if event.is_remote:
        town = ""
    where = None if event.is_remote else event.where_id
    return Occupied(event.pk, person, resource, *hours, zone, where, town, is_stay, *source, mark)


def town_of(place: Stored) -> str:
    """The town of a place: what stands before the first comma, in the first language that there is."""
    first = next(iter(texts_of(place).values()), "")
    return first.partition(",")[0].partition("\n")[0].strip()[:LONGEST_PLACE]


def _with_each_other(rows: Sequence[Occupied]) -> Iterator[Occupied]:
    """The rows, and what is taken along: the person is the interpreter that he is booked as, and the other way round.

    One row names both; somebody who is booked under several names has a row for each further one.
    """
    people = {row.person_id for row in rows} - {None}
    names: dict[int, list[int]] = defaultdict(list)
    speakers = Resource.objects.filter(kind=Resource.Kind.INTERPRETER, person__in=people).order_by("pk")
    for key, person in speakers.values_list("pk", "person"):
        names[person or 0].append(key)
    for row in rows:
        known = names.get(row.person_id or 0, [])
        first = row.resource_id or next(iter(known), None)
        yield row._replace(resource_id=first)
        for other in known:
            if other != first:
                yield row._replace(person_id=None, resource_id=other)
