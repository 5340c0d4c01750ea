"""Finding records by what they are called; how it is done is up to the room of the search, which registers itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol, TypeVar

from django.db.models import QuerySet

from interparl.core.addresses import address
from interparl.core.formats import write_span
from interparl.core.kinds import Ref, model_of
from interparl.core.labels import labels_of
from interparl.core.records import Dated, Record
from interparl.core.rights import Reader

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Hit:
    """A record that answers what was asked: how well (1 best), by which of its spellings, and whether for sure.

    It is sure when a spelling begins with the words as they were typed.
    """

    kind: str
    key: int
    score: float
    matched: str
    is_sure: bool


@dataclass(frozen=True)
class Hits:
    """The best answers, and how many there are of each kind; when that is cut there may be more, less like."""

    best: Sequence[Hit] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    is_cut: bool = False


class Finder(Protocol):
    """Looks records up by words; only those that the reader may know of count, and ties go by kind and key."""

    def hits(self, query: str, user: Reader, *, kinds: Collection[str], only: str, limit: int) -> Hits:
        """The best of these kinds, with the counts of each; the best of the kind `only` when it is given."""

    def matching(self, found: QuerySet[R], query: str) -> QuerySet[R]:
        """Those of the rows that are called so; none without words."""


class _Chosen:
    finder: Finder | None = None


def use(finder: Finder) -> None:
    """From now on records are found by this one."""
    _Chosen.finder = finder


def _finder() -> Finder:
    if _Chosen.finder is None:
        raise RuntimeError("no finder is registered: interparl.search is missing in INSTALLED_APPS")
    return _Chosen.finder


@dataclass(frozen=True)
class Found:
    """One match: what it is, its label, and how good the match is (1 best)."""

    kind: str
    key: int
    label: str
    spoken: str
    score: float
    title: str
    matched: str
    is_sure: bool = False
    span: str = ""
    is_past: bool = False

    @property
    def url(self) -> str:
        """Its page."""
        return address((self.kind, self.key))

    @property
    def otherwise(self) -> str:
        """The spelling that matched, where it is not the label itself."""
        return "" if self.matched == self.label else self.matched


@dataclass(frozen=True)
class Results:
    """What was found, best first, and how many there are of each kind, the most first, or more when that is cut."""

    found: Sequence[Found] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    is_cut: bool = False


def search(
    query: str,
    user: Reader,
    language: str,
    *,
    kinds: Collection[str],
    only: str = "",
    limit: int = 50,
    day: date | None = None,
) -> Results:
    """What this reader may know of and is called so in any script, best first, ties by kind and key.

    With a day, what does not hold on it comes after what does at the same score, and each dated record says its time.
    """
    hits = _finder().hits(query, user, kinds=kinds, only=only, limit=limit)
    names = labels_of([(hit.kind, hit.key) for hit in hits.best], language, user)
    found = [
        Found(
            kind=hit.kind,
            key=hit.key,
            label=named.text,
            spoken="" if named.spoken == language else named.spoken,
            score=hit.score,
            title=str(model_of(hit.kind)._meta.verbose_name),
            matched=hit.matched,
            is_sure=hit.is_sure,
        )
        for hit in hits.best
        if (named := names.get((hit.kind, hit.key)))
    ]
    if day:
        found = sorted(_dated(found, language, day), key=lambda one: (-one.score, one.is_past))
    return Results(found, hits.counts, is_cut=hits.is_cut)


def find(
    query: str, user: Reader, language: str, *, kinds: Collection[str], limit: int = 50, day: date | None = None
) -> Sequence[Found]:
    """The results of `search` alone."""
    return search(query, user, language, kinds=kinds, limit=limit, day=day).found


def is_found(model: type[Record]) -> bool:
    """Whether rows of a kind are found by what they are called; one told by another record is found as that one."""
    return model.labelled and not model.told_by


def matching(found: QuerySet[R], query: str) -> QuerySet[R]:
    """Those of these rows that are called so, in any script; none without words."""
    return _finder().matching(found, query)


def _dated(found: list[Found], language: str, day: date) -> list[Found]:
    """The same with the time of dated records; one query for each dated kind."""
    records: dict[Ref, Dated] = {}
    for kind in {one.kind for one in found}:
        model: type[Any] = model_of(kind)
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
