"""When a backup is due, and which ones are kept; no clock and no disk in here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

# After one that failed the next try waits so long.
PATIENCE = timedelta(hours=1)


@dataclass(frozen=True)
class Keep:
    """Of how many days, weeks and months the last backup stays."""

    days: int
    weeks: int
    months: int


@dataclass(frozen=True)
class Schedule:
    """Where backups are put, from which time of day on (the parliament's), and how many stay."""

    folder: Path
    at: time
    keep: Keep


def is_due(moment: datetime, at: time, made: Collection[datetime], failed_at: datetime | None) -> bool:
    """Whether today's backup is to be made at this moment; all moments in the zone of the parliament.

    A server that was off at the hour makes it when it is back.
    """
    if moment.time() < at or any(one.date() == moment.date() for one in made):
        return False
    return failed_at is None or not timedelta(0) <= moment - failed_at < PATIENCE


def kept(moments: Collection[datetime], keep: Keep) -> set[datetime]:
    """Those that stay: the newest, and the last of each of the latest days, weeks and months that have one.

    Days without a backup do not count, so nothing goes away only because time passes.
    """
    newest_first = sorted(moments, reverse=True)
    found = set(newest_first[:1])
    found |= _last_of_each(newest_first, keep.days, lambda one: one.date())
    found |= _last_of_each(newest_first, keep.weeks, lambda one: one.isocalendar()[:2])
    found |= _last_of_each(newest_first, keep.months, lambda one: (one.year, one.month))
    return found


def _last_of_each(newest_first: list[datetime], most: int, period: Callable[[datetime], Hashable]) -> set[datetime]:
    found: dict[Hashable, datetime] = {}
    for moment in newest_first:
        found.setdefault(period(moment), moment)
    return set(list(found.values())[:most])
