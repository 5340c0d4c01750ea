"""The way from a record that was merged to the one that is left, for who may know of that one."""

from __future__ import annotations

from django.db import models

from interparl.core.kinds import Ref
from interparl.core.models.moved import Moved
from interparl.core.records import Record
from interparl.core.rights import Reader


def left_of(model: type[Record], key: int, user: Reader) -> int | None:
    """The key of what is left of a merged record; None when it was not merged or the reader may not know of that.

    Both are one question, so that nothing tells them apart.
    """
    if not model.mergeable:
        return None
    moved = Moved.objects.of(model.record_kind()).filter(object_id=key)
    return _open(model, user).filter(pk__in=moved.values("to_id")).values_list("pk", flat=True).first()


def left_by_code(model: type[Record], code: str, user: Reader) -> int | None:
    """The same by a code that a merged record had; the last merge counts."""
    if not model.mergeable or not code:
        return None
    moved = Moved.objects.of(model.record_kind()).filter(code__iexact=code).order_by("-pk")
    keys = list(moved.values_list("to_id", flat=True))
    found = set(_open(model, user).filter(pk__in=keys).values_list("pk", flat=True))
    return next((key for key in keys if key in found), None)


def merged_into(ref: Ref) -> list[int]:
    """The old ids of what was merged into this record, the last one first."""
    return Moved.objects.into(*ref)[::-1]


def _open(model: type[Record], user: Reader) -> models.QuerySet[Record]:
    return model._base_manager.filter(model.may_read(user))
