"""Tables in a form that no database owns: JSON lines, one array a row, the same bytes from either database.

Decimals, dates, moments (in UTC), durations and ids are text, bytes are base64, JSON has its keys sorted. Tables are
looked at as the migrations left them, not as the program has them now: so a database of an earlier version is read and
filled as it is.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.management.color import no_style
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.utils.duration import duration_iso_string

Node = tuple[str, str]

# Rows read or written at a time, and the most that those written may weigh: a seal lists thousands of entries.
PIECE = 500
WEIGHT = 8 * 1024 * 1024
# Signing in again is all that their loss costs; whoever had a backup could otherwise sign in with their keys.
LEFT_OUT = frozenset({"sessions.session", "usersessions.usersession"})

_READERS: dict[str, Callable[[Any], Any]] = {
    "BinaryField": base64.b64decode,
    "DateField": models.DateField().to_python,
    "DateTimeField": models.DateTimeField().to_python,
    "DecimalField": Decimal,
    "DurationField": models.DurationField().to_python,
    "TimeField": models.TimeField().to_python,
    "UUIDField": UUID,
}


@dataclass(frozen=True)
class Shape:
    """One table: the model as the migrations have it."""

    model: type[models.Model]

    @property
    def table(self) -> str:
        """Its name in the database."""
        return self.model._meta.db_table

    @cached_property
    def fields(self) -> list[models.Field[Any, Any]]:
        """The fields that have a column which is stored, in the order of their names."""
        stored = [one for one in self.model._meta.local_concrete_fields if not one.generated]
        return sorted(stored, key=_column)

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in the order of a row."""
        return [_column(one) for one in self.fields]

    def lines(self, using: str) -> Generator[bytes, None, None]:
        """Each row as one line, in the order of its key."""
        names = [one.attname for one in self.fields]
        rows = self.model._base_manager.using(using).order_by("pk").values_list(*names)
        for row in rows.iterator(chunk_size=PIECE):
            yield line_of(row)

    def load(self, lines: Iterable[bytes], using: str) -> None:
        """Writes the rows; no manager and no `save` stands between, so that nothing is filled in anew."""
        database = connections[using]
        quote = database.ops.quote_name
        columns = ", ".join(map(quote, self.columns))
        places = ", ".join(["%s"] * len(self.columns))
        order = f"INSERT INTO {quote(self.table)} ({columns}) VALUES ({places})"  # noqa: S608  names of our own
        ways = [_way_in(one, database) for one in self.fields]
        with database.cursor() as cursor:
            for piece in pieces(lines):
                cursor.executemany(order, [_row_of(line, ways) for line in piece])

    def digest(self, using: str) -> tuple[int, str]:
        """How many rows there are, and the SHA-256 of their lines."""
        number, digest = 0, hashlib.sha256()
        for line in self.lines(using):
            digest.update(line)
            number += 1
        return number, digest.hexdigest()

    def last_number(self, using: str) -> int | None:
        """The last key that the database gave out, even if its row is gone; None when it gives out none here."""
        key = self.model._meta.auto_field
        if key is None:
            return None
        with connections[using].cursor() as cursor:
            if connections[using].vendor == "sqlite":
                cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [self.table])
                found = cursor.fetchone()
                return int(found[0]) if found else 0
            cursor.execute(f"SELECT last_value, is_called FROM {_sequence(cursor, self.table, _column(key))}")  # noqa: S608
            value, is_called = cursor.fetchone()
            return int(value) if is_called else 0

    def set_last_number(self, last: int | None, using: str) -> None:
        """The next row gets the key after `last`: history of a row that is gone never becomes that of a new one."""
        key = self.model._meta.auto_field
        if key is None or last is None:
            return
        with connections[using].cursor() as cursor:
            if connections[using].vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [self.table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [self.table, last])
                return
            sequence = _sequence(cursor, self.table, _column(key))
            cursor.execute("SELECT setval(%s, %s, %s)", [sequence, max(last, 1), last > 0])


def shapes_at(migrations: Iterable[Node]) -> list[Shape]:
    """The tables after these migrations, by name, without those that a backup leaves out."""
    return [shape for shape in _every_shape(migrations) if shape.model._meta.label_lower not in LEFT_OUT]


def empty_all(migrations: Iterable[Node], using: str) -> None:
    """Takes every row out of every table, left out ones too, within the transaction that is open."""
    tables = [shape.table for shape in _every_shape(migrations)]
    database = connections[using]
    with database.cursor() as cursor:
        for order in database.ops.sql_flush(no_style(), tables, reset_sequences=False, allow_cascade=False):
            cursor.execute(order)


def _every_shape(migrations: Iterable[Node]) -> list[Shape]:
    loader = MigrationLoader(None)
    known = [node for node in migrations if node in loader.graph.nodes]
    found = loader.project_state(known).apps.get_models(include_auto_created=True)
    stored = [model for model in found if model._meta.managed and not model._meta.proxy and not model._meta.swapped]
    return sorted(map(Shape, stored), key=lambda shape: shape.table)


def pieces(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """The lines in pieces that are neither too many nor too heavy for the memory."""
    piece: list[bytes] = []
    weight = 0
    for line in lines:
        piece.append(line)
        weight += len(line)
        if len(piece) == PIECE or weight >= WEIGHT:
            yield piece
            piece, weight = [], 0
    if piece:
        yield piece


def line_of(row: Iterable[Any]) -> bytes:
    """One row as a line."""
    text = json.dumps(list(row), default=_neutral, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    # Half of a pair of surrogates may stand in JSON that somebody sent; `json` reads it back the same way.
    return text.encode("utf-8", "surrogatepass") + b"\n"


def _column(field: models.Field[Any, Any]) -> str:
    """The name of its column; a field that is stored has one."""
    return str(field.column)


def _neutral(value: Any) -> str:
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(f"A backup cannot hold {type(value).__name__}.")


def _way_in(field: models.Field[Any, Any], database: BaseDatabaseWrapper) -> Callable[[Any], Any]:
    """What makes the database's value of the one in a line."""
    own = field
    while isinstance(own, models.ForeignKey):
        own = own.target_field
    read = _READERS.get(own.get_internal_type())
    is_json = isinstance(own, models.JSONField)

    def way(value: Any) -> Any:
        if value is None:
            # A column that must hold something holds the null of JSON.
            return field.get_db_prep_value(None, database) if is_json and not field.null else None
        return field.get_db_prep_save(read(value) if read else value, database)

    return way


def _row_of(line: bytes, ways: list[Callable[[Any], Any]]) -> list[Any]:
    return [way(value) for way, value in zip(ways, json.loads(line), strict=True)]


def _sequence(cursor: Any, table: str, column: str) -> str:
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', column])
    return str(cursor.fetchone()[0])
