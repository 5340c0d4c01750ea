"""Deeds of other areas over many records, each kept as one batch: listed, shown and taken back as imports are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from interparl.accounts.models import User
from interparl.core.actors import Actor, actor_of
from interparl.core.kinds import Ref, model_of
from interparl.core.models import Entry
from interparl.core.writing import Planned, Refused, change_many
from interparl.exchange.actions.merging import quietly, recheck
from interparl.exchange.actions.pausing import no_collecting
from interparl.exchange.actions.stored import pieces
from interparl.exchange.models import Batch


@dataclass(frozen=True)
class Deed:
    """A kind of deed: what it is called, and the permission that doing it and taking it back needs; "" for none."""

    title: Promise
    permission: str = ""


# The kinds of deeds; the area whose deed it is names it here.
DEEDS: dict[str, Deed] = {}
NOT_POSSIBLE = _("This is not possible as things stand. Nothing was written.")


@no_collecting()
def written_as_batch(
    kind: str,
    name: str,
    planned: Sequence[Planned],
    *,
    by: User | Actor,
    unseen: Sequence[Planned] = (),
    verb: str = "",
    note: str = "",
    counts: Mapping[str, Any] | None = None,
) -> Batch:
    """Writes the rows in one transaction as an applied batch, which `undo` takes back; `kind` is one of DEEDS.

    `name` may be a reference (`about`): pages show the record's name to who may know it. `unseen` are rows that follow
    and that the user may not know of; what is refused to them is told without a word of them. What rows doubt of each
    other is looked at once all are written. Raises Refused, with nothing written.
    """
    if kind not in DEEDS:
        raise LookupError(kind)
    actor = actor_of(by)
    with transaction.atomic():
        batch = Batch.objects.create(
            kind=kind,
            name=name,
            state=Batch.State.APPLIED,
            user=actor.user,
            actor=actor.name,
            applied_at=timezone.now(),
        )
        said: dict[str, Any] = {"verb": verb, "note": note, "batch": batch.pk}
        written = change_many(planned, by=by, **said)
        if unseen:
            # They are not counted: a number would tell of them.
            _write_unseen(unseen, by=by, **said)
        # Among what is doubted may be what the user may not know of.
        _look_again(batch, by=quietly(by), verb=verb, note=note)
        batch.counts = {**(counts or {}), "written": written}
        batch.save(update_fields=["counts"])
    return batch


def _write_unseen(planned: Sequence[Planned], *, by: User | Actor, **said: Any) -> None:
    try:
        change_many(planned, by=quietly(by), **said)
    except Refused as refusal:
        raise Refused([str(NOT_POSSIBLE)]) from refusal


def about(kind: str, key: int) -> str:
    """A reference to the record that a deed is about, as the name of its batch; a name would outlive its erasure."""
    return f"{kind} {key}"


def subject_of(batch: Batch) -> Ref | None:
    """The record that a deed is about, read from the batch's name; None where it has a name of its own."""
    kind, _space, key = batch.name.partition(" ")
    if not is_deed(batch) or not (key.isascii() and key.isdigit()):
        return None
    try:
        return model_of(kind).record_kind(), int(key)
    except (LookupError, ValueError):
        return None


def is_deed(batch: Batch) -> bool:
    """Whether it is a deed of another area, or the taking back of one."""
    return (batch.undoes or batch).kind in DEEDS


def may_undo(batch: Batch, by: User | Actor) -> bool:
    """Whether this user may take it back, beside what the page asks; who runs a command may."""
    deed = DEEDS.get(batch.kind)
    return deed is None or not deed.permission or isinstance(by, Actor) or by.has_perm(deed.permission)


def _look_again(batch: Batch, *, by: User | Actor, verb: str, note: str) -> None:
    """A row that was doubted only because another was not written yet is doubted no longer."""
    keys: dict[str, set[int]] = {}
    for kind, pk in Entry.objects.filter(batch=batch.pk).values_list("kind", "object_id"):
        keys.setdefault(kind, set()).add(pk)
    for kind, several in keys.items():
        for part in pieces(several):
            doubted = list(model_of(kind)._base_manager.filter(pk__in=part).exclude(questioned=[]))
            recheck(doubted, by=by, verb=verb, note=note, batch=batch.pk)
