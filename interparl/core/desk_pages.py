"""Pages of the desk that belong to no single record: search, choosing in a form, what is new, sources."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.core.addresses import new_address
from interparl.core.finding import Found, Results, find, is_found, search
from interparl.core.kinds import model_of
from interparl.core.pages import every_record_pages
from interparl.core.pickers import OFFERED
from interparl.core.requests import StaffRequest, reading_of, same_page
from interparl.core.templatetags.ui_parts import Found as FoundItem
from interparl.core.templatetags.ui_parts import FoundGroup, Tab
from interparl.core.templatetags.ui_signs import letters


def searchable(request: StaffRequest) -> list[str]:
    """The kinds that are called something of their own and that this user's role may view."""
    return [
        kind
        for kind, pages in every_record_pages.items()
        if is_found(pages.model) and request.user.has_perm(pages.permission("view"))
    ]


def find_page(request: StaffRequest) -> HttpResponse:
    """All that is called like the words asked for, of one kind if asked; one sure match opens at once."""
    reading = reading_of(request)
    query = request.GET.get("q", "").strip()[:200]
    kinds, only = searchable(request), request.GET.get("kind", "")
    only = only if only in kinds else ""
    results = search(query, request.user, reading.language, kinds=kinds, only=only, day=reading.day)
    if not only and (one := _sure(results.found, is_asked=bool(request.GET.get("open")))):
        return HttpResponseRedirect(one.url)
    context = {
        "reading": reading,
        "search_query": query,
        "found": results.found,
        "number": results.counts.get(only, 0) if only else sum(results.counts.values()),
        "kinds": _kinds_found(request, results, only),
        "is_cut": results.is_cut,
    }
    return render(request, "core/find.html", context)


def _sure(found: Sequence[Found], *, is_asked: bool) -> Found | None:
    """The one match that is meant without doubt: the only one, or the only sure one when opening was asked for."""
    sure = [one for one in found if one.is_sure]
    if len(sure) == 1 and (is_asked or len(found) == 1):
        return sure[0]
    whole = [one for one in found if one.score == 1.0]
    return whole[0] if is_asked and len(whole) == 1 else None


def _kinds_found(request: StaffRequest, results: Results, only: str) -> list[Tab]:
    """The kinds to choose from with their counts; none where one kind is all there is."""
    if len(results.counts) < 2 and not only:
        return []
    every = Tab(_("All"), same_page(request, kind=None), sum(results.counts.values()), current=not only)
    kinds = [
        Tab(
            capfirst(str(model_of(kind)._meta.verbose_name_plural)),
            same_page(request, kind=kind, open=None),
            number,
            current=kind == only,
        )
        for kind, number in results.counts.items()
    ]
    return [every, *kinds]


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
                second=one.otherwise,
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
    found = find(request.GET.get("q", "")[:200], request.user, reading.language, kinds=[kind], limit=OFFERED)
    return JsonResponse({"results": [{"value": f"#{one.key}", "label": one.label} for one in found]})


NEW = (
    "meetings.event",
    "directory.person",
    "bodies.body",
    "directory.organisation",
    "directory.country",
    "directory.parliament",
    "bodies.decision",
    "documents.document",
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
