"""An event moves by days: what would move with it, who has to be told, what it would run into, and then the deed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interparl.accounts.models import User
from interparl.core.addresses import address
from interparl.core.formats import write_days
from interparl.core.history import title_of
from interparl.core.requests import StaffRequest, asked_day, reading_of
from interparl.core.tables import Reading
from interparl.core.writing import Refused
from interparl.meetings.actions import Moving, move_event, why_not_moved
from interparl.meetings.blocks import clashes
from interparl.meetings.blocks.columns import days_of
from interparl.meetings.forms.shifting import ShiftForm
from interparl.meetings.models import Booking, Event, Participation
from interparl.meetings.pages.events import event_pages


def shift_page(request: StaffRequest, key: int) -> HttpResponse:
    """Asks for the new days and the reason, shows what follows, and moves the event on POST.

    `?since=` and `?until=` preset the days, as where an event is dragged or while days are chosen in the form. Clashes
    that were not on show for these days yet are shown before anything is written.
    """
    event, reading = event_pages.changeable(request, key), reading_of(request)
    if request.method == "POST":
        return _sent(request, event, reading)
    (day, problem), (last, of_last) = (asked_day(request.GET.get(name, "")) for name in ("since", "until"))
    form = ShiftForm(initial={"since": day or event.first_day, "until": last})
    moving, refusal = _looked_at(event, day, last) if day and not of_last else (None, problem or of_last)
    return _shown(request, event, reading, form, moving, refusal)


def _sent(request: StaffRequest, event: Event, reading: Reading) -> HttpResponse:
    form = ShiftForm(request.POST)
    is_complete = form.is_valid()
    since, until = form.cleaned_data.get("since"), form.cleaned_data.get("until")
    moving, refusal = _looked_at(event, since, until) if since else (None, "")
    if "look" in request.POST:
        typed = {name: request.POST.get(name, "") for name in ("since", "until", "reason")}
        return _shown(request, event, reading, ShiftForm(initial=typed), moving, refusal)
    if is_complete and moving is not None and not refusal:
        if clashes_if(moving, request.user) and form.cleaned_data["seen"] != _days_key(moving):
            refusal = _("It runs into something on these days. Look at it, then move it all the same or choose others.")
        else:
            try:
                move_event(event, since=moving.since, until=until, by=request.user, reason=form.cleaned_data["reason"])
            except Refused as refused:
                refusal = " ".join(refused.messages)
            else:
                messages.success(request, _("Moved, with all that stands in it."))
                return HttpResponseRedirect(address((event.record_kind(), event.pk)))
    return _shown(request, event, reading, form, moving, refusal, 422)


def _looked_at(event: Event, since: date | None, until: date | None) -> tuple[Moving | None, str]:
    """What would move, or why nothing can."""
    if since is None:
        return None, ""
    try:
        return Moving.of(event, since, until), ""
    except Refused as refused:
        return None, " ".join(refused.messages)


def _shown(
    request: StaffRequest,
    event: Event,
    reading: Reading,
    form: ShiftForm,
    moving: Moving | None,
    refusal: str,
    status: int = 200,
) -> HttpResponse:
    """The page with what is known so far."""
    seen = moving.seen(request.user) if moving else None
    context = {
        "record": event,
        "form": form,
        "days_key": _days_key(moving) if moving else "",
        "deed_title": _("Move “%(name)s” to other days?") % {"name": title_of(event, reading)},
        "crumbs": event_pages.crumbs(event, reading),
        "back": address((event.record_kind(), event.pk)),
        "refusal": refusal or why_not_moved(event),
        "now": days_of(event, reading.language, weekday=True),
        "then": write_days(seen.since, seen.until, reading.language, weekday=True) if seen else "",
        "moving": moving_words(seen) if seen else [],
        "staying": staying_words(event, request.user) if seen else "",
        "told": told_words(event, request.user),
        "clashes": clashes_if(moving, request.user) if moving else [],
    }
    return event_pages.render(request, "shift", context, status)


def clashes_if(moving: Moving, user: User) -> Sequence[str]:
    """What the event would run into on these days, in sentences; the block of clashes knows."""
    found = clashes.clashes_if(moving.event, moving.since, moving.until, user)
    return [f"{one.title}: {one.text}" for one in found if not one.is_kept]


def _days_key(moving: Moving) -> str:
    return f"{moving.since}/{moving.until}"


def moving_words(moving: Moving) -> list[str]:
    """What moves with the event, counted by kind."""
    if not moving.days:
        return []
    numbers = (
        (
            ngettext("%(number)s item of the programme", "%(number)s items of the programme", len(moving.items)),
            len(moving.items),
        ),
        (ngettext("%(number)s booking", "%(number)s bookings", len(moving.bookings)), len(moving.bookings)),
        (ngettext("%(number)s statement", "%(number)s statements", len(moving.statements)), len(moving.statements)),
        (
            ngettext(
                "%(number)s person’s arrival and departure",
                "%(number)s people’s arrivals and departures",
                len(moving.people),
            ),
            len(moving.people),
        ),
    )
    return [words % {"number": number} for words, number in numbers if number]


def staying_words(event: Event, user: User) -> str:
    """That events in its margins have days of their own and stay where they are, in a sentence."""
    number = Event.objects.visible_to(user).taking_place().filter(within=event).count()
    words = ngettext(
        "%(number)s event in its margins has days of its own and stays where it is.",
        "%(number)s events in its margins have days of their own and stay where they are.",
        number,
    )
    return words % {"number": number} if number else ""


def told_words(event: Event, user: User) -> list[str]:
    """Who has to be told: those who take part, counted, and by name who keeps what is booked."""
    number = Participation.objects.visible_to(user).counted().filter(event=event).count()
    words = ngettext("%(number)s person who takes part", "%(number)s people who take part", number)
    found = [words % {"number": number}] if number else []
    booked = Booking.objects.visible_to(user).filter(event=event, resource__keeper__isnull=False)
    keepers = {one.resource.keeper: None for one in booked.select_related("resource__keeper").order_by("pk")}
    said = _("%(name)s, who keeps what is booked")
    return [*found, *(said % {"name": str(keeper)} for keeper in keepers)]
