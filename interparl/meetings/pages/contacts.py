"""The page "Contacts": who met whom, when, where and at which level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interparl.core.exports import FORMATS, download
from interparl.core.formats import write_day, write_number
from interparl.core.kinds import Ref
from interparl.core.listing import Listing, listing_of, sizes
from interparl.core.requests import StaffRequest, day_problem, reading_of, require, same_page
from interparl.core.tables import Column, Columns, Reading
from interparl.core.templatetags.ui_parts import Action
from interparl.directory.models import Parliament, Person
from interparl.meetings.blocks.columns import KIND, NAME, PLACE, WHEN
from interparl.meetings.blocks.contacts import LEVEL
from interparl.meetings.forms.contacts import ContactsForm
from interparl.meetings.models import Event, Participation
from interparl.meetings.models.meeting import Side, events_of_both
from interparl.meetings.models.standing import taking_part

PERSON = Person.record_kind()
PERMISSION = "meetings.view_event"
NEWEST_FIRST = "-when"
# What is read of those who took part; there are several of them in each row.
SHOWN = ("event", "person", "printed_name", "country", "parliament", "capacity", "effective_mark")


def contacts_page(request: StaffRequest) -> HttpResponse:
    """Asks for two sides and shows the events in which both took part; as a file with `?format=`."""
    require(request.user, PERMISSION)
    reading, form_of_file = reading_of(request), request.GET.get("format", "")
    home = Parliament.objects.home()
    names = {name for field in ContactsForm.base_fields for name in (field, f"{field}_key", f"{field}_choice")}
    is_asked = any(value for name, value in request.GET.items() if name in names)
    form = ContactsForm(request.GET if is_asked else None, reading=reading, home=home.country if home else None)
    is_answered = is_asked and form.is_valid()
    problem = day_problem(request)
    if form_of_file in FORMATS and (problem or not is_answered):
        words = problem or _("Say first who met whom.")
        return HttpResponse(words, status=400, content_type="text/plain; charset=utf-8")
    context = _context(request, form, reading)
    if is_answered:
        listing = _listing(request, form, reading)
        if form_of_file in FORMATS:
            return download(_sheet(listing, form), form_of_file)
        context |= _answer(request, listing)
    status = 400 if problem else 422 if is_asked and not is_answered else 200
    return render(request, "meetings/contacts.html", context, status=status)


def _listing(request: StaffRequest, form: ContactsForm, reading: Reading) -> Listing[Event]:
    """The events of both sides within the period, newest first unless asked otherwise."""
    one, other = form.one, form.other
    refs = [_ref(side) for side in (one, other) if side.record is not None]
    reading.want(refs)
    found = events_of_both(one, other, reading.day, reading.user)
    since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    # What is known in part belongs to a period when some day of it may.
    found = found.meeting(since, until)
    listing = listing_of(request, found, columns_for(one, other, reading), reading, None)
    listing.sort = listing.sort or NEWEST_FIRST
    return listing


def columns_for(one: Side, other: Side, reading: Reading) -> Columns[Event]:
    """What is said of each event; of both sides those who took part, in one query for all events on show."""
    people = taking_part(reading.user).counted().filter(one.condition | other.condition).in_order().only(*SHOWN)
    return Columns(
        (
            NAME,
            WHEN,
            _side_column("one", one, reading),
            _side_column("other", other, reading),
            LEVEL,
            KIND,
            PLACE,
        ),
        needs=(Prefetch("participations", queryset=people),),
    )


def _side_column(key: str, side: Side, reading: Reading) -> Column[Event]:
    """Who of a side took part, under the name of the side."""

    def people(event: Event) -> list[Participation]:
        return [one for one in event.participations.all() if side.holds(one)]

    def names(event: Event, reading: Reading) -> str:
        return ", ".join(reading.name(PERSON, one.person_id) or one.printed_name for one in people(event))

    kind, pk = _ref(side)
    return Column(
        key,
        reading.name(kind, pk) or gettext_lazy("Who"),
        names,
        refs=lambda event: [(PERSON, one.person_id) for one in people(event) if one.person_id],
    )


def _ref(side: Side) -> Ref:
    record = side.record
    return (record.record_kind(), record.pk) if record is not None else ("", 0)


def _side_words(form: ContactsForm, reading: Reading) -> Sequence[tuple[str, str]]:
    return [(label, reading.name(*_ref(side))) for label, side in ((_("Who"), form.one), (_("With whom"), form.other))]


def _sheet(listing: Listing[Event], form: ContactsForm) -> Any:
    """All rows as a file, with the two sides and the period named first."""
    reading = listing.reading
    sheet = listing.sheet(f"contacts-{reading.day.isoformat()}", _("Contacts"))
    days = [(_("From the day"), form.cleaned_data["since"]), (_("To the day"), form.cleaned_data["until"])]
    period = [(label, write_day(day, reading.language, "full")) for label, day in days if day]
    return replace(sheet, about=[*sheet.about, *_side_words(form, reading), *period])


def _answer(request: StaffRequest, listing: Listing[Event]) -> dict[str, Any]:
    number = ngettext("%(number)s contact", "%(number)s contacts", listing.total)
    return {
        "listing": listing,
        "table": listing.table(),
        "sizes": sizes(listing),
        "count_words": number % {"number": write_number(listing.total, listing.reading.language)},
        "more": [Action(form.upper(), same_page(request, format=form, page=None), icon="export") for form in FORMATS],
    }


def _context(request: StaffRequest, form: ContactsForm, reading: Reading) -> dict[str, Any]:
    rows = {name: form[name] for name in form.fields}
    return {
        "reading": reading,
        "form": form,
        "one": [rows[name] for name in ("person", "country", "parliament")],
        "other": [rows[name] for name in ("with_person", "with_country", "with_parliament")],
        "period": [rows[name] for name in ("since", "until")],
        "kept": [("on", day)] if (day := request.GET.get("on")) else [],
        "kept_but_day": [(name, value) for name, value in request.GET.items() if value and name not in ("on", "page")],
        "day_problem": day_problem(request),
        "is_today": not reading.is_past,
        "today_url": same_page(request, on=None),
        "day_words": write_day(reading.day, reading.language),
    }
