"""Holding what a file says against what is stored: new, changed, the same or doubtful, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from interparl.core.kinds import Ref, model_of
from interparl.core.records import Record
from interparl.core.translated import TranslatedField
from interparl.exchange.actions.plans import FileObject, Key, Wanted
from interparl.exchange.actions.stored import Stored
from interparl.exchange.actions.texts import Message
from interparl.exchange.actions.values import (
    columns_of,
    in_words,
    kept_now,
    problems_of,
    says_nothing,
    set_kept,
    to_keep,
)
from interparl.exchange.models import Row

Outcome = Row.Outcome


@dataclass
class Match:
    """One wanted record beside the stored one (None: new), with the fields in which they differ."""

    wanted: Wanted
    record: Record | None
    differing: dict[str, Any] = field(default_factory=dict)

    @property
    def ref(self) -> Ref:
        """The stored record."""
        return self.wanted.kind, self.record.pk if self.record else 0


@dataclass
class Judged:
    """One object of the file with the records it stands for, what is to be written, and the outcome."""

    one: FileObject
    matches: list[Match]
    reasons: list[Message] = field(default_factory=list)
    records: list[dict[str, Any]] = field(default_factory=list)
    outcome: str = Outcome.SAME

    @property
    def awaited(self) -> set[Key]:
        """Keys of new records that others may point to."""
        return {match.wanted.key for match in self.matches if match.wanted.key and match.record is None}

    @property
    def pointed_to(self) -> set[Key]:
        """Keys of new records that this one points to."""
        values = [value for record in self.records for value in record["values"].values()]
        return {(value[0], value[1], value[2]) for value in values if isinstance(value, list) and len(value) == 3}


class Judge:
    """Judges the objects of a file; keeps which identifiers elsewhere were given to whom."""

    def __init__(self, stored: Stored) -> None:
        self.stored = stored
        self._given: dict[Key, str] = {}

    def judge(self, objects: Sequence[FileObject], reasons: dict[str, list[Message]]) -> list[Judged]:
        """All objects with their outcomes; `reasons` are what reading the file found, by the place of the object."""
        found = [Judged(one, self._matched(one), list(reasons.get(one.place, ()))) for one in objects]
        self.decide(found)
        _let_wait(found)
        return found

    def decide(self, found: Sequence[Judged]) -> None:
        """Settles what is written for each object."""
        differing = (match for judged in found for match in judged.matches if match.differing)
        self.stored.load_touches({match.ref for match in differing})
        for judged in found:
            for match in judged.matches:
                self._settle(judged, match)
            judged.outcome = _outcome_of(judged)

    def _matched(self, one: FileObject) -> list[Match]:
        matches = [self._by_key(wanted) for wanted in one.wanted if not wanted.whole]
        parts = [wanted for wanted in one.wanted if wanted.whole]
        return [*matches, *self._by_whole(parts)] if parts else matches

    def _by_key(self, wanted: Wanted) -> Match:
        pk = self.stored.ids.get(wanted.key) if wanted.key else None
        return self.compared(wanted, self.stored.records.get((wanted.kind, pk)) if pk else None)

    def _by_whole(self, parts: Sequence[Wanted]) -> list[Match]:
        """Equal parts first; then those of this source that are left stand for the ones that are left."""
        used: set[Ref] = set()
        chosen: dict[int, Record] = {}
        for is_equal in (True, False):
            for position, wanted in enumerate(parts):
                if position in chosen:
                    continue
                for record in self._stored_parts(wanted):
                    if (wanted.kind, record.pk) not in used and self._fits(wanted, record, is_equal=is_equal):
                        used.add((wanted.kind, record.pk))
                        chosen[position] = record
                        break
        return [self.compared(wanted, chosen.get(position)) for position, wanted in enumerate(parts)]

    def _stored_parts(self, wanted: Wanted) -> Sequence[Record]:
        whole = self.stored.pk_of(wanted.values[wanted.whole])
        return self.stored.parts.get((wanted.kind, wanted.whole, whole), ()) if whole else ()

    def _fits(self, wanted: Wanted, record: Record, *, is_equal: bool) -> bool:
        source = self.stored.source
        if not is_equal and (source is None or record.serializable_value("source_id") != source.pk):
            return False
        names = wanted.same_by if is_equal else wanted.pair_by
        return all(record.serializable_value(name) == wanted.values[name] for name in names)

    def compared(self, wanted: Wanted, record: Record | None) -> Match:
        """The two beside each other, with what would be kept where they differ."""
        match = Match(wanted, record)
        if record is None or (wanted.key in self.stored.linked):
            return match
        columns = columns_of(wanted.kind)
        for name, value in wanted.values.items():
            before = kept_now(columns[name], record)
            after = to_keep(columns[name], value, before, self.stored)
            if after != before:
                match.differing[name] = after
        return match

    def _settle(self, judged: Judged, match: Match) -> None:
        values = self._new_values(match.wanted) if match.record is None else self._changes(judged, match)
        prepared: dict[str, Any] = {"kind": match.wanted.kind, "values": values}
        if match.record is None:
            prepared["id"] = None
            checked = model_of(match.wanted.kind)()
        else:
            prepared["id"] = match.record.pk
            checked = match.record
            columns = columns_of(match.wanted.kind)
            prepared["was"] = {name: kept_now(columns[name], match.record) for name in values}
        if values:
            set_kept(checked, values)
            found = problems_of(checked, judged.one.place)
            judged.reasons += [reason for reason in found if reason not in judged.reasons]
        self._identify(judged, match, prepared)
        if match.record is None or values or prepared.get("also") or prepared.get("key"):
            judged.records.append(prepared)

    def _new_values(self, wanted: Wanted) -> dict[str, Any]:
        columns = columns_of(wanted.kind)
        given = {**wanted.values, **wanted.once}
        return {
            name: to_keep(columns[name], value, None, self.stored)
            for name, value in given.items()
            if not says_nothing(value)
        }

    def _changes(self, judged: Judged, match: Match) -> dict[str, Any]:
        """What the file may change; a value that others set since is doubtful, or stays when the file says nothing."""
        found: dict[str, Any] = {}
        columns = columns_of(match.wanted.kind)
        if match.differing and match.wanted.own_only and not self.stored.is_ours(match.ref):
            return found
        for name, after in match.differing.items():
            given = match.wanted.values[name]
            languages = sorted(given) if isinstance(columns[name], TranslatedField) and given else ()
            if self.stored.is_ours(match.ref, name, languages):
                found[name] = after
            elif not says_nothing(given):
                here = kept_now(columns[name], match.record)  # type: ignore[arg-type]
                params = {"column": [match.wanted.kind, name], "file": in_words(after), "here": in_words(here)}
                judged.reasons.append(Message(place=judged.one.place, level="doubtful", key="edited", params=params))
        return found

    def _identify(self, judged: Judged, match: Match, prepared: dict[str, Any]) -> None:
        """The key and the identifiers elsewhere that are still to be written."""
        wanted, ids = match.wanted, self.stored.ids
        if wanted.key:
            prepared["ref"] = list(wanted.key)
            if wanted.key not in ids or wanted.key in self.stored.linked:
                prepared["key"] = list(wanted.key[1:])
        also = []
        for scheme, value in wanted.also:
            key = (wanted.kind, scheme, value)
            holder = self._given.get(key, "")
            if (held := ids.get(key)) is not None:
                if match.record is not None and held == match.record.pk:
                    continue
                holder = self.stored.name_of((wanted.kind, held))
            if holder:
                params = {"identifier": f"{scheme}:{value}", "holder": holder}
                judged.reasons.append(
                    Message(place=judged.one.place, level="note", key="identifier_held", params=params)
                )
                continue
            self._given[key] = judged.one.name or judged.one.place
            also.append([scheme, value])
        if also:
            prepared["also"] = also


def _outcome_of(judged: Judged) -> str:
    levels = {reason["level"] for reason in judged.reasons}
    if "error" in levels:
        return Outcome.ERROR
    if "doubtful" in levels:
        return Outcome.DOUBTFUL
    if judged.matches and judged.matches[0].record is None:
        return Outcome.NEW
    return Outcome.CHANGED if judged.records else Outcome.SAME


def _let_wait(found: Sequence[Judged]) -> None:
    """What points to a record that is not written, because its object is doubtful or wrong, waits with it."""
    left = _keys_of(judged for judged in found if judged.outcome in (Outcome.DOUBTFUL, Outcome.ERROR))
    while True:
        written = [judged for judged in found if judged.outcome in (Outcome.NEW, Outcome.CHANGED)]
        made = set(_keys_of(written))
        waiting = [(judged, missing) for judged in written if (missing := judged.pointed_to - made)]
        if not waiting:
            return
        for judged, missing in waiting:
            place = next((left[each] for each in sorted(missing) if each in left), "")
            key, params = ("waits", {"place": place}) if place else ("not_placed", {})
            judged.reasons.append(Message(place=judged.one.place, level="doubtful", key=key, params=params))
            judged.outcome = Outcome.DOUBTFUL
            left |= dict.fromkeys(judged.awaited, judged.one.place)


def _keys_of(found: Iterable[Judged]) -> dict[Key, str]:
    return {key: judged.one.place for judged in found for key in judged.awaited}
