"""What the pages of a merge show, as values for their templates; of rows only those that the reader may know of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interparl.core.addresses import address, as_of, page_of
from interparl.core.formats import write_span
from interparl.core.forms import LANGUAGE_NAMES
from interparl.core.history import title_of, words_of
from interparl.core.kinds import Ref
from interparl.core.marks import rank
from interparl.core.models import Mark
from interparl.core.reads import note_rows
from interparl.core.records import Dated, Record
from interparl.core.tables import Reading
from interparl.core.translated import TranslatedField, in_order
from interparl.core.writing import relations_of
from interparl.exchange.actions.deeds import DEEDS, is_deed, subject_of
from interparl.exchange.actions.merge_plans import BOTH, GONE, KEPT, Differing, Merge, called_then
from interparl.exchange.actions.merging import MERGE
from interparl.exchange.models import Batch

STATE_TONES = {"previewed": "warn", "applied": "good", "undone": "neutral"}
# So many rows of a kind are named; the others are counted.
NAMED = 30


@dataclass(frozen=True)
class Side:
    """One of the two on the page."""

    name: str
    number: int
    url: str
    mark: str
    published: str


@dataclass(frozen=True)
class Offer:
    """One value that may be chosen for a field: lines of (language, text)."""

    value: str
    lines: tuple[tuple[str, str], ...]
    is_chosen: bool


@dataclass(frozen=True)
class Line:
    """A field in which the two differ."""

    name: str
    label: str
    offers: tuple[Offer, ...]

    @property
    def sides(self) -> tuple[list[Offer], list[Offer]]:
        """What is offered on the side of the one that is left, and on that of the other."""
        kept, gone = ([one for one in self.offers if (one.value == GONE) is is_gone] for is_gone in (False, True))
        return kept, gone


@dataclass(frozen=True)
class Group:
    """Rows of one kind by name."""

    title: str
    count: int
    names: tuple[tuple[str, str], ...]
    more: str


def side_of(record: Record, reading: Reading) -> Side:
    """How a record is told on the page."""
    return Side(
        name=reading.name(record.record_kind(), record.pk) or str(record),
        number=record.pk,
        url=address((record.record_kind(), record.pk)),
        mark=str(Mark(record.mark).label),
        published=words_of(_column(record, "published_on"), record.published_on, reading),
    )


def _column(record: Record, name: str) -> Any:
    return record._meta.get_field(name)


def field_lines(merge: Merge, form: forms.Form, reading: Reading) -> list[Line]:
    """The fields in which the two differ, each with the values that may be chosen."""
    _load_names(merge, reading)
    return [
        Line(
            name=field_name(one),
            label=capfirst(str(one.column.verbose_name)),
            offers=tuple(_offer(one, choice, form, reading) for choice in one.choices),
        )
        for one in merge.differing
    ]


def field_name(one: Differing) -> str:
    """What the choice for a field is called in the form."""
    return f"field_{one.name}"


def _offer(one: Differing, choice: str, form: forms.Form, reading: Reading) -> Offer:
    chosen = form[field_name(one)].value() == choice
    if choice == BOTH:
        return Offer(choice, (("", _("both: the other’s texts where a language is missing")),), chosen)
    return Offer(choice, _lines(one.column, one.kept if choice == KEPT else one.gone, reading), chosen)


def _lines(column: models.Field[Any, Any], value: Any, reading: Reading) -> tuple[tuple[str, str], ...]:
    if isinstance(column, TranslatedField):
        texts = {code: one["text"] for code, one in (value or {}).items() if one["text"]}
        return tuple((code, f"{LANGUAGE_NAMES.get(code, code)}: {texts[code]}") for code in in_order(texts))
    words = words_of(column, value, reading)
    return (("", words),) if words else ()


def _load_names(merge: Merge, reading: Reading) -> None:
    refs: set[Ref] = set()
    for one in merge.differing:
        related: Any = one.column.related_model if isinstance(one.column, models.ForeignKey) else None
        if related and issubclass(related, Record):
            refs |= {(related._meta.label_lower, key) for key in (one.kept, one.gone) if key}
    reading.want(refs)


def groups_of(rows: Sequence[Record], reading: Reading, apart: Iterable[Ref] = ()) -> list[Group]:
    """The rows by kind, each by name; a row of another record's page is named with that record."""
    two = set(apart)
    _load_labels(rows, reading)
    found = []
    for model in dict.fromkeys(type(row) for row in rows):
        mine = [row for row in rows if type(row) is model]
        names = [(row_words(row, reading, two), as_of(address(page_of(row)), reading)) for row in mine[:NAMED]]
        left = len(mine) - len(names)
        more = ngettext("and %(number)s more", "and %(number)s more", left) % {"number": left} if left else ""
        title = capfirst(str(model._meta.verbose_name_plural))
        found.append(Group(title, len(mine), tuple(names), more))
    note_rows(rows)
    return found


def row_words(row: Record, reading: Reading, two: Iterable[Ref] = ()) -> str:
    """What a row is called: what tells it apart, the record whose page shows it, and its days."""
    whole = page_of(row)
    host = "" if whole in two or whole == (row.record_kind(), row.pk) else reading.name(*whole)
    days = write_span(row.since, row.until, reading.language) if isinstance(row, Dated) else ""
    return ", ".join(part for part in (title_of(row, reading), host, days) if part)


def _load_labels(rows: Sequence[Record], reading: Reading) -> None:
    refs: set[Ref] = set()
    for row in rows:
        refs |= {page_of(row), (row.record_kind(), row.pk)}
        refs |= {
            (column.related_model._meta.label_lower, key)
            for column in relations_of(type(row))
            if column.name == row.told_by
            and issubclass(column.related_model, Record)
            and (key := column.value_from_object(row)) is not None
        }
    reading.want(refs)


def rules_of(merge: Merge) -> list[str]:
    """What follows by rule for the one that is left, in sentences."""
    kept, gone = merge.kept, merge.gone
    found = []
    if kept.mark != gone.mark:
        mark = max((kept.mark, gone.mark), key=rank)
        found.append(_("The higher mark stays: %(mark)s.") % {"mark": Mark(mark).label})
    if merge.is_withdrawn:
        found.append(
            _("Only what both publish stays published: the record that is left is withdrawn from publication.")
        )
    elif kept.published_on is None and gone.published_on is not None:
        found.append(_("Only what both publish stays published: the record that is left is not published."))
    elif kept.published_on != gone.published_on:
        found.append(_("Both are published: the later day counts."))
    found += [
        _("It will be called “%(name)s” (%(language)s); its preferred names decide.")
        % {"name": name, "language": LANGUAGE_NAMES.get(code, code)}
        for code, name in called_then(merge).items()
    ]
    for one in merge.differing:
        if isinstance(one.column, models.OneToOneField) and one.kept is None:
            words = {"field": one.column.verbose_name, "value": str(getattr(gone, one.name))}
            found.append(_("“%(field)s” goes over to the record that is left, with all rights: %(value)s.") % words)
    return found


def doubts_of(merge: Merge, reading: Reading) -> list[str]:
    """What would be doubted of rows once the two are one, in sentences."""
    _load_labels([row for row, _message in merge.doubts], reading)
    return [f"{capfirst(row_words(row, reading))}: {message}" for row, message in merge.doubts]


def title_of_batch(batch: Batch, reading: Reading) -> str:
    """What a batch is called: the file, which two were merged, or the deed and the record that it is about."""
    if is_deed(batch):
        words, subject = str(DEEDS[(batch.undoes or batch).kind].title), subject_of(batch)
        name = reading.name(*subject) if subject else batch.name
        return _("%(deed)s: %(name)s") % {"deed": words, "name": name} if name else words
    parts = batch.name.split(" ")
    if (batch.undoes or batch).kind != "merge" or len(parts) != 4:
        return batch.name
    return _("Merge: No. %(gone)s into No. %(kept)s") % {"gone": parts[1], "kept": parts[3]}


def load_subjects(batches: Iterable[Batch], reading: Reading) -> None:
    """Fetches what the records are called that these batches are about, as far as the reader may know of them."""
    refs = {subject for batch in batches if (subject := subject_of(batch))}
    reading.want(refs)


def state_of_batch(batch: Batch) -> str:
    """How far a batch came; of a merge, whether the two are one."""
    if batch.undoes_id:
        return _("taking back")
    if batch.kind != MERGE:
        return str(batch.get_state_display())
    return _("taken back") if batch.state == Batch.State.UNDONE else _("merged")
