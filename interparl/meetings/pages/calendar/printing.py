"""The calendar on paper: a day by the hour, and what every sheet says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.core.blocks import Rows
from interparl.core.days import today
from interparl.core.formats import write_day
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.meetings.blocks.calendar import OURS, THEIRS
from interparl.meetings.blocks.hours import HourLine
from interparl.meetings.blocks.sheet import highest_mark, lowest_grade
from interparl.paper.book import Book, Chapter, Section
from interparl.paper.typeset import as_pdf

DAY_COLUMNS: Columns[Any] = Columns(
    (
        Column("hours", gettext_lazy("Hours"), lambda line, r: line.hours),
        Column(
            "what",
            gettext_lazy("What"),
            lambda line, r: line.label,
            second=lambda line, r: line.second,
            spoken=lambda line, r: line.spoken or r.language,
            side=lambda line: line.kind if line.kind in (OURS, THEIRS) else "",
        ),
    )
)


def made_words(reading: Reading) -> str:
    """As whom it was read, and on which day: another reader finds more or less in it."""
    words = {"name": str(reading.user), "day": write_day(today(), reading.language, "full")}
    return _("As %(name)s may read it, made on %(day)s") % words


def day_book(title: str, lines: Sequence[HourLine], reading: Reading) -> Book:
    """A day by the hour as a book of one table."""
    rows = [line.row for line in lines if line.row is not None]
    printed: Sequence[Any] = lines
    table: Table[Any] = Table(
        DAY_COLUMNS, printed, reading, total=len(lines), empty=_("Nothing is planned on this day.")
    )
    return Book(
        name=title,
        what=_("The day by the hour"),
        language=reading.language,
        day=today(),
        mark=highest_mark(rows, reading.user),
        grade=lowest_grade(rows),
        chapters=[Chapter(title, [Section("", Rows(table))])],
        foot=[made_words(reading)],
        is_dense=True,
    )


def pdf_answer(book: Book, name: str) -> HttpResponse:
    """The printed book as a file of that name; raises NotPrinted."""
    answer = HttpResponse(as_pdf(book), content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return answer
