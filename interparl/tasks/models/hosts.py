"""What tasks and clearances hang on: any record that is there, for those who may open its register."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from interparl.accounts.models import User
from interparl.accounts.roles import Rights
from interparl.core.kinds import Ref, every_record, model_of
from interparl.core.records import Problem, Problems, Record
from interparl.core.rights import Reader

NO_SUCH_RECORD = _("There is no such record.")


class AboutAny(Record):
    """A row about a record of any kind; who may not open the register of that kind knows of no row about it either."""

    class Meta:
        abstract = True

    @classmethod
    def may_read(cls, user: Reader) -> Q:
        """By its marks, and by what it is about."""
        closed = closed_to(user.rights) if isinstance(user, User) else ()
        return super().may_read(user) & ~Q(kind__in=closed) if closed else super().may_read(user)

    def is_open_to(self, user: Reader) -> bool:
        """The same of one."""
        closed = closed_to(user.rights) if isinstance(user, User) else ()
        return self.serializable_value("kind") not in closed and super().is_open_to(user)


@cache
def closed_to(rights: Rights) -> tuple[str, ...]:
    """The kinds of record whose register may not be opened with these rights."""
    names = [(model._meta.app_label, model._meta.model_name) for model in every_record()]
    return tuple(f"{area}.{name}" for area, name in names if not rights.may(f"{area}.view_{name}"))


def refuse_nowhere(found: Problems, refs: Sequence[Ref | None]) -> Problems:
    """Notes each of these records that is not there, at the position at which it was named."""
    keys: dict[str, set[int]] = {}
    for ref in refs:
        if ref is not None:
            keys.setdefault(ref[0], set()).add(ref[1])
    there: set[Ref] = set()
    for kind, several in keys.items():
        try:
            rows = model_of(kind)._base_manager.filter(pk__in=several)
        except (LookupError, ValueError):
            continue
        there |= {(kind, key) for key in rows.values_list("pk", flat=True)}
    for position, ref in enumerate(refs):
        if ref is not None and ref not in there:
            found.add(position, Problem("no-record", NO_SUCH_RECORD, "object_id"))
    return found
