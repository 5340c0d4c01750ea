"""The end of an organisation: what ends with it is shown first, and is written and taken back as one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interparl.bodies import forms
from interparl.bodies.actions import OrganisationEnd, end_organisation
from interparl.bodies.models import Decision
from interparl.core.addresses import address
from interparl.core.dates import NotADate, PartialDate
from interparl.core.deed_pages import end_page
from interparl.core.formats import write_partial
from interparl.core.records import Record
from interparl.core.requests import StaffRequest, reading_of
from interparl.core.tables import Reading
from interparl.core.writing import Refused
from interparl.directory.models import Organisation
from interparl.directory.pages import organisation_pages
from interparl.exchange.pages.merge_parts import groups_of

LOOK = "look"


def organisation_end_page(request: StaffRequest, key: int) -> HttpResponse:
    """Ends an organisation; one on which bodies, statuses and offices hang with all of these, after a look at them."""
    organisation = organisation_pages.changeable(request, key)
    reading = reading_of(request)
    plan = OrganisationEnd.of(organisation, _last_day(request, organisation, reading))
    if not plan.touches_anything(reading.user):
        return end_page(organisation_pages, request, key)
    is_sent, is_look = request.method == "POST", request.POST.get("deed") == LOOK
    initial = {"until": organisation.until or reading.day.isoformat(), "decision": organisation_decision(plan, reading)}
    form = forms.OrganisationEndForm(
        request.POST if is_sent else None,
        initial=initial,
        reading=reading,
        is_written=bool(organisation.until),
        is_look=is_look,
    )
    if is_sent and form.is_valid() and not is_look and _written(request, organisation, form):
        return HttpResponseRedirect(address((organisation_pages.kind, organisation.pk)))
    context = _context(plan, reading) | {"form": form, "crumbs": organisation_pages.crumbs(organisation, reading)}
    status = 422 if is_sent and (form.errors or not is_look) else 200
    return render(request, "bodies/organisation_end.html", context, status=status)


def _last_day(request: StaffRequest, organisation: Organisation, reading: Reading) -> PartialDate:
    """The day that is asked about: as written, else as sent, else today; what is no day counts as today."""
    asked = organisation.until or request.POST.get("until", "") or reading.day.isoformat()
    try:
        last = PartialDate.parse(asked)
    except NotADate:
        last = PartialDate.parse(reading.day.isoformat())
    return last if last.latest else PartialDate.parse(reading.day.isoformat())


def organisation_decision(plan: OrganisationEnd, reading: Reading) -> Decision | None:
    """The decision by which a body sent to it was ended already, as far as the reader may know of it."""
    known = {body.ended_by_id: body.ended_by for body in plan.bodies.bodies.ended if body.ended_by_id}
    found = [decision for decision in known.values() if decision is not None and reading.seen(decision)]
    return found[-1] if found else None


def _written(request: StaffRequest, organisation: Organisation, form: forms.OrganisationEndForm) -> bool:
    said = form.cleaned_data
    try:
        batch = end_organisation(
            organisation,
            said["until"],
            decision=said["decision"],
            note=said["note"],
            seen=request.POST.get("seen", ""),
            by=request.user,
        )
    except Refused as refusal:
        form.add_error(None, list(refusal.messages))
        return False
    number = batch.counts["rows"]
    words = ngettext("Ended: %(number)s record was written.", "Ended: %(number)s records were written.", number)
    undo = _("It can be taken back under “Imports”, No. %(number)s.") % {"number": batch.pk}
    messages.success(request, f"{words % {'number': number}} {undo}")
    return True


def _context(plan: OrganisationEnd, reading: Reading) -> dict[str, Any]:
    """What ends, what had ended, what only begins later, and what stays; of each only what the reader may know of."""
    user = reading.user

    def known(of: Callable[[Any], list[Any]]) -> list[Record]:
        return [row for group in plan.groups for row in of(group) if row.is_open_to(user)]

    ref = (organisation_pages.kind, plan.organisation.pk)
    ending = [*known(lambda group: group.ending), *(letter for letter in plan.letters if letter.is_open_to(user))]
    seats = sum(one.is_open_to(user) for one in plan.bodies.seats)
    name = plan.organisation.label_in(reading.language) or str(plan.organisation)
    return {
        "title": (_("The end of “%(name)s”") if plan.is_ended else _("End “%(name)s”?")) % {"name": name},
        "day": write_partial(plan.last.text, reading.language, "full"),
        "is_written": plan.is_ended,
        "is_complete": plan.is_complete(user),
        "may_apply": not plan.is_complete(user),
        "ending": groups_of(ending, reading, [ref]),
        "seats_words": ngettext(
            "The seat of %(number)s member in the assembly ends; the step is noted.",
            "The seats of %(number)s members in the assembly end; the steps are noted.",
            seats,
        )
        % {"number": seats}
        if seats
        else "",
        "ended": groups_of(known(lambda group: group.ended), reading, [ref]),
        "later": groups_of(known(lambda group: group.later), reading, [ref]),
        "seen": plan.digest(user),
        "back": address(ref),
    }
