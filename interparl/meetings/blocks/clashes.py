"""The clashes of an event: what one reader is told of them, on its own days or on others (design 8.12)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.core.addresses import address
from interparl.core.blocks import Clashes
from interparl.core.days import today
from interparl.core.hooks import block_on
from interparl.core.kinds import Ref
from interparl.core.labels import labels_of
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import ClashLine, Link
from interparl.meetings.actions.occupied import Occupied, occupied_by
from interparl.meetings.blocks.clash_apart import apart
from interparl.meetings.blocks.clash_calendars import of_the_calendar
from interparl.meetings.blocks.clash_doubles import doubles
from interparl.meetings.blocks.clash_facts import facts_of
from interparl.meetings.blocks.clash_parts import Asked, Found
from interparl.meetings.models import NOT_ON, Event, KeptClash, Occupation, Resource
from interparl.meetings.rules.clashes import ClashKind, Severity

EVENT, KEEP = "meetings.event", "meetings.add_keptclash"
ORDER = [Severity.FORBIDS, Severity.WARNS, Severity.NOTES]


@dataclass(frozen=True)
class Clash:
    """A clash in the reader's words, with the ways out of it.

    `refs` are the rows of the event that are in it: participations, items, bookings. `reason` is why it stays, `kept`
    the row that says so. `meets` is where one reads of the other side; "" where the reader may not know of it.
    """

    key: str
    kind: ClashKind
    severity: Severity
    day: date
    title: str
    text: str
    ways: tuple[Link, ...] = ()
    refs: frozenset[Ref] = frozenset()
    meets: str = ""
    reason: str = ""
    kept: int = 0

    @property
    def is_kept(self) -> bool:
        """Whether somebody wrote why it stays as it is."""
        return bool(self.kept)

    @property
    def line(self) -> ClashLine:
        """As a page prints it."""
        state = "kept" if self.is_kept else str(self.severity)
        return ClashLine(self.title, state, self.text, self.reason, self.meets, self.ways)


def clashes_of(event: Event, reading: Reading) -> list[Clash]:
    """The clashes of an event as far as the reader may know of them, open ones first; asked once for a page.

    So many queries whatever the number of people. What he may not know of he is told as “busy”.
    """
    kept: list[Clash] | None = reading.memo.get((EVENT, event.pk, "clashes"))
    if kept is None:
        stored = Occupation.objects.filter(event=event.pk)
        rows = [Occupied(*values) for values in stored.values_list(*Occupied._fields)]
        kept = reading.memo[EVENT, event.pk, "clashes"] = _clashes(event, rows, reading)
    return kept


def clashes_if(event: Event, since: date, until: date, user: User) -> list[Clash]:
    """The same, as if the event stood on these days and its programme had moved with it."""
    moved = copy(event)
    moved.since, moved.until = since.isoformat(), until.isoformat()
    moved.prepare()
    by = since - event.first_day if event.first_day else timedelta()
    reading = Reading(user=user, language=get_language() or "en", day=today())
    return _clashes(moved, occupied_by([moved], by), reading)


def clashing(event: Event, reading: Reading) -> dict[Ref, list[Clash]]:
    """The participations, items and bookings of an event that are in open clashes, each with these."""
    found: dict[Ref, list[Clash]] = defaultdict(list)
    for clash in clashes_of(event, reading):
        if not clash.is_kept and clash.severity != Severity.NOTES:
            for ref in clash.refs:
                found[ref].append(clash)
    return dict(found)


def _clashes(event: Event, rows: list[Occupied], reading: Reading) -> list[Clash]:
    if event.stage in NOT_ON:
        return []
    asked = Asked(event, facts_of(event, rows, reading.user), reading)
    found = [*doubles(asked), *of_the_calendar(asked), *apart(asked)]
    if not found:
        return []
    refs = {ref for one in found for ref in one.names} - reading.labels.keys()
    reading.labels.update(labels_of(refs, reading.language, reading.user))
    kept = {one.clash: one for one in asked.facts["kept"]}
    ways = _Ways.of(found, asked)
    clashes = [_said(one, kept.get(one.clash.key), ways, reading) for one in found]
    return sorted(clashes, key=lambda one: (one.is_kept, ORDER.index(one.severity), one.day, one.title, one.key))


def _said(found: Found, kept: Any, ways: _Ways, reading: Reading) -> Clash:
    clash, words = found.clash, found.words(reading)
    return Clash(
        clash.key,
        clash.kind,
        clash.severity,
        clash.day,
        words.title,
        words.text,
        ways.out_of(found, kept),
        found.concerns,
        address(found.meets) if found.meets else "",
        kept.reason if kept else "",
        kept.key if kept else 0,
    )


def free_resources(wanted: Resource, begins: datetime, ends: datetime, reading: Reading) -> list[Resource]:
    """The resources that could stand in for one in these hours: of its kind, with its languages, taken by nobody."""
    return _Free.of({wanted.pk}, (begins, ends), reading).instead_of(wanted.pk, (begins, ends))


@dataclass(frozen=True)
class _Free:
    """The resources of some kinds, and when each is taken; two queries for all clashes of an event."""

    resources: dict[int, Resource]
    taken: dict[tuple[str, int], list[tuple[datetime, datetime]]]

    @classmethod
    def of(cls, wanted: Iterable[int], hours: tuple[datetime, datetime], reading: Reading) -> _Free:
        kinds = Resource.objects.filter(pk__in=list(wanted)).values("kind")
        found = Resource.objects.visible_to(reading.user).filter(kind__in=kinds).order_by("pk")
        resources = {one.pk: one for one in found}
        people = {one.person_id for one in resources.values()} - {None}
        about = Occupation.objects.filter(begins_at__lt=hours[1], ends_at__gt=hours[0])
        taken: dict[tuple[str, int], list[tuple[datetime, datetime]]] = defaultdict(list)
        spans = ("person", "resource", "begins_at", "ends_at")
        of_people, of_things = (
            about.filter(person__in=people).values_list(*spans),
            about.filter(resource__in=list(resources)).values_list(*spans),
        )
        # Each has an index of its own; asked together for either of two columns the database would use neither.
        for person, resource, begins, ends in of_people.union(of_things):
            for name, key in (("person", person), ("resource", resource)):
                if key:
                    taken[name, key].append((begins, ends))
        return cls(resources, taken)

    def instead_of(self, key: int, hours: tuple[datetime, datetime]) -> list[Resource]:
        """Those that could do what that one does, in these hours."""
        wanted = self.resources.get(key)
        if wanted is None:
            return []
        pairs, day = set(wanted.interprets.split()), hours[0].date()
        return [
            one
            for one in self.resources.values()
            if one.pk != wanted.pk
            and one.kind == wanted.kind
            and pairs <= set(one.interprets.split())
            and (one.seats or wanted.seats or 0) >= (wanted.seats or 0)
            and one.holds_on(day) != "no"
            and not self._is_taken(one, hours)
        ]

    def _is_taken(self, one: Resource, hours: tuple[datetime, datetime]) -> bool:
        spans = [*self.taken.get(("resource", one.pk), ()), *self.taken.get(("person", one.person_id or 0), ())]
        return any(begins < hours[1] and hours[0] < ends for begins, ends in spans)


@dataclass(frozen=True)
class _Ways:
    """The ways out of clashes, for who may take them."""

    event: Event
    may_change: bool
    may_keep: bool
    free: _Free | None

    @classmethod
    def of(cls, found: Sequence[Found], asked: Asked) -> _Ways:
        reading, event = asked.reading, asked.event
        hours = [one.hours for one in found if one.wanted and one.hours]
        may_change = not reading.is_past and event.may_change(reading.user)
        may_keep = not reading.is_past and KeptClash(event=event).may_do("add", reading.user)
        free = None
        if hours and may_change:
            span = min(begins for begins, _ends in hours), max(ends for _begins, ends in hours)
            free = _Free.of({one.wanted for one in found if one.wanted}, span, reading)
        return cls(event, may_change, may_keep, free)

    def out_of(self, found: Found, kept: Any) -> tuple[Link, ...]:
        """Another one or other hours, and to keep it; of a kept one, to open it again."""
        keep = reverse("meetings:event-keep", args=(self.event.pk,), query={"clash": found.clash.key})
        if kept is not None:
            return (Link(_("Open it again"), keep),) if self.may_keep else ()
        ways = [self._change(found)] if self.may_change else []
        return (*ways, *([Link(_("Keep, with a reason"), keep)] if self.may_keep else []))

    def _change(self, found: Found) -> Link:
        if self.free is not None and found.wanted and found.hours and found.moved:
            number = len(self.free.instead_of(found.wanted, found.hours))
            words = ngettext("Find another, %(number)s free", "Find another, %(number)s free", number)
            free = reverse("meetings:booking-free", args=(found.moved[1],))
            return Link(words % {"number": number}, free)
        if found.moved:
            return Link(_("Move it"), address(found.moved, "edit"))
        return Link(_("Other days"), address((EVENT, self.event.pk), "edit"))


@block_on(Event, "clashes", gettext_lazy("Clashes"), place="side", order=10, is_printed=False)
def clashes_block(event: Event, reading: Reading) -> Clashes | None:
    """All clashes of the event, and nothing where there are none."""
    found = clashes_of(event, reading)
    return Clashes([clash.line for clash in found]) if found else None
