"""Labels: what a record is called in each language, kept beside it so that lists can sort and print (design 8.4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar

from django.db.models import (
    Case,
    CharField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)

from interparl.core.kinds import Ref, every_record, model_of
from interparl.core.models.entries import Label
from interparl.core.models.moved import Moved
from interparl.core.planner import many_were_written
from interparl.core.reads import ForOfficialUse, is_noting, note
from interparl.core.records import Otherwise, Record
from interparl.core.rights import Reader
from interparl.core.translated import languages
from interparl.language.alphabets import sort_key
from interparl.language.folding import words

R = TypeVar("R", bound=Record)
LONGEST, LONGEST_FOLDED = 400, 1000
MANY = 500
FEW_OF = 20
SHOWN = ("kind", "object_id", "text", "spoken", "by")


class Follower(Protocol):
    """Told, within the change, what records are called: it keeps an index by which they are found."""

    def filled(self, kind: str, texts: Mapping[int, Sequence[str]]) -> None:
        """These records are called so from now on, and no longer otherwise."""

    def forgotten(self, kind: str, keys: Collection[int]) -> None:
        """These are no more."""

    def emptied(self) -> None:
        """All is about to be told anew."""


followers: list[Follower] = []


class Named(NamedTuple):
    """A label as shown: the words, and their language when it is not the reader's."""

    text: str
    spoken: str
    by: str = ""


def fill_labels(model: type[Record], records: Sequence[Record]) -> None:
    """Writes the labels of these records in every language, fallback applied; nothing for the unlabelled."""
    if not model.labelled or not records:
        return
    if model.label_needs:
        prefetch_related_objects(list(records), *model.label_needs)
    kind = model.record_kind()
    beside = Moved.objects.words(kind, [record.pk for record in records]) if model.mergeable else {}
    rows = [label for record in records for label in labels_for(record, kind, beside.get(record.pk, ()))]
    Label.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["kind", "object_id", "language"],
        update_fields=["text", "by", "key", "folded", "spoken"],
    )
    texts = {record.pk: texts_of(record, beside.get(record.pk, ())) for record in records}
    for follower in followers:
        follower.filled(kind, texts)
    for record in records:
        # What was fetched for the label would be old as soon as a part is added.
        record.forget(*model.label_needs)


def forget_labels(kind: str, keys: Collection[int]) -> None:
    """Drops the labels of records of this kind that are no more."""
    Label.objects.filter(kind=kind, object_id__in=keys).delete()
    for follower in followers:
        follower.forgotten(kind, keys)


def fill_all_labels() -> None:
    """Writes the labels of every record anew: a newer version may make them of other parts."""
    for follower in followers:
        follower.emptied()
    for model in every_record():
        if model.labelled:
            keys = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
            for start in range(0, len(keys), MANY):
                fill_labels(model, list(model._base_manager.filter(pk__in=keys[start : start + MANY]).order_by("pk")))
            many_were_written(len(keys))


def texts_of(record: Record, beside: Sequence[str] = ()) -> list[str]:
    """All that a record is called and may be found by, whoever may know of it; the texts `beside` as well."""
    own = [text for code in languages() if (text := record.label_in(code))]
    return list(dict.fromkeys([*(own or [record.label_otherwise().text]), *record.also_known(), *beside]))


def labels_for(record: Record, kind: str, beside: Sequence[str] = ()) -> list[Label]:
    """Unsaved labels of one record, one for each language; it is found by the words `beside` as well."""
    own = {code: record.label_in(code)[:LONGEST] for code in languages()}
    otherwise = Otherwise(f"#{record.pk}", "", "und") if any(own.values()) else record.label_otherwise()
    found_by = words(" ".join([*own.values(), otherwise.text, *record.also_known(), *beside]))
    folded = "".join(f" {word}" for word in dict.fromkeys(found_by))[:LONGEST_FOLDED]
    made = []
    for code in languages():
        spoken = next((other for other in (code, *languages()) if own[other]), "")
        text = own[spoken] if spoken else otherwise.text[:LONGEST]
        by = (record.sort_text_in(spoken) if spoken else otherwise.by)[:LONGEST] or text
        spoken = spoken or otherwise.language
        made.append(
            Label(
                kind=kind,
                object_id=record.pk,
                language=code,
                text=text,
                by=by,
                key=sort_key(by, code),
                folded=folded,
                spoken=spoken,
            )
        )
    return made


def keys_in_order(
    found: QuerySet[R], language: str, *, down: bool = False, start: int = 0, stop: int | None = None, total: int = 0
) -> list[int]:
    """The keys of these rows in the order of their labels, from `start` to `stop`; ties by key of the row.

    `total` is how many rows there are, where that is known.
    """
    labels = Label.objects.filter(kind=found.model._meta.label_lower, language=language)
    if found.query.where or found.query.is_empty():
        those = found.order_by()
        if stop and total > FEW_OF * stop:
            # Few of many: the labels are walked in their order and each row looked up, instead of gathering all rows.
            labels = labels.filter(Exists(those.filter(pk=OuterRef("object_id"))))
        else:
            labels = labels.filter(object_id__in=those.values("pk"))
    order = ("-key", "-object_id") if down else ("key", "object_id")
    return list(labels.order_by(*order).values_list("object_id", flat=True)[start:stop])


def in_label_order(found: QuerySet[R], language: str) -> QuerySet[R]:
    """The same rows in the order of their labels, ties by key: for rows that are read whole and are not many."""
    labels = Label.objects.filter(kind=found.model._meta.label_lower, language=language, object_id=OuterRef("pk"))
    return found.order_by(Subquery(labels.values("key")[:1]).asc(nulls_last=True), "pk")


def readable(refs: Iterable[Ref], user: Reader) -> set[Ref]:
    """Of mixed records, those that are there and that this reader may know of; one query for all kinds."""
    return {ref for ref, known in known_of(refs, user).items() if known.is_open}


class Known(NamedTuple):
    """Of a record that is there: whether the reader may know of it, and its mark in force."""

    is_open: bool
    mark: str


def known_of(refs: Iterable[Ref], user: Reader) -> dict[Ref, Known]:
    """Of mixed records those that are there, and what this reader may know of each; one query, whoever asks."""
    asked = [_known_rows(model_of(kind), keys, user) for kind, keys in _by_kind(refs).items()]
    if not asked:
        return {}
    rows = asked[0].union(*asked[1:], all=True) if len(asked) > 1 else asked[0]
    return {(kind, key): Known(bool(is_open), mark) for kind, key, is_open, mark in rows}


def _known_rows(model: type[Record], keys: set[int], user: Reader) -> QuerySet[Any, Any]:
    condition = model.may_read(user)
    is_open = Case(When(condition, then=Value(1)), default=Value(0)) if condition else Value(1)
    found = model._base_manager.filter(pk__in=keys).order_by()
    kind = Value(model.record_kind(), output_field=CharField())
    asked = found.annotate(known_kind=kind, known_open=is_open)
    return asked.values_list("known_kind", "pk", "known_open", "effective_mark")


def open_labels(kinds: Iterable[str], user: Reader) -> Q:
    """The condition under which a label is that of a record of one of these kinds that the reader may know of."""
    wanted = Q(pk__in=())
    for kind in kinds:
        model = model_of(kind)
        condition = model.may_read(user)
        those = model._base_manager.filter(condition, pk=OuterRef("object_id"))
        wanted |= Q(kind=kind) & Q(Exists(those)) if condition else Q(kind=kind)
    return wanted


def labels_of(refs: Iterable[Ref], language: str, user: Reader) -> dict[Ref, Named]:
    """Labels of mixed records, only of those that this reader may know of; one query for all kinds (design 8.8)."""
    wanted, by_kind = Q(), _by_kind(refs)
    for kind, keys in by_kind.items():
        model = model_of(kind)
        if not model.labelled:
            continue
        condition = model.may_read(user)
        if len(keys) > MANY:
            # So many keys in one condition cost more than the labels between the least and the greatest.
            between = Q(object_id__gte=min(keys), object_id__lte=max(keys))
            seen = model._base_manager.filter(condition).values("pk") if condition else None
            wanted |= Q(kind=kind) & (between & Q(object_id__in=seen) if seen is not None else between)
            continue
        those: Any = model._base_manager.filter(condition, pk__in=keys).values("pk") if condition else sorted(keys)
        wanted |= Q(kind=kind, object_id__in=those)
    if not wanted:
        return {}
    are_many = any(len(keys) > MANY for keys in by_kind.values())
    asked = ForOfficialUse(list(by_kind), for_many=are_many) if is_noting(user) else Value(0)
    rows = Label.objects.filter(wanted, language=language).annotate(restricted=asked)
    found, restricted = {}, []
    for kind, key, text, spoken, by, is_restricted in rows.values_list(*SHOWN, "restricted").iterator():
        if key in by_kind[kind]:
            found[kind, key] = Named(text, spoken, by)
            if is_restricted:
                restricted.append((kind, key))
    note(restricted)
    return found


def _by_kind(refs: Iterable[Ref]) -> dict[str, set[int]]:
    by_kind: dict[str, set[int]] = {}
    for kind, key in refs:
        by_kind.setdefault(kind, set()).add(key)
    return by_kind
