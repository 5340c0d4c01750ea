"""What is asked of records, and the gate that every write of theirs goes through (design 8.1).

An order of rows is the same on both databases: what is empty comes first, and last where the order is turned.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from typing import Any, Generic, Self, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import F, Q

from interparl.core.days import forget_kept
from interparl.core.rights import Reader

R = TypeVar("R", bound=models.Model)

_gate: ContextVar[bool] = ContextVar("gate", default=False)


class UntrackedWrite(RuntimeError):
    """Somebody tried to write a record outside `change`, `change_many` or `remove`."""


@contextmanager
def open_gate() -> Iterator[None]:
    """Lets writes through; only `core.writing` calls it, around its own saves. What was asked before is forgotten."""
    token = _gate.set(True)
    try:
        yield
    finally:
        _gate.reset(token)
        forget_kept()


def require_gate(deed: str) -> None:
    """Raises UntrackedWrite outside the gate."""
    if not _gate.get():
        raise UntrackedWrite(f"{deed} outside change(): use interparl.core.writing")


class RecordQuerySet(models.QuerySet[R], Generic[R]):
    """A QuerySet that reads freely and writes only through the gate."""

    def order_by(self, *names: Any) -> Self:
        """By these; where a field may be empty, empty ones come first, and last where the order is turned.

        Left alone each database puts them elsewhere. What is wanted otherwise is said with `nulls_last`.
        """
        return super().order_by(*(_settled(self.model, one) if isinstance(one, str) else one for one in names))

    def visible_to(self, user: Reader) -> Self:
        """The rows that this reader may know of: marks of the record and of what it hangs on (design 2.9, 2.17)."""
        model: Any = self.model
        return self.filter(model.may_read(user))

    def in_order(self) -> Self:
        """As the page of their whole lists them; as they were made unless a kind says otherwise."""
        return self.order_by("pk")

    def update(self, **kwargs: Any) -> int:
        """Only within the gate."""
        require_gate("update")
        return super().update(**kwargs)

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[R]:
        """Only within the gate."""
        require_gate("bulk_create")
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        """Only within the gate."""
        require_gate("bulk_update")
        return super().bulk_update(*args, **kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Only within the gate."""
        require_gate("delete")
        return super().delete()


class DatedQuerySet(RecordQuerySet[R]):
    """Rows that hold from a day to a day."""

    def on(self, day: date) -> Self:
        """Those that hold on the day, certainly or approximately; the one date condition there is (design 8.7)."""
        begun = Q(since_earliest__isnull=True) | Q(since_earliest__lte=day)
        lasting = Q(until_latest__isnull=True) | Q(until_latest__gte=day)
        return self.filter(begun & lasting)

    def meeting(self, first: date | None, last: date | None) -> Self:
        """Those that may hold on some day from `first` to `last`; None is open."""
        found = self
        if last is not None:
            found = found.filter(Q(since_earliest__isnull=True) | Q(since_earliest__lte=last))
        if first is not None:
            found = found.filter(Q(until_latest__isnull=True) | Q(until_latest__gte=first))
        return found


@cache
def _settled(model: type[models.Model], name: str) -> str | models.expressions.OrderBy:
    """The order by that name, with the place of what is empty where the field or a step of its path may be empty."""
    path = name.removeprefix("-")
    if not _may_be_empty(model, path):
        return name
    return F(path).desc(nulls_last=True) if name.startswith("-") else F(path).asc(nulls_first=True)


def _may_be_empty(model: type[models.Model], path: str) -> bool:
    """Whether a field along the path may be empty; a name that is no field of the model is left to who gave it."""
    found: Any = model
    is_nullable = False
    for step in path.split("__"):
        try:
            column = found._meta.pk if step == "pk" else found._meta.get_field(step)
        except (AttributeError, FieldDoesNotExist):
            return False
        is_nullable = is_nullable or getattr(column, "null", False)
        found = column.related_model
    return is_nullable
