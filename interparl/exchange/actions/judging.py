"""Holding what a file says against what is stored: new, changed, the same or doubtful, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from interparl.core.kinds import Ref, model_of
from interparl.core.records import PartialDateField, Record
from interparl.core.translated import TranslatedField
from interparl.exchange.actions.lookalikes import Alike, Asked, alike
from interparl.exchange.actions.plans import FileObject, Key, Wanted
from interparl.exchange.actions.stored import Stored
from interparl.exchange.actions.texts import Message
from interparl.exchange.actions.values import (
    columns_of,
    in_words,
    kept_now,
    lacks,
    problems_of,
    says_nothing,
    set_kept,
    to_keep,
)
from interparl.exchange.models import Row
from interparl.exchange.rules.dates import UNREAD

Outcome = Row.Outcome
WAITS = "waits"


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
    alike: list[Alike] = field(default_factory=list)

    @property
    def state(self) -> str:
        """How far the row is: to be written, waiting for a decision or another row, or nothing to do."""
        if self.outcome == Outcome.ERROR:
            return Row.State.ERROR
        if self.outcome == Outcome.DOUBTFUL:
            doubts = {reason["key"] for reason in self.reasons if reason["level"] == "doubtful"}
            return Row.State.OPEN if doubts - {WAITS} else Row.State.WAITING
        return Row.State.READY if self.records else Row.State.IDLE

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
        """Equal parts first, then those equal in what the file says; then those of this source that are left."""
        used: set[Ref] = set()
        chosen: dict[int, Record] = {}
        for how in ("equal", "alike", "own"):
            for position, wanted in enumerate(parts):
                if position in chosen:
                    continue
                for record in self._stored_parts(wanted):
                    if (wanted.kind, record.pk) not in used and self._fits(wanted, record, how):
                        used.add((wanted.kind, record.pk))
                        chosen[position] = record
                        break
        return [self.compared(wanted, chosen.get(position)) for position, wanted in enumerate(parts)]

    def _stored_parts(self, wanted: Wanted) -> Sequence[Record]:
        whole = self.stored.pk_of(wanted.values[wanted.whole])
        return self.stored.parts.get((wanted.kind, wanted.whole, whole), ()) if whole else ()

    def _fits(self, wanted: Wanted, record: Record, how: str) -> bool:
        source = self.stored.source
        if how == "own" and (source is None or record.serializable_value("source_id") != source.pk):
            return False
        names = wanted.pair_by if how == "own" else wanted.same_by
        if how == "alike":
            names = tuple(name for name in names if not says_nothing(wanted.values[name]))
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
        prepared = self._new(match.wanted) if match.record is None else self._known(judged, match)
        asked = {name: pair[0] for name, pair in prepared.get("asked", {}).items()}
        if prepared["values"] or asked:
            # The stored record stays as it is: what is asked need not come to be.
            checked = copy(match.record) if match.record is not None else model_of(match.wanted.kind)()
            set_kept(checked, prepared["values"] | asked)
            found = problems_of(checked, judged.one.place)
            judged.reasons += [reason for reason in found if reason not in judged.reasons]
        self._identify(judged, match, prepared)
        if match.record is None or any(prepared.get(name) for name in ("values", "asked", "also", "key")):
            judged.records.append(prepared)

    def _new(self, wanted: Wanted) -> dict[str, Any]:
        prepared: dict[str, Any] = {"kind": wanted.kind, "id": None, "values": self._new_values(wanted)}
        if wanted.once:
            prepared["once"] = sorted(wanted.once)
        if wanted.whole:
            prepared |= {"whole": wanted.whole, "same_by": list(wanted.same_by)}
        return prepared

    def _known(self, judged: Judged, match: Match) -> dict[str, Any]:
        record, columns = match.record, columns_of(match.wanted.kind)
        values, asked = self._changes(judged, match)
        was = {name: kept_now(columns[name], record) for name in values}  # type: ignore[arg-type]  # it is known
        prepared: dict[str, Any] = {"kind": match.wanted.kind, "id": match.ref[1], "values": values, "was": was}
        if asked:
            prepared["asked"] = asked
        return prepared

    def _new_values(self, wanted: Wanted) -> dict[str, Any]:
        columns = columns_of(wanted.kind)
        given = {**wanted.values, **wanted.once}
        return {
            name: to_keep(columns[name], value, None, self.stored)
            for name, value in given.items()
            if not says_nothing(value)
        }

    def _changes(self, judged: Judged, match: Match) -> tuple[dict[str, Any], dict[str, Any]]:
        """What the file may change, and what has to be asked: {field: [in the file, here]}.

        A value that others set since is asked, or stays when the file says nothing; an empty one is filled. Where a
        date of the object could not be read, no date is emptied: the file says one, if not which.
        """
        found: dict[str, Any] = {}
        asked: dict[str, Any] = {}
        columns = columns_of(match.wanted.kind)
        is_unread = any(reason["key"] in UNREAD for reason in judged.reasons)
        if match.differing and match.wanted.own_only and not self.stored.is_ours(match.ref):
            return found, asked
        for name, after in match.differing.items():
            given = match.wanted.values[name]
            if is_unread and isinstance(columns[name], PartialDateField) and says_nothing(given):
                continue
            languages = sorted(given) if isinstance(columns[name], TranslatedField) and given else ()
            if self.stored.is_ours(match.ref, name, languages):
                found[name] = after
                continue
            if says_nothing(given):
                continue
            here = kept_now(columns[name], match.record)  # type: ignore[arg-type]  # it is known
            is_planned = bool(match.wanted.key or match.wanted.whole)
            if is_planned and lacks(here, languages) and not self.stored.was_set(match.ref, name, languages):
                found[name] = after
                continue
            key, level = "kept_before", "note"
            if not self.stored.was_kept(match.ref, name, after):
                key, level = "edited", "doubtful"
                asked[name] = [after, here]
            params = {"column": [match.wanted.kind, name], "file": in_words(after), "here": in_words(here)}
            judged.reasons.append(Message(place=judged.one.place, level=level, key=key, params=params))
        return found, asked

    def _identify(self, judged: Judged, match: Match, prepared: dict[str, Any]) -> None:
        """The key and the identifiers elsewhere that are still to be written."""
        wanted, ids = match.wanted, self.stored.ids
        if wanted.key:
            prepared["ref"] = list(wanted.key)
            if wanted.key not in ids or wanted.key in self.stored.linked or wanted.key in self.stored.sure:
                prepared["key"] = list(wanted.key[1:])
            if identifier := self.stored.sure.get(wanted.key):
                params = {"identifier": identifier}
                judged.reasons.append(Message(place=judged.one.place, level="note", key="recognised", params=params))
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


def note_lookalikes(found: Sequence[Judged]) -> None:
    """Tells of new records which stored ones look like them; they stay new until somebody decides."""
    by_kind: dict[str, list[Judged]] = {}
    for judged in found:
        main = judged.matches[0] if judged.matches else None
        if main and main.record is None and judged.records and model_of(main.wanted.kind).same_when is not None:
            by_kind.setdefault(main.wanted.kind, []).append(judged)
    for kind, several in by_kind.items():
        asked = [Asked(_names_of(judged), judged.records[0]["values"]) for judged in several]
        for judged, alikes in zip(several, alike(kind, asked), strict=True):
            if not alikes:
                continue
            judged.alike = alikes
            agreeing = [[kind, name] for name in alikes[0].by]
            key, params = ("alike_too", {"columns": agreeing}) if agreeing else ("alike", {})
            judged.reasons.append(Message(place=judged.one.place, level="note", key=key, params=params))


def _names_of(judged: Judged) -> tuple[str, ...]:
    """What the file calls an object: its name, the texts of the main record and the rows that make its label."""
    main = judged.matches[0].wanted
    named_by = {need.partition("__")[0] for need in model_of(main.kind).label_needs}
    names = [judged.one.name]
    for name, value in main.values.items():
        if isinstance(columns_of(main.kind)[name], TranslatedField) and value:
            names += value.values()
    for match in judged.matches[1:]:
        wanted = match.wanted
        relation: Any = columns_of(wanted.kind)[wanted.whole].remote_field if wanted.whole else None
        if relation is not None and relation.related_name in named_by:
            names.append(str(wanted.values.get(model_of(wanted.kind).told_by) or ""))
    return tuple(names)


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
            key, params = (WAITS, {"place": place}) if place else ("not_placed", {})
            judged.reasons.append(Message(place=judged.one.place, level="doubtful", key=key, params=params))
            judged.outcome = Outcome.DOUBTFUL
            left |= dict.fromkeys(judged.awaited, judged.one.place)


def _keys_of(found: Iterable[Judged]) -> dict[Key, str]:
    return {key: judged.one.place for judged in found for key in judged.awaited}
