"""Books for tests, and what stands in the files that are made of them."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from pypdf import PdfReader

from interparl.core.blocks import Chart, Content, Facts, People, Rows, Text, Timeline
from interparl.core.models import Grade
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Fact, TimelineItem
from interparl.paper.book import Book, Chapter, Lines, Section
from interparl.paper.signs import BREAK

DAY = date(2015, 5, 14)
PLAIN: Columns[Any] = Columns(
    (
        Column("name", "Name", lambda row, _reading: row.title),
        Column("number", "Number", lambda row, _reading: row.number, "number"),
        Column("day", "Day", lambda row, _reading: row.day, "date"),
    )
)


class Line:
    """A row of a table of tests."""

    def __init__(self, title: str, number: float = 1, day: date | None = None) -> None:
        self.title, self.number, self.day = title, number, day


def a_table(lines: Sequence[Line], user: Any, language: str = "en", total: int = 0) -> Table[Any]:
    """A table of such rows."""
    reading = Reading(user=user, language=language, day=DAY)
    rows: Any = list(lines)
    return Table(PLAIN, rows, reading, total=total or len(rows))


def every_content(user: Any, language: str) -> dict[str, Content | Lines]:
    """One of each kind of content that is printed, by its heading."""
    table = a_table([Line("First row", 1234567.5, date(2012, 10, 11)), Line("Second row", 2)], user, language)
    return {
        "At a glance": Facts([Fact("bodies", "6"), Fact("our people", "31", side="ours")]),
        "Facts": Facts([Fact("official name", "The Group", "since long"), Fact("seat", "")]),
        "Rows": Rows(table),
        "Timeline": Timeline(
            [TimelineItem("2012", "Formed", side="ours"), TimelineItem("2016", "Ends", state="planned")]
        ),
        "Text": Text("Words of record.", "de"),
        "People": People([Fact("Anna Nowak", "Head")], [Fact("Bo Li", "Chair")], "Ours", "Theirs"),
        "Chart": Chart("<svg/>", table),
        "Lines": Lines(["No decision is known."]),
    }


def a_book(*sections: Section, **values: Any) -> Book:
    """A book of one chapter with these sections."""
    given: dict[str, Any] = {
        "name": "A working group",
        "what": "Handover file",
        "language": "en",
        "day": DAY,
        "mark": "internal",
        "grade": Grade.STATED,
        "chapters": [Chapter("A working group", sections)],
    }
    return Book(**given | values)


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page, with single spaces and without places to break."""
    return [_tidy(page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def words_of(pdf: bytes) -> str:
    """The words of all pages."""
    return " ".join(pages_of(pdf))


def squeezed(text: str) -> str:
    """The text without any space: where a line ends says nothing of what it says."""
    return re.sub(rf"[\s{BREAK}\u00ad]+", "", text)


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace(BREAK, ""))
