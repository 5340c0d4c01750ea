"""What a reader may know of and change, by the mark in force of a row and by what is his own (design 2.9, 2.21, 8.8).

The same rule twice: as a condition for many rows, and for one row at hand. Neither asks the database: what is a user's
own came with the user.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar, Protocol, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, ForeignObject, Lookup, Q
from django.db.models.options import Options
from django.db.models.sql.compiler import SQLCompiler

from interparl.accounts.models import Keys, User
from interparl.accounts.roles import NO_RIGHTS, NOBODY, POINTER, RISING
from interparl.core.days import once, today

Reader = User | AnonymousUser
T = TypeVar("T")


def once_for(reader: Reader, key: tuple[Hashable, ...], ask: Callable[[], T]) -> T:
    """`once` for what depends on who reads; a role that a command reads as has no key, and nor has the public."""
    role = reader.role if isinstance(reader, User) else ""
    return once((*key, reader.pk, role), ask)


@ForeignObject.register_lookup
@Field.register_lookup
class Among(Lookup[Any]):
    """`path__among=keys`: the value is one of these keys, which go as one parameter.

    A deputy may own hundreds of bodies, and a page asks a dozen times: with `in` most of the time went into the text.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """The keys as one text of JSON."""
        value, params = self.process_lhs(compiler, connection)
        return f"{value} IN (SELECT value FROM json_each(%s))", (*params, json.dumps(sorted(self.rhs)))  # noqa: S608  a column of ours

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """The keys as one array."""
        value, params = self.process_lhs(compiler, connection)
        return f"{value} = ANY(%s)", (*params, sorted(self.rhs))


class Marked(Protocol):
    """What is asked of a kind of record; `Record` is such."""

    own_through: ClassVar[Mapping[str, str | tuple[str, ...]]]
    own_like: ClassVar[str]
    hangs_on_any: ClassVar[bool]
    asked_through: ClassVar[tuple[str, str] | None]
    effective_mark: Any
    effective_published_on: Any
    _meta: ClassVar[Options[Any]]

    def serializable_value(self, field_name: str) -> Any:
        """The value of a field; of a foreign key, the key."""


def rows_open_to(kind: type[Marked], user: Reader) -> Q:
    """The condition under which a reader may know of a row of this kind."""
    found = _rows_open_by_mark(kind, user)
    field = _asked_alone(kind, user)
    return found & Q(**{field: user.pk}) if field else found


def _asked_alone(kind: type[Marked] | Marked, user: Reader) -> str:
    """The field with the user, where this one knows of what is asked of himself alone; else ""."""
    if kind.asked_through is None or not isinstance(user, User):
        return ""
    field, overseeing = kind.asked_through
    return "" if user.rights.may(overseeing) else field


def _rows_open_by_mark(kind: type[Marked], user: Reader) -> Q:
    if not isinstance(user, User):
        return Q(effective_mark__in=sorted(NOBODY.marks), effective_published_on__lte=today())
    rights = user.rights
    if rights.marks >= set(RISING):
        return Q()
    if rights is NO_RIGHTS:
        return Q(pk__in=())
    condition = Q(effective_mark__in=sorted(rights.marks))
    if rights.own_marks:
        for paths in _own_conditions(kind, user.standing.own):
            condition |= Q(effective_mark__in=sorted(rights.own_marks), **paths)
    return condition


def _own_conditions(kind: type[Marked], own: Keys) -> list[dict[str, Any]]:
    """The ways in which a row may be the user's own."""
    if kind.hangs_on_any or kind.own_like:
        way = f"{kind.own_like}__" if kind.own_like else ""
        return [{f"{way}kind": name, f"{way}object_id__among": keys} for name, keys in own.items() if keys]
    return [{f"{path}__among": own[name]} for name, path in own_paths(kind.own_through) if own.get(name)]


def row_open_to(row: Marked, user: Reader) -> bool:
    """Whether a reader may know of this row."""
    if not isinstance(user, User):
        published: date | None = row.effective_published_on
        return row.effective_mark in NOBODY.marks and published is not None and published <= today()
    rights = user.rights
    if rights is NO_RIGHTS:
        return False
    if (field := _asked_alone(row, user)) and row.serializable_value(field) != user.pk:
        return False
    if row.effective_mark in rights.marks:
        return True
    return row.effective_mark in rights.own_marks and is_own(row, user.standing.own)


def was_open_to(kind: type[Marked], removal: Mapping[str, Any], user: Reader) -> bool:
    """Whether a reader might have known of a row that is gone, by what its removal changed: by its mark everywhere."""
    marks = user.rights.marks if isinstance(user, User) else NOBODY.marks
    field = _asked_alone(kind, user)
    is_his = not field or (removal.get(field) or [None])[0] == user.pk
    return is_his and (removal.get("mark") or [POINTER])[0] in marks


def row_done_by(row: Marked, action: str, user: Reader) -> bool:
    """Whether a reader may add, change or delete this row, by his role everywhere or as his own to keep."""
    if not isinstance(user, User):
        return False
    permission = f"{row._meta.app_label}.{action}_{row._meta.model_name}"
    rights = user.rights
    return rights.may(permission) or (rights.may_own(permission) and is_own(row, user.standing.kept))


def own_paths(through: Mapping[str, str | tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """The ways of `own_through` one by one, each with the kind of record at its end."""
    for name, paths in through.items():
        for path in (paths,) if isinstance(paths, str) else paths:
            yield name, path


def is_own(row: Marked, own: Keys) -> bool:
    """Whether the row, or what it hangs on, is among these records."""
    return next(own_refs(row, own), None) is not None


def own_refs(row: Marked, own: Keys) -> Iterator[tuple[str, int]]:
    """Those of these records which the row is or hangs on."""
    if row.own_like:
        yield from own_refs(getattr(row, row.own_like), own)
        return
    if row.hangs_on_any:
        kind, key = row.serializable_value("kind"), row.serializable_value("object_id")
        if key in own.get(kind, ()):
            yield kind, key
        return
    for name, path in own_paths(row.own_through):
        keys = own.get(name)
        if keys and (found := _key_along(row, path)) in keys:
            yield name, found


def _key_along(row: Any, path: str) -> int | None:
    """The key at the end of a path of foreign keys; None where one of them is empty."""
    *steps, last = path.split("__")
    for step in steps:
        row = getattr(row, step)
        if row is None:
            return None
    found: int | None = row.serializable_value(last)
    return found
