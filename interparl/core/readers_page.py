"""The page "Who sees this" of every record: by role for all who read it, by name for those who keep registers."""

from __future__ import annotations

from typing import Any, TypeVar

from django.http import HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from interparl.accounts.models import access
from interparl.accounts.roles import ROLES
from interparl.core.addresses import address
from interparl.core.days import today
from interparl.core.described import Described
from interparl.core.formats import write_day, write_number
from interparl.core.history import title_of
from interparl.core.models.entries import Mark
from interparl.core.readers import Knower, Reach, knowers_of, reach_of
from interparl.core.records import Record
from interparl.core.requests import StaffRequest, reading_of, require
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Fact

R = TypeVar("R", bound=Record)

REACHES: dict[Reach, Any] = {
    "every": gettext_lazy("Everybody with this role"),
    "own": gettext_lazy("Those whose own it is"),
    "none": gettext_lazy("Nobody"),
}
ACTING = gettext_lazy("Acts for: %(role)s")


def readers_page(pages: Described[R], request: StaffRequest, key: int) -> HttpResponse:
    """Who may read this record today, and why; a record that the reader may not know of is not there."""
    require(request.user, pages.permission("view"))
    record = pages.get(request, key)
    reading = reading_of(request)
    people = knowers_of(record, access().everyone())
    rows = [(role.title, REACHES[reach_of(role, record)]) for role in ROLES.values()]
    context: dict[str, Any] = {
        "record": record,
        "reading": reading,
        "crumbs": pages.crumbs(record, reading),
        "form_title": _("Who sees “%(name)s”") % {"name": title_of(record, reading)},
        "facts": _facts(record, reading),
        "roles": [(title, words, _among(role, people)) for (title, words), role in zip(rows, ROLES, strict=True)],
        "count_words": ngettext("%(count)s user may read it today.", "%(count)s users may read it today.", len(people))
        % {"count": write_number(len(people), reading.language)},
    }
    if request.user.has_perm("core.view_readers"):
        context["people"] = people_table(people, reading)
    return pages.render(request, "readers", context)


def _among(role: str, people: list[Knower]) -> int:
    return sum(knower.user.role == role for knower in people)


def _facts(record: Record, reading: Reading) -> list[Fact]:
    """The mark in force, where it comes from, and whether the public page shows it."""
    in_force = Mark(record.effective_mark)
    by_whole = _("because of what it hangs on; its own mark is: %(mark)s") % {"mark": Mark(record.mark).label}
    since = record.effective_published_on
    if in_force != Mark.PUBLIC or since is None:
        published = _("No")
    elif since > today():
        published = _("From %(day)s") % {"day": write_day(since, reading.language)}
    else:
        published = _("Everybody, since %(day)s") % {"day": write_day(since, reading.language)}
    return [
        Fact(_("Mark in force"), capfirst(in_force.label), "" if record.mark == in_force else by_whole),
        Fact(_("On the public page"), published),
    ]


def people_table(people: list[Knower], reading: Reading) -> Table[Any]:
    """The users as a table, with the reason of each."""
    people = sorted(people, key=lambda knower: (list(ROLES).index(knower.user.role), str(knower.user).casefold()))
    columns: Columns[Any] = Columns(
        (
            Column("name", pgettext_lazy("of a person", "Name"), lambda knower, _reading: str(knower.user)),
            Column("role", gettext_lazy("Role"), lambda knower, _reading: str(ROLES[knower.user.role].title)),
            Column("why", gettext_lazy("Why"), why, refs=lambda knower: knower.through),
        )
    )
    return Table.of(columns, people, reading, caption=_("Who sees this, by name"))


def why(knower: Knower, reading: Reading) -> str:
    """Why somebody may read it: by role, or because something of his own; what, if the reader may know of it."""
    by_role = str(ACTING) % {"role": knower.role.title} if knower.is_acting else _("By role")
    if not knower.through:
        return by_role
    own = ", ".join(name for ref in knower.through if (name := reading.name(*ref)))
    return _("Own: %(what)s") % {"what": own} if own else _("By what is their own")


def readers_address(record: Record) -> str:
    """Where the page of a record is."""
    return address((record.record_kind(), record.pk), "readers")
