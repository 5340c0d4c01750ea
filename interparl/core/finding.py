"""Finding records by name: plain folded matching of word beginnings over all kinds with pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from interparl.core.addresses import address
from interparl.core.formats import write_span
from interparl.core.kinds import Ref, model_of
from interparl.core.labels import open_labels
from interparl.core.models.entries import Label
from interparl.core.reads import marked, note
from interparl.core.records import Dated
from interparl.core.rights import Reader
from interparl.language.folding import fold, words

MOST = 500


@dataclass(frozen=True)
class Found:
    """One match: what it is, its label, and how good the match is (1 best)."""

    kind: str
    key: int
    label: str
    spoken: str
    score: float
    title: str
    span: str = ""
    is_past: bool = False

    @property
    def url(self) -> str:
        """Its page."""
        return address((self.kind, self.key))


def find(
    query: str, user: Reader, language: str, *, kinds: list[str], limit: int = 50, day: date | None = None
) -> list[Found]:
    """What this reader may know of and whose words begin like each word asked for; best first, ties by key.

    A label that begins with the words scores 1, one that has them 0.8, another name of the record 0.6. With a day,
    what does not hold on it comes after what does at the same score, and each dated record says its time.
    """
    asked = words(query)
    if not asked:
        return []
    labels = Label.objects.filter(open_labels(kinds, user), language=language)
    for word in asked:
        labels = labels.filter(folded__contains=f" {word}")
    rows = list(marked(labels.order_by("key", "kind", "object_id"))[:MOST])
    found = [
        Found(
            row.kind,
            row.object_id,
            row.text,
            "" if row.spoken == language else row.spoken,
            _score(row, asked),
            str(model_of(row.kind)._meta.verbose_name),
        )
        for row in rows
    ]
    best = sorted(found, key=lambda one: -one.score)[:limit]
    restricted = {(row.kind, row.object_id) for row in rows if row.is_restricted}
    note(restricted & {(one.kind, one.key) for one in best})
    return sorted(_dated(best, language, day), key=lambda one: (-one.score, one.is_past)) if day else best


def _dated(found: list[Found], language: str, day: date) -> list[Found]:
    """The same with the time of dated records; one query for each dated kind."""
    records: dict[Ref, Dated] = {}
    for kind in {one.kind for one in found}:
        model = model_of(kind)
        if issubclass(model, Dated):
            keys = [one.key for one in found if one.kind == kind]
            records |= {(kind, key): row for key, row in model._base_manager.in_bulk(keys).items()}
    return [
        replace(
            one,
            span=write_span(held.since, held.until, language),
            is_past=held.holds_on(day) == "no",
        )
        if (held := records.get((one.kind, one.key)))
        else one
        for one in found
    ]


def _score(row: Label, asked: list[str]) -> float:
    label, by = f" {fold(row.text)}", f" {fold(row.by)}"
    start = f" {' '.join(asked)}"
    if label.startswith(start) or by.startswith(start):
        return 1.0
    return 0.8 if all(f" {word}" in label for word in asked) else 0.6
