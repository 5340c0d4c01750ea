"""What an event may collide with, as far as one reader may know of it: a query, and one more of what is restricted."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection

from interparl.accounts.models import User
from interparl.core.dates import bounds_of
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
BY_NAME = {one.name: one for one in (*questions.ALWAYS, *questions.ON_DAYS, *questions.APART, *questions.RIVALS)}
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
    keys: dict[str, Collection[int]] = {
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


def own_rows(event: Event) -> list[Occupied]:
    """All that the event takes as it is stored."""
    found = questions.ask(questions.OWN, {}, {"event": event.pk})
    return [_occupied(one)[0] for one in found["own"]]


def rivals_of(wanted: Collection[int], hours: tuple[datetime, datetime], user: Reader) -> dict[str, list[Any]]:
    """The resources of the kinds of these, and what takes them or the people behind them in these hours."""
    moments = (connection.ops.adapt_datetimefield_value(moment) for moment in hours)
    found = questions.ask(questions.RIVALS, {"wanted": wanted}, dict(zip(("begins", "ends"), moments, strict=True)))
    unknown = _unknown(_marks("rival", found["rival"]), user)
    return {**found, "rival": _open("rival", found["rival"], unknown)}


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


def moment_of(text: str) -> datetime:
    """A moment as it came from the database: in UTC, whether it says so or not."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def event_of(there: Any) -> Event:
    """An event that is there then, as far as its days, hours and place go."""
    found = Event(pk=there.key, since=there.since, until=there.until, place=stored(there.place))
    found.since_earliest, found.since_latest = bounds_of(there.since)
    found.until_earliest, found.until_latest = bounds_of(there.until)
    found.begins_at, found.ends_at = (moment_of(text) if text else None for text in (there.begins, there.ends))
    return found


def _occupied(one: Any) -> tuple[Occupied, str]:
    """A row of what is taken, and the mark of its event."""
    row = Occupied(
        one.event,
        one.person,
        one.resource,
        moment_of(one.begins),
        moment_of(one.ends),
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
