"""Labels: what a record is called in each language, kept beside it so that lists can sort and print (design 8.4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from django.db.models import Q, QuerySet, prefetch_related_objects

from interparl.core.kinds import Ref, model_of
from interparl.core.models.entries import Label
from interparl.core.records import Otherwise, Record
from interparl.core.rights import Reader
from interparl.core.translated import languages
from interparl.language.alphabets import sort_key
from interparl.language.folding import words

R = TypeVar("R", bound=Record)
LONGEST, LONGEST_FOLDED = 400, 1000
MANY = 500


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
    rows = [label for record in records for label in labels_for(record, kind)]
    Label.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["kind", "object_id", "language"],
        update_fields=["text", "by", "key", "folded", "spoken"],
    )
    for record in records:
        # What was fetched for the label would be old as soon as a part is added.
        record.forget(*model.label_needs)


def labels_for(record: Record, kind: str) -> list[Label]:
    """Unsaved labels of one record, one for each language."""
    own = {code: record.label_in(code)[:LONGEST] for code in languages()}
    otherwise = Otherwise(f"#{record.pk}", "", "und") if any(own.values()) else record.label_otherwise()
    found_by = words(" ".join([*own.values(), otherwise.text, *record.also_known()]))
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
    found: QuerySet[R], language: str, *, down: bool = False, start: int = 0, stop: int | None = None
) -> list[int]:
    """The keys of these rows in the order of their labels, from `start` to `stop`; ties by key of the row."""
    labels = Label.objects.filter(kind=found.model._meta.label_lower, language=language)
    if found.query.where or found.query.is_empty():
        labels = labels.filter(object_id__in=found.order_by().values("pk"))
    order = ("-key", "-object_id") if down else ("key", "object_id")
    return list(labels.order_by(*order).values_list("object_id", flat=True)[start:stop])


def matching(found: QuerySet[R], query: str, language: str) -> QuerySet[R]:
    """Those whose label or other names have words that begin like those of the query, folded; none without words."""
    labels = Label.objects.filter(kind=found.model._meta.label_lower, language=language)
    asked = words(query)
    if not asked:
        return found.none()
    for word in asked:
        labels = labels.filter(folded__contains=f" {word}")
    return found.filter(pk__in=labels.values("object_id"))


def readable(refs: Iterable[Ref], user: Reader) -> set[Ref]:
    """Of mixed records, those that this reader may know of; one query a kind, none for who may read every mark."""
    by_kind = _by_kind(refs)
    found: set[Ref] = set()
    for kind, keys in by_kind.items():
        model = model_of(kind)
        condition = model.may_read(user)
        seen = model._base_manager.filter(condition, pk__in=keys).values_list("pk", flat=True) if condition else keys
        found |= {(kind, key) for key in seen}
    return found


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
        found: Any = model._base_manager.filter(condition, pk__in=keys).values("pk") if condition else sorted(keys)
        wanted |= Q(kind=kind, object_id__in=found)
    if not wanted:
        return {}
    rows = Label.objects.filter(wanted, language=language).values_list("kind", "object_id", "text", "spoken", "by")
    return {
        (kind, key): Named(text, spoken, by) for kind, key, text, spoken, by in rows.iterator() if key in by_kind[kind]
    }


def _by_kind(refs: Iterable[Ref]) -> dict[str, set[int]]:
    by_kind: dict[str, set[int]] = {}
    for kind, key in refs:
        by_kind.setdefault(kind, set()).add(key)
    return by_kind
