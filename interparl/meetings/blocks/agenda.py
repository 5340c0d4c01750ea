"""The agenda of an event as a tree, numbered by place.

Numbers are given over what the reader may know of: a point with a higher mark leaves neither a line nor a gap behind
for others, and those who read it see it counted. An agenda that was released keeps the numbers that it went out with,
in its edition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from interparl.accounts.models import User
from interparl.core.addresses import address, list_address, new_address
from interparl.core.blocks import Content, Rows
from interparl.core.formats import write_number
from interparl.core.hooks import block_on
from interparl.core.kinds import Ref
from interparl.core.marks import rank
from interparl.core.page_parts import address_of_move
from interparl.core.records import Record
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Link
from interparl.core.translated import shown
from interparl.core.workflow import Workflow
from interparl.documents.models import Document, Edition
from interparl.meetings.blocks.editions import edition_links, edition_words, released
from interparl.meetings.models import AgendaItem, Event, Participation
from interparl.meetings.rules.numbering import Placed, placed
from interparl.meetings.workflow import agenda_workflow

ITEM, EVENT, PERSON = AgendaItem.record_kind(), Event.record_kind(), Participation.record_kind()
DOCUMENT = Document.record_kind()
# An agenda is read whole; what is longer than this goes on in the register.
MOST_ITEMS = 60
DEEPEST = 3
State = AgendaItem.State
TONES: dict[str, str] = {
    State.OPEN: "neutral",
    State.DISCUSSED: "info",
    State.DEFERRED: "warn",
    State.CLOSED: "good",
    State.DROPPED: "neutral",
}


def in_tree(items: Sequence[AgendaItem]) -> tuple[list[AgendaItem], dict[int, Placed]]:
    """The items in the order of print, and where each stands; they come in the order that was given to them."""
    where = {one.key: one for one in placed((item.pk, item.parent_id) for item in items)}
    by_key = {item.pk: item for item in items}
    return [by_key[key] for key in where], where


def papers_of(items: Sequence[AgendaItem], reading: Reading) -> dict[int, int]:
    """How many documents are attached to each item, for who opens that register; one query."""
    user = reading.user
    if not items or not isinstance(user, User) or not user.rights.may("documents.view_document"):
        return {}
    found = Document.objects.visible_to(user).filter(kind=ITEM, object_id__in=[item.pk for item in items])
    return dict(found.order_by().values_list("object_id").annotate(number=Count("pk")))


def _refs(item: AgendaItem) -> list[Ref]:
    keys = [(PERSON, item.ours_id), (PERSON, item.theirs_id), (EVENT, item.approves_id)]
    keys += [(ITEM, item.carried_from_id)]
    return [(kind, key) for kind, key in keys if key]


def _second(item: AgendaItem, reading: Reading) -> str:
    """That it was carried over, and what it approves, as far as the reader may know of these."""
    found = []
    if reading.name(ITEM, item.carried_from_id):
        found.append(_("carried over"))
    if approved := reading.name(EVENT, item.approves_id):
        found.append(_("approves the minutes: %(name)s") % {"name": approved})
    return ", ".join(found)


# What an item says of itself; its number and its papers depend on the agenda.
SAID: tuple[Column[AgendaItem], ...] = (
    Column(
        "title",
        gettext_lazy("Item"),
        lambda i, r: shown(i.title, r.language).text,
        spoken=lambda i, r: shown(i.title, r.language).language,
        second=_second,
        refs=_refs,
    ),
    Column(
        "ours",
        gettext_lazy("Our rapporteur"),
        lambda i, r: r.name(PERSON, i.ours_id),
        side=lambda i: "ours",
        kind="person",
    ),
    Column(
        "theirs",
        gettext_lazy("Their rapporteur"),
        lambda i, r: r.name(PERSON, i.theirs_id),
        side=lambda i: "theirs",
        kind="person",
    ),
    Column("minutes", gettext_lazy("Minutes"), lambda i, r: i.minutes, kind="number"),
    Column(
        "state",
        pgettext_lazy("item of an agenda", "State"),
        lambda i, r: r.choice(i, "state"),
        kind="choice",
        tone=lambda i, r: TONES[i.state],
    ),
)


def item_columns(where: Mapping[int, Placed], papers: Mapping[int, int], host: Record) -> Columns[AgendaItem]:
    """The columns of an agenda of that event, or of a list of a series."""
    return Columns(
        (
            Column("number", gettext_lazy("No."), lambda i, r: where[i.pk].number),
            *SAID,
            Column(
                "mark",
                gettext_lazy("Mark"),
                lambda i, r: r.choice(i, "effective_mark") if is_closed(i, host) else "",
                kind="choice",
                tone=lambda i, r: "bad",
            ),
            Column(
                "papers",
                gettext_lazy("Papers"),
                lambda i, r: papers.get(i.pk),
                kind="number",
                address=lambda i: list_address(DOCUMENT, of=f"{ITEM}-{i.pk}"),
            ),
        ),
        row_class=lambda i, r: f"row-depth-{min(where[i.pk].depth, DEEPEST)}",
        moves=item_moves,
    )


def is_closed(item: AgendaItem, host: Record) -> bool:
    """Whether an item is marked higher than the agenda that it stands on."""
    return rank(item.effective_mark) > rank(host.effective_mark)


def item_moves(item: AgendaItem, reading: Reading) -> list[Link]:
    """The steps for an item: its moves, its papers, the item that it was carried over from."""
    links = row_moves(item, reading, agenda_workflow)
    origin = item.carried_from_id if reading.name(ITEM, item.carried_from_id) else None
    if origin:
        links.append(Link(_("Earlier item"), address((ITEM, origin))))
    draft = Document(kind=ITEM, object_id=item.pk)
    if not reading.is_past and item.may_change(reading.user) and draft.may_do("add", reading.user):
        url = new_address(
            DOCUMENT, kind=ITEM, object_id=str(item.pk), mark=max("internal", item.effective_mark, key=rank)
        )
        links.append(Link(_("Add a paper"), url))
    return links


def row_moves(row: Record, reading: Reading, workflow: Workflow[Any] | None = None) -> list[Link]:
    """What may be done with a row of a block today: its moves that nothing stands in the way of, and its change."""
    if reading.is_past or not row.may_change(reading.user):
        return []
    ref = (row.record_kind(), row.pk)
    moves = [one for one in workflow.offered(row, reading.user) if not one.open_condition] if workflow else []
    links = [Link(move.label, address_of_move(ref, move.name)) for move in moves]
    return [*links, Link(_("Change"), address(ref, "edit"))]


@block_on(Event, "agenda", gettext_lazy("Agenda"), place="main", order=30)
def agenda_of(event: Event, reading: Reading) -> Content | None:
    """The whole agenda of the event, and the way to the page on which it is written."""
    found = AgendaItem.objects.visible_to(reading.user).filter(event=event).in_order()
    items, where = in_tree(list(found))
    add = agenda_address(event, reading)
    if not items and not add:
        return None
    table = agenda_table(items[:MOST_ITEMS], where, event, reading)
    table.total = len(items)
    return Rows(
        table,
        more=list_address(ITEM, event=str(event.pk)),
        add=add,
        adding=gettext_lazy("Write the agenda"),
        said="; ".join(filter(None, (_time_of(items, reading), _edition_words(event, items, reading)))),
        editions=released(event, Edition.What.AGENDA, reading),
        ways=edition_links(event, Edition.What.AGENDA, reading) if items else (),
    )


def _edition_words(event: Event, items: Sequence[AgendaItem], reading: Reading) -> str:
    return edition_words(event, Edition.What.AGENDA, reading) if items else ""


def agenda_table(
    items: Sequence[AgendaItem], where: Mapping[int, Placed], host: Record, reading: Reading
) -> Table[AgendaItem]:
    """Items of one agenda as a table, without the columns in which none of them has anything."""
    table = Table.of(item_columns(where, papers_of(items, reading), host), items, reading)
    said = tuple(one for one in table.columns.of if any(one.value(item, reading) for item in items))
    table.columns = replace(table.columns, of=said or table.columns.of)
    return table


def _time_of(items: Sequence[AgendaItem], reading: Reading) -> str:
    """How long it takes together; a point with parts is not counted beside them."""
    upper = {item.parent_id for item in items}
    whole = sum(item.minutes or 0 for item in items if item.pk not in upper)
    return _("%(minutes)s minutes in all") % {"minutes": write_number(whole, reading.language)} if whole else ""


def agenda_address(event: Event, reading: Reading) -> str:
    """Where the agenda is written as a whole, for who may."""
    if reading.is_past or not AgendaItem(event=event).may_do("add", reading.user):
        return ""
    return reverse("meetings:event-agenda", args=(event.pk,))
