"""Registers of agendas, outcomes, themes, statements and texts of talks."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from interparl.core.addresses import address, as_of, list_address
from interparl.core.columns import NOTE, link_column, name_column, source_fact, text_fact
from interparl.core.pages import RecordPages
from interparl.core.tables import Column, Columns, Reading
from interparl.core.templatetags.ui_parts import Link
from interparl.core.titles import load_titles
from interparl.meetings import filters, forms
from interparl.meetings.blocks.statements import POSITION, SLOT, SPEAKER, STATE
from interparl.meetings.models import AgendaItem, Event, Outcome, Statement, TalkText, Topic
from interparl.meetings.workflow import agenda_workflow, statement_workflow, text_workflow

EVENT, PERSON, STATEMENT = "meetings.event", "meetings.participation", "meetings.statement"

agenda_item_pages = RecordPages(
    model=AgendaItem,
    form=forms.AgendaItemForm,
    filters=filters.AgendaItemFilters,
    workflow=agenda_workflow,
    columns=Columns(
        (
            name_column("meetings.agendaitem"),
            link_column("event", gettext_lazy("Event"), EVENT, "event"),
            link_column("series", gettext_lazy("Series"), "meetings.series", "series"),
            Column("state", gettext_lazy("State"), lambda i, r: r.choice(i, "state"), kind="choice", sort="state"),
        )
    ),
)

outcome_pages = RecordPages(
    model=Outcome,
    form=forms.OutcomeForm,
    filters=filters.OutcomeFilters,
    columns=Columns(
        (
            name_column("meetings.outcome"),
            Column("kind", gettext_lazy("Kind"), lambda o, r: r.choice(o, "kind"), kind="choice", sort="kind"),
            link_column("event", gettext_lazy("Event"), EVENT, "event"),
            link_column("body", gettext_lazy("Adopted by"), "bodies.body", "body"),
            Column(
                "adopted_on",
                gettext_lazy("Adopted on"),
                lambda o, r: o.adopted_on,
                kind="partial",
                sort="adopted_earliest",
            ),
        )
    ),
)

topic_pages = RecordPages(
    model=Topic,
    form=forms.TopicForm,
    columns=Columns((name_column("meetings.topic"), link_column("event", gettext_lazy("Event"), EVENT, "event"))),
)


def _statement_context(statement: Statement, reading: Reading) -> dict[str, Any]:
    """It is called by who speaks, and leads back to its event."""
    load_titles([(STATEMENT, statement.pk), (EVENT, statement.event_id)], reading)
    event = reading.name(EVENT, statement.event_id)
    crumbs = [Link(capfirst(str(Event._meta.verbose_name_plural)), as_of(list_address(EVENT), reading))]
    crumbs += [Link(event, as_of(address((EVENT, statement.event_id)), reading))] if event else []
    return {"name": reading.name(STATEMENT, statement.pk), "crumbs": crumbs}


statement_pages = RecordPages(
    model=Statement,
    form=forms.StatementForm,
    filters=filters.StatementFilters,
    workflow=statement_workflow,
    columns=Columns(
        (
            SPEAKER,
            link_column("event", gettext_lazy("Event"), EVENT, "event"),
            link_column("topic", gettext_lazy("Theme"), "meetings.topic", "topic"),
            POSITION,
            STATE,
        )
    ),
    related=("event", "topic", "speaker", "source"),
    context=_statement_context,
    facts=(
        link_column("event", gettext_lazy("Event"), EVENT, "event"),
        link_column("topic", gettext_lazy("Theme"), "meetings.topic", "topic"),
        link_column("speaker", gettext_lazy("Speaker"), PERSON, "speaker"),
        Column("kind", gettext_lazy("Kind"), lambda s, r: r.choice(s, "kind"), kind="choice"),
        SLOT,
        STATE,
        text_fact("position", gettext_lazy("Position in a line")),
        NOTE,
        source_fact(),
    ),
)

talk_text_pages = RecordPages(
    model=TalkText,
    form=forms.TalkTextForm,
    workflow=text_workflow,
    columns=Columns(
        (
            Column("kind", gettext_lazy("Kind"), lambda t, r: r.choice(t, "kind"), kind="choice", sort="kind"),
            link_column("event", gettext_lazy("Event"), EVENT, "event"),
            Column("state", gettext_lazy("State"), lambda t, r: r.choice(t, "state"), kind="choice", sort="state"),
        )
    ),
)
