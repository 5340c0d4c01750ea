"""What is taken out, for whom: the one place in which an export asks for rows, so that rights hold for all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from interparl.accounts.roles import RESTRICTED
from interparl.core.models import Identifier
from interparl.core.querysets import DatedQuerySet
from interparl.core.reads import is_noting, note
from interparl.core.records import Record
from interparl.core.rights import Reader
from interparl.directory.models import Chamber

PIECE = 1000
Row = dict[str, Any]
# Identifiers of a record: (scheme, value), the oldest first.
Known = dict[int, list[tuple[str, str]]]


@dataclass(frozen=True)
class Asked:
    """Who takes out, in which language, what holds on which day (None: on any), of which chamber (None: of all)."""

    reader: Reader
    language: str
    day: date | None = None
    chamber: Chamber | None = None

    def rows(self, model: type[Record]) -> Any:
        """The rows that this reader may know of; of those with a time, the ones that hold on the day."""
        found: Any = model.objects.visible_to(self.reader)  # type: ignore[attr-defined]  # of every record
        return found.on(self.day) if self.day and isinstance(found, DatedQuerySet) else found

    def values(self, query: QuerySet[Any], *names: str) -> Iterator[Row]:
        """These fields of the rows in the order of their keys, piece by piece; what is for official use is noted."""
        kind, notes = query.model.record_kind(), is_noting(self.reader)
        found = query.order_by("pk").values("pk", "effective_mark", *names)
        for row in found.iterator(chunk_size=PIECE):
            if notes and row["effective_mark"] in RESTRICTED:
                note([(kind, row["pk"])])
            yield row

    def grouped(self, query: QuerySet[Any], by: str, *names: str) -> dict[int, list[Row]]:
        """The same by the value of a field."""
        found: dict[int, list[Row]] = {}
        for row in self.values(query, by, *names):
            found.setdefault(row[by], []).append(row)
        return found

    def identifiers(self, kind: str, keys: Iterable[int]) -> Known:
        """The identifiers of these records that the reader may know of."""
        found: Known = {}
        rows = self.rows(Identifier).filter(kind=kind, object_id__in=list(keys))
        for row in self.values(rows, "object_id", "scheme", "value"):
            found.setdefault(row["object_id"], []).append((row["scheme"], row["value"]))
        return found


def pieces(keys: Iterable[int]) -> Iterator[list[int]]:
    """The keys in lists that a query can hold."""
    left = iter(keys)
    while piece := list(islice(left, PIECE)):
        yield piece
