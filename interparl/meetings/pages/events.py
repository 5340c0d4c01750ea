"""Registers of events, of series, of stages and of sitting days."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from interparl.core.formats import language_name, write_zone
from interparl.core.pages import RecordPages
from interparl.core.tables import Column, Columns, Reading
from interparl.core.translated import shown
from interparl.directory.pages.columns import (
    NOTE,
    SINCE,
    UNTIL,
    link_column,
    name_column,
    source_fact,
    text_fact,
)
from interparl.meetings import filters, forms
from interparl.meetings.blocks.columns import KIND, NAME, PLACE, STAGE, WHEN, when
from interparl.meetings.models import Event, EventPartner, Series, SeriesDay, SittingDay, StageDay
from interparl.meetings.workflow import event_workflow

COUNTRY, ORGANISATION, BODY = "directory.country", "directory.organisation", "bodies.body"


def _languages(event: Event, reading: Reading) -> str:
    return ", ".join(language_name(code, reading.language) for code in event.languages.split())


def _zone(event: Event, reading: Reading) -> str:
    return write_zone(event.zone_there, reading.language) if event.begins else ""


event_pages = RecordPages(
    model=Event,
    form=forms.EventForm,
    filters=filters.EventFilters,
    icon="calendar",
    workflow=event_workflow,
    related=("country", "organisation", "body", "series", "where", "within", "follows", "decided_by", "source"),
    columns=Columns(
        (
            NAME,
            WHEN,
            KIND,
            link_column("country", gettext_lazy("With"), COUNTRY, "country", sort="country__label"),
            PLACE,
            STAGE,
        )
    ),
    facts=(
        Column("kind", gettext_lazy("Kind"), lambda e, r: r.choice(e, "kind"), kind="choice"),
        Column("when", gettext_lazy("When"), when),
        PLACE,
        Column("zone", gettext_lazy("Time zone"), _zone),
        Column("visit_type", gettext_lazy("Type of visit"), lambda e, r: r.choice(e, "visit_type"), kind="choice"),
        Column("form", gettext_lazy("Form of talks"), lambda e, r: r.choice(e, "form"), kind="choice"),
        Column("level", gettext_lazy("Level"), lambda e, r: r.choice(e, "level"), kind="choice"),
        link_column("country", gettext_lazy("With the country"), COUNTRY, "country"),
        link_column("organisation", gettext_lazy("Organisation"), ORGANISATION, "organisation"),
        link_column("body", gettext_lazy("Body"), BODY, "body"),
        link_column("series", gettext_lazy("Series"), "meetings.series", "series"),
        Column("number", gettext_lazy("Number in the series"), lambda e, r: e.number),
        link_column("within", gettext_lazy("In the margins of"), "meetings.event", "within"),
        link_column("follows", gettext_lazy("Follows"), "meetings.event", "follows"),
        link_column("decided_by", gettext_lazy("Decided by"), "bodies.decision", "decided_by"),
        Column("languages", gettext_lazy("Working languages"), _languages),
        text_fact("purpose", gettext_lazy("Purpose and expected result")),
        NOTE,
        source_fact(),
    ),
)

event_partner_pages = RecordPages(
    model=EventPartner,
    form=forms.EventPartnerForm,
    columns=Columns(
        (
            link_column("event", gettext_lazy("Event"), "meetings.event", "event"),
            link_column("country", gettext_lazy("Country"), COUNTRY, "country"),
            link_column("parliament", gettext_lazy("Parliament"), "directory.parliament", "parliament"),
        )
    ),
)

stage_day_pages = RecordPages(
    model=StageDay,
    form=forms.StageDayForm,
    columns=Columns(
        (
            link_column("event", gettext_lazy("Event"), "meetings.event", "event"),
            Column("stage", gettext_lazy("Stage"), lambda s, r: r.choice(s, "stage"), kind="choice", sort="stage"),
            Column("planned_on", gettext_lazy("Planned for"), lambda s, r: s.planned_on, kind="partial"),
            Column(
                "reached_on",
                gettext_lazy("Reached on"),
                lambda s, r: s.reached_on,
                kind="partial",
                sort="reached_earliest",
            ),
        )
    ),
)

series_pages = RecordPages(
    model=Series,
    form=forms.SeriesForm,
    filters=filters.SeriesFilters,
    icon="calendar",
    related=("body", "organisation", "country", "source"),
    columns=Columns(
        (
            name_column("meetings.series"),
            Column("kind", gettext_lazy("Kind"), lambda s, r: r.choice(s, "kind"), kind="choice", sort="kind"),
            link_column("body", gettext_lazy("Body"), BODY, "body"),
            link_column("organisation", gettext_lazy("Organisation"), ORGANISATION, "organisation"),
            SINCE,
            UNTIL,
        )
    ),
    facts=(
        Column("kind", gettext_lazy("Kind"), lambda s, r: r.choice(s, "kind"), kind="choice"),
        link_column("body", gettext_lazy("Body"), BODY, "body"),
        link_column("organisation", gettext_lazy("Organisation"), ORGANISATION, "organisation"),
        link_column("country", gettext_lazy("With the country"), COUNTRY, "country"),
        Column("rule", gettext_lazy("Rule of recurrence"), lambda s, r: s.rule),
        Column("first_on", gettext_lazy("First day"), lambda s, r: s.first_on, kind="date"),
        Column("place", gettext_lazy("Place"), lambda s, r: shown(s.place, r.language).text),
        Column("number_from", gettext_lazy("First number"), lambda s, r: s.number_from),
        NOTE,
        source_fact(),
    ),
)

series_day_pages = RecordPages(
    model=SeriesDay,
    form=forms.SeriesDayForm,
    columns=Columns(
        (
            link_column("series", gettext_lazy("Series"), "meetings.series", "series"),
            Column("day", gettext_lazy("Day by the rule"), lambda d, r: d.day, kind="date", sort="day"),
            Column("moved_to", gettext_lazy("Moved to"), lambda d, r: d.moved_to, kind="date", sort="moved_to"),
        )
    ),
)

sitting_day_pages = RecordPages(
    model=SittingDay,
    form=forms.SittingDayForm,
    filters=filters.SittingDayFilters,
    related=("chamber", "source"),
    columns=Columns(
        (
            Column("day", gettext_lazy("Day"), lambda d, r: d.day, kind="date", sort="day"),
            link_column("chamber", gettext_lazy("Chamber"), "directory.chamber", "chamber"),
            Column("begins", gettext_lazy("Begins at"), lambda d, r: d.begins, sort="begins"),
            Column("ends", gettext_lazy("Ends at"), lambda d, r: d.ends, sort="ends"),
            Column("subject", gettext_lazy("Subject"), lambda d, r: shown(d.subject, r.language).text),
        )
    ),
    facts=(
        link_column("chamber", gettext_lazy("Chamber"), "directory.chamber", "chamber"),
        Column("day", gettext_lazy("Day"), lambda d, r: d.day, kind="date"),
        Column("begins", gettext_lazy("Begins at"), lambda d, r: d.begins),
        Column("ends", gettext_lazy("Ends at"), lambda d, r: d.ends),
        text_fact("subject", gettext_lazy("Subject")),
        NOTE,
        source_fact(),
    ),
)
