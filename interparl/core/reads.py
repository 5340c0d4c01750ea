"""The log of who read what is for official use (design 2.9).

While a page is made, what it shows is noted by the few places that everything shown passes: a record that is opened,
the rows of a table, labels, search results, lines of history. When the page is ready and before it is sent, the
middleware writes what was noted, one row for each record. Who may not read such records costs nothing here; for the
others the queries that are made anyway ask for the mark as well.

A page that shows a record past these places says so itself: `note_record`, `note_rows`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, IntegerField, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from interparl.accounts.models import User
from interparl.accounts.roles import RESTRICTED
from interparl.core.kinds import Ref, every_record, model_of
from interparl.core.models.entries import ReadEntry
from interparl.core.records import Record
from interparl.core.rights import Reader

R = TypeVar("R", bound=Record)
M = TypeVar("M", bound=Model)
CHUNK = 500
LONGEST_ADDRESS = 300
GREATEST_KEY = 2**63

_noted: ContextVar[set[Ref] | None] = ContextVar("noted", default=None)


@contextmanager
def noting() -> Iterator[set[Ref]]:
    """Collects what is shown from here on; outside of it nothing is noted."""
    found: set[Ref] = set()
    token = _noted.set(found)
    try:
        yield found
    finally:
        _noted.reset(token)


def is_noting(user: Reader) -> bool:
    """Whether it must be noted what this reader sees: a request is under way and he may see more than is internal."""
    if _noted.get() is None or not isinstance(user, User):
        return False
    return not RESTRICTED.isdisjoint(user.rights.marks | user.rights.own_marks)


def note(refs: Iterable[Ref]) -> None:
    """These records, which are for official use, are shown."""
    found = _noted.get()
    if found is not None:
        found.update(refs)


def note_record(record: R | None) -> R | None:
    """The same record, noted if it is for official use."""
    if record is not None and record.effective_mark in RESTRICTED:
        note([(record.record_kind(), record.pk)])
    return record


def host_of(kind: str, key: object, reader: Reader) -> Record | None:
    """The record on which another may hang, if it is there and the reader may know of it; noted as shown."""
    try:
        model = model_of(kind)
    except (LookupError, ValueError):
        return None
    if not isinstance(key, int) or not 0 < key < GREATEST_KEY:
        return None
    return note_record(model._base_manager.filter(model.may_read(reader), pk=key).first())


def note_rows(rows: Iterable[Model]) -> None:
    """Those of these rows that are records for official use are shown."""
    note((row.record_kind(), row.pk) for row in rows if isinstance(row, Record) and row.effective_mark in RESTRICTED)


def note_beside(rows: Iterable[Model], paths: Sequence[str], user: Reader) -> None:
    """Those records for official use are shown that were fetched with these rows along these paths of foreign keys."""
    for row in rows:
        for path in paths:
            held: Model | None = row
            for name in path.split("__"):
                held = held._state.fields_cache.get(name) if held is not None else None
                if isinstance(held, Record) and held.effective_mark in RESTRICTED and held.is_open_to(user):
                    note_record(held)


class ForOfficialUse(Func):
    """Whether the record that a row names in `kind` and `object_id` is for official use: 1 or 0.

    For few rows one look by key each, for many the restricted records of a kind are gathered once. The text of the
    condition is put together here, because the same made of Django's parts costs a page more time than the question
    itself; and a number, unlike yes and no, need not be converted row by row.
    """

    def __init__(self, kinds: Sequence[str], *, for_many: bool = False) -> None:
        super().__init__(F("kind"), F("object_id"), output_field=IntegerField())
        self.kinds = kinds
        self.for_many = for_many

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_rest: Any, **_named: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        """A condition for each kind; what is none of them is not for official use."""
        (kind, _none), (key, _none) = (compiler.compile(one) for one in self.get_source_expressions())
        marks = sorted(RESTRICTED)
        signs = ", ".join(["%s"] * len(marks))
        branches: list[str] = []
        values: list[str] = []
        for name in self.kinds:
            table = connection.ops.quote_name(model_of(name)._meta.db_table)
            restricted = f"SELECT held.id FROM {table} held WHERE held.effective_mark IN ({signs})"  # noqa: S608  names of ours
            found = f"{key} IN ({restricted})" if self.for_many else f"EXISTS ({restricted} AND held.id = {key})"
            branches.append(f"WHEN %s THEN CASE WHEN {found} THEN 1 ELSE 0 END")
            values += [name, *marks]
        return f"CASE {kind} {' '.join(branches)} ELSE 0 END", tuple(values)


def marked(query: QuerySet[M]) -> QuerySet[M]:
    """The same labels, each with the answer to `is_restricted` while it must be noted what is shown."""
    if _noted.get() is None:
        return query
    asked: Any = query
    found: QuerySet[M] = asked.annotate(is_restricted=ForOfficialUse([kind.record_kind() for kind in every_record()]))
    return found


def write_reads(user: User, address: str, refs: Iterable[Ref]) -> None:
    """Writes that this user read these records at this address; raises a database error when that is not possible."""
    rows = [
        ReadEntry(user=user, kind=kind, object_id=key, address=address[:LONGEST_ADDRESS]) for kind, key in sorted(refs)
    ]
    ReadEntry.objects.bulk_create(rows, batch_size=CHUNK)
