"""What a series holds: its events by number, the next days of its rule, what each begins with, what waits."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interparl.core.addresses import address, list_address, new_address
from interparl.core.blocks import Content, Facts, Rows
from interparl.core.formats import write_day, write_number
from interparl.core.hooks import block_on
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Action, Fact
from interparl.directory.blocks.parts import may_add
from interparl.meetings.actions.sittings import Foreseen, foreseen
from interparl.meetings.blocks.agenda import agenda_table, in_tree, row_moves
from interparl.meetings.blocks.columns import NAME, PLACE, STAGE, WHEN
from interparl.meetings.models import AgendaItem, Event, Series, SeriesDay

EVENT, ITEM, EXCEPTION = Event.record_kind(), AgendaItem.record_kind(), SeriesDay.record_kind()
MOST_EVENTS, MOST_DAYS, MOST_WAITING = 10, 5, 30

EVENTS: Columns[Event] = Columns(
    (
        NAME,
        Column("number", gettext_lazy("No."), lambda e, r: e.number, kind="number"),
        WHEN,
        PLACE,
        STAGE,
    )
)
EXCEPTIONS: Columns[SeriesDay] = Columns(
    (
        Column("day", gettext_lazy("Day by the rule"), lambda d, r: d.day, kind="date"),
        Column(
            "moved_to",
            gettext_lazy("Moved to"),
            lambda d, r: write_day(d.moved_to, r.language) if d.moved_to else _("left out"),
        ),
    ),
    moves=lambda d, r: row_moves(d, r),
)


def series_actions(series: Series, reading: Reading) -> list[Action]:
    """The steps for a series: its next event, and those of a period, for who may add events of it."""
    draft = Event(
        series=series,
        country_id=series.country_id,
        body_id=series.body_id,
        organisation_id=series.organisation_id,
    )
    if reading.is_past or not draft.may_do("add", reading.user):
        return []
    found = [Action(_("Next sitting…"), reverse("meetings:series-next", args=(series.pk,)), kind="primary")]
    if series.rule:
        found.append(Action(_("Make those of a period…"), reverse("meetings:series-occurrences", args=(series.pk,))))
    return found


@block_on(Series, "events", gettext_lazy("Events"), order=10)
def events_of(series: Series, reading: Reading) -> Content | None:
    """Its events, the newest first, with their numbers."""
    found = Event.objects.visible_to(reading.user).filter(series=series)
    newest = found.order_by("-since_earliest", "-number", "-pk")
    table = Table.of(EVENTS, newest, reading, limit=MOST_EVENTS)
    return Rows(table, more=list_address(EVENT, series=str(series.pk))) if table.rows else None


@block_on(Series, "foreseen", gettext_lazy("Next days by the rule"), place="side", order=10)
def foreseen_of(series: Series, reading: Reading) -> Content | None:
    """The next days of the rule from the day that is read, exceptions obeyed, each with the event that was made."""
    coming = foreseen(series, reading.user, reading.day)[:MOST_DAYS]
    return Facts([_foreseen_fact(one, reading) for one in coming]) if coming else None


def _foreseen_fact(one: Foreseen, reading: Reading) -> Fact:
    occurrence, event = one.occurrence, one.event
    words = write_day(occurrence.day, reading.language, "weekday")
    second = ""
    if occurrence.day != occurrence.planned:
        second = _("moved from %(day)s") % {"day": write_day(occurrence.planned, reading.language)}
    if event is not None:
        return Fact(words, event.label_in(reading.language) or str(event), second, address((EVENT, event.pk)))
    return Fact(words, _("not made yet"), second)


@block_on(Series, "template", gettext_lazy("Each sitting begins with"), order=20)
def template_of(series: Series, reading: Reading) -> Content | None:
    """The items that stand on the agenda of each event beforehand."""
    found = AgendaItem.objects.visible_to(reading.user).filter(series=series).template()
    return _waiting(series, found, reading, is_template="1")


@block_on(Series, "backlog", gettext_lazy("Waiting for a sitting"), order=30)
def backlog_of(series: Series, reading: Reading) -> Content | None:
    """The items that wait; those that stand on an agenda by now are no longer shown."""
    found = AgendaItem.objects.visible_to(reading.user).filter(series=series).backlog()
    return _waiting(series, found.filter(state=AgendaItem.State.OPEN), reading)


def _waiting(series: Series, found: QuerySet[AgendaItem], reading: Reading, **known: Any) -> Content | None:
    items, where = in_tree(list(found.order_by("order", "pk")))
    draft = AgendaItem(series=series)
    may = not reading.is_past and draft.may_do("add", reading.user)
    add = new_address(ITEM, series=str(series.pk), order=str(len(items) + 1), **known) if may else ""
    if not items and not add:
        return None
    table = agenda_table(items[:MOST_WAITING], where, series, reading)
    table.total = len(items)
    return Rows(table, more=list_address(ITEM, series=str(series.pk)), add=add, said=_how_many(len(items), reading))


def _how_many(number: int, reading: Reading) -> str:
    words = ngettext("%(number)s item", "%(number)s items", number)
    return words % {"number": write_number(number, reading.language)} if number else ""


@block_on(Series, "exceptions", gettext_lazy("Exceptions"), order=40)
def exceptions_of(series: Series, reading: Reading) -> Content | None:
    """Days of the rule that are left out or moved, the newest first."""
    found = SeriesDay.objects.visible_to(reading.user).filter(series=series).order_by("-day", "-pk")
    table = Table.of(EXCEPTIONS, found, reading, limit=MOST_DAYS)
    add = may_add(EXCEPTION, reading, series=series.pk) if series.rule else ""
    return Rows(table, more=list_address(EXCEPTION, series=str(series.pk)), add=add) if table.rows or add else None
