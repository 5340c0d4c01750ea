"""The three texts of talks on the page of their event, and the promises that their record notes."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from interparl.accounts.roles import INTERNAL, OFFICIAL, PUBLIC
from interparl.core.addresses import new_address
from interparl.core.blocks import Content, Facts, Rows
from interparl.core.formats import write_number
from interparl.core.hooks import block_on
from interparl.core.known_entries import may_view
from interparl.core.marks import rank
from interparl.core.rights import once_for
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Fact, Link
from interparl.core.translated import shown
from interparl.meetings.blocks.agenda import row_moves
from interparl.meetings.models import VISITS, Event, Kind, TalkText
from interparl.meetings.rules.promises import promises_in
from interparl.meetings.workflow import text_workflow

TEXT = TalkText.record_kind()
# What each text is for, and so the mark with which it begins.
MARKS: dict[str, str] = {
    TalkText.Kind.RECORD: OFFICIAL,
    TalkText.Kind.MINUTES: INTERNAL,
    TalkText.Kind.SUMMARY: PUBLIC,
}
# Of events of these kinds a text is written as a rule.
WRITTEN_OF = (*VISITS, Kind.TALKS, Kind.SITTING, Kind.SESSION, Kind.CONFERENCE)
FIRST_LINE = 120
MOST_PROMISES = 50


def first_line(text: TalkText, reading: Reading) -> str:
    """The first line of the text, cut where it is long."""
    found = shown(text.text, reading.language).text.strip()
    line = found.splitlines()[0] if found else ""
    return line if len(line) <= FIRST_LINE else f"{line[:FIRST_LINE].rstrip()}…"


TEXTS: Columns[TalkText] = Columns(
    (
        Column(
            "kind",
            pgettext_lazy("text of talks", "Text"),
            lambda t, r: r.choice(t, "kind"),
            kind="choice",
        ),
        Column(
            "line",
            gettext_lazy("First line"),
            lambda t, r: first_line(t, r) if t.pk else _("not written yet"),
            spoken=lambda t, r: shown(t.text, r.language).language if t.pk else "",
        ),
        Column(
            "state",
            pgettext_lazy("text of talks", "State"),
            lambda t, r: r.choice(t, "state") if t.pk else "",
            kind="choice",
            tone=lambda t, r: "good" if t.state == TalkText.State.AGREED else "neutral",
        ),
        Column("agreed_on", gettext_lazy("Agreed on"), lambda t, r: t.agreed_on, kind="partial"),
        Column(
            "mark",
            gettext_lazy("Mark"),
            lambda t, r: r.choice(t, "effective_mark") if t.pk else "",
            kind="choice",
            tone=lambda t, r: "bad" if t.effective_mark == OFFICIAL else "neutral",
        ),
    ),
    moves=lambda t, r: _moves(t, r),
)


def _moves(text: TalkText, reading: Reading) -> list[Link]:
    if text.pk:
        return row_moves(text, reading, text_workflow)
    write = write_address(text.event, text.kind, reading)
    return [Link(pgettext_lazy("text of talks", "Write"), write)] if write else []


def write_address(event: Event, kind: str, reading: Reading) -> str:
    """Where a text of that kind is written, with its mark, for who may write and read such a one."""
    draft = TalkText(
        event=event, kind=kind, mark=MARKS[kind], effective_mark=max(MARKS[kind], event.effective_mark, key=rank)
    )
    may = draft.may_do("add", reading.user) and draft.is_open_to(reading.user) and not draft.too_early()
    if reading.is_past or not may:
        return ""
    return new_address(TEXT, event=str(event.pk), kind=kind, mark=MARKS[kind])


def _texts_of(event: Event, reading: Reading) -> list[TalkText]:
    """The texts of the event that the reader may know of; asked once for a request."""
    rows = TalkText.objects.visible_to(reading.user).filter(event=event).order_by("pk")
    texts = once_for(reading.user, ("texts", event.pk), lambda: list(rows))
    for text in texts:
        text.event = event
    return texts


@block_on(Event, "texts", gettext_lazy("Texts of talks"), place="main", order=50)
def texts_of_talks(event: Event, reading: Reading) -> Content | None:
    """The three texts, each with its mark and state; one that is not there and one that is hidden look the same."""
    if not may_view(TEXT, reading.user):
        return None
    by_kind: dict[str, list[TalkText]] = {}
    for text in _texts_of(event, reading):
        by_kind.setdefault(text.kind, []).append(text)
    may_write = any(write_address(event, kind, reading) for kind in MARKS)
    if not by_kind and not (may_write and event.kind in WRITTEN_OF):
        return None
    rows = [row for kind in MARKS for row in by_kind.get(kind, [TalkText(event=event, kind=kind)])]
    return Rows(Table.of(TEXTS, rows, reading))


@block_on(Event, "promises", gettext_lazy("Promises noted"), place="main", order=51)
def promises_of(event: Event, reading: Reading) -> Content | None:
    """The lines with an arrow of the record, for who may read the record, in his language or the one it has."""
    if not may_view(TEXT, reading.user):
        return None
    facts: list[Fact] = []
    for record in _texts_of(event, reading):
        if record.kind != TalkText.Kind.RECORD:
            continue
        text = shown(record.text, reading.language)
        spoken = text.language if text.is_fallback else ""
        for promise in promises_in(text.text)[:MOST_PROMISES]:
            number = write_number(len(facts) + 1, reading.language)
            facts.append(Fact(_("Promise %(number)s") % {"number": number}, promise.text, spoken=spoken))
    return Facts(facts) if facts else None
