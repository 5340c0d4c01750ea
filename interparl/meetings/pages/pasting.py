"""The page on which a list of people is pasted, looked at, and taken over into an event."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interparl.core.addresses import address
from interparl.core.history import title_of
from interparl.core.requests import StaffRequest, reading_of, require
from interparl.core.tables import Reading
from interparl.core.writing import Refused
from interparl.directory.models import Country, Person
from interparl.meetings.actions.people import Coming, add_people
from interparl.meetings.forms.pasting import GUEST, OUT, PasteForm, chosen_again, functions, looked_at
from interparl.meetings.models import Event, EventPartner, Kind, Participation
from interparl.meetings.models.standing import home_country
from interparl.meetings.pages.events import event_pages
from interparl.meetings.rules.functions import function_of
from interparl.meetings.rules.pasted import PastedPerson

COUNTRY = Country.record_kind()
_PERSON_KEY = re.compile(r"p([0-9]{1,18})")
# A list for which nobody said whose it is, is that of the guests where they come to us.
COMING = (Kind.INCOMING, Kind.TALKS)


def paste_page(request: StaffRequest, key: int) -> HttpResponse:
    """Asks for a list; shows on the first POST whom each line means, and on the next writes what was chosen."""
    require(request.user, event_pages.permission("view"))
    event, reading = event_pages.get(request, key), reading_of(request)
    if reading.is_past or not Participation(event=event).may_do("add", request.user):
        raise PermissionDenied
    sides = _sides(event, reading)
    usual = str(event.country_id) if event.kind in COMING and event.country_id else sides[0][0] if sides else ""
    initial = {"side": usual, "language": reading.language, "capacity": Participation.Capacity.PARLIAMENTARIAN}
    sent = request.POST if request.method == "POST" else None
    form = PasteForm(sent, initial=initial, sides=sides, reading=reading)
    context = _context(event, form, reading)
    if sent is None or not form.is_valid():
        return event_pages.render(request, "paste", context, 422 if sent is not None else 200)
    refusal, errors = [], dict[int, str]()
    if "save" in sent:
        coming, errors, is_new = _chosen(form.people, sent.dict(), reading)
        if is_new:
            refusal = [_("The list is not the one that you were shown. Look at it again, then save.")]
        elif errors:
            refusal = [_("Some lines cannot be taken over yet. Nothing was written.")]
        else:
            refusal = _written(event, coming, form, reading)
            if not refusal:
                messages.success(request, _said(len(coming)))
                return HttpResponseRedirect(address((event_pages.kind, event.pk)))
    side = int(form.cleaned_data["side"] or 0) or None
    looks = chosen_again(looked_at(event, form.people, side, reading), sent.dict(), errors)
    context |= {"looks": looks, "functions": functions(), "refusal": refusal}
    return event_pages.render(request, "paste", context, 422 if refusal else 200)


def _said(number: int) -> str:
    return ngettext("%(number)s person was added.", "%(number)s people were added.", number) % {"number": number}


def _sides(event: Event, reading: Reading) -> list[tuple[str, str]]:
    """The countries whose side a list may be: ours, the partner's, those of further partners."""
    partners = EventPartner.objects.visible_to(reading.user).filter(event=event).order_by("pk")
    keys = [home_country(), event.country_id, *partners.values_list("country", flat=True)]
    wanted = list(dict.fromkeys(key for key in keys if key))
    reading.want([(COUNTRY, key) for key in wanted])
    return [(str(key), name) for key in wanted if (name := reading.name(COUNTRY, key))]


def _context(event: Event, form: PasteForm, reading: Reading) -> dict[str, Any]:
    return {
        "record": event,
        "reading": reading,
        "form": form,
        "crumbs": event_pages.crumbs(event, reading),
        "back": address((event_pages.kind, event.pk)),
        "form_title": _("Paste a list of people: %(name)s") % {"name": title_of(event, reading)},
    }


def _chosen(
    people: Sequence[PastedPerson], sent: Mapping[str, str], reading: Reading
) -> tuple[list[Coming], dict[int, str], bool]:
    """Those who are to take part by what was chosen, what is wrong by line, and whether some line was never shown."""
    if any(sent.get(f"name-{one.line}") != one.name for one in people):
        return [], {}, True
    chosen = {one.line: sent.get(f"who-{one.line}", "") for one in people}
    keys = {line: int(match[1]) for line, who in chosen.items() if (match := _PERSON_KEY.fullmatch(who))}
    known = Person.objects.visible_to(reading.user).select_related("country").in_bulk(set(keys.values()))
    coming, errors, seen = [], dict[int, str](), dict[int, int]()
    for one in people:
        who, person = chosen[one.line], known.get(keys.get(one.line, 0))
        if who == OUT:
            continue
        if person is None and who != GUEST:
            errors[one.line] = _("Choose who it is.")
        elif person is not None and (before := seen.setdefault(person.pk, one.line)) != one.line:
            errors[one.line] = _("The same person as in line %(number)s.") % {"number": before}
        sent_function = sent.get(f"function-{one.line}", "")
        is_one = sent_function in Participation.Function.values
        function = sent_function if is_one else function_of(one.heading, one.role, is_head=one.is_head)
        coming.append(Coming(one.line, one.name, person, function, one.role))
    return coming, errors, False


def _written(event: Event, coming: Sequence[Coming], form: PasteForm, reading: Reading) -> list[str]:
    """Adds them; what refused it, when something did."""
    if not coming:
        return [_("Every line is left out. Nothing was written.")]
    data, side = form.cleaned_data, form.cleaned_data["side"]
    country = Country.objects.visible_to(reading.user).filter(pk=int(side)).first() if side else None
    try:
        add_people(
            event,
            coming,
            country=country,
            language=data["language"],
            capacity=data["capacity"],
            by=reading.user,  # type: ignore[arg-type]
        )
    except Refused as refused:
        return list(refused.messages)
    return []
