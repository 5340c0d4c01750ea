"""What the database knows of the records that a plan speaks of: a few queries a kind, whatever the number of rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings

from interparl.core.kinds import Ref, model_of
from interparl.core.models import Entry, Identifier, Label, Source
from interparl.core.records import Record
from interparl.exchange.actions.plans import Key, Plan, Wanted
from interparl.exchange.models import Batch

PIECE = 500
Touch = tuple[int | None, dict[str, Any]]


def pieces(keys: Iterable[Any]) -> Iterator[list[Any]]:
    """The keys in lists that a query can hold."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), PIECE):
        yield ordered[start : start + PIECE]


class Stored:
    """Identifiers, records and parts that a plan may meet, and who set their values last."""

    def __init__(self, plan: Plan, source_key: str) -> None:
        self.source = Source.objects.filter(key=source_key).first()
        self.batches = set(Batch.objects.filter(source_key=source_key).values_list("pk", flat=True))
        self.ids: dict[Key, int] = {}
        self.records: dict[Ref, Record] = {}
        self.parts: dict[tuple[str, str, int], list[Record]] = defaultdict(list)
        self.touches: dict[Ref, list[Touch]] = {}
        self._names: dict[str, dict[int, str]] = {}
        wanted = [one for each in plan.objects for one in each.wanted]
        self._load_ids(wanted, [*plan.ending, *plan.staying])
        for one in wanted:
            if one.key and one.found:
                self.ids.setdefault(one.key, one.found)
        self.linked = {one.key for one in wanted if one.key and one.found}
        self.load((one.key[0], pk) for one in wanted if one.key and (pk := self.ids.get(one.key)))
        self._load_parts(wanted)

    def pk_of(self, value: Any) -> int | None:
        """The id of a stored record that a relation's value names; None when it is not stored yet."""
        return value if isinstance(value, int) else self.ids.get(tuple(value))

    def load(self, refs: Iterable[Ref]) -> None:
        """Reads these records, if they are there."""
        for kind, keys in _by_kind(refs).items():
            for part in pieces(keys):
                for record in model_of(kind)._base_manager.filter(pk__in=part):
                    self.records[kind, record.pk] = record

    def load_touches(self, refs: Iterable[Ref]) -> None:
        """Reads what changed these records, oldest first."""
        for kind, keys in _by_kind(refs).items():
            for part in pieces(keys):
                rows = Entry.objects.filter(kind=kind, object_id__in=part).order_by("pk")
                for key, batch, changes in rows.values_list("object_id", "batch", "changes"):
                    self.touches.setdefault((kind, key), []).append((batch, changes))

    def is_ours(self, ref: Ref, name: str = "", languages: Sequence[str] = ()) -> bool:
        """Whether this source set the field last (of a translated text: in these languages), else made the record."""
        touches = self.touches.get(ref, [])
        for batch, changes in reversed(touches):
            if name in changes and (not languages or _differs(changes[name], languages)):
                return batch in self.batches
        return bool(touches) and touches[0][0] in self.batches

    def name_of(self, ref: Ref) -> str:
        """What a stored record is called, in the language of the installation."""
        kind, key = ref
        if kind not in self._names:
            keys = {pk for (of, _scheme, _value), pk in self.ids.items() if of == kind}
            keys |= {whole[1] for record in self.records.values() if (whole := record.whole) and whole[0] == kind}
            self._names[kind] = {
                pk: text
                for part in pieces(keys | {key})
                for pk, text in Label.objects.filter(
                    kind=kind, language=settings.LANGUAGE_CODE, object_id__in=part
                ).values_list("object_id", "text")
            }
        return self._names[kind].get(key, f"#{key}")

    def _load_ids(self, wanted: list[Wanted], lasting: list[tuple[str, str, str]]) -> None:
        schemes: dict[str, set[str]] = defaultdict(set)
        for one in wanted:
            schemes[one.kind].update(scheme for scheme, _value in one.also)
            if one.key:
                schemes[one.kind].add(one.key[1])
        for kind, scheme, _record in lasting:
            schemes[kind].add(scheme)
        for kind, several in schemes.items():
            for part in pieces(several):
                found = Identifier.objects.filter(kind=kind, scheme__in=part)
                for scheme, value, key in found.values_list("scheme", "value", "object_id"):
                    self.ids[kind, scheme, value] = key

    def _load_parts(self, wanted: list[Wanted]) -> None:
        wholes: dict[tuple[str, str], set[int]] = defaultdict(set)
        for one in wanted:
            if one.whole and (pk := self.pk_of(one.values[one.whole])):
                wholes[one.kind, one.whole].add(pk)
        for (kind, name), keys in wholes.items():
            for part in pieces(keys):
                for record in model_of(kind)._base_manager.filter(**{f"{name}__in": part}).order_by("pk"):
                    self.parts[kind, name, record.serializable_value(f"{name}_id")].append(record)


def _by_kind(refs: Iterable[Ref]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for kind, key in refs:
        found[kind].add(key)
    return found


def _differs(pair: Sequence[Any], languages: Sequence[str]) -> bool:
    before, after = (side or {} for side in pair)
    return any((before.get(code) or {}).get("text") != (after.get(code) or {}).get("text") for code in languages)
