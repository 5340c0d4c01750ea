"""A programme as plain data, ready to be printed: made of what an edition froze, or of the same made of what stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from interparl.accounts.roles import OFFICIAL, POINTER
from interparl.core.formats import language_name, write_day
from interparl.core.forms import LANGUAGE_NAMES
from interparl.documents.rules.editions import Content, Row
from interparl.meetings.rules.zones import NotATime, day_bounds, offset_words
from interparl.paper.plain import GRADE_WORDS, MARK_WORDS, Said
from interparl.paper.signs import printable, runs_leftwards

LONGEST_HEAD = 62
LONG_HOURS, LONG_TEXT = 15, 600


@dataclass(frozen=True)
class Wish:
    """How a list is to be printed: in which languages, for the wall or the pocket, which of its two texts."""

    languages: Sequence[str]
    form: str = "wall"
    text: str = "public"


@dataclass(frozen=True)
class Origin:
    """Where the content comes from: an edition with its day, or what stands on a day (`number` 0)."""

    content: Content
    mark: str
    day: date
    number: int = 0
    is_demonstration: bool = False
    foot: Sequence[str] = ()
    instead: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_draft(self) -> bool:
        """Whether it was not released."""
        return not self.number


@dataclass(frozen=True)
class Tongue:
    """A language by its own name."""

    code: str
    name: str


@dataclass(frozen=True)
class Told:
    """What stands in a text in one language: the words, then grey lines."""

    said: Said
    lines: Sequence[Said] = ()


@dataclass(frozen=True)
class PrintedSlot:
    """An item: its hours, the way to it and its text in each language; `zone` where it is not that of the event."""

    hours: str
    zone: str
    ways: Sequence[Said]
    texts: Sequence[Told]
    long: bool = False


@dataclass(frozen=True)
class PrintedGroup:
    """The items of a track."""

    titles: Sequence[Said]
    slots: Sequence[PrintedSlot]


@dataclass(frozen=True)
class PrintedDay:
    """A day."""

    titles: Sequence[Said]
    groups: Sequence[PrintedGroup]


@dataclass(frozen=True)
class PrintedProgramme:
    """All that is printed of a programme."""

    form: str
    language: str
    languages: Sequence[Tongue]
    title: str
    names: Sequence[Said]
    subtitle: str
    head: str
    foot: Sequence[str]
    mark: str
    mark_words: str
    draft_words: str
    page_words: str
    hours_words: str
    empty_words: str
    wide_hours: bool
    days: Sequence[PrintedDay]


def printed_programme(origin: Origin, wish: Wish) -> PrintedProgramme:
    """The programme in these languages, the first of which is that of all other words."""
    return _Printing(origin, wish).all()


def edition_words(origin: Origin, language: str) -> str:
    """Which edition it is, or that it is none."""
    words = {"number": origin.number, "day": write_day(origin.day, language, "full")}
    if origin.is_draft:
        return _("not released, as of %(day)s") % words
    return _("edition %(number)s of %(day)s") % words


def shortened(name: str, longest: int) -> str:
    """A name that fits a line."""
    return name if len(name) <= longest else f"{name[:longest].rstrip()}…"


class _Printing:
    """Turns the rows of one programme into plain data."""

    def __init__(self, origin: Origin, wish: Wish) -> None:
        self.of, self.wish = origin, wish
        self.content = origin.content
        self.columns = {column["key"]: at for at, column in enumerate(self.content["columns"])}
        has_working = wish.text == "working" and "text" in self.columns
        self.text = "text" if has_working else "public_text"
        self.first = wish.languages[0]

    def said(self, text: str, lang: str = "") -> Said:
        """Words as they can be printed, with their language where it is not the first."""
        words = printable(text, self.of.instead)
        return Said(words, "", "" if lang == self.first else lang, "", runs_leftwards(words))

    def all(self) -> PrintedProgramme:
        """All of it."""
        with override(self.first):
            name = self.title(self.first).text
            days = self.days()
            hours = [slot.hours for day in days for group in day.groups for slot in group.slots]
            edition, is_small = edition_words(self.of, self.first), self.wish.form == "pocket"
            mark = OFFICIAL if self.of.mark == POINTER else self.of.mark
            return PrintedProgramme(
                form=self.wish.form,
                language=self.first,
                languages=[Tongue(code, _own_name(code)) for code in self.wish.languages],
                title=f"{name} · {_('Programme')}",
                names=self.names(),
                subtitle=self.subtitle(),
                head=capfirst(edition) if is_small else f"{shortened(name, LONGEST_HEAD)} · {edition}",
                foot=self.foot(),
                mark=mark,
                mark_words=str(MARK_WORDS[self.of.mark]),
                draft_words=capfirst(_("draft")) if self.of.is_draft else "",
                page_words=_("page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
                hours_words=self.offset() or _("Hours"),
                empty_words=_("Nothing is in this programme."),
                wide_hours=any(len(one) > LONG_HOURS for one in hours),
                days=days,
            )

    def title(self, code: str) -> Said:
        """What the event is called in the language."""
        told = self.content["title"][code]
        return self.said(told["text"], told["language"])

    def names(self) -> list[Said]:
        """The name in each language, each once."""
        found = [self.title(code) for code in self.wish.languages]
        return [one for at, one in enumerate(found) if not at or one.text != found[0].text]

    def subtitle(self) -> str:
        """What it is, when and where."""
        what = _("Working programme") if self.text == "text" else _("Programme")
        when, where = (self.content.get(key, {}).get(self.first, "") for key in ("when", "where"))
        return ", ".join(filter(None, (what, when, printable(where))))

    def offset(self) -> str:
        """The zone of the hours: "UTC+3"."""
        row = next(iter(self.content["rows"]), None)
        return _offset(row["facts"]["day"], self.content["zone"]) if row else ""

    def foot(self) -> list[str]:
        """The grade in words, and what else is said."""
        grade = self.content.get("grade")
        words = [str(GRADE_WORDS[grade])] if grade in GRADE_WORDS else []
        return [*words, *self.of.foot]

    def days(self) -> list[PrintedDay]:
        """Day by day, tracks one after the other."""
        rows = [row for row in self.content["rows"] if self.cell(row, self.text, self.first)[0]]
        found = []
        for day, of_day in groupby(rows, key=lambda row: row["facts"]["day"]):
            several = list(of_day)
            tracks = list(dict.fromkeys(row["facts"].get("track") for row in several))
            tracks.sort(key=lambda key: key is not None)
            groups = [self.group([row for row in several if row["facts"].get("track") == key]) for key in tracks]
            found.append(PrintedDay(self.day_titles(date.fromisoformat(day)), groups))
        return found

    def day_titles(self, day: date) -> list[Said]:
        """The day in each language."""
        return [self.said(capfirst(write_day(day, code, "long")), code) for code in self.wish.languages]

    def group(self, rows: Sequence[Row]) -> PrintedGroup:
        """The items of a track under its name in each language."""
        names = [self.own(rows[0], "track", code) for code in self.wish.languages]
        return PrintedGroup(
            [one for at, one in enumerate(names) if not at or one.text], [self.slot(row) for row in rows]
        )

    def slot(self, row: Row) -> PrintedSlot:
        """An item."""
        facts = row["facts"]
        is_elsewhere = facts["zone"] != self.content["zone"]
        texts = [self.told(row, code) for code in self.wish.languages]
        return PrintedSlot(
            printable(self.cell(row, "hours", self.first)[0]),
            _offset(facts["day"], facts["zone"]) if is_elsewhere else "",
            [self.own(row, "way", code) for code in self.wish.languages],
            texts,
            any(len(one.said.text) > LONG_TEXT for one in texts),
        )

    def told(self, row: Row, code: str) -> Told:
        """The text in the language with the place, and for those who run it with people and bookings."""
        lines = [self.own(row, "place", code)]
        if self.text == "text":
            for key in ("people", "resources"):
                if words := self.named(row, key, code):
                    label = self.content["columns"][self.columns[key]]["label"].get(code, "")
                    lines.append(self.said(f"{label}: {words}", code))
        return Told(self.own(row, self.text, code), lines)

    def named(self, row: Row, key: str, code: str) -> str:
        """Those whom a column names, each in a form that can be printed."""
        several = next((one for one in row.get("among", ()) if one["column"] == self.columns.get(key)), None)
        names = several["names"].get(code, ()) if several else ()
        return ", ".join(printable(name, self.of.instead) for name in names)

    def own(self, row: Row, key: str, code: str) -> Said:
        """A text in the language; another one in its place stands in the first column alone."""
        words, spoken = self.cell(row, key, code)
        if spoken and code != self.first:
            return Said("")
        return self.said(words, spoken or code)

    def cell(self, row: Row, key: str, code: str) -> tuple[str, str]:
        """The words of a cell, and their language where it is not that of the list."""
        cells = row["cells"].get(code, ())
        at = self.columns.get(key)
        if at is None or at >= len(cells):
            return "", ""
        return cells[at][0], cells[at][2] if len(cells[at]) > 2 else ""


def _own_name(code: str) -> str:
    return LANGUAGE_NAMES.get(code) or language_name(code, code)


def _offset(day: str, zone: str) -> str:
    try:
        return offset_words(day_bounds(date.fromisoformat(day), zone)[0], zone)
    except (NotATime, ValueError):
        return ""


def columns_of(content: Content) -> list[dict[str, Any]]:
    """The columns that have a value in some row."""
    rows = content["rows"]
    return [
        column
        for at, column in enumerate(content["columns"])
        if not at or any(cells[at][0] for row in rows for cells in row["cells"].values() if len(cells) > at)
    ]
