"""A book as a Word file: real headings, repeated heading rows, the language set; the same bytes for the same book."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from importlib import import_module
from itertools import zip_longest
from typing import Any

from django.utils.text import capfirst

from interparl.paper.book import Book
from interparl.paper.plain import Part, PlainBook, PlainSection, Said, plain

FONT = "Times New Roman"
GREY, INK = "47555F", "16212B"
# Of each size of paper its width and height, its edges (left, right, top, bottom) in mm, and its text in points.
SHEETS = {
    "a4": ((210, 297), (25, 20, 24, 22), (10.5, 9)),
    "a6": ((105, 148), (9, 9, 15, 13), (9, 8)),
}
NARROW = 150
# Twentieths of a point above and below the words of a cell, and beside them; points below a table.
BETWEEN, BESIDE, GAP = 30, 110, 5
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
COUNTRY_OF = {"en": "en-GB", "ru": "ru-RU", "be": "be-BY"}


@cache
def _docx() -> Any:
    """The package, fetched with the first file."""
    import_module("docx.oxml.ns")
    return import_module("docx")


def as_docx(book: Book) -> bytes:
    """The book as DOCX; text goes in as text, never as markup."""
    return _Writer(plain(book), book.day, book.size).written()


class _Writer:
    """Writes one book."""

    def __init__(self, book: PlainBook, day: date, size: str = "a4") -> None:
        self.book, self.day = book, day
        self.file = _docx().Document()
        self.shared = import_module("docx.shared")
        self.sheet, (left, right, *self.ends), (self.body, self.small) = SHEETS[size]
        self.sides = left, right
        self.width = self.shared.Mm(self.sheet[0] - left - right)

    def written(self) -> bytes:
        """The file."""
        self.styles()
        self.properties()
        self.edges()
        self.line(self.book.name, style="Heading 1" if self.book.begins_with_name else "Title")
        for one in self.book.also:
            self.said(self.line("", style="Subtitle"), one)
        self.line(self.book.subtitle, style="Subtitle")
        for at, chapter in enumerate(self.book.chapters):
            if at or not (self.book.is_single or self.book.begins_with_name):
                heading = self.line(chapter.title, style="Heading 1")
                heading.paragraph_format.page_break_before = bool(at)
            for section in chapter.sections:
                self.section(section)
        out = io.BytesIO()
        self.file.save(out)
        return _same_bytes(out.getvalue())

    def styles(self) -> None:
        """A serif, ink for what is blue in the pattern, rules above headings, the language."""
        is_small = self.sheet[0] < NARROW
        self._style("Normal", self.body, INK)
        self._style("Title", 13 if is_small else 20, INK, bold=True)
        self._style("Subtitle", 9 if is_small else 11.5, GREY)
        self._style("Heading 1", 16 if not self.book.is_single else 10.5 if is_small else 12, INK, bold=True)
        self._style("Heading 2", 10.5 if is_small else 12, INK, bold=True)
        ruled = "Heading 1" if self.book.is_single else "Heading 2"
        _ruled(self.file.styles[ruled].element.get_or_add_pPr(), "top", 10)
        language = COUNTRY_OF.get(self.book.language, self.book.language)
        defaults = self.file.styles.element.find(_tag("w:docDefaults"))
        for found in defaults.iter(_tag("w:lang")):
            found.set(_tag("w:val"), language)
        stop = self.file.settings.element.find(_tag("w:defaultTabStop"))
        stop.addnext(_element("w:autoHyphenation", {"w:val": "true"}))

    def _style(self, name: str, size: float, colour: str, *, bold: bool = False) -> None:
        style = self.file.styles[name]
        style.font.name, style.font.size, style.font.bold = FONT, self.shared.Pt(size), bold
        style.font.italic = False
        style.font.color.rgb = self.shared.RGBColor.from_string(colour)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(_tag(kind), None)
        for kind in ("w:ascii", "w:hAnsi", "w:cs"):
            fonts.set(_tag(kind), FONT)
        style.paragraph_format.space_after = self.shared.Pt(4)
        # The pattern draws a line below the title and spaces letters.
        for found in [*style.element.iter(_tag("w:pBdr")), *style.element.rPr.iter(_tag("w:spacing"))]:
            found.getparent().remove(found)

    def properties(self) -> None:
        """Title and language; nobody's name, and the day of the book as the day when it was made."""
        core = self.file.core_properties
        core.title, core.language = self.book.title, self.book.language
        core.author = core.last_modified_by = core.comments = core.keywords = core.subject = core.category = ""
        core.created = core.modified = datetime.combine(self.day, time(), UTC)
        core.revision = 1

    def edges(self) -> None:
        """A4; head with the record and the mark, foot with the grade and the page, on every page."""
        page = self.file.sections[0]
        page.page_width, page.page_height = map(self.shared.Mm, self.sheet)
        page.left_margin, page.right_margin = map(self.shared.Mm, self.sides)
        page.top_margin, page.bottom_margin = map(self.shared.Mm, self.ends)
        is_small = self.sheet[0] < NARROW
        if is_small:
            page.header_distance = page.footer_distance = self.shared.Mm(6)
        head = self._edge(page.header.paragraphs[0], capfirst(self.book.as_of) if is_small else self.book.head)
        head.add_run(f"\t{self.book.mark_words}").bold = True
        foot = self._edge(page.footer.paragraphs[0], " · ".join(self.book.foot))
        foot.add_run("\t")
        before, _page, rest = self.book.page_words.partition("{page}")
        between, _pages, after = rest.partition("{pages}")
        foot.add_run(before)
        _field(foot, "PAGE")
        foot.add_run(between)
        _field(foot, "NUMPAGES")
        foot.add_run(after)

    def _edge(self, paragraph: Any, words: str) -> Any:
        enums = import_module("docx.enum.text")
        # The pattern's own stops are those of another size of paper.
        for tabs in list(paragraph.style.element.iter(_tag("w:tabs"))):
            tabs.getparent().remove(tabs)
        paragraph.paragraph_format.tab_stops.add_tab_stop(self.width, enums.WD_TAB_ALIGNMENT.RIGHT)
        paragraph.style.font.size = self.shared.Pt(self.small)
        paragraph.add_run(words)
        return paragraph

    def line(self, words: str, style: str = "Normal") -> Any:
        """A paragraph."""
        return self.file.add_paragraph(words, style=style)

    def section(self, section: PlainSection) -> None:
        """A heading with what stands below it."""
        if section.title:
            self.line(section.title, style="Heading 1" if self.book.is_single and not section.is_minor else "Heading 2")
        WRITERS[section.part.kind](self, section.part)

    def said(self, paragraph: Any, said: Said, *, bold: bool = False) -> None:
        """Words with their second line, in their own language and direction."""
        run = paragraph.add_run(said.text)
        run.bold = bold or None
        properties = run._r.get_or_add_rPr()
        if said.rtl:
            run.font.rtl = True
            paragraph._p.get_or_add_pPr().append(_element("w:bidi", {}))
            # A name stands below the others: in a paragraph that runs leftwards the right end is at the left.
            paragraph.alignment = import_module("docx.enum.text").WD_ALIGN_PARAGRAPH.RIGHT
        if said.lang:
            kind = "w:bidi" if said.rtl else "w:val"
            properties.append(_element("w:lang", {kind: COUNTRY_OF.get(said.lang, said.lang)}))
        if said.second:
            if said.text:
                run.add_break()
            second = paragraph.add_run(said.second)
            second.font.size = self.shared.Pt(self.small)
            second.font.color.rgb = self.shared.RGBColor.from_string(GREY)

    def _coloured(self, paragraph: Any, size: float = 0) -> None:
        """Grey, as labels are."""
        for run in paragraph.runs:
            run.font.size = self.shared.Pt(size or self.body)
            run.font.color.rgb = self.shared.RGBColor.from_string(GREY)

    def facts(self, part: Part) -> None:
        """Label and value side by side."""
        rows = [[Said(one.label), one.value] for one in part.facts]
        self.grid(rows, [30, 70], label_first=True)

    def timeline(self, part: Part) -> None:
        """Day and words side by side."""
        self.grid([[Said(one.day), one.said] for one in part.moments], [26, 74], label_first=True)

    def text(self, part: Part) -> None:
        """A paragraph."""
        self.said(self.line(""), part.said)

    def people(self, part: Part) -> None:
        """Ours beside theirs."""
        pairs = zip_longest(part.ours, part.theirs, fillvalue=Said(""))
        table = self.grid(
            [[Said(part.ours_title), Said(part.theirs_title)], *map(list, pairs)], [50, 50], is_plain=True
        )
        for row in table.rows:
            for cell in row.cells:
                for run in cell.paragraphs[0].runs[:1]:
                    run.bold = True

    def lines(self, part: Part) -> None:
        """Sentences with dashes."""
        for one in part.lines:
            self.said(self.line("", style="List Bullet"), one)

    def table(self, part: Part) -> None:
        """A table whose heading row repeats on every page."""
        if part.rows:
            shares = [column.width for column in part.columns]
            heads = [Said(column.label) for column in part.columns]
            numbers = [column.number for column in part.columns]
            table = self.grid([heads, *part.rows], shares, numbers=numbers)
            first, *others = table.rows
            if self.book.joins_rows:
                self.join(others, part.rows)
            first._tr.get_or_add_trPr().append(_element("w:tblHeader", {"w:val": "true"}))
            for cell in first.cells:
                self._coloured(cell.paragraphs[0], self.small)
                cell.paragraphs[0].paragraph_format.keep_with_next = True
        if part.note:
            self.line(part.note)

    def join(self, made: Sequence[Any], rows: Sequence[Sequence[Said]]) -> None:
        """Makes what goes on from the row before stand with it: no line between, no page, the first column bold."""
        for at, (row, said) in enumerate(zip(made, rows, strict=True)):
            cells = row.cells
            for run in cells[0].paragraphs[0].runs[:1]:
                run.bold = True
            if at and not said[0].text:
                for edge, joined in (("bottom", made[at - 1].cells), ("top", cells)):
                    for cell in joined:
                        _unlined(cell, edge)
                for cell in made[at - 1].cells:
                    cell.paragraphs[0].paragraph_format.keep_with_next = True

    def grid(
        self,
        rows: Sequence[Sequence[Said]],
        shares: Sequence[int],
        *,
        label_first: bool = False,
        is_plain: bool = False,
        numbers: Sequence[bool] = (),
    ) -> Any:
        """Rows of cells with hairlines below; no row is parted by the end of a page unless it is long."""
        table = self.file.add_table(rows=0, cols=len(shares))
        table.autofit = False
        widths = [self.shared.Emu(int(self.width * share / sum(shares))) for share in shares]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for row in rows:
            made = table.add_row()
            if not any(said.long for said in row):
                made._tr.get_or_add_trPr().append(_element("w:cantSplit", {"w:val": "true"}))
            # `cells` looks the whole row up each time it is asked.
            for at, (cell, said) in enumerate(zip(made.cells, row, strict=True)):
                cell.width = widths[at]
                self.said(cell.paragraphs[0], said)
                if numbers and numbers[at]:
                    cell.paragraphs[0].alignment = import_module("docx.enum.text").WD_ALIGN_PARAGRAPH.RIGHT
                if label_first and not at:
                    self._coloured(cell.paragraphs[0])
        borders = _element("w:tblBorders", {})
        for edge in () if label_first or is_plain else ("bottom", "insideH"):
            borders.append(_element(f"w:{edge}", {"w:val": "single", "w:sz": "4", "w:color": "B9C3CA"}))
        table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
        margins = _element("w:tblCellMar", {})
        for edge, size in (("top", BETWEEN), ("left", 0), ("bottom", BETWEEN), ("right", BESIDE)):
            margins.append(_element(f"w:{edge}", {"w:w": str(size), "w:type": "dxa"}))
        table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
        # Without a line between them Word makes one table of two; it must not reach beyond the last one's page.
        gap = self.line("").paragraph_format
        gap.space_after, gap.line_spacing = self.shared.Pt(0), self.shared.Pt(GAP)
        return table


WRITERS: dict[str, Callable[[_Writer, Part], None]] = {
    "glance": _Writer.facts,
    "facts": _Writer.facts,
    "table": _Writer.table,
    "timeline": _Writer.timeline,
    "people": _Writer.people,
    "lines": _Writer.lines,
    "text": _Writer.text,
}


def _tag(name: str) -> str:
    return str(import_module("docx.oxml.ns").qn(name))


def _element(name: str, values: dict[str, str]) -> Any:
    made = import_module("docx.oxml").OxmlElement(name)
    for key, value in values.items():
        made.set(_tag(key), value)
    return made


def _ruled(properties: Any, edge: str, size: int) -> None:
    """A rule at an edge of a paragraph, at its place among the properties."""
    borders = _element("w:pBdr", {})
    borders.append(_element(f"w:{edge}", {"w:val": "single", "w:sz": str(size), "w:space": "4", "w:color": INK}))
    successors = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
    properties.insert_element_before(borders, *successors)


def _unlined(cell: Any, edge: str) -> None:
    """Takes the line of the table away at an edge of a cell."""
    properties = cell._tc.get_or_add_tcPr()
    borders = properties.find(_tag("w:tcBorders"))
    if borders is None:
        borders = _element("w:tcBorders", {})
        properties.append(borders)
    # The top stands before the bottom.
    borders.insert(0 if edge == "top" else len(borders), _element(f"w:{edge}", {"w:val": "nil"}))


def _field(paragraph: Any, name: str) -> None:
    """A number that Word counts."""
    field = _element("w:fldSimple", {"w:instr": name})
    run = _element("w:r", {})
    text = _element("w:t", {})
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _same_bytes(file: bytes) -> bytes:
    """The package without the hour at which it was put together."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in sorted(read.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            written.writestr(zipfile.ZipInfo(name, FIRST_DAY), read.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
