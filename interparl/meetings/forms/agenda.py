"""What may be typed about agendas, outcomes, themes, statements and the texts of talks."""

from __future__ import annotations

from interparl.core.forms import RecordForm
from interparl.directory.forms import COMMON
from interparl.meetings.models import AgendaItem, Outcome, Statement, TalkText, Topic


class AgendaItemForm(RecordForm[AgendaItem]):
    """An item of an agenda."""

    class Meta:
        model = AgendaItem
        fields = [
            "event",
            "series",
            "is_template",
            "parent",
            "order",
            "title",
            "minutes",
            "ours",
            "theirs",
            "record",
            "approves",
            "carried_from",
            *COMMON,
        ]


class OutcomeForm(RecordForm[Outcome]):
    """An outcome."""

    class Meta:
        model = Outcome
        fields = [
            "event",
            "item",
            "kind",
            "body",
            "number",
            "title",
            "text",
            "adopted_on",
            "is_ad_referendum",
            "addressee",
            "due_on",
            *COMMON,
        ]


class TopicForm(RecordForm[Topic]):
    """A theme."""

    class Meta:
        model = Topic
        fields = ["event", "order", "title", *COMMON]


class StatementForm(RecordForm[Statement]):
    """A statement."""

    class Meta:
        model = Statement
        fields = ["event", "topic", "speaker", "kind", "day", "begins", "minutes", "position", "text", *COMMON]


class TalkTextForm(RecordForm[TalkText]):
    """A text of talks."""

    class Meta:
        model = TalkText
        fields = ["event", "kind", "text", *COMMON]
