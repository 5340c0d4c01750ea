"""Lists of an event as files: the programme for the wall or the pocket, the agenda and the participants as books."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from interparl.core.blocks import Rows
from interparl.core.formats import language_name
from interparl.core.forms import LANGUAGE_NAMES
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.documents.models import Edition
from interparl.documents.rules.editions import Content
from interparl.meetings.exports.printed import (
    Origin,
    PrintedGroup,
    PrintedProgramme,
    Told,
    Wish,
    columns_of,
    edition_words,
    printed_programme,
)
from interparl.paper.book import Book, Chapter, Section
from interparl.paper.plain import Said
from interparl.paper.signs import missing
from interparl.paper.typeset import as_pdf, typeset
from interparl.paper.word import as_docx

NOBODY = AnonymousUser()
# What the hours take of the width, in hundredths: on a sheet for the pocket, with a zone beside them, and usually.
HOURS_SMALL, HOURS_WIDE, HOURS = 24, 22, 16


def as_file(what: str, origin: Origin, wish: Wish, form: str) -> bytes:
    """The list as "pdf" or "docx"; raises NotPrinted."""
    if what != Edition.What.PROGRAMME:
        book = book_of_list(what, origin, wish)
        return as_pdf(book) if form == "pdf" else as_docx(book)
    printed = printed_programme(origin, wish)
    if form == "pdf":
        return typeset("programme", printed, origin.day)
    return as_docx(_book_of_programme(origin, wish, printed))


@dataclass(frozen=True)
class _Row:
    """A row of a table of a Word file or of a list: words by column, with a grey line below and their language."""

    cells: Sequence[tuple[str, str, str]]
    side: str = ""


def _column(at: int, label: str, kind: Any = "text") -> Column[Any]:
    return Column(
        str(at),
        label,
        lambda row, r: row.cells[at][0],
        kind=kind,
        second=lambda row, r: row.cells[at][1],
        spoken=lambda row, r: row.cells[at][2],
        side=(lambda row: row.side) if not at else None,
    )


def _table(rows: Sequence[_Row], columns: Sequence[Column[Any]], origin: Origin, language: str) -> Rows:
    reading = Reading(NOBODY, language, origin.day)
    return Rows(Table(Columns(tuple(columns)), rows, reading, len(rows)))


def _book_of_programme(origin: Origin, wish: Wish, printed: PrintedProgramme) -> Book:
    """A section for each track of each day; the way to an item is a row of its own.

    For the pocket the languages stand one below the other, as there is no room beside the hours for more than one.
    """
    language, is_small = printed.language, wish.form == "pocket"
    names = [tongue.name for tongue in printed.languages]
    heads = [printed.hours_words, *([" / ".join(names)] if is_small else names)]
    columns = [_column(at, head) for at, head in enumerate(heads)]
    sections = []
    for day in printed.days:
        for at, group in enumerate(day.groups):
            titles = [*(one.text for one in day.titles if not at), *(one.text for one in group.titles if one.text)]
            rows = _below(group) if is_small else _beside(group)
            sections.append(Section(" · ".join(titles), _table(list(rows), columns, origin, language), is_minor=at > 0))
    hours = HOURS_SMALL if is_small else HOURS_WIDE if printed.wide_hours else HOURS
    others = len(heads) - 1
    with override(language):
        draft = f"{printed.draft_words}, " if printed.draft_words else ""
        return Book(
            name=printed.names[0].text,
            also=[(one.text, one.lang) for one in printed.names[1:]],
            what=capfirst(f"{draft}{printed.subtitle}"),
            dated=edition_words(origin, language),
            language=language,
            day=origin.day,
            mark=origin.mark,
            grade=origin.content.get("grade", ""),
            chapters=[Chapter(printed.names[0].text, sections)],
            foot=[printed.draft_words] if printed.draft_words else [],
            size="a6" if is_small else "a4",
            shares=(hours * others, *([100 - hours] * others)),
        )


def _beside(group: PrintedGroup) -> Iterator[_Row]:
    for slot in group.slots:
        if any(way.text for way in slot.ways):
            yield _Row([("", "", ""), *(("", way.text, way.lang) for way in slot.ways)])
        yield _Row([(slot.hours, slot.zone, ""), *map(_told, slot.texts)])


def _below(group: PrintedGroup) -> Iterator[_Row]:
    for slot in group.slots:
        yield from (_Row([("", "", ""), ("", way.text, way.lang)]) for way in slot.ways if way.text)
        for at, one in enumerate(slot.texts):
            hours = ("", "", "") if at else (slot.hours, slot.zone, "")
            if not at or one.said.text:
                yield _Row([hours, _told(one)])


def _told(one: Told) -> tuple[str, str, str]:
    return one.said.text, _lines(one.lines), one.said.lang


def _lines(lines: Sequence[Said]) -> str:
    return " · ".join(line.text for line in lines if line.text)


def book_of_list(what: str, origin: Origin, wish: Wish) -> Book:
    """A book of an agenda or of participants: a chapter for each language."""
    first, content = wish.languages[0], origin.content
    chapters = []
    for code in wish.languages:
        with override(code):
            title = capfirst(str(Edition.What(what).label))
            name = LANGUAGE_NAMES.get(code) or language_name(code, code)
            heading = title if len(wish.languages) == 1 else f"{title} ({name})"
            chapters.append(Chapter(heading, [Section(_about(content, code), _list(content, code, origin))]))
    with override(first):
        title = capfirst(str(Edition.What(what).label))
        edition = edition_words(origin, first)
        return Book(
            name=content["title"][first]["text"],
            what=_("%(list)s, draft") % {"list": title} if origin.is_draft else title,
            dated="" if origin.is_draft else edition,
            language=first,
            day=origin.day,
            mark=origin.mark,
            grade=content.get("grade", ""),
            chapters=chapters,
            foot=[*([edition] if origin.is_draft else []), *origin.foot],
            instead=instead_of(content),
        )


def _about(content: Content, code: str) -> str:
    when, where = (content.get(key, {}).get(code, "") for key in ("when", "where"))
    return ", ".join(filter(None, (when, where)))


def _list(content: Content, code: str, origin: Origin) -> Rows:
    """The rows in the language, with the columns that have anything to say."""
    kept = columns_of(content)
    places = [at for at, column in enumerate(content["columns"]) if column in kept]
    columns = [
        _column(place, content["columns"][at]["label"].get(code, ""), content["columns"][at]["kind"])
        for place, at in enumerate(places)
    ]
    rows = []
    for row in content["rows"]:
        cells = row["cells"].get(code, ())
        rows.append(_Row([_cell(cells[at]) for at in places], row.get("side", "")))
    return _table(rows, columns, origin, code)


def _cell(cell: Sequence[str]) -> tuple[str, str, str]:
    text, second, spoken = (*cell, "", "")[:3]
    return text, second, spoken


def instead_of(content: Content) -> dict[str, str]:
    """For names with signs that no font has: the same in another language of the list, where that can be printed."""
    found: dict[str, str] = {}
    for names in _names_in(content):
        printable = next((name for name in names if name and not missing(name)), "")
        found |= {name: printable for name in names if printable and missing(name)}
    return found


def _names_in(content: Content) -> Iterator[list[str]]:
    """What each record that is named is called, in all languages."""
    for row in content["rows"]:
        yield list(row["names"].values())
        for several in row.get("among", ()):
            yield from map(list, zip(*several["names"].values(), strict=False))
