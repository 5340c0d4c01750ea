"""What merging two records would do, and what stands against it; nothing is written (design 8.10, pain 14).

Rows that the reader may not know of move without a word: neither counted nor named, nor do they stand in the way, for
a refusal would tell of them. What is left is never easier to read than any of the two was.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.core.labels import readable
from interparl.core.marks import rank
from interparl.core.records import Record
from interparl.core.rights import row_done_by
from interparl.core.translated import DRAFT, TranslatedField, languages, rewritten
from interparl.core.writing import EMPTY, kept_fields, plain, relations_of, values_of
from interparl.exchange.actions.merge_rows import Rows, ref_of

KEPT, GONE, BOTH = "kept", "gone", "both"
# The mark, the publication and what is doubted follow from both records by rule.
BY_RULE = frozenset({"mark", "published_on", "questioned"})


@dataclass(frozen=True)
class Differing:
    """A field in which the two differ: what stands in each, what may be chosen, and what is proposed."""

    column: models.Field[Any, Any]
    kept: Any
    gone: Any
    choices: tuple[str, ...]
    proposed: str

    @property
    def name(self) -> str:
        """The name of the field."""
        return self.column.name


@dataclass
class Merge:
    """Two records that would become one: `kept` is left, `gone` goes."""

    kept: Record
    gone: Record
    reader: User
    differing: list[Differing]
    rows: Rows
    against: list[str] = field(default_factory=list)
    doubts: list[tuple[Record, str | Promise]] = field(default_factory=list)
    # Fields of which the reader may not know what stands in them: the value of the one that goes fills an empty one.
    unseen: dict[str, Any] = field(default_factory=dict)
    # Whether something bars it that the reader may not know of: only who tries is told, and not what.
    is_barred: bool = False

    @property
    def digest(self) -> str:
        """Differs when anything that the reader knows would go otherwise than when he last looked."""
        seen = [[*ref_of(row), values_of(row)] for row in self.moving() + self.going()]
        said = [values_of(self.kept), values_of(self.gone), seen, self.against]
        text = json.dumps(said, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    def moving(self) -> list[Record]:
        """The rows that move, as far as the reader may know of them."""
        return [row for row in self.rows.moving() if self.rows.is_open(row)]

    def going(self) -> list[Record]:
        """The rows that are kept once, as far as the reader may know of them."""
        return [row for row in self.rows.going() if self.rows.is_open(row)]

    def values(self, choices: Mapping[str, str]) -> dict[str, Any]:
        """What is set on the record that is left, by column; a field without a choice gets what is proposed."""
        found = dict(self.unseen)
        for one in self.differing:
            choice = choices.get(one.name) or one.proposed
            if choice == GONE:
                found[one.column.attname] = one.column.value_from_object(self.gone)
            elif choice == BOTH:
                found[one.column.attname] = _together(one)
        mark = max((self.kept.mark, self.gone.mark), key=rank)
        days = [self.kept.published_on, self.gone.published_on]
        published_on = None if None in days else max(day for day in days if day is not None)
        return found | {"mark": mark, "published_on": published_on}

    def left(self, choices: Mapping[str, str]) -> Record:
        """The record that is left as it would stand; not saved."""
        found = type(self.kept)._base_manager.get(pk=self.kept.pk)
        for name, value in self.values(choices).items():
            setattr(found, name, value)
        return found

    @property
    def is_withdrawn(self) -> bool:
        """Whether the one that is left is published now and would be no more."""
        return self.kept.published_on is not None and self.gone.published_on is None


def merge_of(kept: Record, gone: Record, reader: User) -> Merge:
    """What making one of the two would do, as far as the reader may know, and all that stands against it."""
    differing, unseen = _differing(kept, gone, reader)
    found = Merge(kept, gone, reader, differing, Rows(kept, gone, reader), unseen=unseen)
    found.against += _of_the_two(found) + _of_places(found.rows) + _of_rights(found) + _of_kinds(found)
    _foresee(found)
    return found


def _differing(kept: Record, gone: Record, reader: User) -> tuple[list[Differing], dict[str, Any]]:
    """The fields in which the two differ, and what is decided without the reader, who may not know of it."""
    found: list[Differing] = []
    unseen: dict[str, Any] = {}
    seen = readable(_pointed_to(kept) | _pointed_to(gone), reader)
    for column in kept_fields(type(kept)):
        mine, other = (column.value_from_object(record) for record in (kept, gone))
        if column.name in BY_RULE or plain(mine) == plain(other):
            continue
        hidden = [_is_hidden(column, value, seen) for value in (mine, other)]
        if any(hidden) and all(
            is_hidden or value in EMPTY for is_hidden, value in zip(hidden, (mine, other), strict=True)
        ):
            if mine in EMPTY:
                unseen[column.attname] = other
            continue
        found.append(_choice(column, *(None if no else value for no, value in zip(hidden, (mine, other), strict=True))))
    return found, unseen


def _pointed_to(record: Record) -> set[tuple[str, int]]:
    return {
        (column.related_model._meta.label_lower, key)
        for column in relations_of(type(record))
        if issubclass(column.related_model, Record) and (key := column.value_from_object(record)) is not None
    }


def _is_hidden(column: models.Field[Any, Any], value: Any, seen: set[tuple[str, int]]) -> bool:
    related: Any = column.related_model if isinstance(column, models.ForeignKey) else None
    return bool(related and issubclass(related, Record) and value and (related._meta.label_lower, value) not in seen)


def _choice(column: models.Field[Any, Any], mine: Any, other: Any) -> Differing:
    if isinstance(column, models.OneToOneField):
        # What belongs to one record only goes with it; two are refused.
        side = KEPT if mine is not None else GONE
        return Differing(column, mine, other, (side,), side)
    if isinstance(column, TranslatedField) and mine and other and set(_texts(other)) - set(_texts(mine)):
        return Differing(column, mine, other, (BOTH, KEPT, GONE), BOTH)
    return Differing(column, mine, other, (KEPT, GONE), GONE if mine in EMPTY else KEPT)


def _texts(value: Any) -> dict[str, str]:
    return {code: one["text"] for code, one in (value or {}).items() if one["text"]}


def _together(one: Differing) -> Any:
    """The texts of the one that is left, with those of the other in the languages that are missing, as drafts."""
    mine, other = _texts(one.kept), _texts(one.gone)
    added = {code: text for code, text in other.items() if code not in mine}
    return rewritten(one.kept, mine | added, dict.fromkeys(added, DRAFT))


def _of_the_two(merge: Merge) -> list[str]:
    """What the two records themselves have against it."""
    found = [
        _("Both have a value in “%(field)s”, and it belongs to one record only. Take it out of one of them first.")
        % {"field": one.column.verbose_name}
        for one in merge.differing
        if isinstance(one.column, models.OneToOneField) and one.kept is not None and one.gone is not None
    ]
    found += [
        _("One of the two points to the other (“%(field)s”), so they are told apart. Take that out first.")
        % {"field": name}
        for name in merge.rows.links
    ]
    return found


def _of_places(rows: Rows) -> list[str]:
    return [
        _("Both have “%(row)s” (%(kind)s) and it may stand only once. Change or remove one of them first.")
        % {"row": _words(row), "kind": type(row)._meta.verbose_name}
        for row, _other in rows.taken
    ]


def _words(row: Record) -> str:
    told = next((one for one in kept_fields(type(row)) if one.name == row.told_by), None)
    value = getattr(row, told.name) if told is not None else None
    return str(row if value is None or isinstance(value, dict) else value)


def _of_rights(merge: Merge) -> list[str]:
    """Kinds of rows that the reader knows and may not change; that a single one is closed does not matter."""
    rows = [row for row in [*merge.moving(), *merge.going()] if not row_done_by(row, "change", merge.reader)]
    return [
        _("You may not change what would move: %(kinds)s. Somebody who may can merge the two.") % {"kinds": name}
        for name in dict.fromkeys(str(type(row)._meta.verbose_name_plural) for row in rows)
    ]


def _of_kinds(merge: Merge) -> list[str]:
    """What the kinds of rows say that point to one of the two; of those that the reader may not know of, nothing."""
    by_model: dict[tuple[type[Record], bool], list[Record]] = {}
    for row in [*merge.rows.moving(), *merge.rows.beside(), *merge.rows.going()]:
        by_model.setdefault((type(row), merge.rows.is_open(row)), []).append(row)
    found = {key: [str(text) for text in key[0].against_merging(rows)] for key, rows in by_model.items()}
    merge.is_barred = any(texts for (_model, is_open), texts in found.items() if not is_open)
    return [text for (_model, is_open), texts in found.items() if is_open for text in texts]


def _foresee(merge: Merge) -> None:
    """Asks the rules of each kind about its rows as they would stand: what they refuse, and what they would doubt."""
    every = [*merge.rows.moving(), *merge.rows.beside()]
    known = {ref_of(row): row for row in every} | {ref_of(merge.kept): merge.kept}
    by_model: dict[type[Record], list[Record]] = {}
    for row in every:
        for column in relations_of(type(row)):
            related: Any = column.related_model
            target = known.get((related._meta.label_lower, column.value_from_object(row) or 0))
            if target is not None:
                setattr(row, column.name, target)
        by_model.setdefault(type(row), []).append(row)
    for model, rows in by_model.items():
        found = model.problems(rows)
        for position, row in enumerate(rows):
            for problem in found.of(position) if merge.rows.is_open(row) else ():
                if not problem.may_be_questioned:
                    merge.against.append(
                        f"{capfirst(str(model._meta.verbose_name))} “{_words(row)}”: {problem.message}"
                    )
                elif problem.code not in row.questioned:
                    merge.doubts.append((row, problem.message))
    if merge.rows.links:
        return
    left = merge.left({})
    merge.against += [str(problem.message) for problem in type(left).problems([left]).of(0)]


def called_then(merge: Merge) -> dict[str, str]:
    """What the one that is left would be called, in each language in which that is something else than now."""
    left = merge.left({})
    left.effective_mark, left.effective_published_on = left.mark, left.published_on
    rows = [row for row in [*merge.rows.moving(), *merge.rows.beside()] if merge.rows.is_open(row)]
    for need in left.label_needs:
        # The rows that its label is made of, as they would stand.
        parts = [row for row in rows if isinstance(row, type(left)._meta.get_field(need).related_model)]  # type: ignore[arg-type]  # a relation
        for row in parts:
            days = row.published_on, left.published_on
            row.effective_mark = max((row.mark, left.mark), key=rank)
            row.effective_published_on = None if None in days else max(day for day in days if day is not None)
        left.__dict__.setdefault("_prefetched_objects_cache", {})[need] = parts
    named = {code: (merge.kept.label_in(code), left.label_in(code)) for code in languages()}
    return {code: then for code, (now, then) in named.items() if then and then != now}


def names_lost(merge: Merge, left: Record) -> list[str]:
    """Names of the two by which what is left would no longer be found; not of people, whose names are rows."""
    if left.personal is not None:
        return []
    before, after = (
        [text for one in several for text in _names_of(one)] for several in ((merge.kept, merge.gone), (left,))
    )
    return [text for text in dict.fromkeys(before) if text and text not in after]


def _names_of(record: Record) -> Sequence[str]:
    return [*(record.label_in(code) for code in languages()), *record.also_known()]
