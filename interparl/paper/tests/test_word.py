"""Word files: the same words, real headings, repeated heading rows, language, nothing that was not asked for."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import docx
import pytest
from django.contrib.auth.models import AnonymousUser
from docx.oxml.ns import qn

from interparl.core.blocks import Facts, Rows
from interparl.core.models import Grade
from interparl.core.templatetags.ui_parts import Fact
from interparl.paper.book import Chapter, Lines, Section
from interparl.paper.plain import plain
from interparl.paper.word import as_docx
from tests.printing import Line, a_book, a_table, every_content

NOBODY = AnonymousUser()
HOSTILE = [
    "a < b & c > d",
    "#1 *x* _y_ \\z",
    "{{ name }} {% x %}",
    "\"quoted\" 'so'",
    "\u202eabc\u0000\u0008d",
    "محمد",
    "李",
]


def opened(file: bytes) -> Any:
    """The file as python-docx reads it."""
    return docx.Document(io.BytesIO(file))


def lines(file: bytes) -> list[str]:
    """The text of every paragraph and cell."""

    def of(document: Any) -> Iterator[str]:
        for paragraph in document.element.body.iter(qn("w:p")):
            yield "".join(run.text or "" for run in paragraph.iter(qn("w:t")))

    return list(of(opened(file)))


@pytest.mark.parametrize("language", ["en", "ru", "be"])
def test_every_kind_of_block_has_the_words_of_the_book(language: str) -> None:
    book = a_book(*(Section(title, one) for title, one in every_content(NOBODY, language).items()), language=language)
    found = " ".join(lines(as_docx(book)))
    told = plain(book)
    for section in told.chapters[0].sections:
        part = section.part
        words = [fact.value.text for fact in part.facts] + [cell.text for row in part.rows for cell in row]
        words += [one.said.text for one in part.moments] + [one.text for one in (*part.ours, *part.theirs, *part.lines)]
        assert [one for one in (section.title, part.said.text, *words) if one not in found] == []


@pytest.mark.parametrize("name", HOSTILE)
def test_markup_and_controls_are_text(name: str) -> None:
    book = a_book(Section(name, Facts([Fact(name, name, name)])), Section("x", Lines([name])), name=name)
    shown = plain(book).name
    found = [line for line in lines(as_docx(book)) if shown in line]
    assert len(found) >= 4


def test_headings_are_headings() -> None:
    section = Section("Facts", Lines(["x"]))
    file = opened(as_docx(a_book(chapters=[Chapter("First", [section]), Chapter("Second", [section])])))
    styles = [(one.style.name, one.text) for one in file.paragraphs if one.style.name.startswith(("Heading", "Title"))]
    assert styles == [
        ("Title", "A working group"),
        ("Heading 1", "First"),
        ("Heading 2", "Facts"),
        ("Heading 1", "Second"),
        ("Heading 2", "Facts"),
    ]


def test_the_first_row_of_a_table_is_repeated_and_no_row_is_parted() -> None:
    file = opened(as_docx(a_book(Section("Rows", Rows(a_table([Line("x"), Line("y")], NOBODY))))))
    rows = file.tables[0].rows
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_the_mark_the_grade_and_the_pages_stand_at_the_edges() -> None:
    file = opened(as_docx(a_book(Section("x", Lines(["y"])), mark="official", grade=Grade.ILLUSTRATIVE)))
    page = file.sections[0]
    assert "For official use" in page.header.paragraphs[0].text
    assert "Demonstration: people are invented" in page.footer.paragraphs[0].text
    fields = [one.get(qn("w:instr")) for one in page.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_the_language_is_set_and_nobody_is_named() -> None:
    file = opened(as_docx(a_book(Section("x", Lines(["y"])), language="be")))
    about = file.core_properties
    assert (about.title, about.author, about.last_modified_by, about.language) == (
        "A working group · Handover file",
        "",
        "",
        "be",
    )
    assert about.created.replace(tzinfo=UTC) == datetime(2015, 5, 14, tzinfo=UTC)
    defaults = file.styles.element.find(qn("w:docDefaults"))
    assert [one.get(qn("w:val")) for one in defaults.iter(qn("w:lang"))] == ["be-BY"]


def test_the_same_book_is_the_same_bytes_without_an_hour() -> None:
    sections = [Section(title, one) for title, one in every_content(NOBODY, "en").items()]
    first, second = as_docx(a_book(*sections)), as_docx(a_book(*sections))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {one.date_time for one in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def programme(**values: Any) -> Any:
    """A book of tables with the same columns, in which a row without a first word goes on from the one before."""
    monday = a_table([Line("10:00"), Line(""), Line("12:00")], NOBODY)
    minor = Section("For the spouses", Rows(a_table([Line("11:00")], NOBODY)), is_minor=True)
    shares = (20, *([10] * (len(monday.columns.of) - 1)))
    return opened(as_docx(a_book(Section("Monday", Rows(monday)), minor, shares=shares, **values)))


def test_what_goes_on_from_the_row_before_stands_with_it() -> None:
    table = programme().tables[0]
    drawn = [
        [edge.tag.rpartition("}")[2] for edge in row.cells[0]._tc.iter(qn("w:top"), qn("w:bottom"))]
        for row in table.rows
    ]
    assert drawn == [[], ["bottom"], ["top"], []]
    kept = [row.cells[1].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    assert kept == [True, True, None, None]


def test_tables_of_the_same_columns_have_the_same_widths_and_begin_at_the_edge() -> None:
    tables = programme().tables
    assert len({tuple(column.width for column in table.columns) for table in tables}) == 1
    assert tables[0].columns[0].width == pytest.approx(2 * tables[0].columns[1].width, rel=0.01)
    for table in tables:
        margins = table._tbl.tblPr.find(qn("w:tblCellMar"))
        assert margins.find(qn("w:left")).get(qn("w:w")) == "0"


def test_the_name_in_other_languages_and_the_day_stand_below_it() -> None:
    file = programme(also=[("Рабочая группа", "ru")], dated="edition 2 of 11 May 2015")
    subtitles = [one for one in file.paragraphs if one.style.name == "Subtitle"]
    assert [one.text for one in subtitles] == ["Рабочая группа", "Handover file, edition 2 of 11 May 2015"]
    assert subtitles[0].runs[0]._r.rPr.find(qn("w:lang")).get(qn("w:val")) == "ru-RU"
    assert "edition 2 of 11 May 2015" in file.sections[0].header.paragraphs[0].text
    assert [(one.style.name, one.text) for one in file.paragraphs if one.style.name.startswith("Heading")] == [
        ("Heading 1", "Monday"),
        ("Heading 2", "For the spouses"),
    ]
