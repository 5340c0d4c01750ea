"""What somebody may know of today, of every kind of record, and why; told to who may know of it himself.

The rule is that of `core.rights`, asked with the other user in place of the reader; nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.accounts.models import Acting, User
from interparl.accounts.roles import RISING, ROLES
from interparl.administration.users.tables import looked_after
from interparl.bodies.models import Membership
from interparl.core.kinds import Ref
from interparl.core.pages import RecordPages, every_record_pages
from interparl.core.records import Record
from interparl.core.rights import own_refs
from interparl.core.tables import Reading

BODY, COUNTRY, ORGANISATION, PERSON = (
    "bodies.body",
    "directory.country",
    "directory.organisation",
    "directory.person",
)


@dataclass(frozen=True)
class Sight:
    """Of one kind of record: how many the reader knows of, and how many of these the user may know of, by mark."""

    kind: str
    title: str
    may_open: bool
    total: int
    seen: dict[str, int]

    @property
    def all_seen(self) -> int:
        """Of every mark."""
        return sum(self.seen.values())


def sights_of(user: User, reader: User) -> list[Sight]:
    """Every kind of record whose pages the reader may open, in the order of the areas; one query a kind."""
    return [
        sight_of(pages, user, reader)
        for pages in every_record_pages.values()
        if reader.rights.may(pages.permission("view"))
    ]


def sight_of(pages: RecordPages[Any], user: User, reader: User) -> Sight:
    """One kind of record, in one query."""
    rows = pages.model._base_manager.filter(pages.model.may_read(reader)).order_by()
    condition = pages.model.may_read(user)
    counted = rows.values_list("effective_mark").annotate(Count("pk"), seen=Count("pk", filter=condition or None))
    numbers = {mark: (total, seen) for mark, total, seen in counted}
    return Sight(
        kind=pages.kind,
        title=capfirst(str(pages.model._meta.verbose_name_plural)),
        may_open=user.rights.may(pages.permission("view")),
        total=sum(total for total, _seen in numbers.values()),
        seen={mark: numbers.get(mark, (0, 0))[1] for mark in RISING},
    )


def seen_rows(pages: RecordPages[Any], user: User, reader: User, mark: str = "") -> Any:
    """The records of a kind that the user may know of, as far as the reader may know of them too."""
    rows = pages.model._base_manager.filter(pages.model.may_read(reader)).filter(pages.model.may_read(user))
    return rows.filter(effective_mark=mark) if mark else rows


class Reasons:
    """Why a user may know of a record; what it needs was read once, with the queries of the first question."""

    def __init__(self, user: User, day: date) -> None:
        self.user = user
        # Closed accounts lend no rights.
        acts = Acting.objects.filter(deputy=user, since__lte=day, until__gte=day, user__is_active=True)
        self.principals = [one.user for one in acts.select_related("user").order_by("user_id")]
        self.ways = _own_ways(user, day)

    def of(self, record: Record, reading: Reading) -> str:
        """The reason in words, the weightiest first; "" when he may not know of it."""
        if not record.is_open_to(self.user):
            return ""
        return self._by_role(record.effective_mark) or self._by_own(record, reading)

    def _by_role(self, mark: str) -> str:
        own = ROLES[self.user.role]
        if mark in own.marks:
            return _("by role: %(role)s") % {"role": own.title}
        for principal in self.principals:
            role = ROLES[principal.role]
            if mark in role.marks:
                return _("acts for %(name)s (%(role)s)") % {"name": principal, "role": role.title}
        # A role that comes with a seat.
        others = (ROLES[key] for key in self.user.standing.roles if mark in ROLES[key].marks)
        return next((_("by a seat: %(role)s") % {"role": role.title} for role in others), "")

    def _by_own(self, record: Record, reading: Reading) -> str:
        refs = list(own_refs(record, self.user.standing.own))
        return "; ".join(dict.fromkeys(self._way(ref) % {"name": reading.name(*ref) or "–"} for ref in refs))

    def _way(self, ref: Ref) -> str:
        if way := self.ways.get(ref):
            return str(way)
        if self.principals:
            names = ", ".join(str(one) for one in self.principals)
            return _("through %(names)s, for whom he acts: %%(name)s") % {"names": names.replace("%", "%%")}
        return _("his own, by what he looks after: %(name)s")

    def refs(self, record: Record) -> Sequence[Ref]:
        """The records that a reason names."""
        mark = record.effective_mark
        return () if self._by_role(mark) else tuple(own_refs(record, self.user.standing.own))


SITS = gettext_lazy("his own: sits in %(name)s")
LOOKS_AFTER = gettext_lazy("his own: looks after %(name)s")
HIMSELF = gettext_lazy("his own: he is %(name)s")


def _own_ways(user: User, day: date) -> dict[Ref, str | Promise]:
    """By which way something is the user's own, where it does not come from somebody for whom he acts."""
    seats = Membership.objects.on(day).filter(person__user=user).order_by().values_list("body_id", "person_id")
    ways: dict[Ref, str | Promise] = {}
    for body, person in seats:
        ways[BODY, body] = SITS
        ways[PERSON, person] = HIMSELF
    mine = looked_after(user, day).order_by().values_list("country_id", "organisation_id")
    for country, organisation in mine:
        ways[(COUNTRY, country) if country else (ORGANISATION, organisation or 0)] = LOOKS_AFTER
    return ways


def refusal_of(record: Record, user: User) -> str:
    """Why a user may not know of a record, in words."""
    held = [ROLES[key] for key in (user.role, *user.standing.roles)]
    mark = record.get_effective_mark_display()
    if any(record.effective_mark in role.own_marks for role in held):
        return _("The mark in force is “%(mark)s”, which he reads only on his own, and this is not.") % {"mark": mark}
    return _("The mark in force is “%(mark)s”, which his role does not read.") % {"mark": mark}
