"""What a calendar shows of days, as values: events with their side, days of sittings, and times that say no more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from interparl.accounts.models import User
from interparl.core.addresses import address
from interparl.core.formats import write_day, write_days, write_number
from interparl.core.kinds import Ref
from interparl.core.reads import note_rows
from interparl.core.tables import Reading
from interparl.directory.models import Parliament
from interparl.meetings.blocks.columns import EVENT, days_of, hours_of, place_of
from interparl.meetings.blocks.free_days import free_days
from interparl.meetings.models import Event, Kind, SittingDay
from interparl.meetings.models.events import EventQuerySet
from interparl.meetings.rules.lanes import Placing, placed

CHAMBER = "directory.chamber"
OURS, THEIRS, NEUTRAL, BUSY, MORE = "ours", "theirs", "neutral", "busy", "more"
ONE_DAY = timedelta(days=1)
# Long texts that no calendar shows.
UNSHOWN = ("purpose", "note", "questioned")
GOING = (Kind.OUTGOING, Kind.OBSERVATION)
TOGETHER = (Kind.CONFERENCE, Kind.SESSION)


@dataclass(frozen=True)
class Item:
    """What stands on the days from `first` to `last`: an event, or a time of which no more than "busy" is said."""

    label: str
    first: date
    last: date
    side: str
    begins: str = ""
    hours: str = ""
    second: str = ""
    address: str = ""
    shift: str = ""
    spoken: str = ""
    event: Event | None = None

    @property
    def key(self) -> int | None:
        """The key of the event; None for a time that says no more."""
        return self.event.pk if self.event is not None else None


@dataclass
class Seen:
    """What one reader sees on some days: events with fixed days, events whose day is open, sittings, free days.

    The names are asked for when the first item is looked at, with all that were wanted until then.
    """

    reading: Reading
    fixed: list[Event] = field(default_factory=list)
    open: list[Event] = field(default_factory=list)
    sittings: dict[date, list[SittingDay]] = field(default_factory=dict)
    free: dict[date, str] = field(default_factory=dict)

    @cached_property
    def items(self) -> list[Item]:
        """The events whose days are fixed, as they stand in a calendar."""
        return [item_of(event, self.reading) for event in self.fixed]

    def on(self, day: date) -> list[Item]:
        """What stands on the day: what takes the whole of it first, then by the hour at the place."""
        mine = [item for item in self.items if item.first <= day <= item.last]
        return sorted(mine, key=lambda item: item.begins if item.first == day else "")


def seen_days(found: EventQuerySet, first: date, last: date, reading: Reading, *, extra: Iterable[Ref] = ()) -> Seen:
    """What this reader sees of these events from `first` to `last`, in four queries; `extra` are names asked as well.

    What will not take place, and what was put off, holds no day.
    """
    asked = found.visible_to(reading.user).taking_place().within_days(first, last).by_time().defer(*UNSHOWN)
    events = list(asked)
    note_rows(events)
    sittings = sitting_days(first, last, reading)
    refs = {(EVENT, event.pk) for event in events} | {(CHAMBER, row.chamber_id) for row in sittings} | set(extra)
    reading.want(refs)
    seen = Seen(
        reading,
        [event for event in events if event.is_fixed],
        [event for event in events if not event.is_fixed],
        free=free_days(first, last, reading),
    )
    for row in sittings:
        seen.sittings.setdefault(row.day, []).append(row)
    return seen


def sitting_days(first: date, last: date, reading: Reading) -> list[SittingDay]:
    """The sitting days from `first` to `last` that this reader may know of, in order."""
    rows = SittingDay.objects.visible_to(reading.user).filter(day__gte=first, day__lte=last)
    found = list(rows.defer("note").order_by("day", "begins", "pk"))
    note_rows(found)
    return found


def home_parliament(reading: Reading) -> Parliament | None:
    """The home parliament, asked once for a page."""
    if "home-parliament" not in reading.memo:
        reading.memo["home-parliament"] = Parliament.objects.home()
    found: Parliament | None = reading.memo["home-parliament"]
    return found


def home_country(reading: Reading) -> int | None:
    """The key of the country of the home parliament."""
    home = home_parliament(reading)
    return home.country_id if home is not None else None


def side_of(event: Event, home: int | None) -> str:
    """Whether ours go out, theirs come in, or several meet."""
    if event.kind in GOING:
        return OURS
    if event.kind == Kind.INCOMING:
        return THEIRS
    if event.kind in TOGETHER or (event.country_id is None and event.organisation_id is not None):
        return NEUTRAL
    if event.where_id is not None and event.where_id != home:
        return OURS
    return THEIRS if event.country_id is not None and event.country_id != home else NEUTRAL


def item_of(event: Event, reading: Reading) -> Item:
    """An event whose days are fixed, as it stands in a calendar; its name must be among the labels."""
    first = event.first_day or date.min
    return Item(
        label=reading.name(EVENT, event.pk) or str(event),
        first=first,
        last=event.last_day or first,
        side=side_of(event, home_country(reading)),
        begins=event.begins[:5],
        hours=hours_of(event),
        second=" · ".join(filter(None, [place_of(event, reading), stage_words(event, reading)])),
        address=address((EVENT, event.pk)),
        shift=shift_address(event, reading),
        spoken=reading.other_language(EVENT, event.pk),
        event=event,
    )


def stage_words(event: Event, reading: Reading) -> str:
    """What it is and how far it came."""
    return _("%(kind)s: %(stage)s") % {
        "kind": capfirst(reading.choice(event, "kind")),
        "stage": reading.choice(event, "stage"),
    }


def shift_address(event: Event, reading: Reading) -> str:
    """Where the event is moved to other days; "" for who may not."""
    if reading.is_past:
        return ""
    if "changes-every-event" not in reading.memo:
        user = reading.user
        reading.memo["changes-every-event"] = isinstance(user, User) and user.has_perm("meetings.change_event")
    may = reading.memo["changes-every-event"] or event.may_change(reading.user)
    return address((EVENT, event.pk), "shift") if may else ""


def side_words(side: str) -> str:
    """The side in a word, for who does not see the bar."""
    return {
        OURS: pgettext("event", "ours go out"),
        THEIRS: pgettext("event", "they come to us"),
        NEUTRAL: pgettext("event", "several meet"),
    }.get(side, "")


def whole_words(item: Item, language: str) -> str:
    """An item in one sentence: days, hours, name, side, where and how far."""
    days = write_days(item.first, item.last, language)
    return ", ".join(filter(None, [days, item.hours, item.label, side_words(item.side), item.second]))


def short_days(first: date, last: date, language: str) -> str:
    """Days without their year, for a row of a month: "Thu 14 May", "Thu 14 May – Sat 16 May"."""
    begin = write_day(first, language, "short")
    return begin if first == last else f"{begin} – {write_day(last, language, 'short')}"


def sitting_words(rows: Sequence[SittingDay], reading: Reading) -> list[str]:
    """Which chambers sit, each with its hours: "House of Representatives sits 10:00–18:00"."""
    found = []
    for row in rows:
        words = {"chamber": reading.name(CHAMBER, row.chamber_id), "hours": hours_of(row)}
        if words["chamber"]:
            found.append(_("%(chamber)s sits %(hours)s") % words if words["hours"] else _("%(chamber)s sits") % words)
    return found


def more_words(number: int, language: str) -> str:
    """How many have no room."""
    return ngettext("%(count)s more", "%(count)s more", number) % {"count": write_number(number, language)}


def open_words(event: Event, reading: Reading) -> str:
    """When an event is whose day is open."""
    return days_of(event, reading.language)


def lanes_of(items: Sequence[Item], first: date, last: date, most: int) -> Placing:
    """The items in lanes of these days."""
    return placed([(item.first, item.last) for item in items], first, last, most)
