"""Keeping a clash with a reason, opening it again, and what is free instead of what is taken."""

from __future__ import annotations

from dataclasses import replace

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.core.addresses import address
from interparl.core.models import Mark
from interparl.core.removing import remove
from interparl.core.requests import StaffRequest, reading_of, require
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Row
from interparl.core.writing import Refused, change
from interparl.meetings.blocks.clashes import Clash, clashes_of, free_resources
from interparl.meetings.models import Booking, Event, KeptClash, Occupation
from interparl.meetings.pages.events import event_pages
from interparl.meetings.pages.programme import booking_pages
from interparl.meetings.rules.clashes import ClashKind

EVENT, RESOURCE = "meetings.event", "meetings.resource"


class KeepForm(forms.Form):
    """Why a clash stays as it is."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, widget=forms.TextInput(attrs={"class": "field"})
    )


def keep_page(request: StaffRequest, key: int) -> HttpResponse:
    """The clash with a line for the reason; on POST it is kept, or a kept one is opened again."""
    require(request.user, event_pages.permission("view"))
    event, reading = event_pages.get(request, key), reading_of(request)
    if reading.is_past or not KeptClash(event=event).may_do("add", request.user):
        raise PermissionDenied
    clash = _clash(event, reading, request.GET.get("clash", ""))
    back = address((EVENT, event.pk))
    form = KeepForm(request.POST if request.method == "POST" and not clash.is_kept else None)
    if request.method == "POST" and (clash.is_kept or form.is_valid()) and _written(request, event, clash, form):
        return HttpResponseRedirect(back)
    context = {
        "title": _("Open the clash again") if clash.is_kept else _("Keep the clash"),
        "clash": [clash.line],
        "is_kept": clash.is_kept,
        "form": form,
        "back": back,
        "crumbs": event_pages.crumbs(event, reading),
    }
    return render(request, "meetings/clash_keep.html", context, status=422 if form.errors else 200)


def _clash(event: Event, reading: Reading, key: str) -> Clash:
    """The clash of that key, without its ways out; one that is no more is not found."""
    found = next((one for one in clashes_of(event, reading) if one.key == key), None)
    if found is None:
        raise Http404
    return replace(found, ways=())


def _written(request: StaffRequest, event: Event, clash: Clash, form: KeepForm) -> bool:
    try:
        if clash.is_kept:
            kept = KeptClash.objects.get(pk=clash.kept)
            if not kept.may_do("delete", request.user):
                raise PermissionDenied
            remove(kept, by=request.user)
            messages.success(request, _("The clash is open again."))
        else:
            # Who must not meet whom is said to few, and so is why they meet all the same.
            mark = Mark.OFFICIAL if clash.kind == ClashKind.APART else Mark.INTERNAL
            draft = KeptClash(event=event, key=clash.key, reason=form.cleaned_data["reason"], mark=mark)
            with change(draft, by=request.user):
                pass
            messages.success(request, _("The clash is kept."))
    except Refused as refusal:
        form.add_error(None, list(refusal.messages))
        return False
    return True


def free_page(request: StaffRequest, key: int) -> HttpResponse:
    """What is free in the hours of a booking and could do what is booked."""
    require(request.user, booking_pages.permission("view"))
    booked, reading = booking_pages.get(request, key), reading_of(request)
    event = booked.event
    taken = Occupation.objects.filter(source_kind=Booking.record_kind(), source_id=booked.pk).first()
    free = free_resources(booked.resource, taken.begins_at, taken.ends_at, reading) if taken else []
    refs = {(RESOURCE, one.pk) for one in free} | {(RESOURCE, booked.resource_id)}
    reading.want(refs)
    context = {
        "title": _("Free instead of: %(name)s") % {"name": reading.name(RESOURCE, booked.resource_id)},
        "rows": [Row(reading.name(RESOURCE, one.pk), address((RESOURCE, one.pk)), one.interprets) for one in free],
        "change": address((Booking.record_kind(), booked.pk), "edit") if booked.may_change(request.user) else "",
        "back": address((EVENT, event.pk)),
        "crumbs": event_pages.crumbs(event, reading),
    }
    return render(request, "meetings/clash_free.html", context)
