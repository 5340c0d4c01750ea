"""The desk's first page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst

from interparl.core.addresses import address, list_address
from interparl.core.hooks import every_attention
from interparl.core.labels import labels_of
from interparl.core.pages import every_record_pages
from interparl.core.records import Dated
from interparl.core.requests import StaffRequest, reading_of
from interparl.core.templatetags.ui_parts import AttentionItem, NumberLink, Row
from interparl.directory.models import Portfolio

COUNTED = ("directory.country", "directory.parliament", "directory.person", "directory.organisation", "bodies.body")
SHOWN = 8


def home_page(request: StaffRequest) -> HttpResponse:
    """My countries and organisations, what needs attention, and how much there is on the day."""
    reading = reading_of(request)
    mine = list(Portfolio.objects.visible_to(request.user).filter(user=request.user).on(reading.day).order_by("pk"))
    refs = [whole for one in mine if (whole := one.whole)]
    reading.labels.update(labels_of(refs, reading.language, request.user))
    portfolio: list[Row] = [Row(title=reading.name(*ref), address=address(ref)) for ref in refs if reading.name(*ref)]
    numbers = []
    for kind in COUNTED:
        pages = every_record_pages[kind]
        if not request.user.has_perm(pages.permission("view")):
            continue
        found = pages.model.objects.visible_to(request.user)
        if issubclass(pages.model, Dated):
            found = found.on(reading.day)
        numbers.append(
            NumberLink(str(found.count()), capfirst(str(pages.model._meta.verbose_name_plural)), list_address(kind))
        )
    context = {"reading": reading, "portfolio": portfolio[:SHOWN], "portfolio_count": len(portfolio), "numbers": numbers, "attention": attention_for(request)}
    return render(request, "administration/home.html", context)


def attention_for(request: StaffRequest) -> list[AttentionItem]:
    """What the attention rules find among what this reader may know of."""
    reading = reading_of(request)
    found = []
    for rule in every_attention():
        rows = list(rule.narrow(rule.model.objects.visible_to(request.user), reading.day).order_by("pk")[:SHOWN])  # type: ignore[attr-defined]
        refs = {row.pk: (row.whole or (row.record_kind(), row.pk)) for row in rows}
        names = labels_of(refs.values(), reading.language, request.user)
        found += [
            AttentionItem(
                text=f"{rule.text}: {names[ref].text}" if ref in names else str(rule.text),
                level=rule.severity,
                address=address(ref),
            )
            for ref in refs.values()
        ]
    return found
