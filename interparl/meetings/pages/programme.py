"""Registers of who takes part, of programmes, and of what is booked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from interparl.core.pages import RecordPages
from interparl.core.tables import Column, Columns
from interparl.core.translated import shown
from interparl.directory.pages.columns import NOTE, SINCE, UNTIL, link_column, name_column, source_fact, text_fact
from interparl.meetings import filters, forms
from interparl.meetings.blocks.agenda import row_moves
from interparl.meetings.blocks.columns import hours_of
from interparl.meetings.models import Booking, ItemPerson, KeptClash, Participation, ProgrammeItem, Resource, Track

EVENT, PARTICIPATION = "meetings.event", "meetings.participation"

participation_pages = RecordPages(
    model=Participation,
    form=forms.ParticipationForm,
    filters=filters.ParticipationFilters,
    columns=Columns(
        (
            Column(
                "name",
                gettext_lazy("Name"),
                lambda p, r: r.name(PARTICIPATION, p.pk),
                refs=lambda p: [(PARTICIPATION, p.pk)],
                spoken=lambda p, r: r.spoken(PARTICIPATION, p.pk),
            ),
            link_column("event", gettext_lazy("Event"), EVENT, "event", sort="event__label"),
            Column("function", gettext_lazy("Function"), lambda p, r: r.choice(p, "function"), kind="choice"),
            Column("capacity", gettext_lazy("Capacity"), lambda p, r: r.choice(p, "capacity"), kind="choice"),
            Column("attendance", gettext_lazy("Attendance"), lambda p, r: r.choice(p, "attendance"), kind="choice"),
            link_column("country", gettext_lazy("Country"), "directory.country", "country"),
        ),
        related=("event",),
        moves=row_moves,
    ),
)

track_pages = RecordPages(
    model=Track,
    form=forms.TrackForm,
    columns=Columns((name_column("meetings.track"), link_column("event", gettext_lazy("Event"), EVENT, "event"))),
)

programme_item_pages = RecordPages(
    model=ProgrammeItem,
    form=forms.ProgrammeItemForm,
    filters=filters.ProgrammeItemFilters,
    columns=Columns(
        (
            Column("day", gettext_lazy("Day"), lambda i, r: i.day, kind="date", sort="day"),
            Column("hours", gettext_lazy("Hours"), lambda i, r: hours_of(i), sort="begins"),
            Column("text", gettext_lazy("Working text"), lambda i, r: shown(i.text, r.language).text),
            Column("place", gettext_lazy("Place"), lambda i, r: shown(i.place, r.language).text),
            link_column("event", gettext_lazy("Event"), EVENT, "event"),
        )
    ),
)

item_person_pages = RecordPages(
    model=ItemPerson,
    form=forms.ItemPersonForm,
    columns=Columns(
        (
            link_column("item", gettext_lazy("Item"), "meetings.programmeitem", "item"),
            link_column("participation", gettext_lazy("Who takes part"), PARTICIPATION, "participation"),
        )
    ),
)

resource_pages = RecordPages(
    model=Resource,
    form=forms.ResourceForm,
    filters=filters.ResourceFilters,
    related=("person", "keeper", "source"),
    columns=Columns(
        (
            name_column("meetings.resource"),
            Column("kind", gettext_lazy("Kind"), lambda s, r: r.choice(s, "kind"), kind="choice", sort="kind"),
            Column("seats", gettext_lazy("Seats"), lambda s, r: s.seats, kind="number", sort="seats"),
            Column("interprets", gettext_lazy("Interprets"), lambda s, r: s.interprets),
            SINCE,
            UNTIL,
        )
    ),
    facts=(
        Column("kind", gettext_lazy("Kind"), lambda s, r: r.choice(s, "kind"), kind="choice"),
        Column("seats", gettext_lazy("Seats"), lambda s, r: s.seats, kind="number"),
        link_column("person", gettext_lazy("Person"), "directory.person", "person"),
        Column("interprets", gettext_lazy("Interprets"), lambda s, r: s.interprets),
        text_fact("place", gettext_lazy("Place")),
        Column("keeper", gettext_lazy("Kept by"), lambda s, r: str(s.keeper) if s.keeper else ""),
        NOTE,
        source_fact(),
    ),
)

booking_pages = RecordPages(
    model=Booking,
    form=forms.BookingForm,
    filters=filters.BookingFilters,
    columns=Columns(
        (
            link_column("resource", gettext_lazy("Resource"), "meetings.resource", "resource"),
            link_column("event", gettext_lazy("Event"), EVENT, "event"),
            link_column("item", gettext_lazy("Item"), "meetings.programmeitem", "item"),
            Column("day", gettext_lazy("Day"), lambda b, r: b.day, kind="date", sort="day"),
            Column("hours", gettext_lazy("Hours"), lambda b, r: hours_of(b)),
        )
    ),
)

kept_clash_pages = RecordPages(
    model=KeptClash,
    form=None,
    columns=Columns(
        (
            link_column("event", gettext_lazy("Event"), EVENT, "event"),
            Column("reason", gettext_lazy("Reason"), lambda k, r: k.reason),
        )
    ),
)
