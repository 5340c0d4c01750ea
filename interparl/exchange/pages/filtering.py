"""Which rows of an import a page shows: by outcome, state, kind and reason, with nothing counted in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet

from interparl.exchange.actions.tallies import Tallied, keys_told
from interparl.exchange.models import Batch, Row


@dataclass(frozen=True)
class Filters:
    """What was asked for; what makes no sense counts as not asked."""

    outcome: str = ""
    state: str = ""
    record: str = ""
    told: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, Any], rows: Sequence[Tallied]) -> Filters:
        """From the parameters of an address or a form, for a batch with these rows."""
        known = {
            "outcome": set(Row.Outcome.values),
            "state": set(Row.State.values),
            "record": {row.record for row in rows},
            "told": {key for row in rows for _letter, key in keys_told(row.told)},
        }
        return cls(**{name: value for name in known if (value := str(asked.get(name, ""))) in known[name] and value})

    def query(self, page: str = "") -> str:
        """As the end of an address."""
        given = {name: value for name, value in {**asdict(self), "page": page}.items() if value}
        return f"?{urlencode(given)}" if given else ""

    def _fits(self, row: Tallied) -> bool:
        plain = all(not value or getattr(row, name) == value for name, value in self._plain().items())
        return plain and (not self.told or self.told in {key for _letter, key in keys_told(row.told)})

    def _plain(self) -> dict[str, str]:
        return {"outcome": self.outcome, "state": self.state, "record": self.record}

    def number(self, rows: Sequence[Tallied]) -> int:
        """How many rows there are."""
        return sum(row.number for row in rows if self._fits(row))

    def narrow(self, batch: Batch, rows: Sequence[Tallied]) -> QuerySet[Row]:
        """The rows, in the order of the file."""
        found = batch.rows.filter(**{name: value for name, value in self._plain().items() if value})
        if self.told:
            # The few ways in which reasons come together stand in an index, a search in their text would not.
            found = found.filter(told__in=sorted({row.told for row in rows if self._fits(row)}))
        return found.order_by("pk")
