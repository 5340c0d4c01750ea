"""The page of roles: the table of `accounts.roles` as people read it, with how many users hold each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.accounts.models import User
from interparl.accounts.roles import RISING, ROLES, Role
from interparl.core.checks import OTHERS
from interparl.core.models.entries import Mark
from interparl.core.pages import RecordPages, every_record_pages
from interparl.core.requests import StaffRequest, require
from interparl.core.templatetags.ui_parts import Link

# Rights that are about no register of records, in words; one that has no words here is shown by its own name.
WORDS: dict[str, str | Promise] = {
    "accounts.change_user": gettext_lazy("keeps accounts"),
    "accounts.view_user": gettext_lazy("sees accounts"),
    "accounts.change_acting": gettext_lazy("says who acts for whom"),
    "bodies.approve_draft": gettext_lazy("approves drafts of compositions"),
    "bodies.turn_convocation": gettext_lazy("makes the change of convocation"),
    "core.view_entry": gettext_lazy("reads all history"),
    "core.view_readentry": gettext_lazy("sees who read what"),
    "core.lower_mark": gettext_lazy("lowers marks"),
    "core.view_readers": gettext_lazy("sees by name who may read a record"),
    "core.change_translation": gettext_lazy("translates"),
    "directory.confirm_erasure": gettext_lazy("confirms that somebody's data are erased"),
    "exchange.import_files": gettext_lazy("brings files in"),
    "meetings.approve_event": gettext_lazy("approves visits and their programmes"),
    "meetings.override_event": gettext_lazy("goes on, with a reason, where something is open"),
    "meetings.release_event": gettext_lazy("releases programmes, agendas and lists of participants"),
    "portal.change_page": gettext_lazy("writes the public pages"),
    "tasks.oversee_clearance": gettext_lazy("sees what is asked of others"),
    "tasks.settle_clearance": gettext_lazy("settles what is asked of others"),
}


def roles_page(request: StaffRequest) -> HttpResponse:
    """Nine roles: what each reads everywhere and on one's own, what it writes, and how many hold it."""
    require(request.user, "accounts.view_user")
    held = dict(User.objects.filter(is_active=True).order_by().values_list("role").annotate(Count("pk")))
    context: dict[str, Any] = {
        "crumbs": [Link(_("Users"), reverse("administration:user-list"))],
        "roles": [_row(role, held.get(role.key, 0)) for role in ROLES.values()],
        "titles": [role.title for role in ROLES.values()],
        "registers": [
            (
                capfirst(str(pages.model._meta.verbose_name_plural)),
                [(role.title, _cell(role, pages)) for role in ROLES.values()],
            )
            for pages in every_record_pages.values()
        ],
    }
    return render(request, "administration/roles.html", context)


def _row(role: Role, number: int) -> dict[str, Any]:
    others = dict.fromkeys((*WORDS, *OTHERS))
    return {
        "key": role.key,
        "title": role.title,
        "marks": marks_in_words(role.marks),
        "own_marks": marks_in_words(role.own_marks - role.marks),
        "others": ", ".join(str(WORDS.get(name, name)) for name in others if role.may(name)),
        "ends": _("with the mandate") if role.needs_mandate else _("when the account is closed"),
        "number": number,
        "url": f"{reverse('administration:user-list')}?role={role.key}&account=open",
    }


def marks_in_words(marks: frozenset[str]) -> str:
    """Marks by name, from the lowest to the highest."""
    return ", ".join(str(Mark(mark).label) for mark in RISING if mark in marks)


def _cell(role: Role, pages: RecordPages[Any]) -> str:
    """What users of a role do with a register: the most that they may do everywhere, then on their own."""
    everywhere = [action for action in ("add", "change") if role.may(pages.permission(action))]
    own = [action for action in ("add", "change") if role.may_own(pages.permission(action))]
    found = [str(DOES[tuple(everywhere)])] if everywhere else []
    if len(own) > len(everywhere):
        found.append(_("writes his own"))
    if not found and role.may(pages.permission("view")):
        found.append(_("reads"))
    return ", ".join(found) or "–"


DOES: dict[Sequence[str], str | Promise] = {
    ("add", "change"): gettext_lazy("writes"),
    ("add",): gettext_lazy("adds"),
    ("change",): gettext_lazy("changes"),
}
