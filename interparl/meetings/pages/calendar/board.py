"""The board: events of one kind as cards, in a column for each stage of their way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from interparl.accounts.models import User
from interparl.core.addresses import address
from interparl.core.formats import write_number
from interparl.core.page_parts import address_of_move
from interparl.core.reads import note_rows
from interparl.core.requests import StaffRequest
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Action, Link, Tab
from interparl.meetings.blocks.calendar import UNSHOWN, home_country, shift_address, side_of
from interparl.meetings.blocks.columns import EVENT, days_of, place_of
from interparl.meetings.models import Event, Kind, Stage
from interparl.meetings.pages.calendar.asked import Asked
from interparl.meetings.pages.calendar.common import calendar_page, where
from interparl.meetings.workflow import event_workflow, way_of

COUNTRY = "directory.country"
DECEMBER = 12
# What several of a kind are called.
MANY = {
    Kind.INCOMING: gettext_lazy("Incoming visits"),
    Kind.OUTGOING: gettext_lazy("Outgoing visits"),
    Kind.TALKS: pgettext_lazy("events", "Talks"),
    Kind.SESSION: pgettext_lazy("events", "Sessions"),
    Kind.SITTING: pgettext_lazy("events", "Sittings"),
    Kind.CONFERENCE: gettext_lazy("Speakers’ conferences"),
    Kind.OBSERVATION: gettext_lazy("Observation missions"),
    Kind.OTHER: pgettext_lazy("events", "Other events"),
}


@dataclass(frozen=True)
class CardMove:
    """A step that a card offers: its words, where it is made, and the stage that it leads to."""

    label: str
    address: str
    target: str


@dataclass(frozen=True)
class Card:
    """An event on the board; the first of its moves is the button, the others are what dragging may mean."""

    label: str
    address: str
    side: str
    when: str
    second: str
    spoken: str
    moves: Sequence[CardMove]
    shift: str = ""


@dataclass(frozen=True)
class Column:
    """A stage with its cards."""

    stage: str
    title: str
    cards: Sequence[Card]
    count: str


@calendar_page
def board_page(request: StaffRequest, asked: Asked) -> HttpResponse:
    """The events of a kind that are on the way in the year of the day, by stage."""
    reading = asked.reading
    kind = asked.form.value("kind") or Kind.INCOMING.value
    year = asked.day.year
    events = _events(asked, kind, year)
    refs = {(EVENT, event.pk) for event in events}
    refs |= {(COUNTRY, event.country_id) for event in events if event.country_id}
    reading.want(refs)
    kept = {name: value for name, value in asked.kept().items() if name != "kind"}
    context = {
        "reading": reading,
        "heading": _("%(kind)s, %(year)s: by stage") % {"kind": str(MANY[Kind(kind)]), "year": year},
        "actions": _ways(kind, year, kept),
        "crumbs": [Link(_("Calendar"), reverse("meetings:calendar-month"))],
        "tabs": [Tab(str(MANY[one]), _at(one.value, asked.day, kept), current=one.value == kind) for one in Kind],
        "columns": _columns(events, kind, reading),
        "day_problem": asked.problem,
    }
    return render(request, "meetings/calendar_board.html", context, status=400 if asked.problem else 200)


def _ways(kind: str, year: int, kept: dict[str, str]) -> list[Action]:
    return [
        Action(_("Before"), _at(kind, date(year - 1, 1, 1), kept), icon="previous", words_hidden=True),
        Action(_("This year"), f"{reverse('meetings:calendar-board')}?{urlencode({'kind': kind} | kept)}"),
        Action(_("After"), _at(kind, date(year + 1, 1, 1), kept), icon="next", words_hidden=True),
    ]


def _at(kind: str, day: date, kept: dict[str, str]) -> str:
    return where("board", day, **(kept | {"kind": kind}))


def _events(asked: Asked, kind: str, year: int) -> list[Event]:
    """Those of the year that are not closed, cancelled or put off."""
    found = asked.events().of_kind(kind).visible_to(asked.reading.user).taking_place().exclude(stage=Stage.CLOSED)
    rows = list(found.within_days(date(year, 1, 1), date(year, DECEMBER, 31)).by_time().defer(*UNSHOWN))
    note_rows(rows)
    return rows


def _columns(events: Sequence[Event], kind: str, reading: Reading) -> list[Column]:
    """The stages of the kind in order; a stage that its way does not have stands last, while an event is in it."""
    way = [stage.value for stage in way_of(kind) if stage != Stage.CLOSED]
    astray = sorted({event.stage for event in events} - set(way))
    found = []
    for stage in [*way, *astray]:
        cards = [_card(event, reading) for event in events if event.stage == stage]
        title = capfirst(str(Stage(stage).label))
        found.append(Column(stage, title, cards, write_number(len(cards), reading.language) if cards else ""))
    return found


def _card(event: Event, reading: Reading) -> Card:
    country = reading.name(COUNTRY, event.country_id)
    return Card(
        label=reading.name(EVENT, event.pk) or str(event),
        address=address((EVENT, event.pk)),
        side=_side(event, reading),
        when=days_of(event, reading.language),
        second=" · ".join(filter(None, [country, place_of(event, reading)])),
        spoken=reading.other_language(EVENT, event.pk),
        moves=_moves(event, reading.user),
        shift=shift_address(event, reading),
    )


def _side(event: Event, reading: Reading) -> str:
    found = side_of(event, home_country(reading))
    return found if found in ("ours", "theirs") else ""


def _moves(event: Event, user: Any) -> list[CardMove]:
    """What this user may do with it now, the usual step first; what is still open is said where it is made.

    Unlike `Workflow.offered` it asks nothing of the database, which a page of many cards could not bear.
    """
    if not isinstance(user, User):
        return []
    now = event_workflow.state(event)
    mine = [move for move in event_workflow.moves if now in move.sources and move.may_be_made_by(user, event)]
    return [
        CardMove(str(move.label), address_of_move((EVENT, event.pk), move.name), move.target)
        for move in sorted(mine, key=lambda move: not move.is_usual)
    ]
