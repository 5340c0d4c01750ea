"""The next event of a series: its number, its agenda with what waits and what was left, and all of a period at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from interparl.accounts.models import User
from interparl.core.history import VERBS
from interparl.core.rights import Reader
from interparl.core.translated import Stored, texts_of, written
from interparl.core.writing import Planned, Refused, change, change_many
from interparl.meetings.models import OFF, AgendaItem, Event, Series, SeriesDay, TalkText
from interparl.meetings.rules.numbering import placed
from interparl.meetings.rules.recurrence import Occurrence, occurrences

VERBS["carried-over"] = gettext_lazy("carried over")
LARGEST_NUMBER = 2_147_483_647


@dataclass(frozen=True)
class Proposal:
    """What the next event of a series would begin with, as one reader may know: each part can be left out.

    `last` is the event before it; `approves` the one whose minutes wait to be approved.
    """

    number: int
    last: Event | None
    approves: Event | None
    template: Sequence[AgendaItem]
    carried: Sequence[AgendaItem]
    backlog: Sequence[AgendaItem]

    @property
    def keys(self) -> frozenset[str]:
        """The names of all parts."""
        found = {key_of(item) for item in (*self.template, *self.carried, *self.backlog)}
        return frozenset(found | ({approval_key(self.approves)} if self.approves else set()))


def key_of(item: AgendaItem) -> str:
    """By which a form names an item."""
    return f"item-{item.pk}"


def approval_key(event: Event) -> str:
    """By which a form names the approval of minutes."""
    return f"minutes-{event.pk}"


def next_number(series: Series, reader: Reader) -> int:
    """The number after the greatest that the series has given, however long ago; the first one where there is none.

    What the reader may not know of is not counted: who takes its number is told that it is taken, and no more.
    """
    greatest = Event.objects.visible_to(reader).filter(series=series).aggregate(most=Max("number"))["most"]
    return max(series.number_from, (greatest or 0) + 1)


def proposal(series: Series, reader: Reader, day: date | None = None) -> Proposal:
    """What the event after the last one of the series, before that day where one is given, would begin with."""
    past = Event.objects.visible_to(reader).filter(series=series).exclude(stage__in=OFF)
    if day is not None:
        past = past.filter(since_earliest__lte=day)
    last = past.order_by("-since_earliest", "-number", "-pk").first()
    waiting = AgendaItem.objects.visible_to(reader).filter(series=series, state=AgendaItem.State.OPEN)
    carried: list[AgendaItem] = []
    if last is not None:
        left = AgendaItem.objects.visible_to(reader).filter(
            event=last, state__in=(AgendaItem.State.OPEN, AgendaItem.State.DEFERRED)
        )
        # What was carried over already waits on a later agenda.
        later = AgendaItem.objects.visible_to(reader).filter(event__isnull=False, carried_from__event=last)
        carried = in_order(left.exclude(pk__in=later.values("carried_from")).in_order())
    approves = last if last is not None and _has_draft_minutes(last, reader) else None
    if approves is not None and any(item.approves_id == approves.pk for item in carried):
        approves = None
    return Proposal(
        next_number(series, reader),
        last,
        approves,
        in_order(waiting.template().in_order()),
        carried,
        in_order(waiting.backlog().in_order()),
    )


def in_order(items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """Items as an agenda prints them, each under the one that it stands under."""
    by_key = {item.pk: item for item in items}
    return [by_key[one.key] for one in placed((key, item.parent_id) for key, item in by_key.items())]


def _has_draft_minutes(event: Event, reader: Reader) -> bool:
    texts = TalkText.objects.visible_to(reader).filter(event=event, kind=TalkText.Kind.MINUTES)
    return texts.filter(state=TalkText.State.DRAFT).exists()


def next_sitting(
    series: Series, *, day: date, by: User, take: Iterable[str], number: int | None = None, expected: int | None = None
) -> Event:
    """Makes the next event of the series on that day with the parts that are taken, in one transaction.

    `expected` is the number that was shown: when another took it meanwhile nothing is made. Raises Refused.
    """
    wanted = frozenset(take)
    with transaction.atomic():
        Series.objects.select_for_update(of=("self",)).get(pk=series.pk)
        found = proposal(series, by, day)
        if expected is not None and expected != found.number:
            raise Refused(
                _("No. %(number)s was made meanwhile. Look at what the next one begins with.") % {"number": expected}
            )
        number = found.number if number is None else number
        _refuse_taken(series, number)
        event = _event(series, day, number)
        if not event.may_do("add", by):
            raise PermissionDenied
        with change(event, by=by):
            pass
        change_many(_agenda(event, found, wanted, by), by=by)
        _settle(found, wanted, number, by)
        return event


def _refuse_taken(series: Series, number: int) -> None:
    if not 1 <= number <= LARGEST_NUMBER:
        raise Refused({"number": [_("Write a number from 1 on.")]})
    if Event.objects.filter(series=series, number=number).exists():
        raise Refused({"number": [_("The series has an event No. %(number)s already.") % {"number": number}]})


def _event(series: Series, day: date, number: int) -> Event:
    """A new event of the series, not written yet."""
    return Event(
        kind=series.kind,
        title=in_languages(series.name, gettext_lazy("%(name)s, No. %(number)s"), number),
        series=series,
        number=number,
        since=day.isoformat(),
        until=day.isoformat(),
        begins=series.begins,
        ends=series.ends,
        zone=series.zone,
        place=deepcopy(series.place),
        languages=series.languages,
        body_id=series.body_id,
        organisation_id=series.organisation_id,
        country_id=series.country_id,
        mark=series.mark,
        grade=series.grade,
    )


def in_languages(names: Stored, pattern: str | Promise, number: int) -> Stored:
    """A sentence with a name and a number, in each language in which there is the name."""
    found = {}
    for language, name in texts_of(names).items():
        with override(language):
            found[language] = str(pattern) % {"name": name, "number": number}
    return written(found)


def _agenda(event: Event, found: Proposal, wanted: frozenset[str], by: User) -> list[Planned]:
    """The items of the new agenda: approval of the last minutes, template, what was left, what waited."""
    rows: list[AgendaItem] = []
    if found.approves is not None and approval_key(found.approves) in wanted:
        rows.append(_approval(event, found.approves))
    for items, is_carried in ((found.template, False), (found.carried, True), (found.backlog, True)):
        rows += copies([item for item in items if key_of(item) in wanted], event, is_carried=is_carried)
    number_tops(rows)
    for row in rows[:1]:
        if not row.may_do("add", by):
            raise PermissionDenied
    return [Planned(row, row=str(row)) for row in rows]


def number_tops(rows: Sequence[AgendaItem]) -> None:
    """Gives the rows that stand at the top of an agenda their order, one after another."""
    for order, row in enumerate((row for row in rows if row.parent is None), 1):
        row.order = order


def _approval(event: Event, last: Event) -> AgendaItem:
    title = (
        in_languages(last.title, gettext_lazy("Approval of the minutes of No. %(number)s"), last.number)
        if last.number
        else in_languages(last.title, gettext_lazy("Approval of the minutes: %(name)s"), 0)
    )
    return AgendaItem(event=event, title=title, approves=last)


def copies(items: Sequence[AgendaItem], event: Event, *, is_carried: bool) -> list[AgendaItem]:
    """New items of the event that say what these say; one whose upper item is not among them stands at the top."""
    made: dict[int, AgendaItem] = {}
    for item in items:
        made[item.pk] = AgendaItem(
            event=event,
            parent=made.get(item.parent_id) if item.parent_id else None,
            order=item.order,
            title=deepcopy(item.title),
            minutes=item.minutes,
            carried_from=item if is_carried else None,
            approves_id=item.approves_id if is_carried else None,
            mark=item.mark,
            grade=item.grade,
            source_id=item.source_id,
        )
    return list(made.values())


def _settle(found: Proposal, wanted: frozenset[str], number: int, by: User) -> None:
    """What was taken over is deferred where it was left, and dropped from the backlog, each with the reason."""
    carried = [item for item in found.carried if key_of(item) in wanted]
    waited = [item for item in found.backlog if key_of(item) in wanted]
    if not all(item.may_do("change", by) for item in (*carried, *waited)):
        raise PermissionDenied
    carried_note = _("Carried over to No. %(number)s") % {"number": number}
    waited_note = _("On the agenda of No. %(number)s") % {"number": number}
    state = AgendaItem.State
    change_many(
        [Planned(item, {"state": state.DEFERRED}, str(item)) for item in carried],
        by=by,
        verb="carried-over",
        note=carried_note,
    )
    change_many(
        [Planned(item, {"state": state.DROPPED}, str(item)) for item in waited],
        by=by,
        verb="carried-over",
        note=waited_note,
    )


@dataclass(frozen=True)
class Foreseen:
    """A day that the rule of a series foresees, and the event that was made for it, if any."""

    occurrence: Occurrence
    event: Event | None


def foreseen(series: Series, reader: Reader, first: date, last: date | None = None) -> list[Foreseen]:
    """The days of the rule from `first` on, exceptions obeyed, each with its event as far as the reader may know.

    A day on which there is only an event that he may not know of is one without an event.
    """
    rule = series.recurrence
    if rule is None:
        return []
    exceptions = dict(SeriesDay.objects.visible_to(reader).filter(series=series).values_list("day", "moved_to"))
    found = [one for one in occurrences(rule, exceptions) if one.day >= first and (last is None or one.day <= last)]
    events = Event.objects.visible_to(reader).filter(series=series, since_earliest=F("since_latest"))
    by_day: dict[Any, Event] = {
        event.since_earliest: event for event in events.filter(since_earliest__gte=first).order_by("-pk")
    }
    return [Foreseen(one, by_day.get(one.day)) for one in found]


def _free_numbers(series: Series, by: User) -> Iterator[int]:
    """Numbers from the next one on that no event of the series has."""
    taken = set(Event.objects.filter(series=series).values_list("number", flat=True))
    return (number for number in count(next_number(series, by)) if number not in taken)


def make_foreseen(series: Series, days: Iterable[date], *, by: User) -> list[Event]:
    """Makes the events of the series on these days of its rule, numbered in their order, each with the template.

    A day that is not foreseen, or on which there is one already, is left out. One transaction.
    """
    wanted = frozenset(days)
    if not wanted:
        return []
    with transaction.atomic():
        Series.objects.select_for_update(of=("self",)).get(pk=series.pk)
        open_days = {
            one.occurrence.day for one in foreseen(series, by, min(wanted), max(wanted)) if one.event is None
        } & wanted
        events = [
            _event(series, day, number)
            for day, number in zip(sorted(open_days), _free_numbers(series, by), strict=False)
        ]
        if not all(event.may_do("add", by) for event in events[:1]):
            raise PermissionDenied
        waiting = AgendaItem.objects.visible_to(by).filter(series=series, state=AgendaItem.State.OPEN)
        template = in_order(waiting.template().in_order())
        rows = []
        for event in events:
            items = copies(template, event, is_carried=False)
            number_tops(items)
            rows += items
        planned = [Planned(event, row=event.since) for event in events]
        change_many([*planned, *(Planned(row, row=row.event.since if row.event else "") for row in rows)], by=by)
        return events
