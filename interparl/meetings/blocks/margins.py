"""Talks in the margins of a session or conference: who was asked, what the answer is, and the way to ask for others."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from interparl.core.addresses import address, list_address, new_address
from interparl.core.blocks import Content, Rows
from interparl.core.hooks import block_on
from interparl.core.page_parts import address_of_move
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Link
from interparl.meetings.blocks.columns import NAME, STAGE, WHEN
from interparl.meetings.models import Event, Form, Kind, Stage
from interparl.meetings.workflow import event_workflow

EVENT, COUNTRY = Event.record_kind(), "directory.country"
# At events of these kinds talks in the margins are asked for as a rule.
MARGINS_OF = (Kind.SESSION, Kind.CONFERENCE)
MOST_TALKS = 30
# The steps that ask, that answer, and that say it was held; every other one is taken on the page of the talks.
ANSWERS = ("request", "confirm", "decline", "hold")
ASKED = (Stage.IDEA, Stage.REQUESTED, Stage.CONFIRMED, Stage.BRIEFED)


def _answers(talks: Event, reading: Reading) -> list[Link]:
    """The next steps as far as nothing stands in their way."""
    if reading.is_past or talks.stage not in ASKED or not talks.may_change(reading.user):
        return []
    offered = event_workflow.offered(talks, reading.user)
    ref = (EVENT, talks.pk)
    known = [one for one in offered if one.name in ANSWERS and not one.open_condition]
    return [Link(one.label, address_of_move(ref, one.name)) for one in known]


WITH: Column[Event] = Column(
    "country",
    gettext_lazy("With"),
    lambda e, r: r.name(COUNTRY, e.country_id),
    refs=lambda e: [(COUNTRY, e.country_id)] if e.country_id else [],
    address=lambda e: address((COUNTRY, e.country_id)) if e.country_id else "",
)
MARGINS: Columns[Event] = Columns((NAME, WITH, WHEN, STAGE), moves=_answers)


@block_on(Event, "margins", gettext_lazy("Talks in the margins"), place="main", order=41)
def margins_of_event(event: Event, reading: Reading) -> Content | None:
    """The talks in their order, each with its answer, and the way to ask for others."""
    found = Event.objects.visible_to(reading.user).filter(within=event, kind=Kind.TALKS).by_time()
    table = Table.of(MARGINS, found, reading, limit=MOST_TALKS)
    add = _add(event, reading) if table.rows or event.kind in MARGINS_OF else ""
    if not table.rows and not add:
        return None
    more = list_address(EVENT, within=str(event.pk), kind=Kind.TALKS.value)
    return Rows(table, more=more, add=add, adding=gettext_lazy("Ask for talks"))


def _add(event: Event, reading: Reading) -> str:
    """The form for talks on the first day at the same place, for who may add events."""
    draft = Event(kind=Kind.TALKS, within=event, body_id=event.body_id)
    if reading.is_past or not draft.may_do("add", reading.user):
        return ""
    known = {"kind": Kind.TALKS.value, "form": Form.MARGINS.value, "within": str(event.pk), "since": event.since}
    known |= {"zone": event.zone, "mark": event.mark}
    if event.where_id:
        known["where"] = str(event.where_id)
    return new_address(EVENT, **{name: value for name, value in known.items() if value})
