"""The page of all that happened around a record since its reader last looked, and the press of “Seen” on it."""

from __future__ import annotations

from typing import TypeVar

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from interparl.core.addresses import address
from interparl.core.described import Described
from interparl.core.history import title_of
from interparl.core.known_entries import first_open
from interparl.core.looks import Scope, look, news_of
from interparl.core.news import page_lines, since_words
from interparl.core.records import Record
from interparl.core.requests import StaffRequest, reading_of, require, same_page

R = TypeVar("R", bound=Record)
LINES_A_PAGE = 50


def looked_page(pages: Described[R], scope: Scope, request: StaffRequest, key: int) -> HttpResponse:
    """Every change around the record since the reader last looked, newest first; POST keeps that he has seen them."""
    require(request.user, pages.permission("view"))
    record = pages.get(request, key)
    ref = (pages.kind, record.pk)
    if request.method == "POST":
        if up_to := _number(request.POST.get("up_to", "")):
            look(request.user, ref, up_to)
            messages.success(request, _("Marked as seen. What is newer is shown from now on."))
        return HttpResponseRedirect(address(ref))
    reading = reading_of(request)
    entries = news_of(scope, ref, request.user)
    if before := _number(request.GET.get("before", "")):
        entries = entries.filter(pk__lt=before)
    shown = first_open(entries, request.user, LINES_A_PAGE + 1)
    older = same_page(request, before=str(shown[LINES_A_PAGE - 1].pk)) if len(shown) > LINES_A_PAGE else ""
    context = {
        "record": record,
        "reading": reading,
        "name": title_of(record, reading),
        "since": since_words(shown[0].looked_at, reading.language) if shown else "",  # type: ignore[attr-defined]  # annotated
        "lines": page_lines(shown[:LINES_A_PAGE], ref, scope.tellings, reading),
        "older": older,
        # Of a later page nothing is newest, so there it cannot be said that all was seen.
        "up_to": shown[0].pk if shown and not before else 0,
        "crumbs": pages.crumbs(record, reading),
    }
    return pages.render(request, "looked", context)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
