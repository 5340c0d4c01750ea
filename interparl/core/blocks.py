"""Blocks: parts of a record's page as values, so that page, brief and paper print the same (design 1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from interparl.core.tables import Reading, Table, Words

# A block shows at most this many rows and a link to all.
BLOCK_ROWS = 5


@dataclass(frozen=True)
class Fact:
    """One labelled value; plain data, printed by kind as a column is."""

    label: Words
    value: str
    address: str = ""
    second: str = ""
    spoken: str = ""
    side: Literal["", "ours", "theirs", "joint"] = ""


@dataclass(frozen=True)
class Facts:
    """Labelled values."""

    facts: Sequence[Fact]
    more: str = ""
    kind: str = "facts"


@dataclass(frozen=True)
class Moment:
    """One line of a timeline."""

    day: str
    text: str
    address: str = ""
    side: Literal["", "ours", "theirs", "joint"] = ""
    state: Literal["past", "planned", "ended"] = "past"


@dataclass(frozen=True)
class Timeline:
    """What happened, newest first."""

    moments: Sequence[Moment]
    more: str = ""
    kind: str = "timeline"


@dataclass(frozen=True)
class Text:
    """A paragraph, with its language when it is not the reader's."""

    text: str
    spoken: str = ""
    more: str = ""
    kind: str = "text"


@dataclass(frozen=True)
class People:
    """People of two sides, ours first."""

    ours: Sequence[Fact] = ()
    theirs: Sequence[Fact] = ()
    ours_title: str = ""
    theirs_title: str = ""
    more: str = ""
    kind: str = "people"


@dataclass(frozen=True)
class Chart:
    """A server-made drawing with the table behind it."""

    drawing: str
    table: Table[Any]
    kind: str = "chart"


@dataclass
class Rows:
    """A table as a block; `more` is the address of all rows, `add` of the form for a new one."""

    table: Table[Any]
    more: str = ""
    add: str = ""
    kind: str = field(default="table", init=False)


Content = Facts | Timeline | Text | People | Chart | Rows


@dataclass(frozen=True)
class Block:
    """A registered block: where it stands and the function that makes it."""

    key: str
    title: Words
    place: Literal["main", "side", "top"]
    order: int
    make: Callable[[Any, Reading], Content | None]


@dataclass(frozen=True)
class Shown:
    """A block as a page prints it."""

    key: str
    title: Words
    place: str
    content: Content


def shown_blocks(blocks: Sequence[Block], record: object, reading: Reading) -> list[Shown]:
    """The blocks that have something to say to this reader about this record on that day."""
    made = ((block, block.make(record, reading)) for block in blocks)
    return [Shown(block.key, block.title, block.place, content) for block, content in made if content is not None]
