"""Taking an import or a deed back: its entries are applied backwards inside a new batch (design 8.10)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.core.actors import Actor
from interparl.core.history import empty_of
from interparl.core.kinds import Ref, model_of
from interparl.core.models import Entry, Identifier, Label, Source
from interparl.core.records import Record
from interparl.core.removing import remove_many
from interparl.core.writing import Planned, change_many
from interparl.exchange.actions.deeds import DEEDS, may_undo
from interparl.exchange.actions.merging import MERGE
from interparl.exchange.actions.pausing import no_collecting
from interparl.exchange.actions.stored import pieces
from interparl.exchange.actions.unmerging import NAMED, take_apart, undoing_of
from interparl.exchange.actions.values import columns_of, stub
from interparl.exchange.models import Batch


@no_collecting()
def undo(batch: Batch, *, by: User | Actor, note: str = "") -> Batch:
    """Puts back what the batch changed and removes what it made. Returns the batch of the undoing.

    Raises ValidationError, with nothing written: the batch was not applied, one of its records was changed since (they
    are listed), or something outside points to one. Raises PermissionDenied when the deed is not his to take back.
    """
    try:
        with transaction.atomic():
            held = Batch.objects.held(batch)
            if not may_undo(held, by):
                raise PermissionDenied
            if held.state != Batch.State.APPLIED or held.undoes_id:
                raise ValidationError(_("Only an import that was applied can be taken back."))
            undoing = (take_apart if held.kind == MERGE else _take_back)(held, by=by, note=note)
            Batch.objects.filter(pk=held.pk).update(state=Batch.State.UNDONE)
    except IntegrityError as error:
        # What others write meanwhile is seen only when the transaction ends.
        raise ValidationError(_("Somebody changed something meanwhile. Nothing was taken back; try again.")) from error
    batch.refresh_from_db()
    return undoing


def _take_back(held: Batch, *, by: User | Actor, note: str) -> Batch:
    """The same of an import, within the transaction that holds it."""
    _refuse_if_erased(held)
    made, changed = _touched(held)
    _refuse_if_changed_later(held)
    _refuse_before_later(held)
    _refuse_if_identified(made)
    undoing = undoing_of(held, by)
    restored = [Planned(stub(kind, pk), values) for (kind, pk), values in changed.items()]
    number = change_many(restored, by=by, verb="undone", note=note, batch=undoing.pk)
    records = _records(made)
    sources = [record.pk for record in records if isinstance(record, Source)]
    Batch.objects.filter(source__in=sources).update(source=None)
    remove_many(records, by=by, verb="undone", note=note, batch=undoing.pk)
    # What is questioned depends on the rows beside it, and some of those are gone only now.
    again = [Planned(stub(kind, pk)) for kind, pk in changed]
    change_many(again, by=by, verb="undone", note=note, batch=undoing.pk)
    undoing.counts = {"restored": number, "removed": len(records)}
    undoing.save()
    return undoing


def _touched(batch: Batch) -> tuple[set[Ref], dict[Ref, dict[str, Any]]]:
    """What the batch made, and the values that it found in what it changed."""
    earlier = Entry.objects.filter(kind=OuterRef("kind"), object_id=OuterRef("object_id"), pk__lt=OuterRef("pk"))
    entries = Entry.objects.filter(batch=batch.pk).annotate(is_later=Exists(earlier)).order_by("-pk")
    made: set[Ref] = set()
    changed: dict[Ref, dict[str, Any]] = {}
    for kind, pk, changes, is_later in entries.values_list("kind", "object_id", "changes", "is_later"):
        if not is_later:
            made.add((kind, pk))
            continue
        values = changed.setdefault((kind, pk), {})
        for name, (before, _after) in changes.items():
            column = columns_of(kind)[name]
            values[column.attname] = empty_of(column) if before is None else column.to_python(before)
    return made, {ref: values for ref, values in changed.items() if ref not in made}


def _refuse_if_erased(batch: Batch) -> None:
    """What an erasure took out of the history cannot be applied backwards."""
    entries = Entry.objects.filter(batch=batch.pk, erased_by__isnull=False).order_by("pk")
    refs = list(dict.fromkeys(entries.values_list("kind", "object_id")))
    if refs:
        _refuse(
            ngettext(
                "It cannot be taken back: personal data of %(number)s record were erased since.",
                "It cannot be taken back: personal data of %(number)s records were erased since.",
                len(refs),
            ),
            refs,
        )


def _refuse_before_later(batch: Batch) -> None:
    """What came later from the same source was held against this, so it goes first: in reverse order, whole.

    A deed comes from no source.
    """
    if batch.kind in DEEDS:
        return
    wrote = Entry.objects.filter(batch=OuterRef("pk"))
    later = Batch.objects.filter(
        Exists(wrote), source_key=batch.source_key, pk__gt=batch.pk, state=Batch.State.APPLIED, undoes=None
    ).exclude(kind=MERGE)
    if found := list(later.order_by("-pk").values_list("pk", "name")[: NAMED + 1]):
        names = [f"{pk} ({name})" for pk, name in found[:NAMED]] + (["…"] if len(found) > NAMED else [])
        sentence = _("Later imports of the same source have to be taken back first, the last one first.")
        raise ValidationError([sentence, *names])


def _refuse_if_changed_later(batch: Batch) -> None:
    of_batch = Entry.objects.filter(
        batch=batch.pk, kind=OuterRef("kind"), object_id=OuterRef("object_id"), pk__lt=OuterRef("pk")
    )
    first = Entry.objects.filter(batch=batch.pk).order_by("pk").values_list("pk", flat=True).first() or 0
    # An import that was taken back again has left everything as it found it.
    undone = Batch.objects.filter(state=Batch.State.UNDONE).exclude(kind=MERGE)
    settled = Q(batch=batch.pk) | Q(batch__in=undone.values("pk")) | Q(batch__in=undone.values("undone_by"))
    later = Entry.objects.filter(Exists(of_batch), pk__gt=first).exclude(Q(batch__isnull=False) & settled)
    found = list(later.order_by("pk").values_list("kind", "object_id", "batch"))
    refs = dict.fromkeys((kind, key) for kind, key, _batch in found)
    if refs:
        _refuse(
            ngettext(
                "It cannot be taken back: %(number)s record was changed since.",
                "It cannot be taken back: %(number)s records were changed since.",
                len(refs),
            ),
            list(refs),
            _later_batches({batch for _kind, _key, batch in found if batch}),
        )


def _later_batches(keys: set[int]) -> list[str]:
    """The imports and merges that have to be taken back first, the last one first."""
    batches = Batch.objects.filter(pk__in=keys).only("name", "kind").order_by("-pk")[:NAMED]
    found = []
    for one in batches:
        words = _("Import %(number)s (%(name)s) changed one of them. Take that back first.")
        if one.kind == MERGE:
            words = _("Merge %(number)s changed one of them. Take that back first.")
        elif one.kind in DEEDS:
            words = _("“%(name)s”, No. %(number)s, changed one of them. Take that back first.")
        found.append(words % {"number": one.pk, "name": DEEDS[one.kind].title if one.kind in DEEDS else one.name})
    return found


def _refuse_if_identified(made: set[Ref]) -> None:
    """An identifier that somebody gave to a record of the batch points to it without a foreign key."""
    by_kind: dict[str, set[int]] = {}
    for kind, pk in made:
        by_kind.setdefault(kind, set()).add(pk)
    own = by_kind.get(Identifier.record_kind(), set())
    found = [
        (kind, key)
        for kind, keys in sorted(by_kind.items())
        for part in pieces(keys)
        for pk, key in Identifier.objects.filter(kind=kind, object_id__in=part).values_list("pk", "object_id")
        if pk not in own
    ]
    if found:
        _refuse(
            ngettext(
                "It cannot be taken back: %(number)s record was given an identifier since.",
                "It cannot be taken back: %(number)s records were given identifiers since.",
                len(set(found)),
            ),
            list(dict.fromkeys(found)),
        )


def _refuse(sentence: str, refs: Sequence[Ref], more: Sequence[str] = ()) -> None:
    """Raises ValidationError: the sentence, the first of the records by name, and what else there is to say."""
    names = [f"{capfirst(str(model_of(kind)._meta.verbose_name))}: {_name(kind, pk)}" for kind, pk in refs[:NAMED]]
    raise ValidationError([sentence % {"number": len(refs)}, *names, *more])


def _name(kind: str, pk: int) -> str:
    """What a record is called, or the one whose page shows it."""
    record = model_of(kind)._base_manager.filter(pk=pk).first()
    shown, key = (record.whole if record else None) or (kind, pk)
    labels = Label.objects.filter(kind=shown, object_id=key, language=get_language() or settings.LANGUAGE_CODE)
    return labels.values_list("text", flat=True).first() or f"#{key}"


def _records(made: set[Ref]) -> list[Record]:
    by_kind: dict[str, set[int]] = {}
    for kind, pk in made:
        by_kind.setdefault(kind, set()).add(pk)
    return [
        record
        for kind, keys in sorted(by_kind.items())
        for part in pieces(keys)
        for record in model_of(kind)._base_manager.filter(pk__in=part).order_by("pk")
    ]
