"""Themes of a session or conference, what is said there for us, and how much of it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from interparl.core.addresses import address, list_address
from interparl.core.blocks import Content, Rows, Text
from interparl.core.formats import write_day, write_number
from interparl.core.hooks import block_on
from interparl.core.known_entries import may_view
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Link
from interparl.core.translated import shown
from interparl.directory.blocks.parts import may_add
from interparl.meetings.blocks.agenda import row_moves
from interparl.meetings.blocks.numbers import EVERY, numbers_at
from interparl.meetings.measures.counted import SPEECHES, TALKS
from interparl.meetings.models import SPOKEN_AT, Event, Statement, Topic
from interparl.meetings.workflow.statements import chains_of, look_at_clearances, statement_workflow
from interparl.tasks.blocks import ASKING, asking_address, chain_address, known_steps, step_words
from interparl.tasks.models import Clearance

STATEMENT, TOPIC, PERSON = Statement.record_kind(), Topic.record_kind(), "meetings.participation"
MOST_STATEMENTS = 30
State = Statement.State
TONES: dict[str, str] = {State.PLANNED: "neutral", State.DELIVERED: "good", State.NOT_DELIVERED: "bad"}


def slot(statement: Statement, reading: Reading) -> str:
    """When it is spoken: day, hour, how long."""
    words = [write_day(statement.day, reading.language)] if statement.day else []
    words += [statement.begins[:5]] if statement.begins else []
    if statement.minutes:
        words.append(
            ngettext("%(number)s minute", "%(number)s minutes", statement.minutes)
            % {"number": write_number(statement.minutes, reading.language)}
        )
    return ", ".join(words)


SPEAKER: Column[Statement] = Column(
    "speaker",
    gettext_lazy("Speaker"),
    lambda s, r: r.name(PERSON, s.speaker_id) or _("not named yet"),
    refs=lambda s: [(PERSON, s.speaker_id)] if s.speaker_id else [],
    address=lambda s: address((STATEMENT, s.pk)),
    second=lambda s, r: r.choice(s, "kind"),
)
POSITION: Column[Statement] = Column(
    "position",
    gettext_lazy("Position"),
    lambda s, r: shown(s.position, r.language).text,
    spoken=lambda s, r: shown(s.position, r.language).language,
)
SLOT: Column[Statement] = Column("slot", gettext_lazy("Slot"), slot)
STATE: Column[Statement] = Column(
    "state",
    pgettext_lazy("statement", "State"),
    lambda s, r: r.choice(s, "state"),
    kind="choice",
    sort="state",
    tone=lambda s, r: TONES[s.state],
)
SAID: tuple[Column[Statement], ...] = (
    SPEAKER,
    Column(
        "topic",
        gettext_lazy("Theme"),
        lambda s, r: r.name(TOPIC, s.topic_id),
        refs=lambda s: [(TOPIC, s.topic_id)] if s.topic_id else [],
    ),
    POSITION,
    SLOT,
)


def statement_columns(chains: Mapping[int, Sequence[Clearance]]) -> Columns[Statement]:
    """What is said of each statement, beside it how far it is cleared; that column stands where there is something."""
    cleared: Column[Statement] = Column(
        "clearances",
        gettext_lazy("Clearances"),
        lambda s, r: "; ".join(step_words(one, r) for one in chains.get(s.pk, ())),
        address=lambda s: chain_address(s) if s.pk in chains else "",
    )
    return Columns(
        (*SAID, cleared, STATE) if chains else (*SAID, STATE),
        row_class=lambda s, r: "row-statement",
        moves=statement_moves,
    )


def statement_moves(statement: Statement, reading: Reading) -> list[Link]:
    """Its moves, its change, and the form on which a step is asked for it."""
    ask = asking_address(statement, reading) if statement.state == State.PLANNED else ""
    return [*row_moves(statement, reading, statement_workflow), *([Link(ASKING, ask)] if ask else [])]


TOPICS: Columns[Topic] = Columns(
    (
        Column(
            "title",
            gettext_lazy("Theme"),
            lambda t, r: shown(t.title, r.language).text,
            spoken=lambda t, r: shown(t.title, r.language).language,
        ),
        Column("statements", gettext_lazy("Statements"), lambda t, r: getattr(t, "said", 0), kind="number"),
    ),
    moves=lambda t, r: row_moves(t, r),
)


@block_on(Event, "themes", gettext_lazy("Themes"), place="main", order=39)
def themes_of(event: Event, reading: Reading) -> Content | None:
    """The themes in their order, each with the number of statements on it."""
    known = Statement.objects.visible_to(reading.user).filter(event=event)
    mine = known if may_view(STATEMENT, reading.user) else known.none()
    found = Topic.objects.visible_to(reading.user).filter(event=event).order_by("order", "pk")
    counted = found.annotate(said=Count("statements", filter=Q(statements__in=mine.values("pk"))))
    table = Table.of(TOPICS, counted, reading, limit=MOST_STATEMENTS)
    add = may_add(TOPIC, reading, event=event.pk) if table.rows or event.kind in SPOKEN_AT else ""
    return Rows(table, more=list_address(TOPIC, event=str(event.pk)), add=add) if table.rows or add else None


@block_on(Event, "statements", pgettext_lazy("noun", "Statements"), place="main", order=40)
def statements_of(event: Event, reading: Reading) -> Content | None:
    """What is said for us, in the order of slots, and how much of it was delivered."""
    if not may_view(STATEMENT, reading.user):
        return None
    found = Statement.objects.visible_to(reading.user).filter(event=event)
    in_order = found.order_by(
        F("day").asc(nulls_last=True), F("begins").asc(), F("topic__order").asc(nulls_last=True), "pk"
    )
    table = Table.of(statement_columns({}), in_order, reading, limit=MOST_STATEMENTS)
    chains = chains_of(table.rows)
    look_at_clearances(table.rows, chains)
    table.columns = statement_columns(known_steps(chains, reading))
    add = may_add(STATEMENT, reading, event=event.pk) if table.rows or event.kind in SPOKEN_AT else ""
    if not table.rows and not add:
        return None
    more = list_address(STATEMENT, event=str(event.pk))
    return Rows(table, more=more, add=add, said=_counts(event, reading) if event.kind in SPOKEN_AT else "")


@block_on(Statement, "text", gettext_lazy("Text"), order=10, gap=gettext_lazy("No text is written yet."))
def text_of(statement: Statement, reading: Reading) -> Content | None:
    """Our text in the reader's language, or in the first that there is."""
    found = shown(statement.text, reading.language)
    return Text(found.text, found.language if found.is_fallback else "") if found.text else None


def _counts(event: Event, reading: Reading) -> str:
    """How many statements were delivered of how many, and how many talks were held in the margins."""
    numbers = numbers_at(event, reading)
    told = {"delivered": numbers[SPEECHES], "every": numbers[EVERY]}
    delivered = ngettext(
        "%(delivered)s of %(every)s statement delivered.",
        "%(delivered)s of %(every)s statements delivered.",
        told["every"],
    ) % {name: write_number(number, reading.language) for name, number in told.items()}
    held = ngettext("%(number)s talk in the margins.", "%(number)s talks in the margins.", numbers[TALKS])
    return f"{delivered} {held % {'number': write_number(numbers[TALKS], reading.language)}}"
