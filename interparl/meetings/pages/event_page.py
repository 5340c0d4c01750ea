"""The page of an event: when and where it is, its stages and the next step, then what each area knows of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from interparl.core.addresses import address, as_of
from interparl.core.days import PARLIAMENT_ZONE, installation
from interparl.core.formats import write_day
from interparl.core.requests import StaffRequest, day_problem, reading_of, require
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Action, Link
from interparl.meetings.actions import why_not_moved
from interparl.meetings.blocks.columns import days_of, hours_of, place_of
from interparl.meetings.blocks.people import sides_for
from interparl.meetings.blocks.stages import StageBar, card_of, passed_over
from interparl.meetings.models import Event, Participation
from interparl.meetings.pages.copying import copy_action
from interparl.meetings.pages.events import event_pages
from interparl.meetings.rules.zones import NoSuchZone, local_day, local_text, offset_words

COUNTRY, PARTICIPATION = "directory.country", "meetings.participation"


def event_page(request: StaffRequest, key: int) -> HttpResponse:
    """An event with its stages; what hangs on it stands in two columns."""
    require(request.user, event_pages.permission("view"))
    event, reading = event_pages.get(request, key), reading_of(request)
    context = event_pages.record_context(request, event, reading)
    bar = StageBar(event, reading)
    shift = shift_actions(event, reading)
    context |= {
        "stages": bar.shown,
        "card": card_of(event, bar, context["moves"], shift),
        "passed_over": passed_over(event, reading),
        "when": days_of(event, reading.language, weekday=True),
        "hours": hours_words(event),
        "hours_here": hours_at_home(event, reading),
        "place": place_of(event, reading),
        "with": partner_link(event, reading),
        "host": host_link(event, reading),
        **_heading(event, context, [*shift, *copy_action(event, reading)]),
    }
    return event_pages.render(request, "show", context, 400 if day_problem(request) else 200)


def _heading(event: Event, context: dict[str, Any], shift: list[Action]) -> dict[str, list[Action]]:
    """The actions of the heading without the steps, which stand in the card; the one primary button is there."""
    moves = f"{address((event.record_kind(), event.pk))}move/"
    actions = [replace(one, kind="standard") for one in context["actions"] if not one.url.startswith(moves)]
    more = [one for one in context["more"] if not one.url.startswith(moves)]
    return {"actions": actions, "more": [*shift, *more]}


def shift_actions(event: Event, reading: Reading) -> list[Action]:
    """The way to move it by days, for who may and while it can be moved."""
    if reading.is_past or not event.may_change(reading.user) or why_not_moved(event):
        return []
    return [Action(_("Move…"), reverse("meetings:event-shift", args=(event.pk,)), icon="calendar")]


def partner_link(event: Event, reading: Reading) -> dict[str, str] | None:
    """The country that it is with, with its code for the flag; None for who may not know of it."""
    country = event.country
    name = reading.name(COUNTRY, event.country_id)
    if country is None or not name:
        return None
    return {
        "code": country.code,
        "name": name,
        "url": as_of(address((COUNTRY, country.pk)), reading),
        "lang": reading.other_language(COUNTRY, country.pk),
    }


def host_link(event: Event, reading: Reading) -> Link | None:
    """Who receives the guests, as far as the reader may know."""
    sides = sides_for(event, reading)
    hosts = [one for one in (*sides.ours, *sides.theirs) if one.function == Participation.Function.HOST]
    host = min((one for one in hosts if one.is_counted), key=lambda one: one.by_place, default=None)
    if host is None:
        return None
    ref = ("directory.person", host.person) if host.person else (PARTICIPATION, host.pk)
    reading.want([ref])
    name = reading.name(*ref)
    return Link(name, as_of(address(ref), reading) if host.person else "") if name else None


def hours_words(event: Event) -> str:
    """The hours at the place, with the offset where the place has other clocks than the parliament."""
    hours = hours_of(event)
    if not hours or event.begins_at is None or not _has_other_clocks(event):
        return hours
    return f"{hours}, {offset_words(event.begins_at, event.zone_there)}"


def hours_at_home(event: Event, reading: Reading) -> str:
    """The same hours as the clocks at the parliament show them; "" where they show the same."""
    if not event.begins or event.begins_at is None or not _has_other_clocks(event):
        return ""
    home = installation().get(PARLIAMENT_ZONE, "")
    hours = local_text(event.begins_at, home)
    if event.ends and event.ends_at is not None:
        hours = f"{hours}–{local_text(event.ends_at, home)}"
    day = local_day(event.begins_at, home)
    if day == event.first_day:
        return _("%(hours)s at the parliament") % {"hours": hours}
    return _("%(day)s, %(hours)s at the parliament") % {"day": write_day(day, reading.language), "hours": hours}


def _has_other_clocks(event: Event) -> bool:
    home = installation().get(PARLIAMENT_ZONE, "")
    if not home or event.begins_at is None:
        return False
    try:
        return offset_words(event.begins_at, home) != offset_words(event.begins_at, event.zone_there)
    except NoSuchZone:
        return False
