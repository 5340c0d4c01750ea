"""Keeps who and what is taken in step with events, in the transaction in which what it is made of changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import OuterRef, Q, Subquery
from django.dispatch import receiver

from interparl.core.records import Record
from interparl.core.writing import record_changed
from interparl.directory.models import Person
from interparl.meetings.actions.occupied import BOOKING, ITEM_PERSON, PARTICIPATION, Occupied, occupied_by
from interparl.meetings.models import Booking, Event, ItemPerson, Occupation, Participation, ProgrammeItem, Resource

CHUNK = 500
FIELDS = Occupied._fields
SOURCES: dict[str, type[Record]] = {PARTICIPATION: Participation, ITEM_PERSON: ItemPerson, BOOKING: Booking}


def occupy(events: Collection[int]) -> None:
    """Makes the table hold what these events take now and nothing else of them; what already stands is left alone."""
    for part in _parts(sorted(events)):
        with transaction.atomic():
            _occupy_part(part)


def occupy_again() -> int:
    """Works out anew what all events take; the number of rows that there are then."""
    with transaction.atomic():
        occupy(list(Event.objects.values_list("pk", flat=True)))
    return Occupation.objects.count()


def _occupy_part(events: Sequence[int]) -> None:
    # Who changes the days of an event and who adds somebody to it wait for each other.
    held = list(Event.objects.select_for_update(no_key=True).filter(pk__in=events).order_by("pk"))
    stored: dict[Occupied, list[int]] = {}
    for key, *values in Occupation.objects.filter(event__in=events).values_list("pk", *FIELDS):
        stored.setdefault(Occupied(*values), []).append(key)
    new = []
    for row in occupied_by(held):
        if keys := stored.get(row):
            keys.pop()
        else:
            new.append(row)
    for part in _parts([key for keys in stored.values() for key in keys]):
        Occupation.objects.filter(pk__in=part)._raw_delete(connection.alias)
    if new:
        _put_in(new)


def _put_in(rows: Iterable[Occupied]) -> None:
    """Many small rows that nobody asks for afterwards: making an instance of each takes longer than all the rest."""
    named: dict[str, Any] = {column.attname: column for column in Occupation._meta.concrete_fields}
    columns = [named[name] for name in FIELDS]
    quoted = ", ".join(connection.ops.quote_name(column.column) for column in columns)
    signs = ", ".join("%s" for _column in columns)
    statement = f"INSERT INTO {Occupation._meta.db_table} ({quoted}) VALUES ({signs})"  # noqa: S608  names of columns
    with connection.cursor() as cursor:
        cursor.executemany(
            statement,
            [
                [column.get_db_prep_save(value, connection) for column, value in zip(columns, row, strict=True)]
                for row in rows
            ],
        )


def _parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]


def _of_event(records: Sequence[Any]) -> set[int]:
    return {record.pk for record in records}


def _of_source(kind: str) -> Callable[[Sequence[Any]], set[int]]:
    """The events of these rows, and those that they belonged to before."""

    def events(records: Sequence[Any]) -> set[int]:
        found = {record.event_id for record in records}
        for part in _parts([record.pk for record in records]):
            before = Occupation.objects.filter(source_kind=kind, source_id__in=part)
            found.update(before.values_list("event", flat=True).distinct())
        return found

    return events


def _of_item(records: Sequence[Any]) -> set[int]:
    found = {record.event_id for record in records}
    for part in _parts([record.pk for record in records]):
        found.update(ItemPerson.objects.filter(item__in=part).values_list("event", flat=True))
        found.update(Booking.objects.filter(item__in=part).values_list("event", flat=True))
    return found


def _of_resource(records: Sequence[Any]) -> set[int]:
    found: set[int] = set()
    for part in _parts([record.pk for record in records]):
        found.update(Booking.objects.filter(resource__in=part).values_list("event", flat=True))
        found.update(Occupation.objects.filter(resource__in=part).values_list("event", flat=True))
    for part in _parts([record.person_id for record in records if record.person_id]):
        found.update(Participation.objects.filter(person__in=part).values_list("event", flat=True))
        found.update(Booking.objects.filter(resource__person__in=part).values_list("event", flat=True))
    return found


_EVENTS_OF: dict[type[Record], Callable[[Sequence[Any]], set[int]]] = {
    Event: _of_event,
    Participation: _of_source(PARTICIPATION),
    ItemPerson: _of_source(ITEM_PERSON),
    Booking: _of_source(BOOKING),
    ProgrammeItem: _of_item,
    Resource: _of_resource,
}


@receiver(record_changed, dispatch_uid="meetings-occupying")
def _follow(sender: type[Record], records: Sequence[Record], **_kwargs: Any) -> None:
    if sender is Person:
        _mark_again([record.pk for record in records])
    elif find := _EVENTS_OF.get(sender):
        occupy(find(records))


def _mark_again(people: Sequence[int]) -> None:
    """The mark of a person counts for the rows that name him: it is set where it is another now, and nothing else is.

    Whatever else a row of these tables takes its mark from is told of by a change of its own.
    """
    for part in _parts(people):
        of_them = Occupation.objects.filter(Q(person__in=part) | Q(resource__person__in=part))
        if not of_them.exists():
            continue
        for kind, model in SOURCES.items():
            now = model._base_manager.filter(pk=OuterRef("source_id")).values("effective_mark")[:1]
            rows = Occupation.objects.filter(pk__in=of_them.filter(source_kind=kind).values("pk"))
            rows.exclude(mark=Subquery(now)).update(mark=Subquery(now))
