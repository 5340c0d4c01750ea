"""The programme of a day: when each item begins and ends, what lies between, and what runs over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Slot:
    """An item as it was put down: in its track, after the one before it; `travel` are the minutes of the way to it."""

    key: int
    track: int
    begins: datetime | None = None
    ends: datetime | None = None
    minutes: int | None = None
    travel: int = 0


@dataclass(frozen=True)
class TimedSlot:
    """An item with its time.

    `gap`: minutes free before it, the way taken off. `over_run`: minutes by which it begins before all earlier ones of
    its track have ended. `way_short`: minutes that lack for the way to it. `is_backwards`: its own end lies before its
    begin, so that it has no length.
    """

    slot: Slot
    begins: datetime
    ends: datetime
    gap: int = 0
    over_run: int = 0
    way_short: int = 0
    is_backwards: bool = False

    @property
    def key(self) -> int:
        """The key of the item."""
        return self.slot.key

    @property
    def track(self) -> int:
        """Its track."""
        return self.slot.track

    @property
    def minutes(self) -> int:
        """How long it is."""
        return (self.ends - self.begins) // _MINUTE


@dataclass(frozen=True)
class Timetable:
    """All items with their times, in the order in which they were put down."""

    items: tuple[TimedSlot, ...]

    @property
    def minutes(self) -> int:
        """How long all items are together, of all tracks."""
        return sum(item.minutes for item in self.items)

    @cached_property
    def by_track(self) -> dict[int, tuple[TimedSlot, ...]]:
        """The items of each track, tracks by number."""
        tracks = sorted({item.track for item in self.items})
        return {track: tuple(item for item in self.items if item.track == track) for track in tracks}

    @property
    def over_runs(self) -> tuple[TimedSlot, ...]:
        """The items that begin before all earlier ones of their track have ended."""
        return tuple(item for item in self.items if item.over_run)

    @property
    def gaps(self) -> tuple[TimedSlot, ...]:
        """The items before which there is free time."""
        return tuple(item for item in self.items if item.gap)

    @property
    def ends(self) -> datetime | None:
        """When the last one is over; None when there is none."""
        return max((item.ends for item in self.items), default=None)


def timed(slots: Sequence[Slot], day_begins: datetime) -> Timetable:
    """The times of all items; each track is gone through in the order given, and none is left out.

    An item begins when it says; else so long before its own end as it lasts; else when the one before it in its track
    (at first: the day) has ended and the way is made. It ends when it says; else after its minutes; else at once.
    Moments come back in UTC, so that an hour is an hour on the days when clocks change.
    """
    day_begins = _in_utc(day_begins)
    before: dict[int, datetime] = {}
    busy: dict[int, datetime] = {}
    items = []
    for slot in slots:
        begins, ends = _span(slot, before.get(slot.track, day_begins))
        free_from = busy.get(slot.track)
        items.append(_item(slot, begins, ends, free_from))
        before[slot.track] = items[-1].ends
        busy[slot.track] = max(items[-1].ends, free_from or items[-1].ends)
    return Timetable(tuple(items))


def _span(slot: Slot, before: datetime) -> tuple[datetime, datetime]:
    """Begin and end of an item, as it says or as follows; the end may still lie before the begin."""
    length = max(slot.minutes or 0, 0) * _MINUTE
    ends = None if slot.ends is None else _in_utc(slot.ends)
    if slot.begins is not None:
        begins = _in_utc(slot.begins)
    elif ends is not None and slot.minutes is not None:
        begins = ends - length
    else:
        begins = before + max(slot.travel, 0) * _MINUTE
    return begins, begins + length if ends is None else ends


def _item(slot: Slot, begins: datetime, ends: datetime, free_from: datetime | None) -> TimedSlot:
    is_backwards = ends < begins
    if is_backwards:
        ends = begins
    if free_from is None:
        return TimedSlot(slot, begins, ends, is_backwards=is_backwards)
    way = max(slot.travel, 0)
    # Begun minutes count: half a minute too early is too early.
    over_run = max(0, -((begins - free_from) // _MINUTE))
    free = max(0, (begins - free_from) // _MINUTE)
    return TimedSlot(slot, begins, ends, max(0, free - way), over_run, max(0, way - free), is_backwards=is_backwards)


def _in_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo is None else moment.astimezone(UTC)
