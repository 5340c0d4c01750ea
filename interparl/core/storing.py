"""Storing many records at once; when the database refuses, saying which one it was and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from interparl.core.querysets import open_gate
from interparl.core.records import Record


class Broken(Exception):
    """The database refuses a record: which one, and the messages."""

    def __init__(self, record: Record, messages: list[str]) -> None:
        super().__init__("; ".join(messages))
        self.record = record
        self.messages = messages


def store(model: type[Record], added: Sequence[Record], edited: Sequence[Record], changed: Collection[str]) -> None:
    """Writes new and edited records of one kind in bulk, within the gate; raises Broken and leaves nothing written.

    `changed` are the fields in which any of the edited ones differs; beside them the derived ones are written.
    """
    names = sorted({*changed, *model.derived, "questioned"})
    try:
        with transaction.atomic(), open_gate():
            if edited:
                _update(model, edited, names)
            model._base_manager.bulk_create(added)
    except IntegrityError as error:
        broken = _first_broken(added, edited)
        if broken is None:
            raise
        raise broken from error


def _update(model: type[Record], edited: Sequence[Record], names: Sequence[str]) -> None:
    """Sets these fields of stored rows, one prepared statement for all: bulk_update takes five times as long."""
    columns: list[Any] = [model._meta.get_field(name) for name in names]
    quoted = connection.ops.quote_name
    values = ", ".join(f"{quoted(column.column)} = %s" for column in columns)
    key = quoted(str(model._meta.pk.column))
    statement = f"UPDATE {quoted(model._meta.db_table)} SET {values} WHERE {key} = %s"  # noqa: S608  names of columns
    rows = [[*(_kept(column, record) for column in columns), record.pk] for record in edited]
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _kept(column: Any, record: Record) -> Any:
    """A value as the database takes it."""
    return column.get_db_prep_save(getattr(record, column.attname), connection)


def _first_broken(added: Sequence[Record], edited: Sequence[Record]) -> Broken | None:
    """Writes the records one by one until one may not stand, and takes all of it back."""
    found = None
    with transaction.atomic():
        for record in added:
            record.pk, record._state.adding = None, True
        for record in (*edited, *added):
            found = _stored_alone(record)
            if found:
                break
        transaction.set_rollback(True)
    return found


def _stored_alone(record: Record) -> Broken | None:
    relations = [column.name for column in record._meta.concrete_fields if isinstance(column, models.ForeignKey)]
    filled = [name for name in relations if record._meta.get_field(name).value_from_object(record) is not None]  # type: ignore[union-attr]
    try:
        record.full_clean(exclude=[*record.derived, *filled])
        with transaction.atomic(), open_gate():
            record.save()
    except ValidationError as error:
        return Broken(record, list(error.messages))
    except IntegrityError as error:
        return Broken(record, [str(error)])
    return None
