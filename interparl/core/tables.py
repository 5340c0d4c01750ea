"""A value is described once, in a `Column`; page, block, export and open data show the same rows (design 4, 8.18).

A `Table` turns its columns once into a row function that escapes and joins strings; templates hold the page around it.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar, overload

from django.db.models import Model, Prefetch, QuerySet, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from markupsafe import escape

from interparl.accounts.roles import RESTRICTED
from interparl.core.formats import write_day, write_number, write_partial
from interparl.core.kinds import Ref
from interparl.core.labels import Named, labels_of
from interparl.core.reads import is_noting, note, note_beside, note_record, note_rows
from interparl.core.records import Record
from interparl.core.rights import Reader
from interparl.core.templatetags.ui_parts import Link
from interparl.core.templatetags.ui_signs import initials as initials_sign
from interparl.core.templatetags.ui_signs import letters, signed

T = TypeVar("T", bound=Model)
S = TypeVar("S", bound=Record)
Words = str | Promise
# Languages whose registers of people, ordered by surname, also write it first.
SURNAME_FIRST = frozenset({"be", "ru", "uk"})
# So many rows a table has at most where all are asked for.
MOST_ROWS = 1000
Kind = Literal["text", "number", "date", "partial", "choice", "person"]


@dataclass
class Reading:
    """Who reads, in which language, as of which day; with the labels that the rows on show need.

    `memo` keeps what several parts of one page ask for. `is_whole` asks for all rows where a page shows the first ones.
    `asked` is what the address asks besides the day, for parts that show one slice at a time.
    """

    user: Reader
    language: str
    day: date
    is_past: bool = False
    memo: dict[Any, Any] = field(default_factory=dict)
    is_whole: bool = False
    asked: dict[str, str] = field(default_factory=dict)
    _labels: dict[Ref, Named] = field(default_factory=dict)
    _wanted: set[Ref] = field(default_factory=set)

    def want(self, refs: Iterable[Ref]) -> None:
        """The labels of these records will be read: those of all parts of a page are fetched with the first of them."""
        self._wanted |= self.unnamed(refs)

    def unnamed(self, refs: Iterable[Ref]) -> set[Ref]:
        """Those whose labels have not been fetched."""
        return {ref for ref in refs if ref not in self._labels}

    @property
    def labels(self) -> dict[Ref, Named]:
        """The labels of all that was wanted, as far as this reader may know of it; one query for what is missing."""
        if self._wanted:
            wanted = self._wanted - self._labels.keys()
            self._wanted.clear()
            if wanted:
                self._labels.update(labels_of(wanted, self.language, self.user))
        return self._labels

    def _label(self, kind: str, key: int | None) -> Named | None:
        if not key:
            return None
        found = self._labels.get((kind, key))
        return found if found is not None or (kind, key) not in self._wanted else self.labels.get((kind, key))

    def name(self, kind: str, key: int | None) -> str:
        """The label of a record in the reader's language; "" when there is none, or none for this reader."""
        found = self._label(kind, key)
        return found.text if found else ""

    def seen(self, record: S | None) -> S | None:
        """The record that a row points to, or None when this reader may not know of it."""
        return note_record(record) if record is not None and record.is_open_to(self.user) else None

    def choice(self, row: Model, name: str) -> str:
        """The words of a field with choices; they are resolved once for a page, not once a row."""
        key = (row.__class__, name)
        words = self.memo.get(key)
        if words is None:
            column: Any = row._meta.get_field(name)
            words = self.memo[key] = {value: str(label) for value, label in column.flatchoices}
        value = getattr(row, name)
        return words.get(value) or str(value)

    def register_name(self, kind: str, key: int | None) -> str:
        """The label as a register writes it: surname first where the language's registers do."""
        found = self._label(kind, key)
        if found is None:
            return ""
        return found.by if self.language in SURNAME_FIRST else found.text

    def spoken(self, kind: str, key: int | None) -> str:
        """The language that the label is really in; "" when there is no label."""
        found = self._label(kind, key)
        return found.spoken if found else ""

    def other_language(self, kind: str, key: int | None) -> str:
        """The label's language when it is not the reader's, for `lang`; else ""."""
        spoken = self.spoken(kind, key)
        return "" if spoken == self.language else spoken


@dataclass(frozen=True)
class Column(Generic[T]):
    """One value of a row.

    `value` gives plain data: text, a number, a date, the text of a partial date, or yes and no; never markup.
    `sort` is the order expression behind the heading, `address` makes the cell a link, `second` is a grey second line,
    `refs` names the records whose labels `value` asks for, `tone` makes a badge of the value,
    `side` ("ours", "theirs") draws the initials of a person, `sign` ("met", "late", "soon") a sign before the value,
    `load` fetches for all rows at once what `value` asks the reading for beside labels.
    """

    key: str
    label: Words
    value: Callable[[T, Reading], Any]
    kind: Kind = "text"
    sort: str = ""
    address: Callable[[T], str] | None = None
    second: Callable[[T, Reading], str] | None = None
    refs: Callable[[T], Iterable[Ref]] | None = None
    tone: Callable[[T, Reading], str] | None = None
    side: Callable[[T], str] | None = None
    spoken: Callable[[T, Reading], str] | None = None
    sign: Callable[[T, Reading], str] | None = None
    load: Callable[[Sequence[T], Reading], None] | None = None


@dataclass(frozen=True)
class Columns(Generic[T]):
    """The columns of a kind of row, and what to load for them; `moves` are the steps for a row.

    `plain` names the fields that the columns read, when they read nothing else: a long export then takes these and
    makes no instances.
    """

    of: tuple[Column[T], ...]
    related: tuple[str, ...] = ()
    needs: tuple[str | Prefetch[Any], ...] = ()
    plain: tuple[str, ...] = ()
    row_class: Callable[[T, Reading], str] | None = None
    moves: Callable[[T, Reading], Sequence[Link]] | None = None

    def __getitem__(self, key: str) -> Column[T]:
        return next(column for column in self.of if column.key == key)


class PlainRows(Sequence[T]):
    """Rows that have these fields and nothing else; to columns they look like instances, at a tenth of the cost.

    They are kept as bare tuples, which the garbage collector need not look into, and dressed while they are read.
    """

    def __init__(self, model: type[T], names: Sequence[str], values: Iterable[tuple[Any, ...]]) -> None:
        fields: Any = namedtuple(f"Plain{model.__name__}", names)  # type: ignore[misc]  # noqa: PYI024  made at run time
        self._dress = type(fields.__name__, (fields,), {"__slots__": (), "_meta": model._meta})._make  # type: ignore[attr-defined]
        self._model, self._names = model, tuple(names)
        self._values = list(values)

    def restricted(self) -> Iterator[Ref]:
        """Those that are for official use; the rows of a register carry their mark."""
        if not issubclass(self._model, Record):
            return iter(())
        kind, key, mark = self._model.record_kind(), self._names.index("pk"), self._names.index("effective_mark")
        return ((kind, row[key]) for row in self._values if row[mark] in RESTRICTED)

    def __iter__(self) -> Iterator[T]:
        return map(self._dress, self._values)

    def __len__(self) -> int:
        return len(self._values)

    @overload
    def __getitem__(self, position: int) -> T: ...
    @overload
    def __getitem__(self, position: slice) -> list[T]: ...
    def __getitem__(self, position: int | slice) -> T | list[T]:
        """One row, or those of a slice."""
        found = self._values[position]
        return [self._dress(one) for one in found] if isinstance(found, list) else self._dress(found)


@dataclass
class Table(Generic[T]):
    """Rows under columns for one reader. `total` counts all rows that match, `rows` are those on show."""

    columns: Columns[T]
    rows: Sequence[T]
    reading: Reading
    total: int = 0
    caption: Words = ""
    more: str = ""
    sort: str = ""
    sort_address: Callable[[str], str] | None = None
    empty: Words = ""
    chosen: Callable[[T], bool] | None = None

    @classmethod
    def of(
        cls,
        columns: Columns[T],
        found: QuerySet[T] | Sequence[T],
        reading: Reading,
        *,
        limit: int | None = None,
        **rest: Any,
    ) -> Table[T]:
        """A table of a QuerySet, or of rows in order: loads what columns need, counts only when the limit cuts."""
        if not isinstance(found, QuerySet):
            return cls(columns, found, reading, total=len(found), **rest).loaded()
        query = found.select_related(*columns.related) if columns.related else found
        limit = limit and max(limit, MOST_ROWS) if reading.is_whole else limit
        rows = list(query[: limit + 1] if limit else query)
        total = len(rows)
        if limit and total > limit:
            rows, total = rows[:limit], found.count()
        return cls(columns, rows, reading, total=total, **rest).loaded()

    def loaded(self) -> Table[T]:
        """Fetches what the rows on show need, each by one query; wants their labels; notes those for official use."""
        if self.columns.needs and self.rows:
            prefetch_related_objects(list(self.rows), *self.needed())
        asked = [column.refs for column in self.columns.of if column.refs]
        if asked:
            self.reading.want(ref for row in self.rows for refs in asked for ref in refs(row))
        for column in self.columns.of:
            if column.load and self.rows:
                column.load(self.rows, self.reading)
        if is_noting(self.reading.user):
            self._note()
        return self

    def _note(self) -> None:
        """Notes the rows for official use, and such rows of their own that were fetched beside them."""
        if isinstance(self.rows, PlainRows):
            note(self.rows.restricted())
            return
        note_rows(self.rows)
        note_beside(self.rows, self.columns.related, self.reading.user)
        for need in self.columns.needs:
            path = need if isinstance(need, str) else need.prefetch_to
            for row in self.rows:
                note_rows(row.__dict__.get("_prefetched_objects_cache", {}).get(path.partition("__")[0], ()))

    def needed(self) -> list[str | Prefetch[Any]]:
        """What to load beside the rows, narrowed to what this reader may know of."""
        model = type(self.rows[0])
        found: list[str | Prefetch[Any]] = []
        for need in self.columns.needs:
            path = need if isinstance(need, str) else need.prefetch_through
            first, _separator, rest = path.partition("__")
            column: Any = model._meta.get_field(first)
            related: Any = column.related_model
            is_narrowed = column.one_to_many and issubclass(related, Record)
            condition = related.may_read(self.reading.user) if is_narrowed else None
            if condition:
                query: Any = related._base_manager.all() if isinstance(need, str) else need.queryset
                found.append(Prefetch(first, query.filter(condition)))
                found += [path] if rest else []
            else:
                found.append(need)
        return found

    def __len__(self) -> int:
        return len(self.rows)

    def body(self) -> SafeString:
        """The rows as markup."""
        write = row_writer(self.columns, self.reading)
        return mark_safe("".join(map(write, self.rows)))  # noqa: S308  every cell went through escape

    @property
    def has_moves(self) -> bool:
        """Whether the rows end with the steps for them."""
        return self.columns.moves is not None

    def values(self) -> Iterator[list[Any]]:
        """The rows as plain values, for exports."""
        reading, made = self.reading, [column.value for column in self.columns.of]
        return ([value(row, reading) for value in made] for row in self.rows)

    def head(self) -> list[Heading]:
        """The headings with their sort links."""
        made = []
        for column in self.columns.of:
            order = self.sort.removeprefix("-")
            is_sorted = bool(column.sort) and column.key == order
            down = is_sorted and not self.sort.startswith("-")
            target = f"-{column.key}" if down else column.key
            address = self.sort_address(target) if column.sort and self.sort_address else ""
            aria = ("descending" if self.sort.startswith("-") else "ascending") if is_sorted else ""
            made.append(Heading(str(column.label), column.kind == "number", address, aria))
        return made


@dataclass(frozen=True)
class Heading:
    """One heading as a template prints it."""

    label: str
    is_number: bool
    address: str
    aria: str


def write_value(value: Any, kind: Kind, language: str) -> str:
    """A plain value as read on a page."""
    if value is None or value == "":
        return ""
    if kind == "partial":
        return write_partial(str(value), language)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return write_day(value, language)
    if isinstance(value, int | float | Decimal):
        return write_number(value, language)
    return capfirst(str(value)) if kind == "choice" else str(value)


def row_writer(columns: Columns[T], reading: Reading) -> Callable[[T], str]:
    """One function that writes a row; made once for a table, so that a cell costs a call and two joins."""
    cells = [_cell_writer(column, reading, is_first=not position) for position, column in enumerate(columns.of)]
    row_class = columns.row_class
    if moves := columns.moves:
        cells.append(lambda row: moves_cell(moves(row, reading)))

    def write(row: T) -> str:
        names = row_class(row, reading) if row_class else ""
        start = f'<tr role="row" class="{escape(names)}">' if names else '<tr role="row">'
        return start + "".join([cell(row) for cell in cells]) + "</tr>"

    return write


def moves_cell(moves: Sequence[Link]) -> str:
    """The last cell of a row with the steps for it; they show on focus and hover, on a phone always."""
    links = " ".join(f'<a href="{escape(move.url)}">{escape(move.label)}</a>' for move in moves)
    return f'<td role="cell" class="row-moves">{links}</td>'


CELL_CLASSES = {"number": "number", "date": "day", "partial": "day"}


def _cell_writer(column: Column[T], reading: Reading, *, is_first: bool) -> Callable[[T], str]:
    """The function that writes one cell; what the column lacks costs nothing."""
    value, kind, language = column.value, column.kind, reading.language
    address, second, tone, spoken, side = column.address, column.second, column.tone, column.spoken, column.side
    stated = column.sign
    opened = f'<td role="cell" data-label="{escape(column.label)}">'
    if is_first:
        opened = '<th role="rowheader" scope="row">'
    elif kind in CELL_CLASSES:
        opened = f'<td role="cell" class="{CELL_CLASSES[kind]}" data-label="{escape(column.label)}">'
    closed = "</th>" if is_first else "</td>"

    def write(row: T) -> str:
        words = str(escape(write_value(value(row, reading), kind, language)))
        if spoken and words and (other := spoken(row, reading)) not in ("", language):
            words = f'<bdi lang="{escape(other)}">{words}</bdi>'
        if tone and words:
            words = f'<span class="badge badge-{escape(tone(row, reading))}">{words}</span>'
        if address and words and (target := address(row)):
            words = f'<a href="{escape(target)}">{words}</a>'
        if stated and words:
            words = str(signed(SafeString(words), stated(row, reading)))
        if second and (line := second(row, reading)):
            words += f'<span class="second">{escape(line)}</span>'
        if kind == "person" and words:
            sign = initials_sign(letters(value(row, reading)), side=side(row) if side else "ours")
            words = f'<span class="person">{sign}<span>{words}</span></span>'
        return f"{opened}{words}{closed}"

    return write
