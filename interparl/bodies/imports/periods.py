"""Who leaves and comes back has a membership for each time: which of them a row of a table speaks of."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from interparl.bodies.models import Membership
from interparl.bodies.rules import MEMBER
from interparl.core.models import Identifier
from interparl.directory.imports.popolo_keys import Keys

MEMBERSHIP = "bodies.membership"
_NUMBER = re.compile(r"#\d+$")


@dataclass
class _Period:
    """One stored membership: its key, its days and its role."""

    value: str
    since: str
    until: str
    role: str


@dataclass
class _Told:
    """What earlier rows of this file said of one person in one body."""

    place: str
    since: str
    until: str
    role: str


@dataclass
class _Pair:
    stored: list[_Period] = field(default_factory=list)
    told: list[_Told] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    made: int = 0


class Periods:
    """The memberships of one source by person and body, those of its earlier editions and of the rows read so far."""

    def __init__(self, keys: Keys, record: str) -> None:
        self._pairs: dict[str, _Pair] = defaultdict(_Pair)
        ids = dict(Identifier.objects.of(MEMBERSHIP, keys.scheme(record)).values_list("value", "object_id"))
        held = Identifier.objects.of(MEMBERSHIP, keys.scheme(record)).values("object_id")
        rows = Membership.objects.filter(pk__in=held).values_list("pk", "since", "until", "role")
        known = {key: (since, until, role) for key, since, until, role in rows}
        for value, key in sorted(ids.items(), key=lambda one: one[1]):
            self._pairs[_NUMBER.sub("", value)].stored.append(_Period(value, *known.get(key, ("", "", ""))))

    def repeats(self, pair: str, *, since: str, until: str, role: str) -> str:
        """The place of an earlier row that says the same; what only lacks days or an office says nothing new."""
        for told in self._pairs[pair].told:
            is_same_time = (told.since, told.until) == (since, until)
            if (is_same_time or not (since or until) or not (told.since or told.until)) and role in (MEMBER, told.role):
                return told.place
        return ""

    def key(self, pair: str, place: str, *, since: str, until: str, role: str) -> str:
        """The value of the key of the membership that a row speaks of."""
        found = self._pairs[pair]
        found.told.append(_Told(place, since, until, role))
        free = [period for period in found.stored if period.value not in found.used]
        alike = [period for period in free if period.role == role]
        period = _fitting(alike, since, until) or _fitting(free, since, until)
        if period is not None:
            found.used.add(period.value)
            return period.value
        found.made += 1
        number = len(found.stored) + found.made
        return pair if number == 1 else f"{pair}#{number}"


def _fitting(periods: list[_Period], since: str, until: str) -> _Period | None:
    """The stored period that days of a row mean; None when it tells of a new one."""
    if since and (same := next((one for one in periods if one.since == since), None)):
        return same
    if until and (same := next((one for one in periods if one.until == until), None)):
        return same
    last = periods[-1] if periods else None
    if last is None or (last.until and not (until and not since)):
        return None
    return last
