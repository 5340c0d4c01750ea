"""What an event may collide with, as far as one reader may know of it: one query, and one more of what is restricted."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection

from interparl.accounts.models import User
from interparl.core.days import HOME_PARLIAMENT, installation
from interparl.core.kinds import Ref
from interparl.core.labels import readable
from interparl.core.rights import Reader
from interparl.core.translated import Stored
from interparl.meetings.actions.occupied import Occupied
from interparl.meetings.blocks import clash_questions as questions
from interparl.meetings.models import Event
from interparl.meetings.rules.clashes import TRAVEL_ABROAD

EVENT, BODY = "meetings.event", "bodies.body"
MUST_NOT_MEET = "directory.view_sensitivity"
# How long before and after an event an election or the end of a term is told.
AROUND = timedelta(days=30)
BY_NAME = {one.name: one for one in (*questions.ALWAYS, *questions.ON_DAYS, *questions.APART)}
# Where a chamber sits counts whoever reads; its name is another matter.
WHOLE = frozenset({"chamber"})
Marked = tuple[Ref, str]


@dataclass
class Facts:
    """Rows by the name of their question; `rows` is what the event takes, `others` what else takes the same then.

    Of `hidden`, which stand among the others, the reader may not know more than that somebody is busy.
    """

    rows: list[Occupied]
    others: list[Occupied] = field(default_factory=list)
    hidden: set[Occupied] = field(default_factory=set)
    related: frozenset[int] = frozenset()
    of: dict[str, list[Any]] = field(default_factory=dict)
    unknown: set[Ref] = field(default_factory=set)

    def __getitem__(self, name: str) -> list[Any]:
        return self.of.get(name, [])


def facts_of(event: Event, rows: Sequence[Occupied], user: Reader) -> Facts:
    """What there is around an event on its days; `rows` is all that it takes."""
    asked = list(questions.ALWAYS)
    if days_of(event):
        asked += questions.ON_DAYS
        if isinstance(user, User) and user.has_perm(MUST_NOT_MEET):
            asked += questions.APART
    keys = {
        "events": [event.pk],
        "person": {row.person_id for row in rows if row.person_id},
        # Behind an interpreter is a person, who is asked for as such.
        "resource": {row.resource_id for row in rows if row.resource_id and not row.person_id},
    }
    found = questions.ask(asked, keys, _values(event, rows))
    related = frozenset(
        {event.pk, *(one.key for part in questions.RELATED for one in found.pop(part.name, ()))}
        | ({event.within_id} if event.within_id else set())
    )
    others = [_occupied(one) for one in (*found.pop("by_person", ()), *found.pop("by_resource", ()))]
    return _known(list(rows), others, related, found, user)


def parties_of(events: Collection[int], user: Reader) -> dict[str, list[Any]]:
    """Who takes part in these events, and their further partners."""
    found = questions.ask(questions.PARTIES, {"events": events}, {})
    unknown = _unknown([one for name, several in found.items() for one in _marks(name, several)], user)
    return {name: _open(name, several, unknown) for name, several in found.items()}


def days_of(event: Event) -> tuple[date, date] | None:
    """First and last day where both are exact."""
    first, last = event.first_day, event.last_day
    return (first, last) if first and last and first <= last else None


def stored(text: str | None) -> Stored:
    """Words in several languages, as they came from the database."""
    found: Stored = json.loads(text) if text else {}
    return found


def _values(event: Event, rows: Sequence[Occupied]) -> dict[str, Any]:
    """What the questions name in percent signs."""
    days = days_of(event)
    first, last = days or (None, None)
    bounds = {"first": first, "last": last}
    if days:
        bounds |= {"near_first": days[0] - AROUND, "near_last": days[1] + AROUND}
    about = {
        "begins": min(row.begins_at for row in rows) - TRAVEL_ABROAD if rows else None,
        "ends": max(row.ends_at for row in rows) + TRAVEL_ABROAD if rows else None,
    }
    ops = connection.ops
    return {
        "event": event.pk,
        "country": event.country_id,
        "where": event.where_id or event.country_id,
        "home": installation().get(HOME_PARLIAMENT, ""),
        **{name: ops.adapt_datefield_value(day) for name, day in bounds.items()},
        **{name: ops.adapt_datetimefield_value(moment) for name, moment in about.items()},
    }


def _occupied(one: Any) -> tuple[Occupied, str]:
    """What else takes somebody, and the mark of its event."""
    begins, ends = (datetime.fromisoformat(text) for text in (one.begins, one.ends))
    row = Occupied(
        one.event,
        one.person,
        one.resource,
        begins if begins.tzinfo else begins.replace(tzinfo=UTC),
        ends if ends.tzinfo else ends.replace(tzinfo=UTC),
        one.zone,
        one.where,
        one.place,
        bool(one.is_whole_day),
        one.source_kind,
        one.key,
        one.mark,
    )
    return row, one.event_mark


def _known(
    rows: Sequence[Occupied],
    others: Sequence[tuple[Occupied, str]],
    related: frozenset[int],
    found: dict[str, list[Any]],
    user: Reader,
) -> Facts:
    """The facts without what the reader may not know of; what takes somebody as well is hidden instead."""
    others = [(row, mark) for row, mark in others if row.event_id not in related]
    marks: list[Marked] = [((row.source_kind, row.source_id), row.mark) for row in (*rows, *(row for row, _ in others))]
    marks += [((EVENT, row.event_id), mark) for row, mark in others]
    marks += [one for name, several in found.items() for one in _marks(name, several)]
    unknown = _unknown(marks, user)
    return Facts(
        [row for row in rows if (row.source_kind, row.source_id) not in unknown],
        [row for row, _mark in others],
        {row for row, _mark in others if unknown & {(row.source_kind, row.source_id), (EVENT, row.event_id)}},
        related,
        {name: _open(name, several, unknown) for name, several in found.items()},
        unknown,
    )


def _marks(name: str, several: Iterable[Any]) -> Iterable[Marked]:
    """What the reader has to know of for these rows, each with its mark."""
    kind = BY_NAME[name].kind
    for one in several if kind else ():
        yield (kind, one.key), one.mark
        if name == "there" and one.body:
            yield (BODY, one.body), one.body_mark


def _unknown(marks: Iterable[Marked], user: Reader) -> set[Ref]:
    """Those that this reader may not know of; what his role reads everywhere is not asked for."""
    everywhere = user.rights.marks if isinstance(user, User) else frozenset[str]()
    asked = {ref for ref, mark in marks if mark not in everywhere}
    return asked - readable(asked, user) if asked else set()


def _open(name: str, several: Iterable[Any], unknown: Collection[Ref]) -> list[Any]:
    kind = BY_NAME[name].kind
    return [one for one in several if name in WHOLE or (kind, one.key) not in unknown]
