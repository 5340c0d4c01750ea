"""Taking a merge back: both records stand again as they stood, each with its own (design 8.10).

What was made after the merge stays with the record that was left. What was changed since in a field that the merge had
written stands in the way, and so does a later batch; a change elsewhere does not. Rows that the user may not know of go
back without a word; where they were changed since, they stay as they are, for a refusal would tell of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.core.actors import Actor, actor_of
from interparl.core.history import empty_of, set_value
from interparl.core.kinds import Ref, model_of
from interparl.core.labels import labels_of
from interparl.core.merging import bring_back_many, has_its_place, note_merged
from interparl.core.models import Entry, Label, Moved
from interparl.core.models.entries import DOUBLED, MERGED, MERGED_FROM
from interparl.core.moved import left_of
from interparl.core.records import Record
from interparl.core.writing import Planned, change_many, plain, relations_of
from interparl.exchange.actions.merge_rows import in_order, pointing_to, ref_of
from interparl.exchange.actions.merging import in_turn, may_merge, recheck
from interparl.exchange.actions.values import columns_of, stub
from interparl.exchange.models import Batch

UNDONE, UNDO, NAMED = "undone", "undo", 10


@dataclass
class Traces:
    """What a merge wrote: in each record the fields before and after, and the values of the rows that went."""

    before: dict[Ref, dict[str, Any]] = field(default_factory=dict)
    after: dict[Ref, dict[str, Any]] = field(default_factory=dict)
    gone: dict[Ref, dict[str, Any]] = field(default_factory=dict)
    last: int = 0


def take_apart(batch: Batch, *, by: User | Actor, note: str = "") -> Batch:
    """Takes the merge back within the caller's transaction, in which the batch is held; returns the undoing.

    Raises ValidationError, with nothing written, when later changes make it impossible; they are listed.
    """
    moved = Moved.objects.get(batch=batch.pk)
    kept = model_of(moved.kind)._base_manager.select_for_update().filter(pk=moved.into_id).first()
    traces = _traces(batch, (moved.kind, moved.object_id))
    _refuse_if_erased(batch)
    _refuse_if_later_batches(batch, traces, by)
    if kept is None:
        raise ValidationError(_("It cannot be taken back: the record that was left is there no more."))
    skipped = _refuse_if_changed(traces, by)
    undoing = undoing_of(batch, by)
    said: dict[str, Any] = {"verb": UNDONE, "note": note, "batch": undoing.pk}
    _lead_back(moved)
    gone = _restore(traces, kept, skipped, by, said)
    note_merged(type(kept)._base_manager.get(pk=kept.pk), moved.object_id, by=by, **said)
    if isinstance(by, User) and not may_merge(kept, type(kept)._base_manager.get(pk=moved.object_id), by):
        raise ValidationError(_("You may not take this merge back."))
    undoing.counts = {
        "restored": len(traces.before) - len(skipped),
        "removed": 0,
        "brought_back": gone,
        "stayed": [list(ref) for ref in _stayed(kept, traces)],
    }
    undoing.save()
    return undoing


def _traces(batch: Batch, gone: Ref) -> Traces:
    found = Traces()
    for entry in Entry.objects.filter(batch=batch.pk).order_by("pk"):
        ref, found.last = (entry.kind, entry.object_id), entry.pk
        if entry.verb == DOUBLED or (entry.verb == MERGED and ref == gone):
            found.gone[ref] = {name: pair[0] for name, pair in entry.changes.items()}
            continue
        found.before.setdefault(ref, {})
        for name, (before, after) in entry.changes.items():
            if name != MERGED_FROM:
                found.before[ref].setdefault(name, before)
                found.after.setdefault(ref, {})[name] = after
    return found


def undoing_of(batch: Batch, by: User | Actor) -> Batch:
    """The batch in which another is taken back."""
    actor = actor_of(by)
    return Batch.objects.create(
        kind=UNDO,
        name=batch.name,
        source_key=batch.source_key,
        state=Batch.State.APPLIED,
        user=actor.user,
        actor=actor.name,
        applied_at=timezone.now(),
        undoes=batch,
    )


def _is_told(ref: Ref, by: User | Actor) -> bool:
    """Whether who takes the merge back may know of the record, or of what is left of it; a command may know of all."""
    if not isinstance(by, User):
        return True
    model = model_of(ref[0])
    record = model._base_manager.filter(pk=ref[1]).first()
    return record.is_open_to(by) if record is not None else left_of(model, ref[1], by) is not None


def _refuse_if_erased(batch: Batch) -> None:
    if Entry.objects.filter(batch=batch.pk, erased_by__isnull=False).exists():
        raise ValidationError(_("It cannot be taken back: personal data of what was merged were erased since."))


def _refuse_if_later_batches(batch: Batch, traces: Traces, by: User | Actor) -> None:
    """Batches are taken back in the other order than they came."""
    refs = [*traces.before, *traces.gone]
    later: dict[int, None] = {}
    for kind in dict.fromkeys(kind for kind, _key in refs):
        keys = [key for of, key in refs if of == kind]
        entries = Entry.objects.filter(pk__gt=traces.last, kind=kind, object_id__in=keys, batch__isnull=False)
        for number, key in entries.order_by("pk").values_list("batch", "object_id"):
            if number not in later and _is_told((kind, key), by):
                later[number or 0] = None
    standing = Batch.objects.filter(pk__in=later, state=Batch.State.APPLIED, undoes=None).exclude(pk=batch.pk)
    numbers = list(standing.order_by("-pk").values_list("pk", flat=True))
    if numbers:
        words = ngettext(
            "It cannot be taken back: a later import or merge wrote to its records. Take No. %(numbers)s back first.",
            "It cannot be taken back: later imports or merges wrote to its records. Take these back first, in this "
            "order: %(numbers)s.",
            len(numbers),
        )
        raise ValidationError(words % {"numbers": ", ".join(str(number) for number in numbers)})


def _refuse_if_changed(traces: Traces, by: User | Actor) -> set[Ref]:
    """Refuses with the list of what was changed since; returns what stays as it is: rows gone since, or not known."""
    skipped: set[Ref] = set()
    refused: list[Ref] = []
    for ref, after in traces.after.items():
        record = model_of(ref[0])._base_manager.filter(pk=ref[1]).first()
        if record is None:
            skipped.add(ref)
        elif not _stands(record, after):
            if _is_told(ref, by):
                refused.append(ref)
            else:
                skipped.add(ref)
    if refused:
        words = ngettext(
            "It cannot be taken back: %(number)s record was changed since.",
            "It cannot be taken back: %(number)s records were changed since.",
            len(refused),
        )
        raise ValidationError([words % {"number": len(refused)}, *_named(refused[:NAMED], by)])
    return skipped


def _stands(record: Record, after: dict[str, Any]) -> bool:
    columns = columns_of(record.record_kind())
    return all(
        plain(columns[name].value_from_object(record)) == (plain(empty_of(columns[name])) if value is None else value)
        for name, value in after.items()
        if name != "questioned"
    )


def _named(refs: Iterable[Ref], by: User | Actor) -> list[str]:
    """The records by kind and name, or by the name of the one whose page shows them."""
    found = []
    for kind, key in refs:
        record = model_of(kind)._base_manager.get(pk=key)
        shown = record.whole or (kind, key)
        language = get_language() or settings.LANGUAGE_CODE
        if isinstance(by, User):
            names = [one.text for one in labels_of([shown], language, by).values()]
        else:
            labels = Label.objects.filter(kind=shown[0], object_id=shown[1], language=language)
            names = list(labels.values_list("text", flat=True))
        found.append(f"{capfirst(str(record._meta.verbose_name))}: {names[0] if names else f'#{shown[1]}'}")
    return found


def _lead_back(moved: Moved) -> None:
    """Who names the record by its id finds it itself again, and what had been merged into it before."""
    Moved.objects.filter(pk=moved.pk).update(is_undone=True, to_id=moved.into_id)
    waiting, standing = [moved.object_id], Moved.objects.of(moved.kind)
    while waiting:
        below = list(standing.filter(into_id__in=waiting).values_list("object_id", flat=True))
        standing.filter(object_id__in=below).update(to_id=moved.object_id)
        waiting = below


def _restore(traces: Traces, kept: Record, skipped: set[Ref], by: User | Actor, said: dict[str, Any]) -> int:
    """Puts all back, in an order in which nothing unique stands twice; returns how many rows came back."""
    own = traces.before.get(ref_of(kept), {})
    change_many([Planned(stub(*ref_of(kept)), _values(kept.record_kind(), own))], by=by, **said)
    gone = _in_order([_again(ref, values) for ref, values in traces.gone.items()])
    late = [row for row in gone if not has_its_place(row)]
    _bring_back([row for row in gone if row not in late], by, said)
    refs = [ref for ref in traces.before if ref not in skipped and ref != ref_of(kept)]
    rows = _in_order([model_of(kind)._base_manager.get(pk=key) for kind, key in refs])
    told = {ref_of(row): _is_told(ref_of(row), by) for row in rows}
    for several, author in in_turn(rows, lambda row: told[ref_of(row)], by):
        planned = [
            Planned(stub(*ref_of(row)), _values(row.record_kind(), traces.before[ref_of(row)])) for row in several
        ]
        change_many(planned, by=author, **said)
    if taken := [row for row in late if not has_its_place(row)]:
        names = ", ".join(f"{capfirst(str(row._meta.verbose_name))} No. {row.pk}" for row in taken)
        raise ValidationError(
            _("It cannot be taken back: something else has the place of %(names)s.") % {"names": names}
        )
    _bring_back(late, by, said)
    for several, author in in_turn([*rows, *gone], lambda row: told.get(ref_of(row), False), by):
        recheck(several, by=author, **said)
    return len(gone)


def _values(kind: str, before: dict[str, Any]) -> dict[str, Any]:
    columns = columns_of(kind)
    return {
        columns[name].attname: empty_of(columns[name]) if value is None else columns[name].to_python(value)
        for name, value in before.items()
        if name != "questioned"
    }


def _again(ref: Ref, values: dict[str, Any]) -> Record:
    record = model_of(ref[0])()
    record.pk = ref[1]
    for name, value in values.items():
        set_value(record, name, value)
    return record


def _in_order(rows: list[Record]) -> list[Record]:
    """Rows that others of them point to stand first."""
    position = {model: number for number, model in enumerate(in_order(type(row) for row in rows))}
    waiting = sorted(rows, key=lambda row: (position[type(row)], row.pk))
    found: list[Record] = []
    while waiting:
        left = {ref_of(row) for row in waiting}
        ready = [row for row in waiting if not _own_kind(row) & (left - {ref_of(row)})]
        found += ready or waiting
        waiting = [row for row in waiting if row not in found] if ready else []
    return sorted(found, key=lambda row: position[type(row)])


def _own_kind(row: Record) -> set[Ref]:
    own = [column for column in relations_of(type(row)) if column.related_model is type(row)]
    return {(row.record_kind(), column.value_from_object(row)) for column in own}


def _bring_back(rows: list[Record], by: User | Actor, said: dict[str, Any]) -> None:
    if rows:
        bring_back_many(rows, by=by, **said)


def _stayed(kept: Record, traces: Traces) -> list[Ref]:
    """The rows that were made for the record that was left, or turned to it, after the merge."""
    found: list[Ref] = []
    for model, column in pointing_to(type(kept)):
        query: dict[str, Any] = {column: kept.pk} | ({"kind": kept.record_kind()} if model.hangs_on_any else {})
        keys = list(model._base_manager.filter(**query).order_by("pk").values_list("pk", flat=True))
        kind, name = model.record_kind(), next(one.name for one in model._meta.concrete_fields if one.attname == column)
        entries = Entry.objects.filter(kind=kind, object_id__in=keys, pk__gt=traces.last).order_by("pk")
        for key, changes in entries.values_list("object_id", "changes"):
            if name in changes and changes[name][1] == kept.pk and (kind, key) not in found:
                found.append((kind, key))
    return found
