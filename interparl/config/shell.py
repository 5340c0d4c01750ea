"""The rail of the desk and what else every desk page shows. The menu names only pages that exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from interparl.accounts.models import User
from interparl.core.days import DEMONSTRATION_DAY, installation, today
from interparl.core.desk_pages import kinds_to_add
from interparl.core.formats import write_day
from interparl.core.forms import LANGUAGE_NAMES
from interparl.core.requests import asked_day, same_page
from interparl.tasks.models.waiting import number_waiting_for

# (heading of the group, ((label, route, icon, permission), ...)); after `g` the key of KEYS leads to the route.
MENU: tuple[tuple[Any, tuple[tuple[Any, str, str, str], ...]], ...] = (
    (
        "",
        (
            (_("Home"), "home", "home", "directory.view_country"),
            (_("Worklist"), "tasks:worklist", "worklist", "tasks.view_task"),
            (_("Calendar"), "meetings:calendar-month", "calendar", "meetings.view_event"),
        ),
    ),
    (
        _("Who"),
        (
            (_("Countries"), "directory:country-list", "countries", "directory.view_country"),
            (_("Parliaments"), "directory:parliament-list", "parliaments", "directory.view_parliament"),
            (_("People"), "directory:person-list", "people", "directory.view_person"),
            (_("Organisations"), "directory:organisation-list", "organisations", "directory.view_organisation"),
            (_("Bodies"), "bodies:body-list", "bodies", "bodies.view_body"),
            (_("Load"), "bodies:load", "report", "bodies.view_membership"),
            (_("Activity"), "bodies:activity", "history", "bodies.view_body"),
            (_("Drafts"), "bodies:draft-list", "document", "bodies.view_draft"),
        ),
    ),
    (
        _("What"),
        (
            (_("Decisions"), "bodies:decision-list", "document", "bodies.view_decision"),
            (_("Letters due"), "bodies:letterdue-list", "document", "bodies.view_letterdue"),
            (_("Clearances"), "tasks:clearance-list", "check", "tasks.oversee_clearance"),
            (_("Tasks"), "tasks:task-list", "document", "tasks.oversee_clearance"),
            (_("Moved days"), "tasks:movedday-list", "document", "tasks.view_movedday"),
            (_("Rules of composition"), "bodies:compositionrule-list", "document", "bodies.view_compositionrule"),
            (_("Documents"), "documents:document-list", "document", "documents.view_document"),
            (_("Editions"), "documents:edition-list", "document", "documents.view_edition"),
            (_("Relations"), "directory:relation-list", "flag", "directory.view_relation"),
            (_("Events"), "meetings:event-list", "calendar", "meetings.view_event"),
            (_("Series of events"), "meetings:series-list", "calendar", "meetings.view_series"),
            (_("Resources"), "meetings:resource-list", "parliaments", "meetings.view_resource"),
            (_("Sitting days"), "meetings:sittingday-list", "calendar", "meetings.view_sittingday"),
            (_("Who met whom"), "meetings:contacts", "people", "meetings.view_event"),
            (_("Must not meet"), "directory:sensitivity-list", "flag", "directory.view_sensitivity"),
            (_("Sources"), "core:source-list", "document", "core.view_source"),
            (_("Imports"), "exchange:batch-list", "import", "exchange.import_files"),
        ),
    ),
    (
        _("Out"),
        (
            (_("Public numbers"), "portal:figures", "report", "portal.view_reportedfigure"),
            (_("Public wording"), "portal:section-list", "document", "portal.view_section"),
            (_("Translations"), "translations", "translation", "core.change_source"),
        ),
    ),
    (
        _("Administration"),
        (
            (_("Users"), "administration:user-list", "user", "accounts.view_user"),
            (_("Deputising"), "administration:acting-list", "clock", "accounts.view_acting"),
            (_("Reads"), "administration:audit-reads", "report", "core.view_readentry"),
            (_("Changes"), "administration:audit-changes", "history", "core.view_entry"),
            (_("Seals"), "administration:audit-seals", "check", "core.view_seal"),
            (_("Rules of keeping"), "directory:retentionrule-list", "document", "directory.view_retentionrule"),
            (
                _("Classes of keeping"),
                "documents:keepingrule-list",
                "document",
                "documents.add_keepingrule",
            ),
            (_("Erasures"), "directory:erasure-list", "document", "directory.view_erasure"),
        ),
    ),
)
KEYS = {
    "home": "h",
    "tasks:worklist": "w",
    "directory:country-list": "c",
    "directory:person-list": "p",
    "directory:organisation-list": "o",
    "bodies:body-list": "b",
    "meetings:calendar-month": "m",
}
# What stands at the foot of a phone, beside the way to all.
MAIN = ("home", "tasks:worklist", "meetings:calendar-month", "directory:country-list", "directory:person-list")
# How much waits behind an item.
COUNTS: dict[str, Callable[[User], int]] = {"tasks:worklist": number_waiting_for}


def desk_context(request: HttpRequest) -> dict[str, Any]:
    """Navigation, languages, the day that is read; nothing for who has not signed in."""
    language = get_language() or settings.LANGUAGE_CODE
    common = {
        "language": language,
        "language_choices": [(code, LANGUAGE_NAMES.get(code, code)) for code, _name in settings.LANGUAGES],
    }
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return common
    now = today()
    day, _problem = asked_day(request.GET.get("on", ""))
    stands_on = installation().get(DEMONSTRATION_DAY, "")
    return common | {
        "navigation": navigation(request, user),
        "search_url": reverse("find"),
        "suggest_url": reverse("suggest"),
        "new_url": reverse("new") if kinds_to_add(user) else "",
        "note_url": note_url(request, user),
        "past_day": write_day(day, language, "weekday") if day and day != now else "",
        "today_url": same_page(request, on=None),
        "demonstration_day": write_day(now, language, "full") if stands_on else "",
    }


# On the page of which record the talks that are noted are with, in the margins of, or about it.
NOTED_FROM = {
    "directory:country-show": "country",
    "directory:person-show": "person",
    "meetings:event-show": "within",
}


def note_url(request: HttpRequest, user: User) -> str:
    """Where a talk is noted, with the record whose page is read; "" for who may not add events."""
    if not (user.rights.may("meetings.add_event") and user.rights.may("meetings.add_talktext")):
        return ""
    match = request.resolver_match
    known = NOTED_FROM.get(match.view_name, "") if match else ""
    query = f"?{known}={match.kwargs['key']}" if known and match else ""
    return f"{reverse('meetings:note')}{query}"


def navigation(request: HttpRequest, user: User) -> list[dict[str, Any]]:
    """The groups of the rail with the items that this user may open; the current one is marked."""
    groups = []
    for title, items in MENU:
        shown = []
        for label, route, icon, permission in items:
            if user.has_perm(permission):
                url = _where(route, get_language() or settings.LANGUAGE_CODE)
                is_current = request.path == url if route == "home" else request.path.startswith(url)
                key = KEYS.get(route, "")
                count = COUNTS[route](user) if route in COUNTS else None
                item = {"label": label, "url": url, "icon": icon, "current": is_current, "count": count, "key": key}
                shown.append(item | {"main": route in MAIN})
        if shown:
            groups.append({"title": title, "items": shown})
    return groups


@cache
def _where(route: str, language: str) -> str:
    """The address behind an item; routes stand for the life of the process."""
    return reverse(route, args=(language,)) if route == "translations" else reverse(route)
