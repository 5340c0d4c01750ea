"""A book as plain data: every word in its language, as it is to be printed. PDF and Word are made of the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from interparl.accounts.roles import INTERNAL, OFFICIAL, POINTER, PUBLIC
from interparl.core.blocks import Chart, Clashes, Facts, News, People, Rows, Schedule, Text, Timeline
from interparl.core.formats import write_day, write_number
from interparl.core.models import Grade
from interparl.core.tables import Column, Table, write_value
from interparl.core.templatetags.ui_parts import Fact, TimelineItem
from interparl.paper.book import Book, Chapter, Lines, Section
from interparl.paper.signs import printable, runs_leftwards

MARK_WORDS: dict[str, Promise] = {
    PUBLIC: gettext_lazy("Public"),
    INTERNAL: gettext_lazy("Internal"),
    OFFICIAL: gettext_lazy("For official use"),
    POINTER: gettext_lazy("For official use"),
}
GRADE_WORDS: dict[str, Promise] = {
    Grade.ILLUSTRATIVE: gettext_lazy("Demonstration: people are invented"),
    Grade.LIKELY: gettext_lazy("Part of it is likely and not certain"),
}
LONGEST_HEAD = 60
FEW_CHAPTERS = 4
NARROWEST, WIDEST = 6, 44
# Rows below this length stay on one page.
LONG_CELL = 400
RUNNING_TEXT, LONG_WORD = 120, 17


@dataclass(frozen=True)
class Said:
    """Words with a grey second line; `lang` where they are in another language than the book."""

    text: str
    second: str = ""
    lang: str = ""
    side: str = ""
    rtl: bool = False

    @property
    def long(self) -> bool:
        """Whether it may be parted by the end of a page."""
        return len(self.text) + len(self.second) > LONG_CELL

    @property
    def hyphenated(self) -> bool:
        """Whether its words may be parted: a name or a few words look better whole, unless one is very long."""
        return len(self.text) > RUNNING_TEXT or any(len(word) > LONG_WORD for word in self.text.split())


@dataclass(frozen=True)
class LabelledValue:
    """A fact."""

    label: str
    value: Said


@dataclass(frozen=True)
class Moment:
    """A line of a timeline."""

    day: str
    said: Said


@dataclass(frozen=True)
class Heading:
    """A column: its heading, and its share of the width."""

    label: str
    width: int
    number: bool


@dataclass(frozen=True)
class Part:
    """What stands below a heading; of the fields those that `kind` names are filled."""

    kind: str
    facts: Sequence[LabelledValue] = ()
    columns: Sequence[Heading] = ()
    rows: Sequence[Sequence[Said]] = ()
    note: str = ""
    moments: Sequence[Moment] = ()
    said: Said = field(default_factory=lambda: Said(""))
    ours: Sequence[Said] = ()
    theirs: Sequence[Said] = ()
    ours_title: str = ""
    theirs_title: str = ""
    lines: Sequence[Said] = ()


@dataclass(frozen=True)
class PlainSection:
    """A heading and what stands below it."""

    title: str
    part: Part
    is_minor: bool = False


@dataclass(frozen=True)
class PlainChapter:
    """Sections under a title."""

    title: str
    sections: Sequence[PlainSection]


@dataclass(frozen=True)
class PlainBook:
    """A book, ready to be printed."""

    name: str
    title: str
    subtitle: str
    head: str
    short: str
    as_of: str
    foot: Sequence[str]
    language: str
    mark: str
    mark_words: str
    page_words: str
    contents_words: str
    chapters: Sequence[PlainChapter]
    is_dense: bool = False
    also: Sequence[Said] = ()
    joins_rows: bool = False

    @property
    def is_single(self) -> bool:
        """Whether it is one chapter, which then needs no title."""
        return len(self.chapters) == 1

    @property
    def has_contents(self) -> bool:
        """Whether there are so many chapters that a table of contents is of use."""
        return len(self.chapters) > FEW_CHAPTERS

    @property
    def begins_with_name(self) -> bool:
        """Whether the title of the first chapter is that of the book, which then stands once."""
        return not self.is_single and self.chapters[0].title == self.name


def plain(book: Book) -> PlainBook:
    """The book in its language."""
    with override(book.language):
        return _Plainly(book).book()


class _Plainly:
    """Turns blocks into plain data for one book."""

    def __init__(self, of: Book) -> None:
        self.of = of
        self.words = partial(_words, instead=of.instead)

    def book(self) -> PlainBook:
        """All of it."""
        of = self.of
        name, what = self.words(of.name), self.words(of.what)
        day = self.words(of.dated) or _("as of %(day)s") % {"day": write_day(of.day, of.language, "full")}
        grade = [str(GRADE_WORDS[of.grade])] if of.grade in GRADE_WORDS else []
        return PlainBook(
            name=name,
            title=f"{name} · {what}",
            subtitle=f"{what}, {day}" if of.dated else f"{what} {day}",
            head=f"{_shortened(name)} · {day}",
            short=_shortened(name),
            as_of=day,
            foot=[*grade, *map(self.words, of.foot)],
            language=of.language,
            mark=OFFICIAL if of.mark == POINTER else of.mark,
            mark_words=str(MARK_WORDS[of.mark]),
            page_words=_("page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
            contents_words=_("Contents"),
            chapters=[self.chapter(one) for one in of.chapters],
            is_dense=of.is_dense,
            also=[self.said(text, lang=language) for text, language in of.also],
            joins_rows=bool(of.shares),
        )

    def chapter(self, chapter: Chapter) -> PlainChapter:
        """A chapter with those of its sections that can be printed."""
        made = [(one, self.part(one)) for one in chapter.sections]
        sections = [PlainSection(self.words(one.title), part, one.is_minor) for one, part in made if part is not None]
        return PlainChapter(self.words(chapter.title), sections)

    def part(self, section: Section) -> Part | None:
        """What stands below the heading; None for what is no news but to one reader."""
        content = section.content
        match content:
            case News() | Clashes():
                return None
            case Lines():
                return Part("lines", lines=[self.said(line) for line in content.lines])
            case Facts():
                kind = "glance" if section.at_a_glance else "facts"
                return Part(kind, facts=[self.fact(one) for one in content.facts])
            case Timeline():
                return Part("timeline", moments=[self.moment(one) for one in content.moments])
            case Text():
                return Part("text", said=self.said(content.text, lang=content.spoken))
            case People():
                return Part(
                    "people",
                    ours=[self.person(one) for one in content.ours] or self.nobodies(content.ours_title),
                    theirs=[self.person(one) for one in content.theirs] or self.nobodies(content.theirs_title),
                    ours_title=self.words(content.ours_title),
                    theirs_title=self.words(content.theirs_title),
                )
            case Chart():
                return self.table(content.table)
            case Rows():
                return self.table(content.table, content.said)
            case Schedule():
                return self.schedule(content)

    def said(self, text: object, second: object = "", lang: str = "", side: str = "") -> Said:
        """Words as they are printed."""
        words = self.words(text)
        own = "" if lang == self.of.language or words != printable(str(text)) else lang
        return Said(words, self.words(second), own, side, runs_leftwards(words))

    def fact(self, fact: Fact) -> LabelledValue:
        """A fact; one without a value says that it is not known, as on the page."""
        value = self.said(str(fact.value) or _("not known"), fact.second, fact.spoken, fact.side)
        return LabelledValue(capfirst(self.words(fact.label)), value)

    def person(self, fact: Fact) -> Said:
        """Somebody with what he is, or why he is away."""
        return self.said(fact.label, fact.second or fact.value, fact.spoken)

    def nobodies(self, title: object) -> list[Said]:
        """A side of which nobody is known; nothing where there is no such side."""
        return [Said("", _("Nobody is known."))] if title else []

    def moment(self, item: TimelineItem) -> Moment:
        """Something on the line of time."""
        day = self.words(item.day)
        if item.state == "planned":
            day = f"{day}, {_('planned')}"
        return Moment(day, self.said(item.text, side=item.side))

    def table(self, table: Table[Any], told: object = "") -> Part:
        """The rows and a sentence about them; columns without a value in any row are left out, but for the first."""
        rows = [[self.cell(column, row, table) for column in table.columns.of] for row in table.rows]
        kept = [
            at
            for at in range(len(table.columns.of))
            if not at or any(row[at].text or row[at].second for row in rows) or not rows
        ]
        columns = [
            Heading(
                self.words(table.columns.of[at].label),
                self.of.shares[at]
                if self.of.shares
                else _width(self.words(table.columns.of[at].label), [row[at] for row in rows]),
                table.columns.of[at].kind == "number",
            )
            for at in kept
        ]
        note = self.words(told)
        if not rows:
            note = self.words(table.empty) or _("None on this day.")
        elif table.total > len(rows):
            numbers = {"shown": len(rows), "all": table.total}
            words = {name: write_number(number, self.of.language) for name, number in numbers.items()}
            note = " ".join(filter(None, [note, _("The first %(shown)s of %(all)s.") % words]))
        return Part("table", columns=columns, rows=[[row[at] for at in kept] for row in rows], note=note)

    def schedule(self, content: Schedule) -> Part:
        """Items by the hour, one below the other; what stands above a group is a row of its own."""
        rows: list[Sequence[Said]] = []
        for group in content.groups:
            if group.title:
                rows.append([self.said(group.title, lang=group.lang), *(Said("") for _column in content.columns)])
            for slot in group.slots:
                texts = [self.said(one.text, "", one.lang) for one in slot.texts]
                rows.append([self.said(slot.hours, slot.place), *texts])
        heads = [content.place, *(column.label for column in content.columns)]
        columns = [
            Heading(self.words(head), _width(self.words(head), [row[at] for row in rows]), number=False)
            for at, head in enumerate(heads)
        ]
        return Part("table", columns=columns, rows=rows, note=self.words(content.said))

    def cell(self, column: Column[Any], row: Any, table: Table[Any]) -> Said:
        """One value of a row, as on the page."""
        reading = table.reading
        text = write_value(column.value(row, reading), column.kind, reading.language)
        return self.said(
            text,
            column.second(row, reading) if column.second else "",
            column.spoken(row, reading) if column.spoken and text else "",
            column.side(row) if column.side else "",
        )


def _words(text: object, instead: Mapping[str, str]) -> str:
    return printable(str(text), instead)


def _shortened(name: str) -> str:
    """A name that fits a line."""
    return name if len(name) <= LONGEST_HEAD else f"{name[:LONGEST_HEAD].rstrip()}…"


def _width(label: str, cells: Sequence[Said]) -> int:
    """The share of a column: between its mean and its longest line, within bounds."""
    lengths = [max(len(one.text), int(len(one.second) * 0.84)) for one in cells] or [0]
    word = max((len(word) for one in cells for word in one.text.split()), default=0)
    mean = sum(lengths) / len(lengths)
    share = max((mean + max(lengths)) / 2, min(word, WIDEST // 2), len(label) * 0.9)
    return round(min(max(share, NARROWEST), WIDEST)) + 2
