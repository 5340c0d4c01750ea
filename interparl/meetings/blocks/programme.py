"""The programme on an event's page: by day and hour, the working text beside the one for the guests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interparl.core.addresses import address, as_of, new_address
from interparl.core.blocks import Content, Schedule
from interparl.core.days import PARLIAMENT_ZONE, installation
from interparl.core.formats import language_name, write_day
from interparl.core.forms import LANGUAGE_NAMES
from interparl.core.hooks import block_on
from interparl.core.reads import note_rows
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Link, Slot, SlotColumn, SlotGroup, SlotText, Tab
from interparl.core.translated import MISSING, OUTDATED, languages, shown, state_of
from interparl.documents.models import Edition
from interparl.meetings.blocks.clashes import clashing
from interparl.meetings.blocks.columns import hours_of
from interparl.meetings.blocks.editions import edition_links, edition_words, released
from interparl.meetings.blocks.listed import RESOURCE, bookings_of, items_of, people_of, way_words, zone_words
from interparl.meetings.models import Booking, Event, Participation, ProgrammeItem
from interparl.meetings.rules.timetable import Slot as Planned
from interparl.meetings.rules.timetable import TimedSlot, timed
from interparl.meetings.rules.zones import NotATime, day_bounds, local_day, local_text, offset_words

EVENT, ITEM = Event.record_kind(), ProgrammeItem.record_kind()
# Of an event that lasts longer the days without items are no tabs.
MOST_DAYS = 14
In = tuple[dict[int, list[Participation]], dict[int, list[Booking]]]


@block_on(Event, "programme", gettext_lazy("Programme"), place="main", order=20)
def programme_of(event: Event, reading: Reading) -> Content | None:
    """The day that is asked for, else the first that is not over; in a file all days."""
    items = items_of(event, reading)
    may_add = ProgrammeItem(event=event).may_do("add", reading.user) and not reading.is_past and not reading.is_whole
    if not items and not may_add:
        return None
    days = _days(event, items)
    day = _asked_day(days, reading)
    shown_items = items if reading.is_whole else [item for item in items if item.day == day]
    note_rows(shown_items)
    beside: In = ({}, {}) if reading.is_whole else (people_of(event, reading), bookings_of(event, reading))
    guests = guest_language(event, reading.language)
    return Schedule(
        tabs=[] if reading.is_whole else _tabs(event, items, days, day, reading),
        place=_place(event, day, reading),
        columns=_columns(shown_items, guests, reading),
        groups=_groups(shown_items, beside, guests, reading, may_add=may_add),
        links=[] if reading.is_whole else _links(event, shown_items, day, reading, may_add=may_add),
        said=edition_words(event, Edition.What.PROGRAMME, reading) if items else "",
        editions=released(event, Edition.What.PROGRAMME, reading),
    )


def guest_language(event: Event, reader: str) -> str:
    """The first working language that is not the reader's and that texts are kept in, else English."""
    working = [code for code in event.languages.split() if code in languages()]
    return next((code for code in [*working, "en", *languages()] if code != reader), "en")


def _days(event: Event, items: Iterable[ProgrammeItem]) -> list[date]:
    """The days of the event where they are known and not too many, and all that have items."""
    found = {item.day for item in items}
    first, last = event.first_day, event.last_day
    if first and last and (last - first).days < MOST_DAYS:
        found |= {first + timedelta(days=at) for at in range((last - first).days + 1)}
    elif event.since_earliest and not found:
        found.add(event.since_earliest)
    return sorted(found)


def _asked_day(days: Sequence[date], reading: Reading) -> date:
    """The day of `?day=` where it is one of these; else the first that is today or ahead, else the first."""
    asked = reading.asked.get("day", "")
    for day in days:
        if day.isoformat() == asked:
            return day
    return next((day for day in days if day >= reading.day), days[0] if days else reading.day)


def _tabs(event: Event, items: Sequence[ProgrammeItem], days: Sequence[date], day: date, reading: Reading) -> list[Tab]:
    here = address((EVENT, event.pk))
    found = []
    for one in days:
        url = as_of(f"{here}?day={one.isoformat()}", reading)
        number = sum(item.day == one for item in items)
        found.append(Tab(write_day(one, reading.language, "short"), f"{url}#programme", number, one == day))
    return found


def _place(event: Event, day: date, reading: Reading) -> str:
    """Where the hours are those of the clock: "Minsk, UTC+3"."""
    place, zone = shown(event.place, reading.language).text, event.zone_there
    try:
        offset = offset_words(day_bounds(day, zone)[0], zone)
    except NotATime:
        return place
    return ", ".join(filter(None, (place, offset)))


def _columns(items: Sequence[ProgrammeItem], guests: str, reading: Reading) -> list[SlotColumn]:
    number = sum(state_of(item.public_text, guests) == OUTDATED for item in items)
    words = ngettext("%(number)s outdated", "%(number)s outdated", number) % {"number": number}
    return [
        SlotColumn(_language(reading.language), _("working text")),
        SlotColumn(_language(guests), _("for the guests"), words if number else "", guests),
    ]


def _language(code: str) -> str:
    """A language by its own name."""
    return LANGUAGE_NAMES.get(code) or language_name(code, code)


def _groups(
    items: Sequence[ProgrammeItem], beside: In, guests: str, reading: Reading, *, may_add: bool
) -> list[SlotGroup]:
    """The items of a day by track, each with what is wrong with its time; of several days each under its own."""
    refs = {(RESOURCE, one.resource_id) for item in items for one in beside[1].get(item.pk, ())}
    reading.want(refs)
    found = []
    for day, of_day in groupby(items, key=lambda item: item.day):
        rows = list(of_day)
        times = _times(rows, day)
        tracks = {item.track_id: item.track for item in rows}
        for key in sorted(tracks, key=lambda one: (tracks[one].order, one) if tracks[one] else (-1, 0)):  # type: ignore[union-attr]
            track = tracks[key]
            name = shown(track.name, reading.language) if track else None
            day_words = write_day(day, reading.language, "weekday") if reading.is_whole else ""
            title = ", ".join(filter(None, (day_words, name.text if name else "")))
            of_track = [item for item in rows if item.track_id == key]
            wrong = {item.pk: [*_problems(times.get(item.pk)), *_clashes(item, reading)] for item in of_track}
            slots = [_slot(item, wrong[item.pk], beside, guests, reading, may_add=may_add) for item in of_track]
            found.append(SlotGroup(title, slots, name.language if name and name.is_fallback else ""))
    return found


def _times(items: Sequence[ProgrammeItem], day: date) -> dict[int, TimedSlot]:
    """By item when it is and what is wrong with that; what has no hour yet is nowhere."""
    slots = [
        Planned(item.pk, item.track_id or 0, item.begins_at, item.ends_at, travel=item.way or 0)
        for item in items
        if item.begins_at is not None
    ]
    if not slots:
        return {}
    begins = min(slot.begins for slot in slots if slot.begins is not None)
    return {one.key: one for one in timed(slots, begins).items}


def _problems(time: TimedSlot | None) -> list[str]:
    """In a sentence what is wrong with the time of an item."""
    if time is None:
        return []
    if time.over_run:
        words = ngettext(
            "Begins %(number)s minute before the item before it has ended.",
            "Begins %(number)s minutes before the item before it has ended.",
            time.over_run,
        )
        return [words % {"number": time.over_run}]
    if time.way_short:
        words = ngettext(
            "The way to it takes %(number)s minute longer than the time between.",
            "The way to it takes %(number)s minutes longer than the time between.",
            time.way_short,
        )
        return [words % {"number": time.way_short}]
    return []


def _clashes(item: ProgrammeItem, reading: Reading) -> list[str]:
    """What the item collides with, in a word each; nothing on a past day, in a file, or in a printed list."""
    if reading.is_past or reading.is_whole:
        return []
    return [one.title for one in clashing(item.event, reading).get((ITEM, item.pk), ())]


def _slot(
    item: ProgrammeItem, wrong: Sequence[str], beside: In, guests: str, reading: Reading, *, may_add: bool
) -> Slot:
    place = shown(item.place, reading.language)
    edit = address((ITEM, item.pk), "edit") if may_add else ""
    hours = hours_of(item) or _("hour not set")
    return Slot(
        ", ".join(filter(None, (hours, zone_words(item)))),
        [_working(item, edit, reading), _for_guests(item, guests, edit)],
        place.text,
        place.language if place.is_fallback else "",
        _elsewhere(item, reading),
        way_words(item, reading),
        wrong,
        *_people(item, beside, reading, may_add=may_add),
    )


def _working(item: ProgrammeItem, edit: str, reading: Reading) -> SlotText:
    """The working text in the reader's language, or in the one it is known in, with its tag."""
    found = shown(item.text, reading.language)
    other = found.language if found.is_fallback else ""
    is_old = not other and state_of(item.text, reading.language) == OUTDATED
    return SlotText(
        found.text,
        other,
        other.upper(),
        edit,
        _("outdated") if is_old else "",
        "warn",
        _("No text yet."),
        _("Write it"),
    )


def _for_guests(item: ProgrammeItem, guests: str, edit: str) -> SlotText:
    """The public text in the guests' language; that it is outdated, or that it is missing."""
    state = state_of(item.public_text, guests)
    if state == MISSING:
        missing = _("There is no text in this language yet.")
        return SlotText(missing=missing, url=f"{edit}#id_public_text" if edit else "", action=_("Write it"))
    is_old = state == OUTDATED
    words = _("outdated: the text that it was made from has changed") if is_old else ""
    return SlotText(shown(item.public_text, guests).text, guests, "", edit, words, "warn" if is_old else "")


def _elsewhere(item: ProgrammeItem, reading: Reading) -> str:
    """The hours on the clocks of the parliament, where they show others."""
    home = installation().get(PARLIAMENT_ZONE) or settings.TIME_ZONE
    if item.begins_at is None or home == item.zone_there:
        return ""
    moments = [moment for moment in (item.begins_at, item.ends_at) if moment is not None]
    try:
        here, there = ([local_text(moment, zone) for moment in moments] for zone in (home, item.zone_there))
        day = local_day(item.begins_at, home)
    except ValueError:
        return ""
    if here == there and day == item.day:
        return ""
    hours = "–".join(here)
    if day != item.day:
        hours = f"{write_day(day, reading.language, 'short')}, {hours}"
    return _("%(hours)s at the parliament") % {"hours": hours}


def _people(item: ProgrammeItem, beside: In, reading: Reading, *, may_add: bool) -> tuple[list[Link], str]:
    """How many take part and what is booked: with the way to where that is ticked, for who may, else in words."""
    number = len(beside[0].get(item.pk, ()))
    words = ngettext("%(number)s person", "%(number)s people", number) % {"number": number} if number else ""
    names = [reading.name(RESOURCE, one.resource_id) for one in beside[1].get(item.pk, ())]
    told = ", ".join(filter(None, (words or _("for everybody"), *names)))
    if not may_add:
        return [], capfirst(told)
    page = reverse("meetings:programmeitem-people", args=(item.pk,))
    return [Link(capfirst(told), page)], ""


def _links(event: Event, items: Sequence[ProgrammeItem], day: date, reading: Reading, *, may_add: bool) -> list[Link]:
    """Print, release, and a new item that begins when the last one ends."""
    found = []
    if items:
        found.append(Link(_("Print…"), reverse("meetings:event-print", args=(event.pk,))))
        found += edition_links(event, Edition.What.PROGRAMME, reading)
    if may_add:
        ends = max((item.ends for item in items if item.day == day and item.ends < "24"), default="")
        preset = {"event": str(event.pk), "day": day.isoformat()} | ({"begins": ends} if ends else {})
        found.append(Link(_("Add an item"), new_address(ITEM, **preset)))
    return found
