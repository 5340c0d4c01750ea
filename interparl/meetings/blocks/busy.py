"""Times of a colleague that are taken by what the reader may not know of: they say "busy", and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import cast

from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.core.days import PARLIAMENT_ZONE, installation
from interparl.core.records import Record
from interparl.core.rights import Reader, is_own
from interparl.core.tables import Reading
from interparl.directory.models import Person
from interparl.meetings.blocks.calendar import BUSY, Item, home_country
from interparl.meetings.models import Occupation
from interparl.meetings.rules.zones import day_bounds, local_day, local_text

# To readers with no other role than these a closed meeting shows nothing at all.
STRANGERS = frozenset({"ministry_liaison", "member"})
ONE_SECOND = timedelta(seconds=1)


def may_see_busy(user: Reader) -> bool:
    """Whether the reader is a colleague: he may view events, and by another role than those of strangers."""
    if not isinstance(user, User) or not user.has_perm("meetings.view_event"):
        return False
    return any(role.key not in STRANGERS and role.may("meetings.view_event") for role in user.rights.roles)


def busy_items(person: Person, first: date, last: date, reading: Reading) -> list[Item]:
    """The hidden times of one of ours from `first` to `last`, by the clock of the parliament; joined where they meet.

    Neither the place nor its zone, nor how many meetings there are, can be told from them.
    """
    if not may_see_busy(reading.user) or person.country_id not in (None, home_country(reading)):
        return []
    zone = installation().get(PARLIAMENT_ZONE, "") or "UTC"
    begin, end = day_bounds(first, zone)[0], day_bounds(last, zone)[1]
    rows = Occupation.objects.filter(person=person, begins_at__lt=end, ends_at__gt=begin)
    hidden = (row for row in rows.select_related("event").order_by("begins_at", "pk") if not _is_open(row, reading))
    return [_item(since, until, zone) for since, until in _joined((row.begins_at, row.ends_at) for row in hidden)]


def _is_open(row: Occupation, reading: Reading) -> bool:
    """Whether the reader may know what takes the time: of the event, and of the row in it that does."""
    user = reading.user
    if not isinstance(user, User) or not row.event.is_open_to(user):
        return False
    rights, event = user.rights, cast("Record", row.event)
    return row.mark in rights.marks or (row.mark in rights.own_marks and is_own(event, user.standing.own))


def _joined(spans: Iterable[tuple[datetime, datetime]]) -> Iterator[tuple[datetime, datetime]]:
    """Spans in the order of their beginnings, those that meet as one."""
    held: tuple[datetime, datetime] | None = None
    for begin, end in spans:
        if held is None:
            held = begin, end
        elif begin <= held[1]:
            held = held[0], max(held[1], end)
        else:
            yield held
            held = begin, end
    if held is not None:
        yield held


def _item(begin: datetime, end: datetime, zone: str) -> Item:
    first, last = local_day(begin, zone), local_day(max(end - ONE_SECOND, begin), zone)
    is_whole = begin == day_bounds(first, zone)[0] and end == day_bounds(last, zone)[1]
    begins, ends = local_text(begin, zone), local_text(end, zone)
    hours = "" if is_whole else f"{begins}–{'24:00' if ends == '00:00' else ends}"
    return Item(_("Busy"), first, last, BUSY, begins="" if is_whole else begins, hours=hours)
