"""Merging two records that are the same, in one transaction, as a batch that can be taken back (design 8.10).

The one that is left carries all relations, identifiers and names; the other goes, and who names it is led on. A hold on
erasure moves like every row: so what is left is held as soon as one of the two was, and a merge itself erases nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.accounts.models import User
from interparl.core.actors import Actor
from interparl.core.history import VERBS
from interparl.core.kinds import every_record, model_of
from interparl.core.merging import note_merged
from interparl.core.models import Moved
from interparl.core.models.entries import CARRIED, DOUBLED, MERGED
from interparl.core.records import Record
from interparl.core.removing import remove_many
from interparl.core.rights import Reader
from interparl.core.writing import Planned, Refused, change_many
from interparl.exchange.actions.merge_plans import Merge, merge_of, names_lost
from interparl.exchange.actions.merge_rows import pointing_to, ref_of
from interparl.exchange.actions.values import stub
from interparl.exchange.models import Batch

MERGE = "merge"
VERBS.update(
    {
        MERGED: _("merged"),
        CARRIED: pgettext_lazy("by a merge", "carried over"),
        DOUBLED: pgettext_lazy("by a merge", "kept once"),
    }
)
MEANWHILE = _("One of the two was merged or removed meanwhile. Nothing was written.")
CHANGED = _("Something of the two has changed since this page was shown. Look at it again.")
NOT_POSSIBLE = _("The two cannot be merged as they stand.")
NOT_YOURS = _("You may not merge these two.")


def may_merge(kept: Record, gone: Record, user: User) -> bool:
    """Whether the user may know of both, change both, and remove the one that goes."""
    return all(one.is_open_to(user) and one.may_change(user) for one in (kept, gone)) and gone.may_do("delete", user)


def merge(kept: Record, gone: Record, *, choices: Mapping[str, str], seen: str, by: User, note: str = "") -> Batch:
    """Makes one of two records: `kept` is left, with the values chosen by field; returns the batch.

    `seen` is the digest of the plan that was shown. Raises Refused, with nothing written: another was faster, anything
    that the user knows has changed since, or something stands against it.
    """
    try:
        with transaction.atomic():
            held, other = _locked(kept, gone)
            if not may_merge(held, other, by):
                raise Refused([str(NOT_YOURS)])
            plan = merge_of(held, other, by)
            if plan.digest != seen:
                raise Refused([str(CHANGED)])
            if plan.against or plan.is_barred:
                raise Refused(plan.against or [str(NOT_POSSIBLE)])
            return _write(plan, choices, by, note)
    except IntegrityError as error:
        raise Refused([str(CHANGED)]) from error


def _locked(kept: Record, gone: Record) -> tuple[Record, Record]:
    """Both as they stand now, held until the end; the lower id first, so that no two wait for each other."""
    rows = type(kept)._base_manager.select_for_update().filter(pk__in=(kept.pk, gone.pk)).order_by("pk")
    found = {row.pk: row for row in rows}
    if len(found) != 2:
        raise Refused([str(MEANWHILE)])
    return found[kept.pk], found[gone.pk]


def _write(plan: Merge, choices: Mapping[str, str], by: User, note: str) -> Batch:
    kept, gone = plan.kept, plan.gone
    batch = _batch_of(plan, by)
    _lead_on(plan, plan.left(choices), batch)
    unseen = quietly(by)
    said: dict[str, Any] = {"note": note, "batch": batch.pk}
    for going, verb in (([gone], MERGED), *((rows, DOUBLED) for rows in _stored(plan.rows.going()))):
        # A row that nobody here knows of is written in silence as well.
        author = by if going and (going[0] is gone or plan.rows.is_open(going[0])) else unseen
        remove_many(going, by=author, verb=verb, leaves_pointing=True, **said)
    change_many([Planned(stub(*ref_of(kept)), plan.values(choices))], by=by, verb=MERGED, **said)
    for rows, author in in_turn(plan.rows.moving(), plan.rows.is_open, by):
        planned = [Planned(stub(*ref_of(row)), plan.rows.values[ref_of(row)]) for row in rows]
        _change(planned, by=author, verb=CARRIED, **said)
    for rows, author in in_turn(plan.rows.moving() + plan.rows.beside(), plan.rows.is_open, by):
        recheck(rows, by=author, verb=MERGED, **said)
    if is_pointed_to(gone) or any(is_pointed_to(row) for row in plan.rows.going()):
        raise Refused([str(CHANGED)])
    note_merged(type(kept)._base_manager.get(pk=kept.pk), gone.pk, by=by, verb=MERGED, **said)
    return batch


def _batch_of(plan: Merge, by: User) -> Batch:
    kind = plan.kept.record_kind()
    return Batch.objects.create(
        kind=MERGE,
        # Ids alone: a name would stay here when the person is erased, and be read by who may not know of the record.
        name=f"{kind} {plan.gone.pk} → {plan.kept.pk}",
        state=Batch.State.APPLIED,
        user=by,
        actor=str(by),
        applied_at=timezone.now(),
    )


def _lead_on(plan: Merge, left: Record, batch: Batch) -> None:
    """Notes where the one that goes is found from now on, and what was merged into it before."""
    kept, gone, kind = plan.kept, plan.gone, plan.kept.record_kind()
    codes = [str(getattr(one, "code", "")) for one in (kept, gone)]
    dropped = [code for code in codes if code and code != getattr(left, "code", "")]
    Moved.objects.of(kind).filter(to_id=gone.pk).update(to_id=kept.pk)
    Moved.objects.create(
        kind=kind,
        object_id=gone.pk,
        into_id=kept.pk,
        to_id=kept.pk,
        batch=batch.pk,
        code=dropped[0] if dropped else "",
        words=names_lost(plan, left),
    )


def quietly(by: User | Actor) -> Actor:
    """Who writes what the user may not know of: in his name, and not held to his own rights, which end before it."""
    return Actor(name=str(by)) if isinstance(by, User) else by


def in_turn(rows: Sequence[Record], is_open: Any, by: User | Actor) -> Iterator[tuple[list[Record], User | Actor]]:
    """The rows of one kind after the other, as they stand; those that the user may not know of by themselves."""
    for model in dict.fromkeys(type(row) for row in rows):
        mine = [row for row in rows if type(row) is model]
        for author, several in (
            (by, [r for r in mine if is_open(r)]),
            (quietly(by), [r for r in mine if not is_open(r)]),
        ):
            if several:
                yield several, author


def _stored(rows: Sequence[Record]) -> list[list[Record]]:
    """Each of the rows by itself as it is stored, since `rows` stand as they would."""
    return [[type(row)._base_manager.get(pk=row.pk)] for row in rows]


def _change(planned: Sequence[Planned], *, by: User | Actor, **said: Any) -> None:
    """Writes rows; what is refused to rows that the user may not know of is told without a word of them."""
    try:
        change_many(planned, by=by, **said)
    except Refused as refusal:
        texts = [text.removeprefix(": ") for text in refusal.messages]
        raise Refused([str(NOT_POSSIBLE)] if isinstance(by, Actor) else texts) from refusal


def recheck(rows: Sequence[Record], *, by: User | Actor, **said: Any) -> None:
    """Writes anew what is doubted of rows whose neighbours have changed, where it has become another."""
    for model in dict.fromkeys(type(row) for row in rows):
        fresh = list(model._base_manager.filter(pk__in=[row.pk for row in rows if type(row) is model]).order_by("pk"))
        found = model.problems(fresh)
        planned = [
            Planned(stub(*ref_of(row)))
            for position, row in enumerate(fresh)
            if row.questioned != sorted({problem.code for problem in found.of(position)})
        ]
        if planned:
            _change(planned, by=by, **said)


def is_pointed_to(record: Record) -> bool:
    """Whether anything points to the record, though it has gone."""
    kind = record.record_kind()
    for model, column in pointing_to(type(record)):
        query: dict[str, Any] = {column: record.pk} | ({"kind": kind} if model.hangs_on_any else {})
        if model._base_manager.filter(**query).exists():
            return True
    return False


def batches_open_to(user: Reader) -> Q:
    """The condition under which a user may know of a batch: of a merge, only who may know of what became of the two."""
    hidden = Q()
    for model in every_record():
        condition = model.may_read(user) if model.mergeable else Q()
        if not condition:
            continue
        known = model._base_manager.filter(condition)
        merges = Moved.objects.filter(kind=model.record_kind())
        untold = merges.standing().exclude(Exists(known.filter(pk=OuterRef("to_id"))))
        for name in ("into_id", "object_id"):
            apart = merges.filter(is_undone=True).exclude(Exists(known.filter(pk=OuterRef(name))))
            hidden |= Q(pk__in=apart.values("batch")) | Q(undoes__in=apart.values("batch"))
        hidden |= Q(pk__in=untold.values("batch"))
    return ~hidden if hidden else Q()


def moved_by(batch: Batch) -> Moved | None:
    """What a batch merged; of an undoing, what the undone one had merged; None for an import."""
    own = batch.undoes or batch
    return Moved.objects.filter(batch=own.pk).first() if own.kind == MERGE else None


def of_kind(kind: str) -> type[Record] | None:
    """The model of a kind whose records may be merged; None for another word."""
    try:
        model = model_of(kind)
    except (LookupError, ValueError):
        return None
    return model if model.mergeable else None
