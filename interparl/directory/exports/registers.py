"""Every register that a reader may open, row by row, under names of columns that programs know.

The rows are those of the lists, under the same rights. The columns are the fields of the records: `name_en`, `name_ru`
for a text in each language, `country_id`, `country_code` and `country` (its label) for what a record points to, "" when
the reader may not know of that. `row_key` tells the row from the rows of every other database. Nothing is kept in
memory but a piece of rows, whatever their number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.accounts.roles import RESTRICTED
from interparl.core.labels import labels_of
from interparl.core.pages import every_record_pages
from interparl.core.reads import is_noting, note
from interparl.core.records import Record
from interparl.core.translated import TranslatedField, languages
from interparl.directory.exports.asking import Asked, Row, pieces
from interparl.directory.exports.origin import installation_name
from interparl.directory.exports.people_columns import PEOPLE_COLUMNS, PEOPLE_WORDS, people_cells
from interparl.directory.models import Person

AT_THE_END = ("mark", "published_on", "grade")


@dataclass(frozen=True)
class Heading:
    """One column: its name for programs, and what it holds in the reader's words."""

    name: str
    words: str


@dataclass
class Register:
    """One kind of record: its columns, and its rows as they are read."""

    kind: str
    title: str
    headings: Sequence[Heading]
    rows: Iterator[list[Any]]
    written: int = field(default=0)

    def counted(self) -> Iterator[list[Any]]:
        """The rows; `written` says afterwards how many there were."""
        for row in self.rows:
            self.written += 1
            yield row


def registers(asked: Asked) -> Iterator[Register]:
    """The registers that the reader may open, in the order of their kinds."""
    for _kind, pages in sorted(every_record_pages.items()):
        if _may_open(asked, pages.permission("view")):
            yield _Reader(asked, pages.model).register()


def _may_open(asked: Asked, permission: str) -> bool:
    """The public opens no page of the desk, and may know of what is published in each register."""
    return asked.reader.rights.may(permission) if isinstance(asked.reader, User) else True


class _Reader:
    """Reads the rows of one kind of record."""

    def __init__(self, asked: Asked, model: type[Record]) -> None:
        self.asked = asked
        self.model: Any = model
        self.kind = model.record_kind()
        self.fields: list[Any] = [column for column in model._meta.concrete_fields if self._is_told(column)]
        self.pointing = [column for column in self.fields if column.is_relation]
        self._prefix = f"{installation_name()}/{self.kind}/"

    def _is_told(self, column: Any) -> bool:
        """What the record itself says: nothing derived, nobody's account, no inner notes of the mechanism."""
        if column.primary_key or not column.editable or column.name in (*AT_THE_END, *self.model.derived):
            return False
        if column.is_relation:
            return issubclass(column.related_model, Record)
        return isinstance(column, TranslatedField) or not isinstance(column, models.JSONField)

    def register(self) -> Register:
        """The register, none of its rows read yet."""
        title = capfirst(str(self.model._meta.verbose_name_plural))
        return Register(self.kind, title, list(self._headings()), self._rows())

    def _headings(self) -> Iterator[Heading]:
        yield Heading("id", _("Number of the row here"))
        yield Heading("row_key", _("Key of the row, which no other database has"))
        if self.model.labelled:
            yield Heading("label", _("Name"))
        for column in self.fields:
            yield from _headings_of(column)
        if self.model.hangs_on_any:
            yield Heading("of", _("Record"))
        if self.model is Person:
            yield from (Heading(name, str(PEOPLE_WORDS[base])) for name, base in PEOPLE_COLUMNS)
        for name in AT_THE_END:
            yield Heading(name, capfirst(str(self.model._meta.get_field(name).verbose_name)))

    def _rows(self) -> Iterator[list[Any]]:
        names = [column.attname for column in self.fields]
        found = self.asked.rows(self.model)
        for keys in pieces(found.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=2000)):
            rows = list(self.asked.values(self.model._base_manager.filter(pk__in=keys), *names, *AT_THE_END))
            yield from self._piece(rows)

    def _piece(self, rows: list[Row]) -> Iterator[list[Any]]:
        open_ones = {column.name: self._open(column, rows) for column in self.pointing}
        refs = {
            (column.related_model.record_kind(), key)
            for column in self.pointing
            if column.related_model.labelled
            for key in open_ones[column.name]
        }
        if self.model.labelled:
            refs |= {(self.kind, row["pk"]) for row in rows}
        if self.model.hangs_on_any:
            refs |= {(row["kind"], row["object_id"]) for row in rows if row["kind"] in every_record_pages}
        labels = labels_of(refs, self.asked.language, self.asked.reader)
        named: Callable[[str, int], str] = lambda kind, key: found.text if (found := labels.get((kind, key))) else ""  # noqa: E731  short
        people = people_cells(self.asked, [row["pk"] for row in rows]) if self.model is Person else {}
        for row in rows:
            cells: list[Any] = [row["pk"], f"{self._prefix}{row['pk']}"]
            if self.model.labelled:
                cells.append(named(self.kind, row["pk"]))
            for column in self.fields:
                cells += self._cells(column, row, open_ones, named)
            if self.model.hangs_on_any:
                cells.append(named(row["kind"], row["object_id"]))
            cells += people.get(row["pk"], ())
            # The mark in force: what the row hangs on counts as well.
            cells += [row["effective_mark"], row["published_on"], row["grade"]]
            yield cells

    def _cells(
        self, column: Any, row: Row, open_ones: dict[str, dict[int, str]], named: Callable[[str, int], str]
    ) -> list[Any]:
        value = row[column.attname]
        if column.is_relation:
            known = open_ones[column.name]
            is_open = value in known
            cells: list[Any] = [value if is_open else None]
            if _has_code(column):
                cells.append(known.get(value, ""))
            if column.related_model.labelled:
                cells.append(named(column.related_model.record_kind(), value) if is_open else "")
            return cells
        if isinstance(column, TranslatedField):
            return [(value or {}).get(code, {}).get("text", "") for code in languages()]
        return [value]

    def _open(self, column: Any, rows: list[Row]) -> dict[int, str]:
        """Of the records that these rows point to, those that the reader may know of, with their codes."""
        keys = {row[column.attname] for row in rows} - {None}
        if not keys:
            return {}
        model, notes = column.related_model, is_noting(self.asked.reader)
        found = model._base_manager.filter(model.may_read(self.asked.reader), pk__in=keys)
        names = ("pk", "effective_mark", *(("code",) if _has_code(column) else ()))
        open_ones = {}
        for key, mark, *code in found.values_list(*names):
            open_ones[key] = code[0] if code else ""
            if notes and mark in RESTRICTED:
                note([(model.record_kind(), key)])
        return open_ones


def _headings_of(column: Any) -> Iterator[Heading]:
    """The columns of one field."""
    words = capfirst(str(column.verbose_name))
    if column.is_relation:
        yield Heading(f"{column.name}_id", _("%(field)s (number)") % {"field": words})
        if _has_code(column):
            yield Heading(f"{column.name}_code", _("%(field)s (code)") % {"field": words})
        if column.related_model.labelled:
            yield Heading(column.name, words)
    elif isinstance(column, TranslatedField):
        for code in languages():
            yield Heading(f"{column.name}_{code}", f"{words} ({code})")
    else:
        yield Heading(column.name, words)


def _has_code(column: Any) -> bool:
    return any(each.name == "code" for each in column.related_model._meta.concrete_fields)
