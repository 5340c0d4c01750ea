"""What an edition of a source changed beside the one before it: what is new, gone, renamed, and changed by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from interparl.core.kinds import Ref, model_of
from interparl.core.labels import known_of, labels_of
from interparl.core.rights import Reader
from interparl.core.translated import TranslatedField
from interparl.exchange.actions.deciding import chosen
from interparl.exchange.actions.values import columns_of, in_words
from interparl.exchange.models import Batch, Row

PIECE = 500
NAMING = ("name", "title")


@dataclass
class Changes:
    """Of one kind of object in the file: names of what is new and gone, old and new names, and fields with numbers.

    `columns` says which field of which kind of record each of the changed ones is, for who writes it in words.
    """

    new: list[dict[str, str]] = field(default_factory=list)
    gone: list[dict[str, str]] = field(default_factory=list)
    renamed: list[dict[str, str]] = field(default_factory=list)
    changed: dict[str, int] = field(default_factory=dict)
    columns: dict[str, tuple[str, str]] = field(default_factory=dict)

    def count(self, name: str, kind: str, column: str) -> None:
        """One more row in which this field changed."""
        self.changed[name] = self.changed.get(name, 0) + 1
        self.columns[name] = (kind, column)

    def as_json(self) -> dict[str, Any]:
        """As commands and files give it."""
        return {"new": self.new, "gone": self.gone, "renamed": self.renamed, "changed": self.changed}

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.renamed or self.changed)


def earlier_edition(batch: Batch) -> Batch | None:
    """The edition of the same source that was applied last before this one."""
    found = Batch.objects.filter(source_key=batch.source_key, kind=batch.kind, undoes=None)
    if batch.pk:
        found = found.filter(pk__lt=batch.pk)
    return found.filter(state=Batch.State.APPLIED).defer("messages").order_by("-pk").first()


def report_of(rows: Iterable[Row], *, reader: Reader | None = None, language: str = "") -> dict[str, Changes]:
    """The changes by kind of object in the file; rows about what the reader may not know of are left out.

    Without a reader, for who runs commands on the machine itself, nothing is left out.
    """
    found: dict[str, Changes] = {}
    for piece in _pieces(rows):
        part, names = piece, dict[Ref, str]()
        if reader is not None:
            refs = {(row.target_kind, row.target_id) for row in piece if row.target_id}
            hidden = {ref for ref, known in known_of(refs, reader).items() if not known.is_open}
            part = [row for row in piece if (row.target_kind, row.target_id) not in hidden]
            names = {ref: named.text for ref, named in labels_of(refs - hidden, language, reader).items()}
        for row in part:
            if row.record and row.outcome != Row.Outcome.ERROR:
                _add(found.setdefault(row.record, Changes()), row, names)
    return {record: changes for record, changes in found.items() if changes}


def _pieces(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while part := list(islice(left, PIECE)):
        yield part


def _add(changes: Changes, row: Row, names: dict[Ref, str]) -> None:
    name = names.get((row.target_kind, row.target_id or 0)) or row.name
    if row.is_gone:
        changes.gone.append({"name": name, "place": row.place})
        return
    records = chosen(row)
    if not records or row.state == Row.State.OUT:
        return
    if row.outcome == Row.Outcome.NEW or (records[0]["id"] is None and records[0]["kind"] == row.target_kind):
        changes.new.append({"name": row.name, "place": row.place})
        return
    seen: dict[str, tuple[str, str]] = {}
    for record in records:
        kind = record["kind"]
        for column, value in record["values"].items():
            # A part that is added counts as a change of what tells such parts apart.
            if record["id"] is None and column != model_of(kind).told_by:
                continue
            seen[column if kind == row.target_kind else f"{kind.partition('.')[2]}.{column}"] = (kind, column)
            if record["id"] and _is_name(row.target_kind, kind, column):
                before = record.get("was", {}).get(column)
                changes.renamed.append(
                    {"name": name, "place": row.place, "from": in_words(before), "to": in_words(value)}
                )
    for told, of in sorted(seen.items()):
        changes.count(told, *of)


def _is_name(main: str, kind: str, name: str) -> bool:
    """Whether the field is what the main record is called by: its own name, or that of a row that makes its label."""
    if kind == main:
        return name in NAMING and isinstance(columns_of(kind)[name], TranslatedField)
    part, whole = model_of(kind), model_of(main)
    if part.told_by != name or not part.whole_field:
        return False
    relation: Any = part._meta.get_field(part.whole_field)
    needs = {need.partition("__")[0] for need in whole.label_needs}
    return relation.related_model is whole and relation.remote_field.related_name in needs


def report_json(rows: Iterable[Row]) -> dict[str, Any]:
    """The report as the command prints it."""
    return {record: changes.as_json() for record, changes in report_of(rows).items()}


def report_rows(report: dict[str, Changes]) -> Sequence[tuple[str, str, str, str, str]]:
    """The report as rows of a table: kind, what happened, name or field, before, after or number."""
    found = []
    for record, changes in report.items():
        found += [(record, "new", one["name"], "", "") for one in changes.new]
        found += [(record, "gone", one["name"], "", "") for one in changes.gone]
        found += [(record, "renamed", one["name"], one["from"], one["to"]) for one in changes.renamed]
        found += [(record, "changed", name, "", str(number)) for name, number in changes.changed.items()]
    return found
