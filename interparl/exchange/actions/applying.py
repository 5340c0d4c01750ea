"""Writing a previewed batch: only writes, in one transaction, through the gate (design 8.2).

What is decided only later is written by a further step of the same batch, so that all of it is taken back at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.core.actors import Actor, actor_of
from interparl.core.days import today
from interparl.core.kinds import model_of
from interparl.core.models import Grade, Identifier, Mark, Source
from interparl.core.records import Record
from interparl.core.translated import written
from interparl.core.writing import Planned, change_many
from interparl.exchange.actions.deciding import chosen, moved_of, refresh
from interparl.exchange.actions.ordering import Order, order_of
from interparl.exchange.actions.pausing import no_collecting
from interparl.exchange.actions.plans import Key
from interparl.exchange.actions.stored import pieces
from interparl.exchange.actions.tallies import tally_of
from interparl.exchange.actions.texts import Message, text_of, told_in
from interparl.exchange.actions.values import set_kept, stored_values, stub
from interparl.exchange.models import Batch, Row

LANGUAGE_OF_TITLES = "en"
Tell = Callable[[int], None]


@no_collecting()
def apply(batch: Batch, *, by: User | Actor, tell: Tell | None = None, expect: Tell | None = None) -> int:
    """Writes what is new, changed, ended or decided of a batch; what is not decided waits. Returns how many changed.

    A batch that was applied takes what was decided since. `expect` is told how many records there are to write, `tell`
    of each piece. Raises ValidationError, with nothing written: an error among the rows, nothing left to write, a
    record that was changed since the preview.
    """
    refuse_unless_applicable(batch)
    decisions = Batch.objects.filter(pk=batch.pk).values_list("decisions", flat=True).first()
    if decisions is None:
        raise ValidationError(_("Somebody discarded this import meanwhile. Nothing was written."))
    # Read before the lock, so that it lasts no longer than the writing.
    reopened = _reopen_moved(batch) if batch.state == Batch.State.APPLIED else 0
    order = order_of(batch)
    if expect is not None:
        expect(order.size)
    try:
        with transaction.atomic():
            held = Batch.objects.held(batch)
            refuse_unless_applicable(held)
            if held.decisions != decisions or held.state != batch.state:
                raise ValidationError(_("Somebody decided or applied something meanwhile. Look again and apply then."))
            if held.state == Batch.State.APPLIED and not order.groups:
                raise ValidationError(_("This import was applied already.") if not reopened else _moved())
            changed = _Writing(held, order, by, tell).write()
            actor = actor_of(by)
            if held.state == Batch.State.PREVIEWED:
                held.user, held.actor = actor.user, actor.name
                held.state, held.applied_at = Batch.State.APPLIED, timezone.now()
            held.save(update_fields=("user", "actor", "state", "applied_at", "source", "tally"))
    except IntegrityError as error:
        raise ValidationError(_moved()) from error
    batch.refresh_from_db()
    return changed


def refuse_unless_applicable(batch: Batch) -> None:
    """Raises ValidationError when the batch has errors, takes another back or was taken back."""
    if batch.undoes_id or batch.state == Batch.State.UNDONE:
        raise ValidationError(_("This import was taken back; it cannot be applied."))
    if batch.state == Batch.State.PREVIEWED and (number := batch.counts["errors"]):
        first = next(one for one in batch.messages if one["level"] == "error")
        words = {"place": first["place"] or batch.name, "text": text_of(first), "number": number}
        raise ValidationError(_("Nothing was written: errors in %(number)s rows. First at %(place)s: %(text)s") % words)


def _moved() -> str:
    return _("Something was changed since the preview. Look at the file anew and apply that.")


def _reopen_moved(batch: Batch) -> int:
    """Of an applied batch: rows that were decided about a record which others changed since wait anew."""
    found = 0
    with transaction.atomic():
        rows = list(batch.rows.select_for_update().filter(state=Row.State.READY))
        moved = moved_of(rows, batch)
        for row in rows:
            if row.pk in moved:
                refresh(row)
                row.decision, row.state, found = "", Row.State.OPEN, found + 1
                row.decided = {**row.decided, "seen": moved[row.pk]}
                reason = Message(place=row.place, level="doubtful", key="moved", params={})
                row.reasons = [*(one for one in row.reasons if one["key"] != "moved"), reason]
                row.told = told_in(row.reasons)
                row.save()
    return found


class _Writing:
    """One step of writing: the groups in their order, with what each made known to the next."""

    def __init__(self, batch: Batch, order: Order, by: User | Actor, tell: Tell | None) -> None:
        self.batch, self.order, self.by, self.tell = batch, order, by, tell
        self.is_first = batch.state == Batch.State.PREVIEWED
        self.made: dict[Key, int] = dict(order.stored)

    def write(self) -> int:
        """Writes all groups and how far each row is. Returns how many records changed."""
        changed = 0
        if self.order.groups or self.is_first:
            self.batch.source = self._source()
        self.common = {"mark": Mark.INTERNAL, "grade": Grade.STATED, "source": self.batch.source}
        for keys in self.order.groups:
            rows = [row for part in pieces(keys) for row in self.batch.rows.filter(pk__in=part).order_by("pk")]
            if self.is_first and moved_of(rows, self.batch):
                raise ValidationError(_moved())
            changed += self._group(rows)
            self._set(keys, Row.State.WRITTEN)
        self._set(self.order.waiting, Row.State.WAITING)
        self._set(self.order.out, Row.State.OUT)
        self.batch.tally = tally_of(self.batch)
        return changed

    def _set(self, keys: Iterable[int], state: str) -> None:
        for part in pieces(keys):
            Row.objects.filter(pk__in=part).update(state=state)

    def _source(self) -> Source | None:
        """The source of the batch; a new one is written when the batch has anything to write or to decide."""
        found = Source.objects.filter(key=self.batch.source_key).first()
        waits = self.batch.rows.filter(state__in=(Row.State.OPEN, Row.State.WAITING)).exists()
        if found is not None or not (self.order.groups or waits):
            return found
        source = Source(
            key=self.batch.source_key,
            title=written({LANGUAGE_OF_TITLES: self.batch.facts["title"]}),
            url=self.batch.facts["url"],
            read_on=today(),
            mark=Mark.INTERNAL,
        )
        self._change([Planned(source, row="")])
        return source

    def _change(self, planned: Sequence[Planned]) -> int:
        return change_many(planned, by=self.by, verb="imported", batch=self.batch.pk, tell=self.tell)

    def _group(self, rows: Sequence[Row]) -> int:
        every = [(row, prepared) for row in rows for prepared in chosen(row)]
        self._refuse_taken([prepared for _row, prepared in every])
        records: list[Record] = []
        new: dict[Key, Record] = {}
        for _row, prepared in every:
            kind, key = prepared["kind"], prepared["id"]
            record = stub(kind, key) if key else model_of(kind)(**self.common)
            records.append(record)
            if "ref" in prepared:
                new[_key(prepared["ref"])] = record
        made: dict[Key, Record | int] = {**self.made, **new}
        planned = []
        for (row, prepared), record in zip(every, records, strict=True):
            if prepared["id"] is None:
                set_kept(record, prepared["values"], made)
                planned.append(Planned(record, row=row.place))
            elif prepared["values"]:
                values = stored_values(prepared["kind"], prepared["values"], made)
                planned.append(Planned(record, values, row=row.place))
        in_order = _order({type(plan.record) for plan in planned})
        planned.sort(key=lambda plan: in_order[type(plan.record)])
        changed = self._change(planned)
        self.made |= {key: record.pk for key, record in new.items()}
        return changed + self._change(self._keys(every, records))

    def _keys(self, every: Sequence[tuple[Row, dict[str, Any]]], records: Sequence[Record]) -> list[Planned]:
        """The identifiers of the records, now that they have ids."""
        return [
            Planned(
                Identifier(kind=prepared["kind"], object_id=record.pk, scheme=scheme, value=value, **self.common),
                row=row.place,
            )
            for (row, prepared), record in zip(every, records, strict=True)
            for scheme, value in _identifiers(prepared)
        ]

    def _refuse_taken(self, records: Sequence[dict[str, Any]]) -> None:
        """An identifier that somebody gave to a record since the preview would make two of one."""
        keys: dict[tuple[str, str], set[str]] = {}
        for record in records:
            for scheme, value in _identifiers(record):
                keys.setdefault((record["kind"], scheme), set()).add(value)
        for (kind, scheme), values in keys.items():
            for part in pieces(values):
                if Identifier.objects.of(kind, scheme).filter(value__in=part).exists():
                    raise ValidationError(_moved())


def _key(found: Sequence[str]) -> Key:
    return found[0], found[1], found[2]


def _identifiers(record: dict[str, Any]) -> Iterable[Sequence[str]]:
    return [*([record["key"]] if "key" in record else []), *record.get("also", ())]


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
