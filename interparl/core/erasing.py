"""Erasing what is known of somebody: content goes from records and from history, digests and seals stay (design 8.11).

Each kind of record declares what of it is personal (`Personal`). `losses` names all that goes before anything is done;
`erase` does it in one transaction and leaves an entry that lists every entry whose content it took.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Q

from interparl.core.actors import Actor
from interparl.core.kinds import Ref, every_record
from interparl.core.labels import forget_labels
from interparl.core.models.entries import ERASED, Entry, is_erased
from interparl.core.models.moved import Moved
from interparl.core.querysets import open_gate
from interparl.core.records import Personal, Record
from interparl.core.removing import pointed_to, pointing_from_outside
from interparl.core.sealing import digest_of
from interparl.core.writing import CHUNK, EMPTY, Refused, differences, entry_for, follow, values_of

ERASE, ANONYMISE = "erase", "anonymise"


@dataclass(frozen=True)
class Loss:
    """Rows of one kind that are removed, or of which these fields are emptied."""

    model: type[Record]
    rows: tuple[Record, ...]
    fields: tuple[str, ...]
    is_removed: bool


@dataclass(frozen=True)
class Losses:
    """All that goes of somebody: by kind, and the history entries as they will stand.

    `rows` are those about him that are there, by kind; `refs` name these and those that were his once. `frozen` are
    rows about others in which his name is frozen: it is taken out of them, the rest stays.
    """

    somebody: Record
    number: int
    of: tuple[Loss, ...]
    entries: tuple[Entry, ...]
    refs: frozenset[Ref]
    rows: Mapping[type[Record], Sequence[Record]]
    frozen: tuple[Record, ...] = ()

    @property
    def names_of(self) -> list[Ref]:
        """The refs by which he is named elsewhere: his own, and those of what was merged into him."""
        return sorted(ref for ref in self.refs if ref[0] == self.somebody.record_kind())

    @property
    def digest(self) -> str:
        """Short text that differs when anything else would go."""
        said = [
            [loss.model.record_kind(), [row.pk for row in loss.rows], loss.fields, loss.is_removed] for loss in self.of
        ]
        held = [(row.record_kind(), row.pk) for row in self.frozen]
        text = json.dumps([said, [entry.pk for entry in self.entries], held])
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def about_somebody(kind: type[Record]) -> list[tuple[type[Record], Personal]]:
    """The kinds whose rows hang on somebody of this kind by foreign keys, those that hang on others of them last."""
    found = [
        (model, personal)
        for model in every_record()
        if (personal := model.personal) and personal.through and _end_of(model, personal.through) is kind
    ]
    return sorted(found, key=lambda pair: pair[1].through.count("__"))


def _end_of(model: Any, path: str) -> Any:
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model


def _beneath() -> list[tuple[type[Record], type[Record], Personal]]:
    """The kinds whose rows hang on a record that may hang on any: each with that kind, to which `through` leads."""
    return [
        (model, above, personal)
        for model in every_record()
        if (personal := model.personal)
        and personal.through
        and (above := _end_of(model, personal.through)).hangs_on_any
    ]


def lost_fields(personal: Personal, deed: str, *, whole_row: bool = False) -> tuple[str, ...]:
    """The fields of a kind whose values go by that deed; of a row that goes whole, the naming ones as well."""
    return personal.private + (personal.naming if whole_row or deed == ANONYMISE else ())


def losses(somebody: Record, deed: str, number: int) -> Losses:
    """What erasing somebody by that deed takes, in records and in history; nothing is written."""
    rows = _rows_about(somebody)
    removed = _removed(rows, deed)
    found: list[Loss] = []
    cut: dict[Ref, tuple[tuple[str, ...], int | None]] = {}
    for model, records in rows.items():
        personal = _personal(model)
        gone = tuple(record for record in records if record.pk in removed[model])
        fields, whole = lost_fields(personal, deed), lost_fields(personal, deed, whole_row=True)
        if gone:
            found.append(Loss(model, gone, _filled(gone, whole), is_removed=True))
        left = tuple(record for record in records if record.pk not in removed[model] and _filled([record], fields))
        if left:
            found.append(Loss(model, left, _filled(left, fields), is_removed=False))
        for record in records:
            cut[model.record_kind(), record.pk] = (whole if record.pk in removed[model] else fields, None)
    merged = _once_merged(somebody)
    for key in merged:
        cut[somebody.record_kind(), key] = (lost_fields(_personal(type(somebody)), deed), None)
    for (model, key), last in _rows_once_about(somebody, rows, merged).items():
        cut[model.record_kind(), key] = (lost_fields(_personal(model), deed, whole_row=True), last)
    refs, entries = frozenset(cut), tuple(_cut_entries(cut, number))
    found_elsewhere = Losses(somebody, number, tuple(found), entries, refs, rows)
    return replace(found_elsewhere, frozen=_frozen(found_elsewhere)) if deed == ANONYMISE else found_elsewhere


def _frozen(lost: Losses) -> tuple[Record, ...]:
    return tuple(row for model in every_record() for row in model.holding_names_of(lost.names_of))


def _once_merged(somebody: Record) -> list[int]:
    """The old ids of records that turned out to be about him and were merged: their history is his."""
    return Moved.objects.into(somebody.record_kind(), somebody.pk) if somebody.mergeable else []


def _personal(model: type[Record]) -> Personal:
    return model.personal or Personal()


def _rows_about(somebody: Record) -> dict[type[Record], list[Record]]:
    """Somebody and the rows that hang on him, by kind."""
    found: dict[type[Record], list[Record]] = {type(somebody): [somebody]}
    for model, personal in about_somebody(type(somebody)):
        query: dict[str, Any] = {personal.through: somebody.pk}
        found[model] = list(model._base_manager.filter(**query).order_by("pk"))
    hosts = {model.record_kind(): [row.pk for row in rows] for model, rows in found.items() if rows}
    for model in _hanging_on_any():
        found[model] = list(model._base_manager.filter(_on_hosts(hosts, "kind", "object_id")).order_by("pk"))
    for model, above, personal in _beneath():
        within: dict[str, Any] = {f"{personal.through}__in": [row.pk for row in found.get(above, ())]}
        found[model] = list(model._base_manager.filter(**within).order_by("pk"))
    return found


def _hanging_on_any() -> list[type[Record]]:
    return [model for model in every_record() if model.hangs_on_any and model.personal]


def _on_hosts(hosts: dict[str, list[int]], kind: str, key: str) -> Q:
    condition = Q()
    for name, keys in hosts.items():
        condition |= Q(**{kind: name, f"{key}__in": keys})
    return condition


def _removed(rows: dict[type[Record], list[Record]], deed: str) -> dict[type[Record], set[int]]:
    """The keys of the rows that go whole; what hangs on such a row goes with it."""
    found: dict[type[Record], set[int]] = {}
    for model, records in rows.items():
        condition, keys = _personal(model).removed.get(deed), [record.pk for record in records]
        those = model._base_manager.filter(condition, pk__in=keys) if condition is not None else model.objects.none()  # type: ignore[attr-defined]
        found[model] = set(those.values_list("pk", flat=True))
    gone = {(model.record_kind(), key) for model, keys in found.items() for key in keys}
    for model in _hanging_on_any():
        found[model] |= {record.pk for record in rows[model] if record.whole in gone}
    for model, above, personal in _beneath():
        above_gone = found.get(above, set())
        found[model] |= {row.pk for row in rows[model] if row.serializable_value(personal.through) in above_gone}
    return found


def _filled(records: Iterable[Record], fields: Sequence[str]) -> tuple[str, ...]:
    """Those of the fields that hold something in any of the records."""
    filled = {name for record in records for name, value in values_of(record).items() if value not in EMPTY}
    return tuple(name for name in fields if name in filled)


def _rows_once_about(
    somebody: Record, rows: dict[type[Record], list[Record]], merged: Sequence[int]
) -> dict[tuple[type[Record], int], int]:
    """Rows that were removed or given to somebody else, each with the last entry in which it was his.

    The history is asked once for all kinds that lead to him by as many foreign keys, the nearest first.
    """
    keys = {model: {record.pk for record in records} for model, records in rows.items()}
    known = {model: set(own) for model, own in keys.items()}
    known[type(somebody)].update(merged)
    found: dict[tuple[type[Record], int], int] = {}

    def take(several: Mapping[type[Record], Q]) -> None:
        by_kind = {model.record_kind(): model for model in several}
        condition = Q()
        for kind, model in by_kind.items():
            condition |= Q(kind=kind) & several[model]
        entries = Entry.objects.filter(condition).order_by("pk") if several else Entry.objects.none()
        for entry, kind, key in entries.values_list("pk", "kind", "object_id"):
            model = by_kind[kind]
            if key not in keys[model]:
                found[model, key] = entry
                known[model].add(key)

    through = [(model, personal.through) for model, personal in about_somebody(type(somebody))]
    for _length, near in groupby(through, key=lambda pair: pair[1].count("__")):
        take({model: named for model, path in near if (named := _naming(model, path, known))})
    hosts = {model.record_kind(): sorted(own) for model, own in known.items() if own}
    on_hosts = _on_hosts(hosts, "whole_kind", "whole_id")
    take(dict.fromkeys(_hanging_on_any(), on_hosts))
    above_known = [(model, above.record_kind(), sorted(known.get(above, ()))) for model, above, _of in _beneath()]
    take({model: Q(whole_kind=kind, whole_id__in=several) for model, kind, several in above_known if several})
    return found


def _naming(model: type[Record], path: str, known: Mapping[type[Record], set[int]]) -> Q | None:
    """The entries of a kind in which the first foreign key of the path was one of these rows; None without any."""
    name = path.partition("__")[0]
    related: Any = model._meta.get_field(name).related_model
    hosts = sorted(known.get(related, ()))
    return Q(**{f"changes__{name}__0__in": hosts}) | Q(**{f"changes__{name}__1__in": hosts}) if hosts else None


def _cut_entries(cut: dict[Ref, tuple[tuple[str, ...], int | None]], number: int) -> Iterator[Entry]:
    """The entries of these rows that say something personal, with it taken out; not saved. Kind after kind."""
    refs = list(cut)
    place = {kind: at for at, kind in enumerate(dict.fromkeys(kind for kind, _key in refs))}
    refs.sort(key=lambda ref: place[ref[0]])
    for start in range(0, len(refs), CHUNK):
        by_kind: dict[str, list[int]] = {}
        for kind, key in refs[start : start + CHUNK]:
            by_kind.setdefault(kind, []).append(key)
        entries = Entry.objects.filter(_on_hosts(by_kind, "kind", "object_id")).exclude(verb=ERASED)
        for entry in sorted(entries, key=lambda one: (place[one.kind], one.pk)):
            fields, last = cut[entry.kind, entry.object_id]
            if (last is None or entry.pk <= last) and _cut(entry, fields, number):
                yield entry


def _cut(entry: Entry, fields: Sequence[str], number: int) -> bool:
    """Takes the values of these fields and the note out of an entry; whether there were any."""
    changes = {
        name: [one if one in EMPTY or is_erased(one) else {ERASED: number} for one in pair] if name in fields else pair
        for name, pair in entry.changes.items()
    }
    had_any = changes != entry.changes or bool(entry.note)
    entry.changes, entry.note = changes, ""
    return had_any


def erase(lost: Losses, *, by: Actor) -> Entry:
    """Takes all that was named, and returns the entry of the erasure. Raises Refused when something else points there.

    Nobody but the entry itself lists what was taken from history: `changes` has the ids under "entries", what is left
    of each under "digests", and the names of fields under "fields".
    """
    somebody = lost.somebody
    with transaction.atomic():
        _refuse_if_pointed_to(lost)
        left = [(entry.pk, digest_of(entry)) for entry in lost.entries]
        own: dict[str, list[Any]] = {}
        written: list[Entry] = []
        for loss in lost.of:
            for record, changes in _taken(loss, lost.number):
                if record == somebody:
                    own = changes
                    continue
                entry = entry_for(record, verb=ERASED, changes=changes, actor=by)
                entry.digest = digest_of(entry)
                written.append(entry)
        written += [_without_name(record, lost, by) for record in lost.frozen]
        Entry.objects.bulk_create(written, batch_size=CHUNK)
        keys, digests = [key for key, _digest in left], [one for _key, one in left]
        listed: dict[str, list[Any]] = {"entries": [None, keys], "digests": [None, digests]}
        fields = sorted({f"{loss.model.record_kind()}.{name}" for loss in lost.of for name in loss.fields})
        entry = entry_for(somebody, verb=ERASED, changes=own | listed | {"fields": [None, fields]}, actor=by)
        entry.digest = digest_of(entry)
        entry.save()
        for one in lost.entries:
            one.erased_by = entry
        Entry.objects.bulk_update(list(lost.entries), ["changes", "note", "erased_by"], batch_size=CHUNK)
        _follow(lost)
        return entry


def _refuse_if_pointed_to(lost: Losses) -> None:
    removed = {loss.model: {row.pk for row in loss.rows} for loss in lost.of if loss.is_removed}
    if pointing := pointing_from_outside(removed):
        raise Refused([pointed_to([model for model, keys in pointing.items() for _key in keys])])


def _taken(loss: Loss, number: int) -> Iterator[tuple[Record, dict[str, list[Any]]]]:
    """Writes one loss; each record with what an entry may say of it: that something was there."""
    for record in loss.rows:
        before = values_of(record)
        if loss.is_removed:
            personal = lost_fields(_personal(loss.model), ANONYMISE)
            yield (
                record,
                {
                    name: [{ERASED: number} if name in personal else value, None]
                    for name, value in before.items()
                    if value not in EMPTY
                },
            )
            continue
        for name in loss.fields:
            column: Any = loss.model._meta.get_field(name)
            setattr(record, column.attname, None if column.null else column.get_default())
        record.prepare()
        with open_gate():
            record.save()
        after = values_of(record)
        yield record, {name: [{ERASED: number}, after[name]] for name in loss.fields if before[name] not in EMPTY}
    if loss.is_removed:
        keys = [record.pk for record in loss.rows]
        found = loss.model._base_manager.filter(pk__in=keys)
        found._raw_delete(found.db)
        forget_labels(loss.model.record_kind(), keys)


def _without_name(record: Record, lost: Losses, by: Actor) -> Entry:
    """Takes the name out of what the row froze; the entry that says so, not saved."""
    before = values_of(record)
    record.take_out_names(lost.names_of, lost.number)
    with open_gate():
        record.save()
    entry = entry_for(record, verb=ERASED, changes=differences(before, values_of(record)), actor=by)
    entry.digest = digest_of(entry)
    return entry


def _follow(lost: Losses) -> None:
    """Labels, and all who listen; of what was removed only its whole is told."""
    for loss in lost.of:
        follow(loss.model, list(loss.rows), verb="removed" if loss.is_removed else ERASED, batch=None)
    for record in lost.frozen:
        follow(type(record), [record], verb=ERASED, batch=None)
    fresh = type(lost.somebody)._base_manager.get(pk=lost.somebody.pk)
    follow(type(fresh), [fresh], verb=ERASED, batch=None)
