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
from interparl.exchange.models import Batch, Row

PIECE = 500
Touch = tuple[int | None, dict[str, Any]]


def pieces(keys: Iterable[Any]) -> Iterator[list[Any]]:
    """The keys in lists that a query can hold."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), PIECE):
        yield ordered[start : start + PIECE]


def person_of(record: Record) -> Ref | None:
    """Who a row is about, where that is not the record whose page shows it."""
    through = record.personal.through if record.personal else ""
    if not through or "__" in through or through == record.whole_field:
        return None
    column: Any = record._meta.get_field(through)
    key = column.value_from_object(record)
    return (column.related_model._meta.label_lower, key) if key else None


class Stored:
    """Identifiers, records and parts that a plan may meet, and who set their values last."""

    def __init__(self, plan: Plan, source_key: str) -> None:
        self.source = Source.objects.filter(key=source_key).first()
        self.batches = set(Batch.objects.filter(source_key=source_key).values_list("pk", flat=True))
        self.ids: dict[Key, int] = {}
        self.records: dict[Ref, Record] = {}
        self.parts: dict[tuple[str, str, int], list[Record]] = defaultdict(list)
        self.touches: dict[Ref, list[Touch]] = {}
        self._names: dict[str, dict[int, str]] = defaultdict(dict)
        self._kept: dict[tuple[str, int, str], list[Any]] | None = None
        wanted = [one for each in plan.objects for one in each.wanted]
        self._load_ids(wanted, [*plan.ending, *plan.staying])
        self.ids.update(plan.known)
        for one in wanted:
            if one.key and one.found:
                self.ids.setdefault(one.key, one.found)
        self.linked = {one.key for one in wanted if one.key and one.found}
        self.sure = self._recognise(wanted)
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

    def was_set(self, ref: Ref, name: str, languages: Sequence[str] = ()) -> bool:
        """Whether anybody ever set the field (of a translated text: in these languages)."""
        return any(
            name in changes and (not languages or _differs(changes[name], languages))
            for _batch, changes in self.touches.get(ref, ())
        )

    def was_kept(self, ref: Ref, name: str, value: Any) -> bool:
        """Whether it was decided about an earlier edition that ours stays, against the same value of this source."""
        if self._kept is None:
            self._kept = self._load_kept()
        return value in self._kept.get((*ref, name), ())

    def name_of(self, ref: Ref) -> str:
        """What a stored record is called, in the language of the installation."""
        kind, key = ref
        if key not in self._names[kind]:
            self._load_names(kind, key)
        return self._names[kind][key]

    def _load_names(self, kind: str, key: int) -> None:
        """The names of this record and of all of its kind that are known by now."""
        names = self._names[kind]
        keys = {key} | {pk for (of, _scheme, _value), pk in self.ids.items() if of == kind}
        near = (ref for record in self.records.values() for ref in (record.whole, person_of(record)))
        keys |= {ref[1] for ref in near if ref and ref[0] == kind}
        new = keys - names.keys()
        names.update({pk: f"#{pk}" for pk in new})
        for part in pieces(new):
            found = Label.objects.filter(kind=kind, language=settings.LANGUAGE_CODE, object_id__in=part)
            names.update(found.values_list("object_id", "text"))

    def _recognise(self, wanted: list[Wanted]) -> dict[Key, str]:
        """Records not known by their key that one identifier elsewhere names, each taken once; by which identifier."""
        taken = {(one.kind, pk) for one in wanted if one.key and (pk := self.ids.get(one.key))}
        found: dict[Key, str] = {}
        for one in wanted:
            if one.key is None or one.key in self.ids or model_of(one.kind).same_when is None:
                continue
            holders = {
                held: f"{scheme}:{value}"
                for scheme, value in one.also
                if (held := self.ids.get((one.kind, scheme, value))) is not None
            }
            pk = next(iter(holders), 0)
            if len(holders) == 1 and (one.kind, pk) not in taken:
                taken.add((one.kind, pk))
                self.ids[one.key], found[one.key] = pk, holders[pk]
        return found

    def _load_kept(self) -> dict[tuple[str, int, str], list[Any]]:
        """Values of this source against which ours were kept, by record and field."""
        found: dict[tuple[str, int, str], list[Any]] = {}
        ours = (Row.Decision.OURS, Row.Decision.EACH)
        applied = Batch.objects.filter(pk__in=self.batches, state=Batch.State.APPLIED)
        rows = Row.objects.filter(batch__in=applied, decision__in=ours).order_by("pk")
        for row in rows.only("prepared", "decided").iterator(chunk_size=PIECE):
            taken = row.decided.get("fields", {})
            for position, record in enumerate(row.records):
                for name, (value, _here) in record.get("asked", {}).items():
                    if taken.get(f"{position}.{name}") != Row.Decision.FILE:
                        found.setdefault((record["kind"], record["id"], name), []).append(value)
        return found

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
