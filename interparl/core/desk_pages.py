"""Pages of the desk that belong to no single record: search, choosing in a form, what is new, sources."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.core.addresses import new_address
from interparl.core.finding import find
from interparl.core.kinds import model_of
from interparl.core.labels import keys_in_order, labels_of, matching
from interparl.core.pages import every_record_pages
from interparl.core.pickers import OFFERED
from interparl.core.requests import StaffRequest, reading_of
from interparl.core.templatetags.ui_parts import Found as FoundItem
from interparl.core.templatetags.ui_parts import FoundGroup
from interparl.core.templatetags.ui_signs import letters


def searchable(request: StaffRequest) -> list[str]:
    """The kinds that have a page of their own and that this user's role may view."""
    return [
        kind
        for kind, pages in every_record_pages.items()
        if pages.model.labelled and request.user.has_perm(pages.permission("view"))
    ]


def find_page(request: StaffRequest) -> HttpResponse:
    """All that is called like the words asked for; one sure match opens at once."""
    reading = reading_of(request)
    query = request.GET.get("q", "").strip()[:200]
    found = find(query, request.user, reading.language, kinds=searchable(request), day=reading.day)
    sure = [one for one in found if one.score == 1.0]
    if len(found) == 1 or (request.GET.get("open") and len(sure) == 1):
        return HttpResponseRedirect(found[0].url)
    context = {"reading": reading, "search_query": query, "found": found}
    return render(request, "core/find.html", context)


GROUPS = ("directory.person", "directory.country", "bodies.body", "directory.organisation")
SUGGESTED = 12


def suggest_page(request: StaffRequest) -> HttpResponse:
    """The dropdown under the search field: the best matches by kind, people first."""
    reading = reading_of(request)
    query = request.GET.get("q", "").strip()[:200]
    found = find(query, request.user, reading.language, kinds=searchable(request), limit=SUGGESTED, day=reading.day)
    order = {kind: position for position, kind in enumerate(GROUPS)}
    groups = []
    for kind in sorted({one.kind for one in found}, key=lambda kind: order.get(kind, len(order))):
        title = capfirst(str(model_of(kind)._meta.verbose_name_plural))
        items = [
            FoundItem(
                title=one.label,
                address=one.url,
                letters=letters(one.label) if kind == GROUPS[0] else "",
                icon=every_record_pages[kind].icon,
                where=one.span,
            )
            for one in found
            if one.kind == kind
        ]
        groups.append(FoundGroup(title, items))
    return render(request, "core/suggest.html", {"groups": groups})


def pick_page(request: StaffRequest, kind: str) -> JsonResponse:
    """Names that complete what is typed in a picker, only of what this reader may know of."""
    if kind not in every_record_pages:
        raise Http404
    reading = reading_of(request)
    model = model_of(kind)
    seen = model._base_manager.filter(model.may_read(request.user))
    found = matching(seen, request.GET.get("q", "")[:200], reading.language)
    keys = keys_in_order(found, reading.language, stop=OFFERED)
    names = labels_of([(kind, key) for key in keys], reading.language, request.user)
    return JsonResponse(
        {"results": [{"value": f"#{key}", "label": names[kind, key].text} for key in keys if (kind, key) in names]}
    )


NEW = (
    "directory.person",
    "bodies.body",
    "directory.organisation",
    "directory.country",
    "directory.parliament",
    "bodies.decision",
    "directory.relation",
    "core.source",
)


def kinds_to_add(user: User) -> list[str]:
    """The kinds that the page of new records offers this user."""
    return [
        kind for kind in NEW if kind in every_record_pages and user.has_perm(every_record_pages[kind].permission("add"))
    ]


def new_page(request: StaffRequest) -> HttpResponse:
    """What can be added by this user."""
    kinds = kinds_to_add(request.user)
    offers = [(capfirst(str(model_of(kind)._meta.verbose_name)), new_address(kind)) for kind in kinds]
    return render(request, "core/new.html", {"offers": offers, "new_title": _("New")})
