"""Rows of an import as a page prints them: why, both values side by side, what may be decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from interparl.core.addresses import address
from interparl.core.formats import write_moment
from interparl.core.history import words_of
from interparl.core.kinds import Ref, model_of
from interparl.core.labels import known_of
from interparl.core.models import Entry
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_signs import badge
from interparl.core.translated import TranslatedField
from interparl.exchange.actions import choices_for, text_of
from interparl.exchange.actions.deciding import chosen, moved_of, refresh
from interparl.exchange.models import Batch, Row
from interparl.exchange.pages.parts import LEVEL_OF, LEVEL_TONES, LEVEL_WORDS, TONES, record_words

STATE_TONES: dict[str, str] = {
    Row.State.READY: "info",
    Row.State.OPEN: "warn",
    Row.State.WAITING: "warn",
    Row.State.OUT: "neutral",
    Row.State.WRITTEN: "good",
    Row.State.IDLE: "neutral",
    Row.State.ERROR: "bad",
}
# How far a row is goes without saying when it is what its outcome leads to.
OF_ITSELF: frozenset[tuple[str, str]] = frozenset(
    {
        (Row.Outcome.NEW, Row.State.READY),
        (Row.Outcome.NEW, Row.State.WRITTEN),
        (Row.Outcome.CHANGED, Row.State.READY),
        (Row.Outcome.CHANGED, Row.State.WRITTEN),
        (Row.Outcome.SAME, Row.State.IDLE),
        (Row.Outcome.ERROR, Row.State.ERROR),
    }
)


@dataclass(frozen=True)
class Change:
    """A field with what is kept now and what the file would put there; `key` where somebody has to say which."""

    label: str
    before: str
    after: str
    key: str = ""
    taken: str = ""


@dataclass(frozen=True)
class Candidate:
    """A record that looks like the row."""

    pk: int
    name: str
    url: str
    agrees: str
    is_chosen: bool


@dataclass
class RowLine:
    """One row as the page prints it; of a record that the reader may not know of it tells the place alone."""

    row: Row
    name: str
    record: str
    signs: str = ""
    url: str = ""
    own_url: str = ""
    reasons: list[tuple[str, str]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    asked: list[Change] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    choices: list[tuple[str, str]] = field(default_factory=list)
    decision: str = ""
    decided: str = ""


def row_lines(batch: Batch, rows: Sequence[Row], reading: Reading) -> list[RowLine]:
    """Rows with their reasons, their changes in words, what may be decided, and the way to their records."""
    open_rows = [row for row in rows if row.state in (Row.State.OPEN, Row.State.OUT)]
    for row in open_rows:
        row.batch = batch
    if open_rows:
        # What others changed since the check is shown as it stands now; it is kept only with a decision.
        moved = moved_of(open_rows, batch)
        for row in open_rows:
            if row.pk in moved:
                refresh(row)
    refs = _records(batch, rows)
    parts = {(one["kind"], one["id"]) for row in rows for one in row.records if one["id"]}
    alike = {(row.target_kind, pk) for row in rows for pk, _by in row.prepared.get("alike", ())}
    hidden = _hidden({*refs.values(), *parts, *alike}, reading)
    _load_labels(rows, reading, alike - hidden)
    return [
        _untold(row, reading) if refs.get(row.pk) in hidden else _line(row, refs.get(row.pk), hidden, reading)
        for row in rows
    ]


def _line(row: Row, ref: Ref | None, hidden: set[Ref], reading: Reading) -> RowLine:
    line = _bare(row, reading)
    line.name = row.name or line.name
    line.url = address(ref) if ref else ""
    line.own_url = reverse("exchange:batch-row", args=(row.batch_id, row.pk))
    decisions = decision_words(reading)
    for reason in row.reasons:
        # A value that is asked is shown by its field, with both sides.
        if reason["key"] != "edited" or not row.prepared.get("records"):
            line.reasons.append((LEVEL_TONES[LEVEL_OF[reason["level"][0]]], text_of(reason)))
    final = chosen(row) if row.decision else row.records
    for position, (record, written) in enumerate(zip(row.records, final, strict=True)):
        if row.target_id and record["id"] is None:
            line.changes += _added(record, row, reading)
        elif record["id"] and (record["kind"], record["id"]) not in hidden:
            line.changes += _changes(record, reading)
            line.asked += _asked(position, record, written["values"], reading, is_decided=bool(row.decision))
    line.candidates = _candidates(row, hidden, reading)
    if not {(one["kind"], one["id"]) for one in row.records} & hidden:
        line.choices = [(value, decisions[value]) for value in choices_for(row)]
    line.decision = row.decision
    line.decided = decisions.get(row.decision, "")
    return line


def decision_words(reading: Reading) -> dict[str, str]:
    """The words of each decision, put into the reader's language once a page."""
    if "decisions" not in reading.memo:
        reading.memo["decisions"] = {value: str(words) for value, words in Row.Decision.choices}
    found: dict[str, str] = reading.memo["decisions"]
    return found


def _kind_in_the_file(record: str, reading: Reading) -> str:
    memo = reading.memo.setdefault("kinds in the file", {})
    if record not in memo:
        memo[record] = capfirst(record_words(record)) if record else ""
    return str(memo[record])


def place_words(row: Row) -> str:
    """Where a row stands in the file, for one that has no name."""
    if not row.place:
        return _("The whole file")
    return capfirst(_("row %(row)s") % {"row": row.place}) if row.place.isdigit() else row.place


def _bare(row: Row, reading: Reading) -> RowLine:
    return RowLine(
        row=row,
        name=place_words(row),
        record=_kind_in_the_file(row.record, reading),
        signs=_signs(row, reading),
    )


def _signs(row: Row, reading: Reading) -> str:
    """The badges of outcome and state, made once a page for all rows that have the same."""
    memo: dict[tuple[str, str, bool, bool], str] = reading.memo.setdefault("signs of rows", {})
    is_note = not row.record and row.outcome == Row.Outcome.SAME
    key = (row.outcome, row.state, row.is_gone, is_note)
    if key not in memo:
        words = str(LEVEL_WORDS["note"]) if is_note else reading.choice(row, "outcome")
        signs = [badge(words, tone=TONES[row.outcome])]
        if row.is_gone:
            signs.append(badge(_("gone")))
        if (row.outcome, row.state) not in OF_ITSELF:
            signs.append(badge(reading.choice(row, "state"), tone=STATE_TONES[row.state], outlined=True))
        memo[key] = SafeString(" ".join(signs))
    return memo[key]


def _untold(row: Row, reading: Reading) -> RowLine:
    """A row without what it says of its record."""
    line = _bare(row, reading)
    line.reasons = [("neutral", _("You may not read the record that this row is about."))]
    return line


def decided_words(row: Row, reading: Reading) -> str:
    """Who decided what, and when."""
    if not row.decision or row.decided_at is None:
        return ""
    words = {
        "decision": row.get_decision_display(),
        "who": str(row.decided_by) if row.decided_by else "–",
        "when": write_moment(row.decided_at, reading.language),
    }
    return _("Decided: %(decision)s (%(who)s, %(when)s).") % words


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


def _load_labels(rows: Sequence[Row], reading: Reading, more: set[Ref]) -> None:
    refs = set(more)
    for row in rows:
        for record in row.records:
            values = [*record.get("was", {}).items(), *record["values"].items()]
            values += [(name, value) for name, pair in record.get("asked", {}).items() for value in pair]
            refs |= {
                (related._meta.label_lower, value)
                for name, value in values
                if isinstance(value, int) and (related := _column(record["kind"], name).related_model)
            }
    if refs:
        reading.want(refs)


def _column(kind: str, name: str) -> Any:
    return model_of(kind)._meta.get_field(name)


def _changes(record: dict[str, Any], reading: Reading) -> list[Change]:
    found = []
    for name, value in record["values"].items():
        column = _column(record["kind"], name)
        before, after = (_in_words(column, each, reading) for each in (record.get("was", {}).get(name), value))
        found.append(Change(capfirst(str(column.verbose_name)), before, after))
    return found


def _added(record: dict[str, Any], row: Row, reading: Reading) -> list[Change]:
    """What a row adds to a record that is known: a part of it by what tells such parts apart."""
    model = model_of(record["kind"])
    if record["kind"] == row.target_kind or not model.told_by or model.told_by not in record["values"]:
        return []
    column = _column(record["kind"], model.told_by)
    words = _in_words(column, record["values"][model.told_by], reading)
    return [Change(capfirst(str(model._meta.verbose_name)), "", words)]


def _asked(
    position: int, record: dict[str, Any], written: dict[str, Any], reading: Reading, *, is_decided: bool
) -> list[Change]:
    found = []
    for name, (file, here) in record.get("asked", {}).items():
        column = _column(record["kind"], name)
        taken = ("file" if name in written else "ours") if is_decided else ""
        before, after = (_in_words(column, each, reading) for each in (here, file))
        found.append(Change(capfirst(str(column.verbose_name)), before, after, f"{position}.{name}", taken))
    return found


def _candidates(row: Row, hidden: set[Ref], reading: Reading) -> list[Candidate]:
    found = []
    for pk, by in row.prepared.get("alike", ()):
        ref = (row.target_kind, pk)
        # A record that is no longer there, or that the reader may not know of, has no label.
        if ref in hidden or not (name := reading.name(*ref)):
            continue
        agrees = ", ".join(str(_column(row.target_kind, each).verbose_name) for each in by)
        found.append(Candidate(pk, name, address(ref), agrees, row.decided.get("same") == pk))
    return found


def _in_words(column: Any, value: Any, reading: Reading) -> str:
    if isinstance(column, TranslatedField):
        return " / ".join(one["text"] for one in (value or {}).values())
    if isinstance(value, list):
        return str(value[-1]) if value else ""
    return words_of(column, value, reading)
