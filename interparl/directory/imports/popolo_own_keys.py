"""By which keys the objects of a file that was taken out of an Interparl are found again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from interparl.core.kinds import model_of
from interparl.directory.exports.origin import installation_name
from interparl.directory.imports.popolo_keys import Keys
from interparl.exchange.actions import Key

OWN = "interparl:own"
PIECE = 500
RECORDS = ("person", "organization", "membership", "area", "event")
KINDS = frozenset(
    {
        *("directory.person", "directory.chamber", "directory.faction", "directory.organisation"),
        *("directory.constituency", "directory.convocation", "directory.chamberterm", "directory.election"),
        *("directory.mandate", "directory.affiliation", "directory.office"),
    }
)


class OwnKeys(Keys):
    """Keys within the source; of a file from this database, the records themselves (`known`: their ids)."""

    def __init__(self, source_key: str, section: Mapping[str, Any]) -> None:
        super().__init__(source_key)
        self._refs: dict[tuple[str, str, str], int] = {}
        self.known: dict[Key, int] = {}
        name = installation_name()
        if name and section.get("installation") == name:
            self._learn(section.get("records"))

    def _learn(self, records: Any) -> None:
        """Which record each object stands for, as far as it is still there."""
        claimed: dict[str, dict[int, list[tuple[str, str]]]] = {}
        for record in RECORDS:
            several = records.get(record) if isinstance(records, dict) else None
            for value, found in several.items() if isinstance(several, dict) else ():
                for kind, key in found.items() if isinstance(found, dict) else ():
                    if isinstance(key, int) and not isinstance(key, bool) and kind in KINDS:
                        claimed.setdefault(kind, {}).setdefault(key, []).append((record, value))
        for kind, keys in claimed.items():
            ordered = sorted(keys)
            for start in range(0, len(ordered), PIECE):
                there = model_of(kind)._base_manager.filter(pk__in=ordered[start : start + PIECE])
                for key in there.values_list("pk", flat=True):
                    self.known[kind, OWN, str(key)] = key
                    for record, value in keys[key]:
                        self._refs[kind, record, value] = key

    def key(self, kind: str, record: str, value: str) -> Key:
        """The record itself where the file names it, else the key in the source."""
        held = self._refs.get((kind, record, value))
        return super().key(kind, record, value) if held is None else (kind, OWN, str(held))

    def of(self, kind: str, record: str, value: str) -> int | None:
        """The id of that record."""
        return self._refs.get((kind, record, value))
