"""By which keys the records of a Popolo file are found again, and how its codes are made."""

from __future__ import annotations

import hashlib
from typing import Any, Protocol

from interparl.exchange.actions import Key
from interparl.exchange.rules import Finding, PopoloIdentifier
from interparl.language.cleaning import clean_line, dangerous_characters

LONGEST_VALUE, LONGEST_SCHEME, LONGEST_ADDRESS = 300, 100, 500


class Identified(Protocol):
    """An object of a file with identifiers elsewhere."""

    @property
    def place(self) -> str:
        """Where it stands."""
        ...

    @property
    def identifiers(self) -> tuple[PopoloIdentifier, ...]:
        """Its identifiers elsewhere."""
        ...


class Keys:
    """Keys within one source: the scheme is "source:kind in the file", the value the id in the file."""

    def __init__(self, source_key: str) -> None:
        self.source_key = source_key
        self._seen: set[tuple[str, str]] = set()

    def scheme(self, record: str) -> str:
        """The scheme of the ids of one kind of object."""
        return f"{self.source_key}:{record}"

    def key(self, kind: str, record: str, value: str) -> Key:
        """The identifier of the record that an object stands for; a very long id is cut and told by a digest."""
        if len(value) > LONGEST_VALUE:
            value = f"{value[:200]}#{digest(value)}"
        return kind, self.scheme(record), value

    def is_first(self, record: str, one: Any) -> bool:
        """Whether no earlier object of that kind has the same id; what has none is itself."""
        value = one.key if record == "membership" else one.id
        if not value:
            return True
        is_first = (record, value) not in self._seen
        self._seen.add((record, value))
        return is_first

    def code(self, *parts: str, letters: int = 5) -> str:
        """A code of capital letters and digits that the same source always gets: "X-BELAR-3FA2"."""
        words = "".join(char for char in self.source_key.upper() if char.isascii() and char.isalnum())
        return f"X-{words[:letters] or 'FILE'}-{digest('|'.join((self.source_key, *parts)), 4).upper()}"

    def elsewhere(self, one: Identified, findings: list[Finding]) -> tuple[tuple[str, str], ...]:
        """Its identifiers in other schemes; what does not say in which is left out and told."""
        found = []
        for each in one.identifiers:
            if not each.scheme:
                findings.append(Finding(one.place, "note", "no_scheme", {"identifier": each.identifier[:80]}))
                continue
            # A colon is what tells our own schemes from those of others.
            found.append((each.scheme.replace(":", "-")[:LONGEST_SCHEME], each.identifier))
        return tuple(dict.fromkeys(found))

    def title_of(self, name: str) -> str:
        """A name of a file that can stand in a title."""
        hidden = {place for place, _code, _name in dangerous_characters(name)}
        kept = "".join(char for place, char in enumerate(name) if place not in hidden and char not in "<>")
        return clean_line(kept)[:200] or self.source_key

    def address_of(self, source: str) -> str:
        """The address that the file names as its source, when it is one."""
        is_address = source.startswith(("http://", "https://")) and " " not in source
        return source if is_address and source.isascii() and len(source) <= LONGEST_ADDRESS else ""


def digest(text: str, length: int = 16) -> str:
    """A short digest that tells texts apart."""
    return hashlib.sha256(text.encode()).hexdigest()[:length]
