"""The clashes of an event: what one reader is told of them, on its own days or on others (design 8.12)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.core.addresses import address
from interparl.core.blocks import Clashes
from interparl.core.days import today
from interparl.core.hooks import block_on
from interparl.core.kinds import Ref
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import ClashLine, Link
from interparl.meetings.actions.occupied import Occupied, occupied_by
from interparl.meetings.blocks.clash_apart import apart
from interparl.meetings.blocks.clash_calendars import of_the_calendar
from interparl.meetings.blocks.clash_doubles import doubles
from interparl.meetings.blocks.clash_facts import facts_of, moment_of, own_rows, rivals_of
from interparl.meetings.blocks.clash_parts import Asked, Found
from interparl.meetings.models import NOT_ON, Event, KeptClash, Resource
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
        kept = reading.memo[EVENT, event.pk, "clashes"] = _clashes(event, own_rows(event), reading)
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
    reading.want(ref for one in found for ref in one.names)
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
    keys = _Free.of({wanted.pk}, (begins, ends), reading).instead_of(wanted.pk, (begins, ends))
    found = Resource.objects.visible_to(reading.user).in_bulk(keys)
    return [found[key] for key in keys if key in found]


@dataclass(frozen=True)
class _Free:
    """The resources of some kinds, and when each is taken; one query for all clashes of an event."""

    resources: dict[int, Any]
    taken: dict[tuple[str, int], list[tuple[datetime, datetime]]]

    @classmethod
    def of(cls, wanted: Collection[int], hours: tuple[datetime, datetime], reading: Reading) -> _Free:
        found = rivals_of(wanted, hours, reading.user)
        taken: dict[tuple[str, int], list[tuple[datetime, datetime]]] = defaultdict(list)
        for name, way in (("rival_person", "person"), ("rival_taken", "resource")):
            for one in found.get(name, ()):
                taken[way, getattr(one, way)].append((moment_of(one.begins), moment_of(one.ends)))
        return cls({one.key: one for one in found["rival"]}, taken)

    def instead_of(self, key: int, hours: tuple[datetime, datetime]) -> list[int]:
        """The keys of those that could do what that one does, in these hours."""
        wanted = self.resources.get(key)
        if wanted is None:
            return []
        pairs, day = set(wanted.interprets.split()), hours[0].date().isoformat()
        return [
            one.key
            for one in self.resources.values()
            if one.key != key
            and one.kind == wanted.kind
            and pairs <= set(one.interprets.split())
            and (one.seats or wanted.seats or 0) >= (wanted.seats or 0)
            and (one.since or day) <= day <= (one.until or day)
            and not self._is_taken(one, hours)
        ]

    def _is_taken(self, one: Any, hours: tuple[datetime, datetime]) -> bool:
        spans = [*self.taken.get(("resource", one.key), ()), *self.taken.get(("person", one.person or 0), ())]
        return any(begins < hours[1] and hours[0] < ends for begins, ends in spans)


@dataclass(frozen=True)
class _Ways:
    """The ways out of clashes, for who may take them; what is the same for all of them is said once."""

    keep: str
    keep_words: str
    elsewhere: Link
    may_change: bool
    may_keep: bool
    free: _Free | None
    others: dict[Any, Link] = field(default_factory=dict)

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
        keep = reverse("meetings:event-keep", args=(event.pk,))
        elsewhere = Link(_("Other days"), address((EVENT, event.pk), "edit"))
        return cls(keep, _("Keep, with a reason"), elsewhere, may_change, may_keep, free)

    def out_of(self, found: Found, kept: Any) -> tuple[Link, ...]:
        """Another one or other hours, and to keep it; of a kept one, to open it again."""
        keep = f"{self.keep}?clash={quote(found.clash.key, safe='/,')}"
        if kept is not None:
            return (Link(_("Open it again"), keep),) if self.may_keep else ()
        ways = [self._change(found)] if self.may_change else []
        return (*ways, *([Link(self.keep_words, keep)] if self.may_keep else []))

    def _change(self, found: Found) -> Link:
        if not found.moved:
            return self.elsewhere
        if self.free is not None and found.wanted and found.hours:
            what = found.moved, found.wanted, found.hours
            if what not in self.others:
                number = len(self.free.instead_of(found.wanted, found.hours))
                words = ngettext("Find another, %(number)s free", "Find another, %(number)s free", number)
                way = reverse("meetings:booking-free", args=(found.moved[1],))
                self.others[what] = Link(words % {"number": number}, way)
            return self.others[what]
        return Link(_("Move it"), address(found.moved, "edit"))


@block_on(Event, "clashes", gettext_lazy("Clashes"), place="side", order=10, is_printed=False)
def clashes_block(event: Event, reading: Reading) -> Clashes | None:
    """All clashes of the event, and nothing where there are none."""
    found = clashes_of(event, reading)
    return Clashes([clash.line for clash in found]) if found else None
