"""What the pages of an import show, as values for their templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.core.addresses import address
from interparl.core.formats import write_day, write_moment, write_number
from interparl.core.history import words_of
from interparl.core.kinds import Ref, model_of
from interparl.core.labels import known_of, labels_of
from interparl.core.models import Entry
from interparl.core.requests import same_page
from interparl.core.tables import Column, Columns, Reading
from interparl.core.templatetags.ui_parts import Fact, Stage, Tab
from interparl.core.translated import TranslatedField
from interparl.exchange.actions import UNDO, Message, kind_of, text_of
from interparl.exchange.models import Batch, Row

RECORDS: dict[str, Promise] = {
    "person": pgettext_lazy("kind of object in a file", "person"),
    "organization": pgettext_lazy("kind of object in a file", "organisation"),
    "membership": pgettext_lazy("kind of object in a file", "membership"),
    "area": pgettext_lazy("kind of object in a file", "area"),
    "event": pgettext_lazy("kind of object in a file", "event"),
    "post": pgettext_lazy("kind of object in a file", "post"),
}
TONES = {"new": "good", "changed": "info", "same": "neutral", "doubtful": "warn", "error": "bad"}
STATE_TONES = {"previewed": "warn", "applied": "good", "undone": "neutral"}
LEVELS = ("error", "doubtful", "note")
LEVEL_TONES = {"error": "bad", "doubtful": "warn", "note": "neutral"}
LEVEL_WORDS = {
    "error": pgettext_lazy("row of an import", "with an error"),
    "doubtful": pgettext_lazy("row of an import", "doubtful"),
    "note": _("note"),
}
COUNTED = ("new", "changed", "same", "doubtful", "errors")
PLACES = 5


def record_words(record: str) -> str:
    """A kind of object in a file, in the reader's language."""
    return str(RECORDS.get(record, record))


def batch_address(batch: Batch) -> str:
    """The page of an import."""
    return reverse("exchange:batch-show", args=(batch.pk,))


batch_columns: Columns[Batch] = Columns(
    (
        Column("file", _("File"), lambda batch, reading: batch.name, address=batch_address),
        Column("number", _("Number"), lambda batch, reading: batch.pk, kind="number"),
        Column(
            "state",
            pgettext_lazy("import", "State"),
            lambda batch, reading: _("taking back") if batch.kind == UNDO else batch.get_state_display(),
            tone=lambda batch, reading: STATE_TONES[batch.state],
        ),
        Column("rows", _("Rows"), lambda batch, reading: batch.counts.get("rows"), kind="number"),
        Column(
            "new",
            pgettext_lazy("row of an import", "new"),
            lambda batch, reading: batch.counts.get("new"),
            kind="number",
        ),
        Column(
            "changed",
            pgettext_lazy("row of an import", "changed"),
            lambda batch, reading: batch.counts.get("changed"),
            kind="number",
        ),
        Column("on", _("True on"), lambda batch, reading: batch.on, kind="date"),
        Column("by", _("By"), lambda batch, reading: str(batch.user or batch.actor)),
        Column("at", _("When"), lambda batch, reading: write_moment(batch.applied_at or batch.at, reading.language)),
    ),
    related=("user",),
)


@dataclass(frozen=True)
class Change:
    """A field with what is kept now and what the file would put there."""

    label: str
    before: str
    after: str


@dataclass
class RowLine:
    """One row as the page prints it; of a record that the reader may not know of it tells the place alone."""

    row: Row
    name: str
    record: str
    outcome: str
    tone: str
    url: str = ""
    reasons: list[tuple[str, str]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


@dataclass
class MessageGroup:
    """Messages of one kind: how many, and the first places with their sentences."""

    level: str
    tone: str
    text: str
    count: int
    first: list[tuple[str, str]]


def stages_of(batch: Batch) -> list[Stage]:
    """The way of an import: file, check, apply; and taken back."""
    is_applied = batch.state != Batch.State.PREVIEWED
    found = [
        Stage(_("File"), "done"),
        Stage(_("Check"), "done" if is_applied else "now"),
        Stage(_("Apply"), "done" if is_applied else "planned"),
    ]
    return [*found, Stage(_("Taken back"), "now")] if batch.state == Batch.State.UNDONE else found


def facts_of_batch(batch: Batch, reading: Reading) -> list[Fact]:
    """What is known of the file."""
    source = address(("core.source", batch.source_id)) if batch.source_id else ""
    facts = [
        Fact(_("Source"), batch.source_key, address=source),
        Fact(_("Previewed"), write_moment(batch.at, reading.language), second=str(batch.user or batch.actor)),
    ]
    if batch.applied_at:
        facts.append(Fact(_("Applied"), write_moment(batch.applied_at, reading.language)))
    if batch.on:
        facts.append(Fact(_("True on"), write_day(batch.on, reading.language)))
    if batch.size:
        facts.append(Fact(_("Bytes"), write_number(batch.size, reading.language)))
        facts.append(Fact(_("SHA-256"), batch.digest[:16]))
    return facts


def counts_table(batch: Batch) -> list[tuple[str, list[tuple[str, int]]]]:
    """How many objects of each kind have which outcome; kinds that the file lacks are left out."""
    by_record = batch.counts.get("by_record", {})
    return [
        (
            capfirst(record_words(record)),
            [(str(label), counts[name]) for label, name in zip(Row.Outcome.labels, COUNTED, strict=True)],
        )
        for record, counts in by_record.items()
        if any(counts.values())
    ]


def outcome_tabs(request: HttpRequest, batch: Batch, chosen: str) -> list[Tab]:
    """The rows by outcome."""
    counted: Counter[str] = Counter(dict(batch.rows.order_by().values_list("outcome").annotate(number=Count("pk"))))
    every = Tab(_("All rows"), same_page(request, outcome=None, page=None), sum(counted.values()), not chosen)
    return [
        every,
        *(
            Tab(capfirst(str(label)), same_page(request, outcome=value, page=None), counted[value], chosen == value)
            for value, label in Row.Outcome.choices
        ),
    ]


def message_groups(batch: Batch, reading: Reading) -> list[MessageGroup]:
    """Messages of a kind together, the grave ones first; about what the reader may not know of without the values."""
    hidden = _hidden_places(batch, reading) if batch.messages else frozenset[str]()
    found: dict[tuple[str, str], list[Message]] = {}
    for one in batch.messages:
        found.setdefault((one["level"], one["key"]), []).append(one)
    return [
        MessageGroup(
            level=str(LEVEL_WORDS[level]),
            tone=LEVEL_TONES[level],
            text=text_of(several[0])
            if len(several) == 1 and several[0]["place"] not in hidden
            else kind_of(several[0]),
            count=len(several),
            first=[
                (one["place"], kind_of(one) if one["place"] in hidden else text_of(one)) for one in several[:PLACES]
            ],
        )
        for (level, _key), several in sorted(found.items(), key=lambda pair: (LEVELS.index(pair[0][0]), -len(pair[1])))
    ]


def _hidden_places(batch: Batch, reading: Reading) -> frozenset[str]:
    """The places of the rows with messages whose records this reader may not know of."""
    rows = list(batch.rows.filter(target_id__isnull=False).exclude(reasons=[]).defer("prepared", "reasons"))
    hidden = _hidden([(row.target_kind, row.target_id) for row in rows if row.target_id], reading)
    return frozenset(row.place for row in rows if (row.target_kind, row.target_id) in hidden)


def row_lines(batch: Batch, rows: Sequence[Row], reading: Reading) -> list[RowLine]:
    """Rows with their reasons, their changes in words, and the way to their records."""
    refs = _records(batch, rows)
    parts = {(one["kind"], one["id"]) for row in rows for one in row.prepared.get("records", ()) if one["id"]}
    hidden = _hidden({*refs.values(), *parts}, reading)
    _load_labels(rows, reading)
    lines = []
    for row in rows:
        ref = refs.get(row.pk)
        if ref in hidden:
            lines.append(_untold(row))
            continue
        line = RowLine(
            row=row,
            name=row.name,
            record=capfirst(record_words(row.record)),
            outcome=str(row.get_outcome_display()),
            tone=TONES[row.outcome],
            url=address(ref) if ref else "",
            reasons=[(LEVEL_TONES[one["level"]], text_of(one)) for one in row.reasons],
        )
        for prepared in row.prepared.get("records", ()):
            if prepared["id"] and (prepared["kind"], prepared["id"]) not in hidden:
                line.changes += _changes(prepared, reading)
        lines.append(line)
    return lines


def _untold(row: Row) -> RowLine:
    """A row without what it says of its record."""
    return RowLine(
        row=row,
        name="",
        record=capfirst(record_words(row.record)),
        outcome=str(row.get_outcome_display()),
        tone=TONES[row.outcome],
        reasons=[("neutral", str(_("You may not read the record that this row is about.")))],
    )


def _hidden(refs: Iterable[Ref], reading: Reading) -> set[Ref]:
    """Of these records those that are there and that this reader may not know of."""
    return {ref for ref, known in known_of(refs, reading.user).items() if not known.is_open}


def _records(batch: Batch, rows: Sequence[Row]) -> dict[int, Ref]:
    """The main record of each row: known before, or made by this batch and still there."""
    known = {row.pk: (row.target_kind, row.target_id) for row in rows if row.target_id}
    if batch.state != Batch.State.APPLIED:
        return known
    places = {row.place: row for row in rows if not row.target_id}
    made = Entry.objects.filter(batch=batch.pk, row__in=places).order_by("pk")
    for kind, key, place in made.values_list("kind", "object_id", "row"):
        if kind == places[place].target_kind:
            known.setdefault(places[place].pk, (kind, key))
    return known


def _load_labels(rows: Sequence[Row], reading: Reading) -> None:
    refs: set[Ref] = set()
    for row in rows:
        for prepared in row.prepared.get("records", ()):
            for values in (prepared.get("was", {}), prepared["values"]):
                refs |= {
                    (related._meta.label_lower, value)
                    for name, value in values.items()
                    if isinstance(value, int) and (related := _column(prepared["kind"], name).related_model)
                }
    reading.labels.update(labels_of(refs, reading.language, reading.user))


def _column(kind: str, name: str) -> Any:
    return model_of(kind)._meta.get_field(name)


def _changes(prepared: dict[str, Any], reading: Reading) -> list[Change]:
    found = []
    for name, value in prepared["values"].items():
        column = _column(prepared["kind"], name)
        before, after = (_in_words(column, each, reading) for each in (prepared["was"][name], value))
        found.append(Change(capfirst(str(column.verbose_name)), before, after))
    return found


def _in_words(column: Any, value: Any, reading: Reading) -> str:
    if isinstance(column, TranslatedField):
        return " / ".join(one["text"] for one in (value or {}).values())
    if isinstance(value, list):
        return str(value[-1]) if value else ""
    return words_of(column, value, reading)


def filtered(batch: Batch, outcome: str, record: str) -> QuerySet[Row]:
    """The rows of one outcome and kind; what makes no sense counts as not asked."""
    found = batch.rows.all()
    if outcome in Row.Outcome.values:
        found = found.filter(outcome=outcome)
    return found.filter(record=record) if record in batch.counts.get("by_record", {}) else found
