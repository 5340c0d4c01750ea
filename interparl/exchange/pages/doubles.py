"""Records that may be one and the same: pairs with their reasons, told apart or led to where they are merged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from interparl.core.addresses import address
from interparl.core.formats import write_span
from interparl.core.history import words_of
from interparl.core.kinds import Ref, model_of
from interparl.core.labels import readable
from interparl.core.records import Dated, Record
from interparl.core.requests import StaffRequest, reading_of, require, same_page
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Tab
from interparl.core.writing import relations_of
from interparl.exchange.actions.lookalikes import Double, compared_kinds, doubles, tell_apart
from interparl.exchange.pages.checking import PERMISSION, crumbs

PERSON = "directory.person"


@dataclass(frozen=True)
class One:
    """A record of a pair: what it is called, and what tells it from another that is called so."""

    name: str
    url: str
    told: str


@dataclass(frozen=True)
class Pair:
    """Two records as the page prints them."""

    first: One
    second: One
    agrees: str
    merge_url: str
    keys: tuple[int, int]


def doubles_page(request: StaffRequest) -> HttpResponse:
    """Pairs of one kind that look the same, those that agree in most first."""
    require(request.user, PERMISSION)
    reading, kinds = reading_of(request), sorted(compared_kinds(), key=lambda kind: kind != PERSON)
    asked = request.GET.get("kind", "")
    kind = asked if asked in kinds else kinds[0]
    page = Paginator(doubles(kind, request.user), settings.ROWS_A_PAGE).get_page(request.GET.get("page"))
    pairs = list(page)
    context = {
        "crumbs": crumbs(),
        "kind": kind,
        "tabs": [
            Tab(
                capfirst(str(model_of(one)._meta.verbose_name_plural)),
                same_page(request, kind=one, page=None),
                None,
                one == kind,
            )
            for one in kinds
        ],
        "pairs": _in_words(pairs, reading),
        "page": page.number,
        "position": _("Rows %(first)s–%(last)s of %(total)s")
        % {"first": page.start_index(), "last": page.end_index(), "total": page.paginator.count},
        "previous_url": same_page(request, page=str(page.number - 1)) if page.has_previous() else "",
        "next_url": same_page(request, page=str(page.number + 1)) if page.has_next() else "",
    }
    return render(request, "exchange/doubles.html", context)


def _in_words(pairs: list[Double], reading: Reading) -> list[Pair]:
    refs: set[Ref] = {(one.kind, pk) for one in pairs for pk in (one.first, one.second)}
    records = {ref: record for kind in {one.kind for one in pairs} for ref, record in _records(kind, refs).items()}
    named = {ref for record in records.values() for ref in _pointed_to(record)}
    reading.want(refs | named)
    found = []
    for one in pairs:
        fields = [str(model_of(one.kind)._meta.get_field(name).verbose_name) for name in one.by]  # type: ignore[union-attr]  # columns
        first, second = (_one(records[one.kind, pk], reading) for pk in (one.first, one.second))
        merge_url = reverse("exchange:merge", args=(one.kind, one.first, one.second))
        found.append(Pair(first, second, ", ".join(fields), merge_url, (one.first, one.second)))
    return found


def _records(kind: str, refs: set[Ref]) -> dict[Ref, Record]:
    rows = model_of(kind)._base_manager.in_bulk([pk for of, pk in refs if of == kind])
    return {(kind, pk): row for pk, row in rows.items()}


def _pointed_to(record: Record) -> set[Ref]:
    """The records by which this one is told from others."""
    columns = (column for column in relations_of(type(record)) if column.name in (record.same_when or ()))
    pairs = ((column.related_model._meta.label_lower, column.value_from_object(record)) for column in columns)
    return {(kind, key) for kind, key in pairs if key is not None}


def _one(record: Record, reading: Reading) -> One:
    ref = (record.record_kind(), record.pk)
    told = [_("No. %(number)s") % {"number": record.pk}]
    if isinstance(record, Dated):
        told.append(write_span(record.since, record.until, reading.language))
    for name in record.same_when or ():
        column: Any = record._meta.get_field(name)
        told.append(words_of(column, column.value_from_object(record), reading))
    return One(reading.name(*ref), address(ref), " · ".join(filter(None, told)))


@require_POST
def apart_page(request: StaffRequest) -> HttpResponse:
    """Keeps that two records are not the same."""
    require(request.user, PERMISSION)
    kind, keys = request.POST.get("kind", ""), request.POST.getlist("pk")[:2]
    numbers = [int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 19]
    refs = {(kind, number) for number in numbers} if kind in compared_kinds() else set()
    if len(refs) != 2 or readable(refs, request.user) != refs:
        raise Http404
    tell_apart(kind, numbers[0], numbers[1], by=request.user)
    messages.success(request, _("Kept: these two are not the same."))
    return HttpResponseRedirect(f"{reverse('exchange:doubles')}?kind={kind}")
