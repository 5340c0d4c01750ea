"""What an earlier edition had and this one lacks: it ends between the two days, it is never deleted (design 2.18)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from interparl.core.dates import day_before
from interparl.core.days import today
from interparl.core.kinds import Ref
from interparl.core.records import Dated, Record
from interparl.exchange.actions.judging import Judge, Judged, Match
from interparl.exchange.actions.plans import FileObject, Plan, Wanted
from interparl.exchange.actions.stored import person_of
from interparl.exchange.actions.texts import Message


@dataclass(frozen=True)
class Editions:
    """The day of the last applied edition and of this one, as far as they are known."""

    before: date | None
    now: date | None

    @property
    def told(self) -> dict[str, str]:
        """The two days as options for whoever plans the file; none where they are not known."""
        days = {"on": self.now, "before": self.before}
        return {name: day.isoformat() for name, day in days.items() if day}

    @property
    def end(self) -> str:
        """When something ended that stood in the one and not in the other; "" when the days do not tell."""
        if self.before is None or self.now is None or self.before >= self.now:
            return ""
        return f"{self.before.isoformat()}..{day_before(self.now).isoformat()}"


def gone(plan: Plan, judge: Judge, editions: Editions) -> tuple[list[Judged], list[Judged]]:
    """What ends, ready to be written, and what is only told."""
    present = {wanted.key for one in plan.objects for wanted in one.wanted if wanted.key}
    ending = _missing(plan.ending, judge, present)
    judge.stored.load(ref for _value, _record, ref in ending)
    rows: dict[tuple[str, str], list[Wanted]] = {}
    told: list[Judged] = []
    for value, record, ref in ending:
        held = judge.stored.records.get(ref)
        if not isinstance(held, Dated) or _is_over(held, editions.now or today()):
            continue
        rows.setdefault((record, value), []).append(Wanted(ref[0], {"until": editions.end}, found=ref[1]))
    judged = [_judged(judge, record, value, wanted, editions) for (record, value), wanted in rows.items()]
    if editions.end:
        judge.decide(judged)
    else:
        told, judged = judged, []
    staying = _missing(plan.staying, judge, present)
    judge.stored.load(ref for _value, _record, ref in staying)
    for value, record, ref in staying:
        told.append(_staying(judge, record, value, ref))
    return judged, told


def _missing(lasting: tuple[tuple[str, str, str], ...], judge: Judge, present: set[Any]) -> list[tuple[str, str, Ref]]:
    """(value of the key, kind in the file, record) of what is stored and not in the file, in the order of the ids."""

    def found() -> Iterator[tuple[int, str, str, Ref]]:
        records = {(kind, scheme): record for kind, scheme, record in lasting}
        # Two keys lead to one record when two were merged: it is gone when neither is in the file.
        there = {(key[0], pk) for key, pk in judge.stored.ids.items() if key in present}
        for key, pk in judge.stored.ids.items():
            if (record := records.get(key[:2])) and (key[0], pk) not in there:
                yield pk, key[2], record, (key[0], pk)

    return [(value, record, ref) for _pk, value, record, ref in sorted(found())]


def _is_over(held: Dated, day: date) -> bool:
    return held.until_latest is not None and held.until_latest < day


def _judged(judge: Judge, record: str, value: str, wanted: list[Wanted], editions: Editions) -> Judged:
    held = judge.stored.records[wanted[0].kind, wanted[0].found or 0]
    name = _name(judge, held)
    one = FileObject(place=value[:100], record=record, name=name, raw={}, wanted=tuple(wanted))
    params: dict[str, Any] = {"name": name}
    if editions.end:
        params |= {"since": editions.before.isoformat(), "until": editions.end.partition("..")[2]}  # type: ignore[union-attr]
    reason = _told("gone_ended" if editions.end else "gone", value, params)
    records = [judge.stored.records[each.kind, each.found or 0] for each in wanted]
    pairs = zip(wanted, records, strict=True)
    matches = [judge.compared(each, stored) if editions.end else Match(each, stored) for each, stored in pairs]
    return Judged(one, matches, [reason])


def _name(judge: Judge, held: Record) -> str:
    """What a row is called: who it is about, and the record whose page shows it."""
    refs = [ref for ref in (person_of(held), held.whole) if ref]
    return " – ".join(map(judge.stored.name_of, refs)) or str(held)


def _staying(judge: Judge, record: str, value: str, ref: Ref) -> Judged:
    name = judge.stored.name_of(ref)
    wanted = Wanted(ref[0], {}, found=ref[1])
    one = FileObject(place=value[:100], record=record, name=name, raw={}, wanted=(wanted,))
    return Judged(one, [Match(wanted, judge.stored.records.get(ref))], [_told("gone_left", value, {"name": name})])


def _told(key: str, value: str, params: dict[str, Any]) -> Message:
    return Message(place=value[:100], level="note", key=key, params=params)
