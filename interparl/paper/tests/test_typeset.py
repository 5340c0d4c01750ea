"""PDF: every kind of block, hostile text, marks, structure, the same bytes."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import override
from pypdf import PdfReader

from interparl.core.blocks import Facts, News, Rows, Text
from interparl.core.formats import write_day, write_number
from interparl.core.models import Grade
from interparl.core.templatetags.ui_parts import Fact
from interparl.paper import typeset
from interparl.paper.book import Chapter, Lines, Section
from interparl.paper.signs import BLANK, HERE
from interparl.paper.typeset import NotPrinted, as_pdf
from tests.printing import DAY, Line, a_book, a_table, every_content, pages_of, squeezed, words_of

NOBODY = AnonymousUser()
HOSTILE = [
    "Group #1 *of* _the_ <West> & \\East $x$ @ref `code` [a] ~ = Heading",
    '#read("/etc/passwd")',
    "#panic()",
    '#import "x.typ": *',
    "-- --- ... \"double\" 'single'",
    "// comment /* and */ https://example.org/#a",
    "&amp; &#35; {{ name }} {% now %} %(name)s ${x}",
    "{page} {pages}",
]
FOREIGN = ["محمد بن سلمان", "李小龙", "Անի Մելքումյան", "გიორგი მარგველაშვილი", "สมชาย", "नरेन्द्र"]


def named(name: str) -> bytes:
    """A book whose record, chapter, heading, label, value, second line and sentence are that name."""
    section = Section(name, Facts([Fact(name, name, name)]))
    chapters = [Chapter(name, [section, Section("x", Lines([name]))]), Chapter("Another", [section])]
    return as_pdf(a_book(name=name, chapters=chapters, foot=[name]))


@pytest.mark.parametrize("language", ["en", "ru", "be"])
def test_every_kind_of_block_is_printed_in_each_language(language: str) -> None:
    contents = every_content(NOBODY, language)
    sections = [Section(title, one, at_a_glance=title == "At a glance") for title, one in contents.items()]
    words = words_of(as_pdf(a_book(*sections, language=language)))
    with override(language):
        expected = [
            "6",
            "31",
            "The Group",
            "since long",
            "First row",
            "Second row",
            "Formed",
            "Ends",
            "Words of record.",
        ]
        expected += ["Anna Nowak", "Head", "Bo Li", "Ours", "Theirs", "No decision is known.", *contents]
        expected += [write_number(1234567.5, language), write_day(Line("", 1, DAY).day or DAY, language, "full")]
        expected.append(write_day(contents["Rows"].table.rows[0].day, language))  # type: ignore[union-attr]
    assert [one for one in expected if squeezed(one) not in squeezed(words)] == []


def test_a_block_that_is_news_to_one_reader_is_not_printed() -> None:
    news = Section("Since you last looked", News([], "", [], "", 0))
    assert "looked" not in words_of(as_pdf(a_book(news, Section("x", Lines(["y"])))))


@pytest.mark.parametrize("name", HOSTILE)
def test_code_and_markup_are_printed_as_text(name: str) -> None:
    found = squeezed(words_of(named(name)))
    # The heading of two chapters' sections, label, value, second line, sentence: each place shows it whole.
    assert found.count(squeezed(name)) >= 8


@pytest.mark.parametrize("name", FOREIGN)
def test_names_in_other_scripts_are_printed_with_fonts_of_ours(name: str) -> None:
    pdf = named(name)
    assert BLANK not in words_of(pdf)
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in PdfReader(io.BytesIO(pdf)).pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert {font for font in fonts if not font.startswith(("LibertinusSerif", "Noto"))} == set()
    assert any(font.startswith("Noto") for font in fonts)


def test_a_name_of_ten_thousand_signs_is_printed_whole_and_within_the_page() -> None:
    pages = pages_of(as_pdf(a_book(Section("x", Facts([Fact("Name", "q" * 10_000)])))))
    assert sum(page.count("q") for page in pages) == 10_000
    assert len(named("Ж" * 10_000)) > 0


def test_a_sign_that_no_font_has_is_a_blank_and_stops_nothing() -> None:
    assert BLANK in words_of(as_pdf(a_book(Section("x", Text("a \U0001f600 b")))))


def test_every_sign_that_is_said_to_be_printable_is_known_to_typst() -> None:
    codes: list[int] = []
    for line in (HERE / "data" / "printable.txt").read_text().split():
        first, _minus, last = line.partition("-")
        codes += range(int(first, 16), int(last or first, 16) + 1)
    assert len(codes) > 10_000
    # Typst refuses to make a PDF/A with a sign that no font has.
    for start in range(0, len(codes), 2000):
        assert as_pdf(a_book(Section("x", Text(" ".join(map(chr, codes[start : start + 2000]))))))


def test_typst_refuses_what_no_font_has_when_it_is_not_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interparl.paper.signs.has_sign", lambda sign: True)
    with pytest.raises(NotPrinted):
        as_pdf(a_book(Section("x", Text("\U0001f600"))))


def test_the_mark_and_the_grade_stand_on_every_page() -> None:
    rows = [Line(f"Row {number}") for number in range(120)]
    book = a_book(Section("Rows", Rows(a_table(rows, NOBODY))), mark="official", grade=Grade.ILLUSTRATIVE)
    pages = pages_of(as_pdf(book))
    assert len(pages) > 2
    assert {("For official use" in page, "Demonstration: people are invented" in page) for page in pages} == {
        (True, True)
    }


def test_the_head_names_record_and_day_and_the_foot_the_page_of_pages() -> None:
    rows = [Line(f"Row {number}") for number in range(120)]
    pages = pages_of(as_pdf(a_book(Section("Rows", Rows(a_table(rows, NOBODY))))))
    for number, page in enumerate(pages, 1):
        assert "A working group · as of 14 May 2015" in page
        assert f"page {number} of {len(pages)}" in page


def test_the_headings_of_a_table_are_repeated_on_every_page() -> None:
    rows = [Line(f"Row {number}") for number in range(120)]
    pages = pages_of(as_pdf(a_book(Section("Rows", Rows(a_table(rows, NOBODY))))))
    assert all("Name Number" in page for page in pages)


@pytest.mark.parametrize("before", range(24, 44))
def test_no_heading_is_alone_at_the_foot_of_a_page(before: int) -> None:
    lines = Section("", Lines([f"Line {number}" for number in range(before)]))
    table = Section("The heading", Rows(a_table([Line("The first row"), Line("The last row")], NOBODY)))
    pages = pages_of(as_pdf(a_book(lines, table)))
    assert [page for page in pages if ("The heading" in page) != ("The first row" in page)] == []


def test_more_rows_than_are_printed_are_counted() -> None:
    rows = a_table([Line("Row 1"), Line("Row 2")], NOBODY, total=1500)
    assert "The first 2 of 1,500." in words_of(as_pdf(a_book(Section("Rows", Rows(rows)))))


def test_the_file_says_that_it_is_for_all_readers_and_for_good() -> None:
    chapters = [Chapter(title, [Section("Facts", Text("Words."))]) for title in ("First", "Second")]
    file = PdfReader(io.BytesIO(as_pdf(a_book(chapters=chapters, language="be"))))
    root: Any = file.trailer["/Root"]
    said = root["/Metadata"].get_data().decode()
    assert re.search(r"pdfuaid:part\W+1\b", said)
    assert re.search(r"pdfaid:part\W+2\b", said)
    assert re.search(r"pdfaid:conformance\W+A\b", said)
    assert root["/Lang"] == "be"
    assert root["/MarkInfo"]["/Marked"]
    assert [str(entry["/Title"]) for entry in file.outline if isinstance(entry, dict)] == ["First", "Second"]


def test_the_file_names_its_title_and_day_and_nobody() -> None:
    file = PdfReader(io.BytesIO(as_pdf(a_book(Section("x", Text("y"))))))
    about = file.metadata
    assert about is not None
    assert (about.title, about.author, about.subject) == ("A working group · Handover file", None, None)
    assert about.creation_date == datetime(2015, 5, 14, tzinfo=UTC)


def test_the_same_book_is_the_same_bytes() -> None:
    sections = [Section(title, one) for title, one in every_content(NOBODY, "ru").items()]
    assert as_pdf(a_book(*sections)) == as_pdf(a_book(*sections))


def test_many_chapters_have_a_table_of_contents_and_few_have_none() -> None:
    chapters = [Chapter(f"Chapter {number}", [Section("x", Text("y"))]) for number in range(6)]
    assert "Contents" in pages_of(as_pdf(a_book(chapters=chapters)))[0]
    assert "Contents" not in words_of(as_pdf(a_book(chapters=chapters[:2])))


def test_a_fault_inside_typst_is_a_sentence_and_no_fall(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        """As Typst's binding raises it."""

    class Broken:
        """Typst that fails."""

        TypstError = KeyError

        def compile(self, *_given: Any, **_named: Any) -> bytes:
            raise PanicException("end byte index 3 is out of bounds")

    monkeypatch.setattr(typeset, "_typst", Broken)
    monkeypatch.setattr(typeset, "_fonts", lambda: None)
    with pytest.raises(NotPrinted, match="out of bounds"):
        as_pdf(a_book(Section("x", Text("y"))))
