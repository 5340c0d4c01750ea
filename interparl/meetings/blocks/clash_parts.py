"""What every kind of clash is made of: what collides, the words for one reader, and the event as it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils.crypto import salted_hmac

from interparl.core.formats import write_day, write_days
from interparl.core.kinds import Ref
from interparl.core.tables import Reading
from interparl.meetings.actions.occupied import Occupied
from interparl.meetings.blocks.clash_facts import Facts, days_of
from interparl.meetings.models import ClashSalt, Event
from interparl.meetings.rules import clashes as rules
from interparl.meetings.rules.zones import local_day, local_text

INSTANT = timedelta(microseconds=1)
# One who is in both, or whose events belong together, is in one place; this names another event without telling which.
COVERED = "other"


class Words(NamedTuple):
    """What is said of a clash in the reader's language."""

    title: str
    text: str = ""


@dataclass(frozen=True)
class Found:
    """A clash before it has words.

    `names` are the records that the words call by name, `concerns` the rows of the event that are in it, `moved` the
    one that could be changed, `meets` the record it collides with, as far as the reader may know of it. `double` are
    the hours in which a resource would be needed instead of `wanted`.
    """

    clash: rules.Clash
    words: Callable[[Reading], Words]
    names: frozenset[Ref] = frozenset()
    concerns: frozenset[Ref] = frozenset()
    moved: Ref | None = None
    meets: Ref | None = None
    wanted: int = 0
    hours: tuple[datetime, datetime] | None = None


@dataclass
class Asked:
    """An event on the days on which it stands or would stand, what the reader may know of around it, and him."""

    event: Event
    facts: Facts
    reading: Reading

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day where both are exact."""
        return days_of(self.event)


def clash_of(kind: rules.ClashKind, day: date, *refs: Ref) -> rules.Clash:
    """A clash of the usual severity."""
    return rules.Clash(kind, rules.USUAL_SEVERITY[kind], day, refs)


def clash_salt() -> str:
    """The secret for `covered`; asked once for all clashes of a page."""
    return ClashSalt.objects.values_list("value", flat=True).order_by("pk")[0]


def covered(what: Ref, event: int, salt: str) -> Ref:
    """Another event in the key of a clash: the same for every reader, and it tells nobody which one it is."""
    digest = salted_hmac("interparl.meetings.clash", f"{what[0]}.{what[1]}.{event}", secret=salt).digest()
    return COVERED, int.from_bytes(digest[:6])


def taken(row: Occupied, *, is_hidden: bool = False) -> rules.Taken:
    """A row as the rules look at it; of what the reader may not know of nobody says where it is."""
    what = (rules.PERSON, row.person_id) if row.person_id else (rules.RESOURCE, row.resource_id or 0)
    place = "" if is_hidden else rules.place_key(row.place, str(row.where_id or ""))
    source = (row.source_kind, row.source_id)
    return rules.Taken(
        what, row.begins_at, row.ends_at, row.event_id, source, place, row.zone or "UTC", row.is_whole_day
    )


def when_words(one: rules.Taken, zone: str, language: str) -> str:
    """From when to when, as clocks show it there: "Thu 28 May 2015, 10:00–11:15", or the days of a stay."""
    first = local_day(one.begins, zone)
    last = max(first, local_day(max(one.begins, one.ends - INSTANT), zone))
    if one.is_all_day:
        return write_days(first, last, language, weekday=True)
    hours = f"{local_text(one.begins, zone)}–{local_text(one.ends, zone)}"
    if first == last:
        return f"{write_day(first, language, 'weekday')}, {hours}"
    begins = f"{write_day(first, language, 'weekday')}, {local_text(one.begins, zone)}"
    return f"{begins} – {write_day(last, language, 'weekday')}, {local_text(one.ends, zone)}"
