"""Deciding about rows of an import: whose value, the same or another, written as questioned or left out.

A decision is kept in the row; applying writes it. What others changed since the check is looked at anew, so that
nobody decides about a value that no longer stands.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.core.kinds import Ref, model_of
from interparl.core.labels import known_of
from interparl.core.models import Entry
from interparl.core.records import Record
from interparl.core.rights import Reader
from interparl.core.translated import TranslatedField
from interparl.exchange.actions.pausing import no_collecting
from interparl.exchange.actions.stored import pieces
from interparl.exchange.actions.tallies import tally_of
from interparl.exchange.actions.texts import Message, told_in
from interparl.exchange.actions.values import columns_of, in_words, kept_now, says_nothing
from interparl.exchange.models import Batch, Row

Decision, State = Row.Decision, Row.State
CHANGEABLE = (State.READY, State.OPEN, State.WAITING, State.OUT)
# Doubts that no decision to write can settle: what the row belongs to is not known.
NOT_WRITABLE = frozenset({"not_placed"})
FIELDS = ("state", "told", "target_id", "reasons", "decision", "decided", "decided_by", "decided_at")


@dataclass(frozen=True)
class Decided:
    """How many rows follow the decision, how many it does not fit, and how many changed while one looked at them."""

    number: int
    unfit: int = 0
    moved: int = 0


@dataclass(frozen=True)
class Choice:
    """What is decided: `fields` says by itself whose value counts ("0.born": "file"), `same` which record it is.

    An empty decision takes an earlier one back.
    """

    decision: str
    fields: Mapping[str, str] | None = None
    same: int | None = None


def last_entry_of_all() -> int:
    """The newest history entry: up to there one has seen what one decides about."""
    return Entry.objects.aggregate(last=Max("pk"))["last"] or 0


def choices_for(row: Row) -> list[str]:
    """The decisions that the row may get as it stands."""
    if row.state not in CHANGEABLE:
        return []
    records, found = row.records, list[str]()
    doubts = {reason["key"] for reason in row.reasons if reason["level"] == "doubtful"}
    if any(record.get("asked") for record in records):
        found += [Decision.FILE, Decision.OURS]
    elif doubts - {"waits"} and records and not doubts & NOT_WRITABLE:
        found += [Decision.WRITE]
    if row.prepared.get("alike"):
        found += [Decision.SAME, Decision.NEW]
    return [*found, Decision.OUT] if doubts or found or row.decision == Decision.OUT else []


@no_collecting()
def decide(batch: Batch, keys: Collection[int], choice: Choice, *, by: User, seen: int | None = None) -> Decided:
    """Keeps a decision about these rows of the batch; what it does not fit stays as it is.

    `seen` is the newest entry when the rows were looked at: those with a record changed since are left, with the new
    values to look at. Raises ValidationError when the batch was taken back.
    """
    number = unfit = moved = 0
    with transaction.atomic():
        held = Batch.objects.select_for_update().only("state", "undoes", "seen").get(pk=batch.pk)
        if held.state == Batch.State.UNDONE or held.undoes_id:
            raise ValidationError(_("This import was taken back; nothing can be decided about it."))
        for part in pieces(keys):
            rows = list(held.rows.filter(pk__in=part, state__in=CHANGEABLE))
            before = {row.pk: (row.decided, row.reasons) for row in rows}
            changed = moved_of(rows, held)
            for row in rows:
                if row.pk in changed:
                    refresh(row)
            fresh = [row for row in rows if seen is None or changed.get(row.pk, 0) <= seen]
            hidden = hidden_rows(fresh, by)
            done = [row for row in fresh if row.pk not in hidden and _settle(row, choice, by)]
            number, unfit, moved = number + len(done), unfit + len(fresh) - len(done), moved + len(rows) - len(fresh)
            _store(rows, done, before)
        Batch.objects.filter(pk=held.pk).update(decisions=F("decisions") + 1, tally=tally_of(held))
    return Decided(number, unfit, moved)


def hidden_rows(rows: Sequence[Row], user: Reader) -> set[int]:
    """Of these rows those about a record that is there and that this reader may not know of."""
    refs = {row.pk: {(one["kind"], one["id"]) for one in row.records if one["id"]} for row in rows}
    for row in rows:
        if row.target_id:
            refs[row.pk].add((row.target_kind, row.target_id))
    every = sorted({ref for several in refs.values() for ref in several})
    hidden = {ref for part in pieces(every) for ref, known in known_of(part, user).items() if not known.is_open}
    return {pk for pk, several in refs.items() if several & hidden}


def _store(rows: Sequence[Row], done: Sequence[Row], before: Mapping[int, tuple[Any, Any]]) -> None:
    """Saves what changed: where only the decision did, many rows at once."""
    whole = [row for row in rows if row.decided is not before[row.pk][0] or row.reasons is not before[row.pk][1]]
    if whole:
        now = last_entry_of_all()
        for row in whole:
            row.decided = {**row.decided, "seen": now}
        Row.objects.bulk_update(whole, FIELDS, batch_size=500)
    stored = {row.pk for row in whole}
    alike: dict[tuple[Any, ...], list[int]] = {}
    for row in done:
        if row.pk not in stored:
            values = (row.state, row.decision, row.decided_by_id, row.decided_at, row.target_id)
            alike.setdefault(values, []).append(row.pk)
    for values, keys in alike.items():
        names = ("state", "decision", "decided_by", "decided_at", "target_id")
        Row.objects.filter(pk__in=keys).update(**dict(zip(names, values, strict=True)))


def chosen(row: Row) -> list[dict[str, Any]]:
    """What is to be written for a row, with each value that was asked as it was decided."""
    taken = row.decided.get("fields", {})

    def is_taken(position: int, name: str) -> bool:
        if row.decision == Decision.EACH:
            return bool(taken.get(f"{position}.{name}") == Decision.FILE)
        return row.decision == Decision.FILE

    found = []
    for position, record in enumerate(row.records):
        asked = record.get("asked", {})
        values = {name: pair[0] for name, pair in asked.items() if is_taken(position, name)}
        found.append({**record, "values": {**record["values"], **values}} if values else record)
    return found


def moved_of(rows: Sequence[Row], batch: Batch) -> dict[int, int]:
    """Of these rows those with a record that others changed since they were looked at, with the newest entry."""
    refs = {(record["kind"], record["id"]) for row in rows for record in row.records if record["id"]}
    newest: dict[Ref, int] = {}
    for part in pieces(refs):
        by_kind: dict[str, list[int]] = {}
        for kind, key in part:
            by_kind.setdefault(kind, []).append(key)
        those = [Q(kind=kind, object_id__in=keys) for kind, keys in by_kind.items()]
        entries = Entry.objects.filter(reduce(or_, those), pk__gt=batch.seen).exclude(batch=batch.pk)
        for kind, key, last in entries.order_by().values_list("kind", "object_id").annotate(last=Max("pk")):
            newest[kind, key] = last
    found = {}
    for row in rows:
        last = max((newest.get((one["kind"], one["id"]), 0) for one in row.records if one["id"]), default=0)
        if last > row.decided.get("seen", batch.seen):
            found[row.pk] = last
    return found


def refresh(row: Row) -> None:
    """Compares the row with what is stored now: a value that others set meanwhile is asked."""
    records = deepcopy(row.records)
    for record in records:
        if record["id"]:
            _compare(record)
    row.decided = {**row.decided, "records": records}
    known = {(one["key"], *one["params"].get("column", ())) for one in row.reasons}
    for record in records:
        for name, (file, here) in record.get("asked", {}).items():
            if ("edited", record["kind"], name) not in known:
                row.reasons = [*row.reasons, _edited(row, record["kind"], name, file, here)]
    row.told = told_in(row.reasons)
    if any(record.get("asked") for record in records) and row.decision in (Decision.SAME, ""):
        row.state = State.OPEN


def _compare(record: dict[str, Any]) -> None:
    stored = model_of(record["kind"])._base_manager.filter(pk=record["id"]).first()
    if stored is None:
        # It was removed meanwhile: nothing can be written to it.
        record |= {"values": {}, "was": {}, "asked": {}}
        return
    columns, asked = columns_of(record["kind"]), dict(record.get("asked", {}))
    for name in list(record["values"]):
        here = kept_now(columns[name], stored)
        if here != record.get("was", {}).get(name):
            record["was"].pop(name, None)
            asked[name] = [record["values"].pop(name), here]
    compared = {name: [pair[0], kept_now(columns[name], stored)] for name, pair in asked.items()}
    record["asked"] = {name: pair for name, pair in compared.items() if pair[0] != pair[1]}


def _edited(row: Row, kind: str, name: str, file: Any, here: Any) -> Message:
    params = {"column": [kind, name], "file": in_words(file), "here": in_words(here)}
    return Message(place=row.place, level="doubtful", key="edited", params=params)


def _settle(row: Row, choice: Choice, by: User) -> bool:
    """Puts the decision on the row; False when it does not fit."""
    if choice.decision == "":
        _take_back(row)
        return True
    wanted = Decision.FILE if choice.decision == Decision.EACH else choice.decision
    if wanted not in choices_for(row):
        return False
    if choice.decision == Decision.SAME and not _join(row, choice.same, by):
        return False
    if choice.decision == Decision.NEW:
        _take_back(row)
    if choice.decision == Decision.EACH:
        row.decided = {**row.decided, "fields": dict(choice.fields or {})}
    row.decision, row.decided_by, row.decided_at = choice.decision, by, timezone.now()
    row.state = State.OUT if choice.decision == Decision.OUT else _state_of(row)
    return True


def _state_of(row: Row) -> str:
    """Whether the row can be written after its decision, or one more has to be taken."""
    asks = any(record.get("asked") for record in row.records)
    doubts = {reason["key"] for reason in row.reasons if reason["level"] == "doubtful"} - {"waits"}
    if row.decision in (Decision.SAME, Decision.NEW) and (asks or doubts):
        return State.OPEN
    return State.READY


def _take_back(row: Row) -> None:
    """The row as the check found it."""
    row.decision, row.decided_by, row.decided_at = "", None, None
    if row.decided:
        # What was compared anew stays; what a decision made of the row goes.
        kept = () if "same" in row.decided else ("records",)
        row.decided = {name: row.decided[name] for name in kept if name in row.decided}
    if row.outcome == Row.Outcome.NEW:
        row.target_id = None
    doubts = {reason["key"] for reason in row.reasons if reason["level"] == "doubtful"}
    if row.prepared.get("alike"):
        # Only the comparison with a record here can have asked about a new one.
        row.reasons = [reason for reason in row.reasons if reason["key"] != "edited"]
        row.told = told_in(row.reasons)
        doubts.discard("edited")
    row.state = State.OPEN if doubts - {"waits"} else State.WAITING if doubts else State.READY


def _join(row: Row, same: int | None, by: User) -> bool:
    """Makes the row stand for a stored record: empty values filled, differing ones asked; False when it cannot."""
    candidates = [pk for pk, _agreeing in row.prepared["alike"]]
    if same is None and len(candidates) == 1:
        same = candidates[0]
    if same is None:
        return False
    kind = row.target_kind
    model = model_of(kind)
    stored = model._base_manager.filter(model.may_read(by), pk=same).first()
    taken = Row.objects.filter(batch=row.batch_id, target_kind=kind, target_id=same).exclude(pk=row.pk)
    if stored is None or taken.exists():
        return False
    _take_back(row)
    row.decided = {"records": joined(row.prepared["records"], stored), "same": same}
    row.target_id = same
    for record in row.decided["records"]:
        for name, (file, here) in record.get("asked", {}).items():
            row.reasons = [*row.reasons, _edited(row, record["kind"], name, file, here)]
    row.told = told_in(row.reasons)
    # Two rows of one press may not become the same record either.
    Row.objects.filter(pk=row.pk).update(target_id=same)
    return True


def joined(records: Sequence[dict[str, Any]], stored: Record) -> list[dict[str, Any]]:
    """What is to be written when the main one of these new records is a stored one."""
    main, *others = deepcopy(list(records))
    columns = columns_of(main["kind"])
    values, was, asked = {}, {}, {}
    for name, value in main["values"].items():
        if name in main.get("once", ()):
            continue
        here = kept_now(columns[name], stored)
        after, is_sure = _beside(columns[name], value, here)
        if after == here or (isinstance(value, list) and not says_nothing(here)):
            continue
        if is_sure:
            values[name], was[name] = after, here
        else:
            asked[name] = [after, here]
    own = main.get("ref")
    main |= {"id": stored.pk, "values": values, "was": was, "asked": asked}
    kept = []
    for record in others:
        whole = record.get("whole")
        if whole and record["values"].get(whole) == own:
            record["values"][whole] = stored.pk
            if _has_part(record, stored.pk):
                continue
        kept.append(record)
    return [main, *kept]


def _beside(column: Any, value: Any, here: Any) -> tuple[Any, bool]:
    """The file's value beside the stored one, and whether it takes nothing away from it."""
    if isinstance(column, TranslatedField):
        before = here or {}
        differing = [code for code in value if code in before and before[code]["text"] != value[code]["text"]]
        merged = {**before, **{code: value[code] for code in value if code not in before or code in differing}}
        return merged, not differing
    return value, says_nothing(here)


def _has_part(record: dict[str, Any], whole: int) -> bool:
    """Whether the stored record has an equal part already; what the file does not say may be anything."""
    equal = {name: value for name in record.get("same_by", ()) if (value := record["values"].get(name))}
    rows = model_of(record["kind"])._base_manager.filter(**{record["whole"]: whole}, **equal)
    return bool(equal) and rows.exists()
