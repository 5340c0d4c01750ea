"""The rows of what an event sends out: its programme, its agenda, who takes part; as the readers of one mark may know.

What each list says in its cells and by which facts two editions are compared; `freezing` makes editions of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from interparl.accounts.roles import PUBLIC
from interparl.bodies.blocks.freezing import STRANGER, Reach
from interparl.core.kinds import Ref
from interparl.core.reads import note_rows
from interparl.core.records import Record
from interparl.core.rights import once_for
from interparl.core.tables import Column, Reading
from interparl.core.translated import Stored, shown, texts_of
from interparl.directory.models import Office, Parliament
from interparl.documents.models import Edition
from interparl.meetings.blocks.columns import hours_of
from interparl.meetings.models import AgendaItem, Booking, Event, ItemPerson, Participation, ProgrammeItem
from interparl.meetings.rules.zones import offset_words

T = TypeVar("T")
PERSON, PARTICIPATION, RESOURCE = "directory.person", "meetings.participation", "meetings.resource"
COUNTRY, PARLIAMENT, ORGANISATION = "directory.country", "directory.parliament", "directory.organisation"


@dataclass(frozen=True)
class Line:
    """A row of a list: the record, who or what is named beside it, and its number where it has one."""

    record: Any
    people: Sequence[Participation] = ()
    bookings: Sequence[Booking] = ()
    number: str = ""
    side: str = ""
    offices: Sequence[Office] = ()

    @property
    def beside(self) -> list[Record]:
        """The records that are read with it."""
        found: list[Record] = [self.record, *self.people, *self.bookings]
        found += [one.person for one in self.people if one.person]
        return [*found, *(one.resource for one in self.bookings)]


@dataclass(frozen=True)
class Listing(Generic[T]):
    """How a kind of list is made: its rows, what they are about, its columns and the facts that editions compare.

    `among` are the columns that name others beside: whom or what in each row, and by which name. Of the columns those
    in `inner` are not for the public.
    """

    lines: Callable[[Event, Reading, Reach, str], tuple[list[Line], int]]
    columns: tuple[Column[Any], ...]
    of: Callable[[Line], Ref]
    facts: Callable[[Line], dict[str, Any]]
    name: Callable[[Line, Reading], str] = lambda line, reading: ""
    role: Callable[[Line, Reading], str] | None = None
    among: Mapping[str, Callable[[Line, Reading], list[tuple[Ref, str]]]] = field(default_factory=dict)
    inner: frozenset[str] = frozenset()
    hidden_facts: frozenset[str] = field(default_factory=frozenset)

    def columns_for(self, mark: str) -> list[Column[Any]]:
        """The columns that readers of the mark are shown."""
        return [column for column in self.columns if mark != PUBLIC or column.key not in self.inner]


def reach_of(event: Event, mark: str) -> Reach:
    """The readers of the event with that mark; of a published event's public list the public itself."""
    return Reach(mark, is_public=mark == PUBLIC and event.is_open_to(STRANGER))


def ref_of_participation(one: Participation) -> Ref:
    """Whose name it is: the person's, or that of the entry itself."""
    return (PERSON, one.person_id) if one.person_id else (PARTICIPATION, one.pk)


def name_of_participation(one: Participation, reading: Reading) -> str:
    """The name as the reader's language writes it, or as it was printed."""
    return reading.name(*ref_of_participation(one)) or one.printed_name


def _people(line: Line, reading: Reading) -> list[tuple[Ref, str]]:
    return [(ref_of_participation(one), name_of_participation(one, reading)) for one in line.people]


def _resources(line: Line, reading: Reading) -> list[tuple[Ref, str]]:
    """What is booked; a resource that is a person stands there under the person."""
    found = []
    for one in line.bookings:
        who = one.resource.person_id
        ref = (PERSON, who) if who else (RESOURCE, one.resource_id)
        found.append((ref, reading.name(RESOURCE, one.resource_id)))
    return found


def _joined(pairs: Callable[[Line, Reading], list[tuple[Ref, str]]]) -> Callable[[Line, Reading], str]:
    return lambda line, reading: ", ".join(name for _ref, name in pairs(line, reading))


def _text(key: str, label: Any, of: Callable[[Line], Stored | None]) -> Column[Any]:
    """A column of a text in several languages."""
    return Column(
        key,
        label,
        lambda line, r: shown(of(line), r.language).text,
        spoken=lambda line, r: shown(of(line), r.language).language if of(line) else "",
    )


def way_words(item: ProgrammeItem, reading: Reading) -> str:
    """The way to an item: "20 minutes by car"; "" where there is none."""
    by = shown(item.way_by, reading.language).text
    if not item.way:
        return by
    words = ngettext("%(number)s minute", "%(number)s minutes", item.way) % {"number": item.way}
    return _("%(time)s %(how)s") % {"time": words, "how": by} if by else _("%(time)s on the way") % {"time": words}


def zone_words(item: ProgrammeItem) -> str:
    """How far the item is from UTC, where its zone is not that of the event; "" elsewhere."""
    is_elsewhere = item.zone and item.zone != item.event.zone_there and item.begins_at is not None
    return offset_words(item.begins_at, item.zone) if is_elsewhere and item.begins_at else ""


def _programme_lines(event: Event, reading: Reading, reach: Reach, mark: str) -> tuple[list[Line], int]:
    """Items in order with who and what is in them; for the public those that have a public text."""
    items = items_of(event, reading)
    kept = [one for one in items if reach.includes(one) and (one.track is None or reach.includes(one.track))]
    left_out = len(items) - len(kept)
    if mark == PUBLIC:
        kept = [one for one in kept if texts_of(one.public_text)]
        return _noted([Line(one) for one in kept]), left_out
    people, bookings = people_of(event, reading, reach), bookings_of(event, reading, reach)
    return _noted([Line(one, people.get(one.pk, ()), bookings.get(one.pk, ())) for one in kept]), left_out


def _noted(lines: list[Line]) -> list[Line]:
    """The same lines; what of them is for official use is noted as read."""
    note_rows(one for line in lines for one in line.beside)
    return lines


def items_of(event: Event, reading: Reading) -> list[ProgrammeItem]:
    """The items of the event in order, with their tracks; asked once for a request."""
    rows = ProgrammeItem.objects.visible_to(reading.user).filter(event=event).select_related("track").in_order()
    items = once_for(reading.user, ("items", event.pk), lambda: list(rows))
    for item in items:
        item.event = event
    return items


def people_of(event: Event, reading: Reading, reach: Reach | None = None) -> dict[int, list[Participation]]:
    """Who is in each item of the event, in the order of the list of participants; one query for all."""
    rows = ItemPerson.objects.visible_to(reading.user).filter(event=event).select_related("participation__person")
    found: dict[int, list[Participation]] = {}
    for row in once_for(reading.user, ("people of items", event.pk), lambda: list(rows.order_by("pk"))):
        if reach is None or (reach.includes(row) and reach.includes(row.participation)):
            found.setdefault(row.item_id, []).append(row.participation)
    for several in found.values():
        several.sort(key=lambda one: (one.order is None, one.order or 0, one.rank, one.pk))
    return found


def bookings_of(event: Event, reading: Reading, reach: Reach | None = None) -> dict[int, list[Booking]]:
    """What is booked for each item of the event; one query for all."""
    about = Booking.objects.visible_to(reading.user).filter(event=event, item__isnull=False)
    rows = about.select_related("resource").order_by("pk")
    found: dict[int, list[Booking]] = {}
    for row in once_for(reading.user, ("bookings of items", event.pk), lambda: list(rows)):
        if reach is None or (reach.includes(row) and reach.includes(row.resource)):
            found.setdefault(row.item_id or 0, []).append(row)
    return found


def _programme_facts(line: Line) -> dict[str, Any]:
    item: ProgrammeItem = line.record
    return {
        "day": item.day.isoformat(),
        "begins": item.begins,
        "ends": item.ends,
        "zone": item.zone_there,
        "text": texts_of(item.text),
        "public_text": texts_of(item.public_text),
        "place": texts_of(item.place),
        "people": sorted(one.pk for one in line.people),
        "resources": sorted(one.resource_id for one in line.bookings),
        "track": item.track_id,
        "way": item.way,
        "way_by": texts_of(item.way_by),
        "kind": item.kind,
    }


PROGRAMME: Listing[ProgrammeItem] = Listing(
    _programme_lines,
    (
        Column("day", gettext_lazy("Day"), lambda line, r: line.record.day.isoformat(), kind="partial"),
        Column(
            "hours",
            gettext_lazy("Hours"),
            lambda line, r: hours_of(line.record),
            second=lambda line, r: zone_words(line.record),
        ),
        _text("text", gettext_lazy("Working text"), lambda line: line.record.text),
        _text("public_text", gettext_lazy("Public text"), lambda line: line.record.public_text),
        _text("place", gettext_lazy("Place"), lambda line: line.record.place),
        _text("track", gettext_lazy("Track"), lambda line: line.record.track.name if line.record.track else None),
        Column("way", gettext_lazy("Way"), lambda line, r: way_words(line.record, r)),
        Column(
            "people",
            gettext_lazy("Who takes part"),
            _joined(_people),
            refs=lambda line: [ref_of_participation(one) for one in line.people],
        ),
        Column(
            "resources",
            gettext_lazy("Booked"),
            _joined(_resources),
            refs=lambda line: [(RESOURCE, one.resource_id) for one in line.bookings],
        ),
    ),
    lambda line: (ProgrammeItem.record_kind(), line.record.pk),
    _programme_facts,
    among={"people": _people, "resources": _resources},
    inner=frozenset({"text", "way", "people", "resources"}),
    hidden_facts=frozenset({"text", "way", "way_by", "people", "resources", "kind"}),
)


def _participant_lines(event: Event, reading: Reading, reach: Reach, _mark: str) -> tuple[list[Line], int]:
    """Who is to come or came, ours first, each with the offices of the first day."""
    found = Participation.objects.visible_to(reading.user).filter(event=event).counted()
    rows = list(found.select_related("person", "country").in_order())
    kept = [one for one in rows if reach.includes(one) and (one.person is None or reach.includes(one.person))]
    home = Parliament.objects.home()
    ours = home.country_id if home else None
    day = event.first_day or event.since_earliest or reading.day
    offices = _offices([one.person_id for one in kept if one.person_id and not texts_of(one.role)], day, reading, reach)
    lines = [
        Line(
            one,
            side="" if ours is None else "ours" if one.country_id == ours else "theirs",
            offices=offices.get(one.person_id or 0, ()),
        )
        for one in kept
    ]
    lines.sort(key=lambda line: line.side)
    return _noted(lines), len(rows) - len(kept)


def _offices(people: Sequence[int], day: date, reading: Reading, reach: Reach) -> dict[int, list[Office]]:
    found: dict[int, list[Office]] = {}
    if people:
        rows = Office.objects.visible_to(reading.user).filter(person__in=people).on(day)
        for row in rows.order_by("since_earliest", "pk"):
            if reach.includes(row):
                found.setdefault(row.person_id, []).append(row)
    return found


def _role_words(line: Line, reading: Reading) -> str:
    """What stands beside the name: the role as printed, else the offices of the day."""
    if texts_of(line.record.role):
        return shown(line.record.role, reading.language).text
    return ", ".join(shown(one.title, reading.language).text for one in line.offices)


def _for_whom(line: Line) -> list[Ref]:
    one: Participation = line.record
    pairs = ((PARLIAMENT, one.parliament_id), (ORGANISATION, one.organisation_id))
    return [(kind, key) for kind, key in pairs if key]


PARTICIPANTS: Listing[Participation] = Listing(
    _participant_lines,
    (
        Column(
            "name",
            pgettext_lazy("of a person", "Name"),
            lambda line, r: name_of_participation(line.record, r),
            kind="person",
            refs=lambda line: [ref_of_participation(line.record)],
            spoken=lambda line, r: r.spoken(*ref_of_participation(line.record)),
        ),
        Column("role", gettext_lazy("Role"), _role_words),
        Column("function", gettext_lazy("Function"), lambda line, r: r.choice(line.record, "function"), kind="choice"),
        Column(
            "country",
            gettext_lazy("Country"),
            lambda line, r: r.name(COUNTRY, line.record.country_id),
            refs=lambda line: [(COUNTRY, line.record.country_id)] if line.record.country_id else [],
        ),
        Column(
            "for",
            pgettext_lazy("participation", "For"),
            lambda line, r: ", ".join(filter(None, (r.name(*ref) for ref in _for_whom(line)))),
            refs=_for_whom,
        ),
        Column("interprets", gettext_lazy("Interprets"), lambda line, r: line.record.interprets),
    ),
    lambda line: ref_of_participation(line.record),
    lambda line: {
        "function": line.record.function,
        "capacity": line.record.capacity,
        "country": line.record.country_id,
        "parliament": line.record.parliament_id,
        "organisation": line.record.organisation_id,
        "interprets": line.record.interprets,
        "instead_of": line.record.instead_of_id,
    },
    name=lambda line, r: name_of_participation(line.record, r),
    role=_role_words,
    inner=frozenset({"interprets"}),
    hidden_facts=frozenset({"interprets", "instead_of"}),
)


def _agenda_lines(event: Event, reading: Reading, reach: Reach, _mark: str) -> tuple[list[Line], int]:
    """The tree from top to bottom, numbered as these readers see it; what hangs on a hidden point is hidden too."""
    found = AgendaItem.objects.visible_to(reading.user).filter(event=event).exclude(state=AgendaItem.State.DROPPED)
    items = list(found.select_related("ours__person", "theirs__person").in_order())
    below: dict[int | None, list[AgendaItem]] = {}
    for one in items:
        if reach.includes(one):
            below.setdefault(one.parent_id, []).append(one)
    lines: list[Line] = []

    def go(parent: int | None, before: str) -> None:
        for at, one in enumerate(below.get(parent, ()), start=1):
            number = f"{before}{at}"
            reporters = [who for who in (one.ours, one.theirs) if who is not None and _may_name(who, reading, reach)]
            lines.append(Line(one, reporters, number=number))
            go(one.pk, f"{number}.")

    go(None, "")
    return _noted(lines), len(items) - len(lines)


def _may_name(who: Participation, reading: Reading, reach: Reach) -> bool:
    return who.is_open_to(reading.user) and reach.includes(who)


AGENDA: Listing[AgendaItem] = Listing(
    _agenda_lines,
    (
        Column("number", gettext_lazy("No."), lambda line, r: line.number),
        _text("title", gettext_lazy("Item"), lambda line: line.record.title),
        Column(
            "people",
            gettext_lazy("Rapporteurs"),
            _joined(_people),
            refs=lambda line: [ref_of_participation(one) for one in line.people],
        ),
        Column("minutes", gettext_lazy("Minutes"), lambda line, r: str(line.record.minutes or ""), kind="number"),
    ),
    lambda line: (AgendaItem.record_kind(), line.record.pk),
    lambda line: {
        "title": texts_of(line.record.title),
        "parent": line.record.parent_id,
        "people": sorted(one.pk for one in line.people),
        "minutes": line.record.minutes,
    },
    among={"people": _people},
)

LISTINGS: dict[str, Listing[Any]] = {
    Edition.What.PROGRAMME: PROGRAMME,
    Edition.What.AGENDA: AGENDA,
    Edition.What.PARTICIPANTS: PARTICIPANTS,
}
