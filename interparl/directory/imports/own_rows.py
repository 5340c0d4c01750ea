"""Rows of tables that were taken out of an Interparl: by the key of a row it is known which record it was.

Taken out of this very database, a row is that record. Taken out of another, its key is its id in the source.
"""

from __future__ import annotations

from collections.abc import Iterable

from interparl.core.kinds import model_of
from interparl.directory.exports.origin import installation_name
from interparl.directory.imports.popolo_keys import Keys
from interparl.directory.imports.popolo_own_keys import OWN, PIECE
from interparl.exchange.actions import Key


class OwnRows:
    """Turns keys of rows into keys of records; `known` are those that are records of this database, with their ids."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._name = installation_name()
        self.known: dict[Key, int] = {}

    def learn(self, kind: str, values: Iterable[str]) -> None:
        """Looks which of these rows are records here."""
        ours = sorted({number for value in values if (number := self._number(kind, value))})
        for start in range(0, len(ours), PIECE):
            for key in (
                model_of(kind)._base_manager.filter(pk__in=ours[start : start + PIECE]).values_list("pk", flat=True)
            ):
                self.known[kind, OWN, str(key)] = key

    def key(self, kind: str, record: str, value: str) -> Key:
        """The key of the record that the row was."""
        own = (kind, OWN, str(self._number(kind, value)))
        return own if own in self.known else self._keys.key(kind, record, value)

    def _number(self, kind: str, value: str) -> int:
        name, of, number = [*value.split("/"), "", ""][:3]
        is_ours = bool(self._name) and name == self._name and of == kind
        return int(number) if is_ours and number.isascii() and number.isdigit() and len(number) < 19 else 0


def row_key(beside: str, kind: str, number: str) -> str:
    """The key of a row of another register, of which the row with the key `beside` only tells the number."""
    name, slash, _rest = beside.partition("/")
    return f"{name}/{kind}/{number}" if slash and number else number
