"""What an importer hands over: the objects of a file and the records that each stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from interparl.exchange.rules import Finding

# Kind of record, scheme, value: an identifier by which a record of the plan is found again.
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One record that an object stands for.

    `values`: what the file says; plain values, {language: text} for a translated text, a Key or an id for a relation.
    An empty value says nothing, unless the file itself said something earlier. `once`: values that only a new record
    gets. `key`: by which it is found again; a record without one is a part: it belongs to the record in its field
    `whole`, is the same as a stored part with equal `same_by`, else as one of the same source with equal `pair_by`.
    `also`: identifiers elsewhere. `found`: the id of a record that is known to be the one; it is only linked.
    `own_only`: values count only while this source made the record.
    """

    kind: str
    values: Mapping[str, Any]
    key: Key | None = None
    once: Mapping[str, Any] = field(default_factory=dict)
    whole: str = ""
    same_by: tuple[str, ...] = ()
    pair_by: tuple[str, ...] = ()
    also: tuple[tuple[str, str], ...] = ()
    found: int | None = None
    own_only: bool = False


@dataclass(frozen=True, slots=True)
class FileObject:
    """One object of a file: its place, its kind in the file, its name and the records it stands for, main one first."""

    place: str
    record: str
    name: str
    raw: Mapping[str, Any]
    wanted: tuple[Wanted, ...] = ()
    repeats: str = ""


@dataclass(frozen=True)
class Plan:
    """All that a file says.

    `records`: the file's kinds of objects, in the order of its report. `ending` and `staying`: which records, by kind,
    scheme of their key and kind in the file, end when a later edition lacks them, or stay and are told. `rows`: how
    many rows a table has, where an object is not a row. `recognised`: what was recognised of a table (encoding,
    sheet...). `known`: keys that are records of this database by themselves, with their ids; they are not kept as
    identifiers.
    """

    objects: Sequence[FileObject]
    findings: Sequence[Finding]
    records: Sequence[str]
    title: str
    url: str = ""
    ending: tuple[tuple[str, str, str], ...] = ()
    staying: tuple[tuple[str, str, str], ...] = ()
    rows: int | None = None
    recognised: Mapping[str, Any] = field(default_factory=dict)
    known: Mapping[Key, int] = field(default_factory=dict)


class Planner(Protocol):
    """What an importer registers as its `plan`: reads a file and says what it stands for.

    Raises UnreadableFile when nothing of the file can be used, ValidationError when an option is wrong.
    """

    def __call__(self, data: bytes, *, name: str, source_key: str, options: Mapping[str, str]) -> Plan:
        """The plan of this file; reads the database, writes nothing."""
        ...
