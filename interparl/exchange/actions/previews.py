"""Reading a file and saying what applying it would do; nothing of the registers is written."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.core.actors import Actor, actor_of
from interparl.core.hooks import Importer, every_importer
from interparl.core.models import Entry
from interparl.exchange.actions.editions import last_edition, source_key_of
from interparl.exchange.actions.gone import Editions, gone
from interparl.exchange.actions.judging import Judge, Judged, note_lookalikes
from interparl.exchange.actions.mappings import mapped_source
from interparl.exchange.actions.pausing import no_collecting
from interparl.exchange.actions.plans import Plan
from interparl.exchange.actions.stored import Stored
from interparl.exchange.actions.tallies import tally_of
from interparl.exchange.actions.texts import Message, message, told_in
from interparl.exchange.models import Batch, Row
from interparl.exchange.rules import UnreadableFile, refusal_text

ERROR = Row.Outcome.ERROR
PIECE = 500
# A row of a table stands for a person, a seat, a faction and the like; each of so many objects shows the whole row.
# Where it stands for hundreds (a list in one cell), the others need not keep it again.
MOST_OF_A_ROW = 12
LEVELS = {"new": "new", "changed": "changed", "same": "same", "doubtful": "doubtful", "error": "errors"}


@dataclass(frozen=True)
class Examined:
    """What a file would do: a batch and its rows, none of them saved; the rows are made while one goes through them."""

    batch: Batch
    judged: Sequence[Judged]
    gone: Sequence[Judged]
    loose: Sequence[Message]

    @property
    def rows(self) -> Iterator[Row]:
        """The rows in the order of the file, then what is gone from it, then what is told of no object."""
        raws: Counter[int] = Counter()
        for each in self.judged:
            raws[id(each.one.raw)] += 1
            yield _row(self.batch, each, has_raw=raws[id(each.one.raw)] <= MOST_OF_A_ROW)
        yield from (_row(self.batch, each, is_gone=True) for each in self.gone)
        yield from (_row_of_none(self.batch, one) for one in self.loose)


def preview(
    kind: str,
    data: bytes,
    name: str,
    *,
    by: User | Actor,
    source_key: str = "",
    on: date | None = None,
    options: Mapping[str, str] | None = None,
) -> Batch:
    """Keeps what a file would do as a batch that can be applied. Raises ValidationError when it cannot be used."""
    return keep(examine(kind, data, name, by=by, source_key=source_key, on=on, options=options))


@no_collecting()
def keep(examined: Examined) -> Batch:
    """Saves the batch with its rows."""
    with transaction.atomic():
        examined.batch.save()
        rows = examined.rows
        while piece := list(islice(rows, PIECE)):
            Row.objects.bulk_create(piece)
        examined.batch.tally = tally_of(examined.batch)
        examined.batch.save(update_fields=("tally",))
    return examined.batch


@no_collecting()
def examine(
    kind: str,
    data: bytes,
    name: str,
    *,
    by: User | Actor,
    source_key: str = "",
    on: date | None = None,
    options: Mapping[str, str] | None = None,
) -> Examined:
    """What a file would do, with nothing kept; `on` is the day on which it was true.

    Raises ValidationError: an unknown kind, a file that cannot be read, a wrong option, an edition older than the last.
    """
    importer = _importer(kind)
    key = source_key_of(source_key or mapped_source(kind, options or {}) or name)
    editions = Editions(last_edition(key, kind), on)
    if editions.before and on and on < editions.before:
        days = {"on": on.isoformat(), "before": editions.before.isoformat()}
        raise ValidationError(_("This edition (%(on)s) is older than the last one applied (%(before)s).") % days)
    told = {**(options or {}), **editions.told}
    last = Entry.objects.aggregate(last=Max("pk"))["last"] or 0
    try:
        plan = importer.plan(data, name=name, source_key=key, options=told)
    except UnreadableFile as problem:
        raise ValidationError(refusal_text(problem)) from problem
    batch = Batch(kind=kind, name=name[:200], source_key=key, on=on, seen=last, **_about(data, plan, actor_of(by)))
    return _examined(batch, plan, editions)


def _importer(kind: str) -> Importer:
    importers = every_importer()
    if kind not in importers:
        words = {"kind": kind, "kinds": ", ".join(sorted(importers))}
        raise ValidationError(_("“%(kind)s” is no kind of file that can be imported. Known: %(kinds)s.") % words)
    return importers[kind]


def _about(data: bytes, plan: Plan, actor: Actor) -> dict[str, Any]:
    return {
        "digest": hashlib.sha256(data).hexdigest(),
        "size": len(data),
        "facts": {"title": plan.title, "url": plan.url, **plan.recognised},
        "user": actor.user,
        "actor": actor.name,
    }


def _examined(batch: Batch, plan: Plan, editions: Editions) -> Examined:
    """The rows, with the batch's counts and messages filled on the way."""
    reasons, loose = _placed(plan)
    judge = Judge(Stored(plan, batch.source_key))
    judged = judge.judge(plan.objects, reasons)
    note_lookalikes(judged)
    ended, staying = gone(plan, judge, editions)
    told = [reason for each in staying for reason in each.reasons]
    batch.counts = counts_of(judged, plan.records, file_errors=sum(one["level"] == "error" for one in loose))
    batch.counts["gone"] = len(ended)
    if plan.rows is not None:
        batch.counts["rows"] = plan.rows
    batch.messages = [*loose, *(reason for each in (*judged, *ended) for reason in each.reasons), *told]
    return Examined(batch, judged, (*ended, *staying), loose)


def _row(batch: Batch, judged: Judged, *, is_gone: bool = False, has_raw: bool = True) -> Row:
    main = judged.matches[0] if judged.matches else None
    known = main is not None and main.record is not None
    prepared: dict[str, Any] = {"raw": dict(judged.one.raw)} if has_raw else {}
    if judged.records:
        prepared["records"] = judged.records
    if judged.alike:
        prepared["alike"] = [[one.pk, list(one.by)] for one in judged.alike]
    return Row(
        batch=batch,
        place=judged.one.place[:100],
        record=judged.one.record,
        name=judged.one.name[:300],
        outcome=judged.outcome,
        state=judged.state,
        told=told_in(judged.reasons),
        is_gone=is_gone,
        target_kind=main.wanted.kind if main else "",
        target_id=main.record.pk if known and main and main.record else None,
        prepared=prepared,
        reasons=judged.reasons,
    )


def _row_of_none(batch: Batch, one: Message) -> Row:
    """What is told of a place of the file where no object is."""
    outcome, state = (ERROR, Row.State.ERROR) if one["level"] == "error" else (Row.Outcome.SAME, Row.State.IDLE)
    return Row(batch=batch, place=one["place"][:100], outcome=outcome, state=state, told=told_in([one]), reasons=[one])


def counts_of(judged: Sequence[Judged], records: Sequence[str], *, file_errors: int = 0) -> dict[str, Any]:
    """How many objects of each kind are new, changed, the same, doubtful or wrong; the sums are over all objects.

    `errors` also counts what is wrong with the file and with none of its objects.
    """
    by_record: dict[str, Counter[str]] = {record: Counter() for record in records}
    for each in judged:
        by_record[each.one.record][LEVELS[each.outcome]] += 1
    whole = sum(by_record.values(), Counter())
    counts: dict[str, Any] = {name: whole[name] for name in LEVELS.values()}
    return {
        "rows": len(judged),
        **counts,
        "errors": whole["errors"] + file_errors,
        "by_record": {record: {name: one[name] for name in LEVELS.values()} for record, one in by_record.items()},
    }


def _placed(plan: Plan) -> tuple[dict[str, list[Message]], list[Message]]:
    """Findings by the place of the object that they speak of, and those that speak of none."""
    places = {one.place for one in plan.objects}
    found: dict[str, list[Message]] = {}
    loose = []
    for finding in plan.findings:
        place = finding.place
        while place and place not in places:
            place = place.rpartition(".")[0]
        if place:
            found.setdefault(place, []).append(message(finding))
        else:
            loose.append(message(finding))
    return found, loose
