"""Registers of agendas, outcomes, themes, statements and texts of talks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from interparl.core.pages import RecordPages
from interparl.core.tables import Column, Columns
from interparl.core.translated import shown
from interparl.directory.pages.columns import link_column, name_column
from interparl.meetings import filters, forms
from interparl.meetings.models import AgendaItem, Outcome, Statement, TalkText, Topic
from interparl.meetings.workflow import agenda_workflow, statement_workflow, text_workflow

EVENT = "meetings.event"

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

statement_pages = RecordPages(
    model=Statement,
    form=forms.StatementForm,
    filters=filters.StatementFilters,
    workflow=statement_workflow,
    columns=Columns(
        (
            link_column("speaker", gettext_lazy("Speaker"), "meetings.participation", "speaker"),
            link_column("event", gettext_lazy("Event"), EVENT, "event"),
            link_column("topic", gettext_lazy("Theme"), "meetings.topic", "topic"),
            Column("position", gettext_lazy("Position"), lambda s, r: shown(s.position, r.language).text),
            Column("state", gettext_lazy("State"), lambda s, r: r.choice(s, "state"), kind="choice", sort="state"),
        )
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
