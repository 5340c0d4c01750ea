"""The page on which a new event is made from an old one, with ticks for what comes along."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from interparl.core.addresses import address
from interparl.core.history import title_of
from interparl.core.requests import StaffRequest, reading_of, require
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Action
from interparl.core.writing import Refused
from interparl.meetings.actions.copying import Part, copy_event
from interparl.meetings.forms.deeds import CopyForm
from interparl.meetings.models import Event
from interparl.meetings.pages.events import event_pages

EVENT = Event.record_kind()
# What comes along unless it is unticked: bookings are made anew as a rule.
USUAL = [part.value for part in Part if part != Part.BOOKINGS]


def copy_page(request: StaffRequest, key: int) -> HttpResponse:
    """Asks for the first day and for what comes along, then makes the new event and leads to it."""
    require(request.user, event_pages.permission("view"))
    event, reading = event_pages.get(request, key), reading_of(request)
    if not may_copy(event, reading):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    form = CopyForm(sent, initial={"take": USUAL}, reading=reading)
    if sent is not None and form.is_valid():
        data = form.cleaned_data
        try:
            made = copy_event(event, first_day=data["day"], take=data["take"], by=request.user)
        except Refused as refusal:
            form.refuse(refusal)
        except OverflowError:
            form.add_error("day", _("With this day its parts would lie beyond the calendar."))
        else:
            messages.success(request, _("The new event was made."))
            return HttpResponseRedirect(address((EVENT, made.pk)))
    context = {
        "form": form,
        "record": event,
        "reading": reading,
        "form_title": _("New event from: %(name)s") % {"name": title_of(event, reading)},
        "back": address((EVENT, event.pk)),
        "crumbs": event_pages.crumbs(event, reading),
    }
    return event_pages.render(request, "copy", context, 422 if sent is not None else 200)


def may_copy(event: Event, reading: Reading) -> bool:
    """Whether the reader may make an event like this one today."""
    draft = Event(country_id=event.country_id, organisation_id=event.organisation_id, body_id=event.body_id)
    return not reading.is_past and draft.may_do("add", reading.user)


def copy_action(event: Event, reading: Reading) -> list[Action]:
    """The way to the page, for who may."""
    if not may_copy(event, reading):
        return []
    return [Action(_("New one from this…"), reverse("meetings:event-copy", args=(event.pk,)))]
