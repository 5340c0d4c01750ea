"""Rows of meetings that the tests of every kind of record could not make by the types of their fields alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from interparl.meetings.models import (
    AgendaItem,
    Event,
    ItemPerson,
    Participation,
    ProgrammeItem,
    Statement,
    Topic,
    Track,
)
from tests.membership_cases import Cases
from tests.samples import a_record

# Of these fields a value that their validators take.
TYPED: dict[str, Any] = {
    "begins": "09:30",
    "ends": "11:00",
    "languages": "be en",
    "interprets": "ru-vi",
    "adopted_on": "2013",
    "planned_on": "2013",
    "reached_on": "2013-05",
    "first_on": date(2016, 2, 29),
    "rule": "FREQ=WEEKLY;COUNT=3",
}


def edited(record: Any) -> dict[str, Any]:
    """What an edit of every field of such a record sets beside what its fields would take."""
    if not record.record_kind().startswith("meetings."):
        return {}
    found: dict[str, Any] = {name: value for name, value in TYPED.items() if hasattr(record, name)}
    edit: Callable[[Any], dict[str, Any]] = EDITS.get(record.record_kind(), lambda record: {})
    return found | edit(record)


def _elsewhere(record: AgendaItem) -> dict[str, Any]:
    """A point with both rapporteurs, under another of the same agenda."""
    event = record.event
    return {
        "parent": a_record(AgendaItem, event=event),
        "ours": a_record(Participation, event=event),
        "theirs": a_record(Participation, event=event),
    }


def _of_another_event(model: Any, *names: str) -> Any:
    """The same row in another event, with what it points to there."""

    def found(record: Any) -> dict[str, Any]:
        event = a_record(Event)
        return {"event": event} | {
            name: a_record(model._meta.get_field(name).related_model, event=event) for name in names
        }

    return found


def _item_elsewhere(record: ProgrammeItem) -> dict[str, Any]:
    event = a_record(Event)
    return {"event": event, "day": event.first_day, "track": a_record(Track, event=event)}


def _interpreting(record: Participation) -> dict[str, Any]:
    event = a_record(Event)
    return {
        "event": event,
        "instead_of": a_record(Participation, event=event),
        "function": Participation.Function.INTERPRETER,
        "arrives_on": date(2016, 2, 28),
    }


EDITS: dict[str, Any] = {
    "meetings.agendaitem": _elsewhere,
    "meetings.booking": lambda record: _booked_elsewhere(),
    "meetings.event": lambda record: {
        "since": "2012-10-01",
        "until": "2012-10-03",
        "kind": record.kind,
        "form": "",
        "zone": "Europe/Vilnius",
    },
    "meetings.itemperson": _of_another_event(ItemPerson, "item", "participation"),
    "meetings.outcome": lambda record: _outcome_elsewhere(),
    "meetings.participation": _interpreting,
    "meetings.programmeitem": _item_elsewhere,
    "meetings.statement": _of_another_event(Statement, "topic", "speaker"),
}


def _booked_elsewhere() -> dict[str, Any]:
    event = a_record(Event)
    return {"event": event, "item": a_record(ProgrammeItem, event=event), "day": date(2016, 2, 29)}


def _outcome_elsewhere() -> dict[str, Any]:
    event = a_record(Event)
    return {"event": event, "item": a_record(AgendaItem, event=event)}


def _of_the_person() -> Cases:
    fits, fits_not = a_record(Participation), a_record(Participation)
    return [(str(fits.person_id), {fits.event_id}, {fits_not.event_id})]


def _within(model: Any, whole: Any, name: str) -> Any:
    """Rows of one event in two wholes of that event."""

    def found() -> Cases:
        one, other = a_record(whole), a_record(whole)
        fits, fits_not = (a_record(model, event=found.event, **{name: found}) for found in (one, other))
        return [(str(one.pk), {fits.pk}, {fits_not.pk})]

    return found


OF_MEETINGS: dict[tuple[str, str], Any] = {
    ("meetings.event", "person"): _of_the_person,
    ("meetings.programmeitem", "track"): _within(ProgrammeItem, Track, "track"),
    ("meetings.statement", "topic"): _within(Statement, Topic, "topic"),
}
