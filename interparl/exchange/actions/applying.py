"""Writing a previewed batch: only writes, in one transaction, through the gate (design 8.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.core.actors import Actor, actor_of
from interparl.core.days import today
from interparl.core.kinds import model_of
from interparl.core.models import Entry, Grade, Identifier, Mark, Source
from interparl.core.records import Record
from interparl.core.translated import written
from interparl.core.writing import Planned, change_many
from interparl.exchange.actions.pausing import no_collecting
from interparl.exchange.actions.stored import pieces
from interparl.exchange.actions.texts import text_of
from interparl.exchange.actions.values import set_kept, stored_values, stub
from interparl.exchange.models import Batch, Row

LANGUAGE_OF_TITLES = "en"


@no_collecting()
def apply(batch: Batch, *, by: User | Actor) -> int:
    """Writes the new, changed and ended rows of a previewed batch; doubtful ones wait. Returns how many rows changed.

    Raises ValidationError, with nothing written: an error among the rows, a batch that was applied already, a record
    that was changed since the preview.
    """
    try:
        with transaction.atomic():
            held = Batch.objects.select_for_update().get(pk=batch.pk)
            refuse_unless_applicable(held)
            rows = list(held.rows.filter(outcome__in=(Row.Outcome.NEW, Row.Outcome.CHANGED)))
            rows = [row for row in rows if row.prepared.get("records")]
            _refuse_if_moved(held, rows)
            changed = _write(held, rows, by)
            actor = actor_of(by)
            held.user, held.actor = actor.user, actor.name
            held.state, held.applied_at = Batch.State.APPLIED, timezone.now()
            held.save()
    except IntegrityError as error:
        raise ValidationError(_moved()) from error
    batch.refresh_from_db()
    return changed


def refuse_unless_applicable(batch: Batch) -> None:
    """Raises ValidationError when the batch has errors or was applied or taken back."""
    if batch.state != Batch.State.PREVIEWED:
        raise ValidationError(_("This import was applied already."))
    if number := batch.counts["errors"]:
        first = next(one for one in batch.messages if one["level"] == "error")
        words = {"place": first["place"] or batch.name, "text": text_of(first), "number": number}
        raise ValidationError(_("Nothing was written: errors in %(number)s rows. First at %(place)s: %(text)s") % words)


def _moved() -> str:
    return _("Something was changed since the preview. Look at the file anew and apply that.")


def _refuse_if_moved(batch: Batch, rows: Sequence[Row]) -> None:
    changed: dict[str, set[int]] = {}
    keys: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        for record in row.prepared["records"]:
            if record["id"]:
                changed.setdefault(record["kind"], set()).add(record["id"])
            for scheme, value in _identifiers(record):
                keys.setdefault((record["kind"], scheme), set()).add(value)
    for kind, ids in changed.items():
        for part in pieces(ids):
            if Entry.objects.filter(pk__gt=batch.seen, kind=kind, object_id__in=part).exists():
                raise ValidationError(_moved())
    for (kind, scheme), values in keys.items():
        held = Identifier.objects.of(kind, scheme).values_list("value", flat=True)
        if not values.isdisjoint(held):
            raise ValidationError(_moved())


def _identifiers(record: dict[str, Any]) -> Iterable[Sequence[str]]:
    return [*([record["key"]] if "key" in record else []), *record.get("also", ())]


def _write(batch: Batch, rows: Sequence[Row], by: User | Actor) -> int:
    if not rows:
        return 0
    source, planned = _source(batch)
    common = {"mark": Mark.INTERNAL, "grade": Grade.STATED, "source": source}
    made: dict[tuple[str, ...], Record] = {}
    every: list[tuple[Row, dict[str, Any], Record]] = []
    for row in rows:
        for prepared in row.prepared["records"]:
            kind, key = prepared["kind"], prepared["id"]
            record = stub(kind, key) if key else model_of(kind)(**common)
            if "ref" in prepared:
                made[tuple(prepared["ref"])] = record
            every.append((row, prepared, record))
    for row, prepared, record in every:
        if prepared["id"] is None:
            set_kept(record, prepared["values"], made)
            planned.append(Planned(record, row=row.place))
        elif prepared["values"]:
            planned.append(Planned(record, stored_values(prepared["kind"], prepared["values"], made), row=row.place))
    in_order = _order({type(plan.record) for plan in planned})
    planned.sort(key=lambda plan: in_order[type(plan.record)])
    written_rows = change_many(planned, by=by, verb="imported", batch=batch.pk)
    batch.source = source
    return written_rows + change_many(_keys(every, common), by=by, verb="imported", batch=batch.pk)


def _source(batch: Batch) -> tuple[Source, list[Planned]]:
    """The source of the batch, and its row when it is new."""
    found = Source.objects.filter(key=batch.source_key).first()
    if found:
        return found, []
    source = Source(
        key=batch.source_key,
        title=written({LANGUAGE_OF_TITLES: batch.facts["title"]}),
        url=batch.facts["url"],
        read_on=today(),
        mark=Mark.INTERNAL,
    )
    return source, [Planned(source, row="")]


def _keys(every: Sequence[tuple[Row, dict[str, Any], Record]], common: dict[str, Any]) -> list[Planned]:
    """The identifiers of the records, now that they have ids."""
    return [
        Planned(
            Identifier(kind=prepared["kind"], object_id=record.pk, scheme=scheme, value=value, **common), row=row.place
        )
        for row, prepared, record in every
        for scheme, value in _identifiers(prepared)
    ]


def _order(wanted: set[type[Record]]) -> dict[type[Record], int]:
    """The models with those that others point to first."""
    ordered: dict[type[Record], int] = {}

    def visit(model: type[Record]) -> None:
        if model in ordered:
            return
        for column in model._meta.concrete_fields:
            target = column.related_model
            if isinstance(column, models.ForeignKey) and target in wanted and target is not model:
                visit(target)
        ordered[model] = len(ordered)

    for model in sorted(wanted, key=lambda one: one.record_kind()):
        visit(model)
    return ordered
