"""Blocks: parts of a record's page as values, so that page, brief and paper print the same (design 1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.translation import gettext as _

from interparl.core.tables import Reading, Table, Words
from interparl.core.templatetags.ui_parts import ClashLine, Fact, Link, SlotColumn, SlotGroup, Tab, TimelineItem

# A block shows at most this many rows and a link to all.
BLOCK_ROWS = 5


@dataclass(frozen=True)
class Facts:
    """Labelled values."""

    facts: Sequence[Fact]
    more: str = ""
    kind: str = "facts"


@dataclass(frozen=True)
class Timeline:
    """What happened, newest first."""

    moments: Sequence[TimelineItem]
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
    """People of two sides, ours first. A side without a title is left out.

    The `second` of somebody is what is said instead of his role when he is away. `count` is said in the heading,
    `ways` lead on from there; `ours_more` and `theirs_more` lead to those of a side who are not shown.
    """

    ours: Sequence[Fact] = ()
    theirs: Sequence[Fact] = ()
    ours_title: str = ""
    theirs_title: str = ""
    more: str = ""
    count: str = ""
    ways: Sequence[Link] = ()
    ours_more: Link | None = None
    theirs_more: Link | None = None
    kind: str = "people"


@dataclass(frozen=True)
class Chart:
    """A server-made drawing with the table behind it."""

    drawing: str
    table: Table[Any]
    kind: str = "chart"


@dataclass
class Rows:
    """A table as a block; `more` is the address of all rows, `add` of the form for a new one, called `adding`.

    `said` is a sentence above the rows, `editions` are those of the list that went out, `ways` lead on beside `add`.
    """

    table: Table[Any]
    more: str = ""
    add: str = ""
    adding: Words = ""
    said: Words = ""
    editions: Sequence[Fact] = ()
    ways: Sequence[Link] = ()
    kind: str = field(default="table", init=False)


@dataclass(frozen=True)
class News:
    """What happened since the reader last looked; `seen` is the address that takes his word for it, up to `up_to`."""

    moments: Sequence[TimelineItem]
    since: str
    every: Sequence[Link]
    seen: str
    up_to: int
    kind: str = "news"


@dataclass(frozen=True)
class Schedule:
    """What happens by the hour, day by day: a page shows the day that is asked for, a file all of them.

    `place` says where the hours are those of the clock, `said` is a sentence above, `links` lead on, `editions` are
    those of the list that went out.
    """

    tabs: Sequence[Tab]
    place: Words
    columns: Sequence[SlotColumn]
    groups: Sequence[SlotGroup]
    links: Sequence[Link] = ()
    said: Words = ""
    editions: Sequence[Fact] = ()
    kind: str = "schedule"

    @property
    def number(self) -> int:
        """How many items are shown."""
        return sum(len(group.slots) for group in self.groups)


@dataclass(frozen=True)
class Clashes:
    """What collides, the gravest first."""

    lines: Sequence[ClashLine]
    kind: str = "clashes"

    @property
    def is_grave(self) -> bool:
        """Whether something is open that nobody has looked at."""
        return any(line.state in ("forbids", "warns") for line in self.lines)


Place = Literal["main", "side", "top", "book"]
Content = Facts | Timeline | Text | People | Chart | Rows | News | Schedule | Clashes


@dataclass(frozen=True)
class Block:
    """A registered block: where it stands and the function that makes it.

    One at the place "book" stands in printed books and handover files alone, one with `is_printed` false never there.
    `gap` is what such a file says where the block has nothing to say.
    """

    key: str
    title: Words
    place: Place
    order: int
    make: Callable[[Any, Reading], Content | None]
    is_printed: bool = True
    gap: Words = ""


@dataclass(frozen=True)
class Shown:
    """A block as a page prints it."""

    key: str
    title: Words
    place: str
    content: Content

    @property
    def count(self) -> int | str:
        """How many rows there are in all, for a table; how many clashes; of people what they say themselves."""
        if isinstance(self.content, People):
            return self.content.count
        if isinstance(self.content, Clashes):
            return len(self.content.lines)
        return self.content.table.total if isinstance(self.content, Rows) else ""

    @property
    def links(self) -> list[Link]:
        """The ways on: all rows when some are cut, and a form for a new one."""
        found = []
        if isinstance(self.content, Rows):
            if self.content.more and self.content.table.total > len(self.content.table):
                found.append(Link(_("All %(number)s") % {"number": self.content.table.total}, self.content.more))
            found += self.content.ways
            if self.content.add:
                found.append(Link(self.content.adding or _("Add"), self.content.add))
        elif isinstance(self.content, Facts) and self.content.more:
            found.append(Link(_("Add"), self.content.more))
        elif isinstance(self.content, Schedule):
            found += self.content.links
        elif isinstance(self.content, News):
            found += self.content.every
        elif isinstance(self.content, People):
            found += self.content.ways
        return found


def shown_blocks(blocks: Sequence[Block], record: object, reading: Reading) -> list[Shown]:
    """The blocks that have something to say to this reader about this record on that day."""
    made = ((block, block.make(record, reading)) for block in blocks)
    return [Shown(block.key, block.title, block.place, content) for block, content in made if content is not None]
