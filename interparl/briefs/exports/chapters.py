"""A record as a chapter: its facts, the blocks of every area, what needs attention, what changed last, the gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from interparl.bodies.models import Body
from interparl.briefs.exports.attention import attention_in
from interparl.core.addresses import address, as_of
from interparl.core.blocks import (
    Block,
    Clashes,
    Content,
    Facts,
    News,
    People,
    Rows,
    Schedule,
    Shown,
    Text,
    Timeline,
)
from interparl.core.hooks import blocks_of
from interparl.core.kinds import Ref
from interparl.core.page_parts import facts_of, history_panel
from interparl.core.pages import every_record_pages
from interparl.core.reads import note_record
from interparl.core.records import Record
from interparl.core.tables import Reading
from interparl.directory.models import Country, Organisation, Parliament
from interparl.paper.book import Lines

PLACES = {"top": 0, "book": 1, "main": 1, "side": 2}


@dataclass(frozen=True)
class FileChapter:
    """A chapter of a file: what there is to say, in order, and what is not known."""

    title: str
    sections: Sequence[Shown]
    gaps: Sequence[str] = ()
    grade: str = ""
    spoken: str = ""
    address: str = ""
    gaps_key: str = "gaps"


def chapter_of(record: Record, reading: Reading) -> FileChapter:
    """Everything about a record that a successor has to know, as far as this reader may know it."""
    note_record(record)
    ref = (record.record_kind(), record.pk)
    made = [(block, _content(block, record, reading)) for block in _in_order(ref[0])]
    shown = [Shown(block.key, block.title, block.place, content) for block, content in made if content is not None]
    at_a_glance = [one for one in shown if one.place == "top"]
    attention = attention_in(around(record, reading) | {ref}, reading, ref)
    sections = [
        *at_a_glance,
        *_lines("attention", _("Needs attention"), attention),
        *_facts(record, reading),
        *(one for one in shown if one.place != "top"),
        *_changes(record, reading),
    ]
    return FileChapter(
        title=reading.name(*ref) or str(record),
        sections=sections,
        gaps=[str(block.gap) for block, content in made if content is None and block.gap],
        grade=record.grade,
        spoken=reading.other_language(*ref),
        address=as_of(address(ref), reading),
    )


def _in_order(kind: str) -> list[Block]:
    printed = [block for block in blocks_of(kind) if block.is_printed]
    return sorted(printed, key=lambda block: (PLACES[block.place], block.order, block.key))


def _content(block: Block, record: Record, reading: Reading) -> Content | None:
    """What the block has to say, without ways to change it.

    An empty table says nothing, nor does what is news for one reader only.
    """
    content = block.make(record, reading)
    match content:
        case Rows():
            content.add = content.more = ""
            content.table.columns = replace(content.table.columns, moves=None)
            return content if content.table.rows else None
        case Facts():
            return replace(content, more="") if content.facts else None
        case Timeline():
            return content if content.moments else None
        case People():
            return content if content.ours or content.theirs else None
        case Text():
            return content if content.text else None
        case Schedule():
            return replace(content, tabs=(), links=()) if content.groups else None
        case News() | Clashes():
            return None
    return content


def _facts(record: Record, reading: Reading) -> list[Shown]:
    pages = every_record_pages[record.record_kind()]
    refs = {ref for column in pages.facts if column.refs for ref in column.refs(record)}
    refs.add((record.record_kind(), record.pk))
    reading.want(refs)
    facts = facts_of(pages.facts, record, reading)
    return [Shown("facts", _("What it is"), "main", Facts(facts))] if facts else []


def _lines(key: str, title: str, lines: Sequence[str]) -> list[Shown]:
    return [Shown(key, title, "main", Lines(lines))] if lines else []  # type: ignore[arg-type]


def _changes(record: Record, reading: Reading) -> list[Shown]:
    """What was changed last in the record and in what hangs on it."""
    moments = history_panel(record, reading)["history_items"]
    return [Shown("changes", _("Last changes"), "side", Timeline(moments))] if moments else []


def around(record: Record, reading: Reading) -> set[Ref]:
    """The records that belong to the same file."""
    user, day = reading.user, reading.day
    bodies = Body.objects.visible_to(user).on(day)
    match record:
        case Country():
            parliaments = Parliament.objects.visible_to(user).filter(country=record).on(day)
            found = {(Parliament.record_kind(), key) for key in parliaments.values_list("pk", flat=True)}
            about = bodies.about(record, user)
        case Organisation():
            found, about = set[Ref](), bodies.filter(organisation=record)
        case _:
            return set()
    return found | {(Body.record_kind(), key) for key in about.values_list("pk", flat=True)}
