"""Who looks like whom: records called alike that do not differ in what tells them apart. It is told, never acted on.

The one door is `alike`, so that a better search can stand behind it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import prefetch_related_objects

from interparl.accounts.models import User
from interparl.accounts.roles import ROLES
from interparl.core.dates import NotADate, PartialDate
from interparl.core.kinds import every_record, model_of
from interparl.core.labels import open_labels
from interparl.core.models import Label
from interparl.core.records import PartialDateField, Record
from interparl.core.translated import languages
from interparl.exchange.actions.stored import pieces
from interparl.exchange.actions.values import columns_of, kept_now, says_nothing
from interparl.exchange.models import Distinct
from interparl.language.folding import words

PERMISSION = "exchange.import_files"
MOST, MOST_OF_A_NAME = 5, 12
# A check is read by all who may bring files in, so it speaks of what every one of them may know of.
OPEN_TO_ALL = frozenset.intersection(*(role.marks for role in ROLES.values() if role.may(PERMISSION)))


@dataclass(frozen=True)
class Asked:
    """What is known of somebody or something: its names in any language, and values in the form of history."""

    names: tuple[str, ...]
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Alike:
    """A stored record that is called alike, and the fields in which it agrees as well."""

    pk: int
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Double:
    """Two stored records that look the same, the lower id first, and the fields in which they agree."""

    kind: str
    first: int
    second: int
    by: tuple[str, ...] = ()


def compared_kinds() -> list[str]:
    """The kinds of record of which two may be the same thing."""
    return [model.record_kind() for model in every_record() if model.same_when is not None]


def alike(kind: str, asked: Sequence[Asked]) -> list[list[Alike]]:
    """For each one asked the stored records that look like it, those that agree in most first; few queries for all."""
    keys = [{key for name in one.names if (key := name_key(name))} for one in asked]
    candidates = _candidates(kind, keys)
    found: list[list[Alike]] = [[] for _one in asked]
    waiting: dict[int, list[int]] = defaultdict(list)
    for position, several in enumerate(candidates):
        for pk in several:
            waiting[pk].append(position)
    for record in _records(kind, waiting):
        names = _names_of(record)
        for position in waiting[record.pk]:
            if not names.isdisjoint(keys[position]) and (by := _agreement(record, asked[position].values)) is not None:
                found[position].append(Alike(record.pk, by))
    return [sorted(several, key=lambda one: (-len(one.by), one.pk))[:MOST] for several in found]


def name_key(name: str) -> str:
    """The words of a name, folded and in one order: "Nowak, Anna" and "Anna NOWAK" are called alike."""
    return " ".join(sorted(words(name)))


def _candidates(kind: str, keys: Sequence[set[str]]) -> list[list[int]]:
    """Records that have every word of one of the names among the words that they are found by."""
    asked = {word for several in keys for key in several for word in key.split()}
    if not asked:
        return [[] for _several in keys]
    holders: dict[str, set[int]] = defaultdict(set)
    open_rows = model_of(kind)._base_manager.filter(effective_mark__in=sorted(OPEN_TO_ALL)).order_by()
    labels = Label.objects.filter(kind=kind, language=settings.LANGUAGE_CODE, object_id__in=open_rows.values("pk"))
    for pk, folded in labels.values_list("object_id", "folded").iterator():
        for word in asked.intersection(folded.split()):
            holders[word].add(pk)
    # Very many may be called the same.
    known: dict[frozenset[str], list[int]] = {}
    for several in map(frozenset, keys):
        if several not in known:
            those: set[int] = set()
            for key in several:
                sets = sorted((holders.get(word, set()) for word in key.split()), key=len)
                those |= set.intersection(*sets) if sets else set()
            known[several] = sorted(those)[: MOST * MOST_OF_A_NAME]
    return [known[frozenset(several)] for several in keys]


def _records(kind: str, keys: Iterable[int]) -> Iterator[Record]:
    model = model_of(kind)
    for part in pieces(keys):
        rows = list(model._base_manager.filter(pk__in=part).order_by("pk"))
        if model.label_needs:
            prefetch_related_objects(rows, *model.label_needs)
        yield from rows


def _names_of(record: Record) -> set[str]:
    """What a record is called in any language; of its other words those that are whole names."""
    own = {name_key(record.label_in(code)) for code in languages()}
    other = {name_key(text) for text in record.also_known()}
    return (own | {key for key in other if " " in key}) - {""}


def _agreement(record: Record, values: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The fields in which both say the same; None when they differ in one that tells them apart."""
    columns = columns_of(record.record_kind())
    names = record.same_when or ()
    here = {name: kept_now(columns[name], record) for name in names}
    return _agreeing(columns, names, here, values)


def _agreeing(
    columns: Mapping[str, models.Field[Any, Any]],
    names: Sequence[str],
    one: Mapping[str, Any],
    other: Mapping[str, Any],
) -> tuple[str, ...] | None:
    found = []
    for name in names:
        first, second = one.get(name), other.get(name)
        # What is not stored yet, a key, can be compared with nothing.
        if says_nothing(first) or says_nothing(second) or isinstance(second, list):
            continue
        if first == second:
            found.append(name)
        elif not (isinstance(columns[name], PartialDateField) and _may_be_one_day(str(first), str(second))):
            return None
    return tuple(found)


def _may_be_one_day(first: str, second: str) -> bool:
    try:
        one, other = PartialDate.parse(first), PartialDate.parse(second)
    except NotADate:
        return False
    days = (one.earliest, one.latest, other.earliest, other.latest)
    return None in days or (one.earliest <= other.latest and other.earliest <= one.latest)  # type: ignore[operator]  # none is None


def doubles(kind: str, user: User) -> list[Double]:
    """Pairs of stored records that this reader may know of and that look the same, those that agree in most first."""
    model, groups = model_of(kind), defaultdict[str, set[int]](set)
    labels = Label.objects.filter(open_labels([kind], user), kind=kind)
    for pk, text in labels.values_list("object_id", "text").iterator():
        if not text.startswith("#"):
            groups[name_key(text)].add(pk)
    pairs = {
        pair
        for key, several in groups.items()
        if key and len(several) > 1
        for pair in combinations(sorted(several)[:MOST_OF_A_NAME], 2)
    }
    pairs -= set(Distinct.objects.filter(kind=kind).values_list("first_id", "second_id"))
    names = model.same_when or ()
    columns, values = columns_of(kind), dict[int, dict[str, Any]]()
    for part in pieces({pk for pair in pairs for pk in pair}):
        for pk, *row in model._base_manager.filter(pk__in=part).values_list("pk", *names):
            values[pk] = dict(zip(names, row, strict=True))
    found = []
    for first, second in pairs:
        by = _agreeing(columns, names, values.get(first, {}), values.get(second, {}))
        if by is not None:
            found.append(Double(kind, first, second, by))
    return sorted(found, key=lambda one: (-len(one.by), one.first, one.second))


def tell_apart(kind: str, first: int, second: int, *, by: User) -> None:
    """Keeps that two records are not the same, and by whom; saying it twice changes nothing."""
    low, high = sorted((first, second))
    Distinct.objects.get_or_create(kind=kind, first_id=low, second_id=high, defaults={"user": by})
