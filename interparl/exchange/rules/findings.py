"""What reading a file can say: a finding about one place, or that the file cannot be read at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
Level = Literal["error", "doubtful", "note"]
Params = Mapping[str, str | int]


@dataclass(frozen=True)
class Finding:
    """Something about one place of a file. `key` and `params` make the sentence (see `messages.text_of`).

    error: the row cannot be written. doubtful: writing it as read could be wrong. note: written, but worth knowing.
    """

    place: str
    level: Level
    key: str
    params: Params = field(default_factory=dict)


class UnreadableFile(Exception):
    """Nothing of the file can be used. One message; `place` is "line:column" where there is one, else empty."""

    def __init__(self, message_key: str, place: str = "", params: Params | None = None) -> None:
        super().__init__(message_key, place)
        self.message_key = message_key
        self.place = place
        self.params: Params = params or {}


@dataclass
class Findings:
    """Collects findings while a file is read."""

    found: list[Finding] = field(default_factory=list)

    def add(self, place: str, level: Level, key: str, **params: str | int) -> None:
        """Keeps one finding."""
        self.found.append(Finding(place, level, key, params))
