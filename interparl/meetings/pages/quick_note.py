"""The quick note: talks that were just held become an event, who spoke, and a record, from one short form."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from interparl.accounts.roles import OFFICIAL
from interparl.core.addresses import address, list_address
from interparl.core.days import now
from interparl.core.requests import StaffRequest, reading_of, require
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Link
from interparl.core.writing import Refused
from interparl.directory.models import Country, Person
from interparl.meetings.actions.noting import Note, note_talks
from interparl.meetings.forms.deeds import NoteForm
from interparl.meetings.models import Event, Form
from interparl.meetings.rules.zones import LocalTime

EVENT = Event.record_kind()
LONGEST_KEY = 19


def note_page(request: StaffRequest) -> HttpResponse:
    """The form with what is known filled in; saving leads to the event, with the promises that the note holds."""
    require(request.user, "meetings.add_event")
    require(request.user, "meetings.add_talktext")
    reading = reading_of(request)
    if reading.is_past:
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    form = NoteForm(sent, initial=_known(request, reading), reading=reading)
    if sent is not None and form.is_valid():
        try:
            text = note_talks(_note(form, reading), by=request.user)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Noted."))
            if text.mark != OFFICIAL:
                messages.warning(request, _("The record is kept as internal: one for official use you could not read."))
            return HttpResponseRedirect(address((EVENT, text.event_id)))
    context = {
        "form": form,
        "form_title": _("Note a talk"),
        "crumbs": [Link(capfirst(str(Event._meta.verbose_name_plural)), list_address(EVENT))],
        "back": list_address(EVENT),
    }
    return render(request, "core/form.html", context, status=422 if sent is not None else 200)


def _known(request: StaffRequest, reading: Reading) -> dict[str, Any]:
    """What the address says, as far as the reader may know of it: person, country, event; the rest as usual."""
    user = request.user
    person = Person.objects.visible_to(user).filter(pk=_key(request, "person")).first()
    country = Country.objects.visible_to(user).filter(pk=_key(request, "country")).first()
    within = Event.objects.visible_to(user).filter(pk=_key(request, "within")).first()
    found: dict[str, Any] = {
        "form": Form.MARGINS if within is not None else Form.CALL,
        "day": reading.day,
        "begins": LocalTime.of(now(), Event().zone_there).text,
        "person": person.pk if person else None,
        "within": within.pk if within else None,
    }
    of_person = country or (reading.seen(person.country) if person is not None else None)
    return found | {"country": of_person.pk if of_person else None}


def _key(request: StaffRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_KEY else 0


def _note(form: NoteForm, reading: Reading) -> Note:
    """What was typed; raises Refused for a day that has not come."""
    data = form.cleaned_data
    if data["day"] > reading.day:
        raise Refused({"day": [_("A note is of talks that were held. Plan those to come as an event.")]})
    person, country = data["person"], data["country"]
    return Note(
        text=data["text"],
        form=data["form"],
        day=data["day"],
        language=reading.language,
        begins=data["begins"],
        about=data["about"],
        person=person,
        printed_name="" if person is not None else data["printed_name"],
        country=country or (reading.seen(person.country) if person is not None else None),
        within=data["within"],
    )
