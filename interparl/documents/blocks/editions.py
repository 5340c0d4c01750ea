"""An edition as it is read: the frozen list in the reader's language, with what changed since the one before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from interparl.core.exports import Sheet
from interparl.core.formats import write_day, write_number
from interparl.core.kinds import Ref
from interparl.core.tables import Column, Columns, Kind, Reading, Table, write_value
from interparl.core.templatetags.ui_parts import Fact
from interparl.documents.models import Edition, left_of_rows
from interparl.documents.rules.editions import Comparison, Difference, Row, compared, ref_of

WORDS = {
    Difference.CAME: gettext_lazy("came"),
    Difference.ROLE: gettext_lazy("another role"),
    Difference.SEAT: gettext_lazy("another seat"),
    Difference.NAME: gettext_lazy("the name is written otherwise"),
    Difference.HOURS: gettext_lazy("another day or hour"),
    Difference.PLACE: gettext_lazy("another place"),
    Difference.TEXT: gettext_lazy("another text"),
    Difference.PEOPLE: gettext_lazy("other people"),
    Difference.RESOURCES: gettext_lazy("other rooms, cars or interpreters"),
    Difference.DETAILS: gettext_lazy("details"),
}
# Of people it is said that they came, of all else that it is new.
NEW = pgettext_lazy("row of a list", "new")
OF_PEOPLE = (Edition.What.COMPOSITION, Edition.What.PARTICIPANTS)
Cells = Sequence[Sequence[str]]


@dataclass(frozen=True)
class FrozenRow:
    """A row as it was printed, and how it differs from the list before."""

    of: Ref
    cells: Cells
    side: str
    differences: tuple[Difference, ...] = ()
    was: Cells = ()


@dataclass(frozen=True)
class Shown:
    """What a page prints of an edition: the list, who is no longer in it, and the language that it is in."""

    table: Table[Any]
    gone: Table[Any] | None
    spoken: str
    about: Sequence[tuple[str, str]]
    changes: str = ""
    earlier: Edition | None = None

    @property
    def about_facts(self) -> list[Fact]:
        """What is told above the list, as facts."""
        return [Fact(label, words) for label, words in self.about]


def _tongue(edition: Edition, reading: Reading) -> str:
    """The reader's language, or the first in which the edition is."""
    tongues = edition.tongues.split()
    return reading.language if reading.language in tongues or not tongues else tongues[0]


def comparison_with(earlier: Edition, later: Edition) -> Comparison:
    """What changed from one edition to the other."""
    before, after = earlier.content["rows"], later.content["rows"]
    return compared(before, after, left_of_rows([*before, *after]))


def changes_words(number: int, earlier: int) -> str:
    """How many changes there are since an edition."""
    if not number:
        return _("No change since edition %(earlier)s") % {"earlier": earlier}
    words = ngettext(
        "%(number)s change since edition %(earlier)s", "%(number)s changes since edition %(earlier)s", number
    )
    return words % {"number": number, "earlier": earlier}


def shown_edition(
    edition: Edition, earlier: Edition | None, reading: Reading, link: Callable[[Ref], str] | None = None
) -> Shown:
    """The frozen list; `earlier` is the edition before it, of those that the reader may know, `link` leads to a row."""
    tongue = _tongue(edition, reading)
    found = comparison_with(earlier, edition) if earlier else Comparison({}, ())
    rows = [
        _row(row, tongue, found.differs.get(place, frozenset()), found.was.get(place))
        for place, row in enumerate(edition.content["rows"])
    ]
    columns = columns_of(edition, tongue, link)
    if earlier and found.differs:
        heading = _("Since edition %(number)s") % {"number": earlier.number}
        words_of = _difference_words(is_of_people=edition.what in OF_PEOPLE)
        columns.append(Column("change", heading, words_of, second=_was_words(columns)))
    gone = None
    if earlier and found.gone:
        left = [_row(row, _tongue(earlier, reading)) for row in found.gone]
        gone = Table(Columns(tuple(columns_of(earlier, _tongue(earlier, reading), link))), left, reading, len(left))
    words = changes_words(found.number, earlier.number) if earlier else ""
    if found.is_reordered:
        words = f"{words}: {_('the order')}"
    return Shown(
        Table(Columns(tuple(columns)), rows, reading, len(rows)),
        gone,
        "" if tongue == reading.language else tongue,
        [(label, value) for label, value in edition.content["about"].get(tongue, ())],
        words,
        earlier,
    )


def _row(row: Row, tongue: str, differences: Any = (), was: Row | None = None) -> FrozenRow:
    ordered = tuple(one for one in Difference if one in differences)
    return FrozenRow(ref_of(row), row["cells"].get(tongue, ()), row.get("side", ""), ordered, _cells(was, tongue))


def _cells(row: Row | None, tongue: str) -> Cells:
    found: Cells = row["cells"].get(tongue, ()) if row else ()
    return found


def columns_of(edition: Edition, tongue: str, link: Callable[[Ref], str] | None = None) -> list[Column[Any]]:
    """The frozen columns; of those that are empty in every row none."""
    rows = [row["cells"].get(tongue, ()) for row in edition.content["rows"]]
    return [
        _column(place, one, tongue, link if not place else None)
        for place, one in enumerate(edition.content["columns"])
        if not place or any(any(cells[place][:2]) for cells in rows if len(cells) > place)
    ]


def _column(place: int, said: dict[str, Any], tongue: str, link: Callable[[Ref], str] | None) -> Column[Any]:
    kind: Kind = said["kind"]
    return Column(
        said["key"],
        said["label"].get(tongue, said["key"]),
        lambda row, r: _cell(row.cells, place, 0),
        kind=kind,
        second=lambda row, r: _cell(row.cells, place, 1),
        spoken=lambda row, r: _cell(row.cells, place, 2),
        address=(lambda row: link(row.of)) if link else None,
        side=(lambda row: row.side or "ours") if kind == "person" else None,
    )


def _cell(cells: Cells, place: int, part: int) -> str:
    return cells[place][part] if place < len(cells) and part < len(cells[place]) else ""


def _difference_words(*, is_of_people: bool) -> Callable[[FrozenRow, Reading], str]:
    """In what a row differs, in words."""
    said = WORDS if is_of_people else {**WORDS, Difference.CAME: NEW}

    def words(row: FrozenRow, _reading: Reading) -> str:
        found = ", ".join(str(said[one]) for one in row.differences)
        return found[:1].upper() + found[1:]

    return words


def _was_words(columns: Sequence[Column[Any]]) -> Callable[[FrozenRow, Reading], str]:
    """What stood in the list before where it is another now."""
    before = list(columns)

    def words(row: FrozenRow, reading: Reading) -> str:
        old = FrozenRow(row.of, row.was, row.side)
        found = []
        for column in before if row.was else ():
            earlier, now = _printed(column, old, reading), _printed(column, row, reading)
            if earlier != now:
                said = earlier or "–"
                found.append(_("%(what)s: was %(words)s") % {"what": column.label, "words": said})
        return "; ".join(found)

    return words


def _printed(column: Column[Any], row: FrozenRow, reading: Reading) -> str:
    words = write_value(column.value(row, reading), column.kind, reading.language)
    second = column.second(row, reading) if column.second else ""
    return ", ".join(filter(None, (words, second)))


def edition_sheet(edition: Edition, earlier: Edition | None, reading: Reading, name: str) -> Sheet:
    """The frozen rows as a file, with what the edition is and whether it stands named first."""
    tongue = _tongue(edition, reading)
    found = shown_edition(edition, earlier, reading)
    about = [
        (_("Edition"), write_number(edition.number, reading.language)),
        (_("Released on"), write_day(edition.released_on, reading.language, "full")),
        (_("List as of"), write_day(edition.as_of, reading.language, "full")),
        (_("State"), str(edition.get_standing_display())),
        *found.about,
        (_("SHA-256"), edition.digest),
    ]
    columns = columns_of(edition, tongue)
    rows = [[row.of[1], *(column.value(row, reading) for column in columns)] for row in found.table.rows]
    keys, headings = [column.key for column in columns], [str(column.label) for column in columns]
    return Sheet(name, about, ["id", *keys], [_("id"), *headings], rows)
