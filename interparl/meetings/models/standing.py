"""Who stands on which side of an event, and as what on its first day: few queries for however many people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q

from interparl.accounts.models import User
from interparl.bodies.models import Membership
from interparl.core.rights import Reader
from interparl.directory.models import Mandate, Office, Parliament, Person, PersonName
from interparl.meetings.models.events import Event
from interparl.meetings.models.people import Participation, ParticipationQuerySet

# Who leads a side comes before its list.
LEADING = (Participation.Function.HEAD, Participation.Function.HOST)


def taking_part(reader: Reader) -> ParticipationQuerySet:
    """The participations that this reader may know of, with people whom he may know of.

    The mark in force of a participation is no lower than its person's. Only where it is open to him because the event
    is his own, the person has to be asked about.
    """
    found = Participation.objects.visible_to(reader)
    if not isinstance(reader, User) or not reader.rights.own_marks:
        return found
    people = Person.objects.filter(Person.may_read(reader), pk=OuterRef("person"))
    by_mark = Q(effective_mark__in=sorted(reader.rights.marks))
    return found.filter(by_mark | Q(person__isnull=True) | Exists(people))


def home_country() -> int | None:
    """The key of the country whose side is ours; None until it is set whom this installation serves."""
    home = Parliament.objects.home()
    return home.country_id if home else None


@dataclass(frozen=True)
class Place:
    """A participation as far as its place in a list goes."""

    pk: int
    person: int | None
    country: int | None
    function: str
    rank: int
    order: int | None
    attendance: str

    @property
    def is_counted(self) -> bool:
        """Whether he came or is to come."""
        return self.attendance not in Participation.AWAY

    @property
    def by_place(self) -> tuple[bool, bool, int, int, int]:
        """Sorts a side: who leads it, then the given order, then by function."""
        return self.function not in LEADING, self.order is None, self.order or 0, self.rank, self.pk


@dataclass(frozen=True)
class Sides:
    """The places of an event: ours and those of all others, each in its order."""

    ours: Sequence[Place]
    theirs: Sequence[Place]


def sides_of(event: Event, reader: Reader) -> Sides:
    """Everybody in the event of whom this reader may know; one query beside that for the home parliament."""
    rows = taking_part(reader).filter(event=event).values_list(
        "pk", "person", "country", "function", "rank", "order", "attendance"
    )  # fmt: skip
    places = sorted((Place(*row) for row in rows), key=lambda place: place.by_place)
    home = home_country() if places else None
    ours = [one for one in places if home is not None and one.country == home]
    return Sides(ours, [one for one in places if one not in ours])


@dataclass
class Standing:
    """What each of these people was on a day, by person."""

    names: dict[int, list[PersonName]] = field(default_factory=dict)
    offices: dict[int, list[Office]] = field(default_factory=dict)
    seats: dict[int, Membership] = field(default_factory=dict)
    mandates: dict[int, Mandate] = field(default_factory=dict)

    def name(self, person: Person, language: str) -> PersonName | None:
        """The name in that language that the person had on the day; None where no name is known to have held."""
        mine = [name for name in self.names.get(person.pk, ()) if name.language == language]
        return max(mine, key=PersonName.preference) if mine else None


def standing_of(
    people: Collection[Person], event: Event, day: date, reader: Reader, *, said: Collection[int] | None = None
) -> Standing:
    """The names, offices, seats in the event's body and mandates of these people on the day; four queries at most.

    With the keys of those of whom something is `said` beside the name, only what is said of the others: of who has an
    office no seat, of who has either no mandate.
    """
    if not people:
        return Standing()
    found = Standing(names=_names(people, day))
    keys = {person.pk for person in people} - set(said or ())
    if not keys:
        return found
    for office in Office.objects.visible_to(reader).on(day).filter(person__in=keys).order_by("since_earliest", "pk"):
        found.offices.setdefault(office.person_id, []).append(office)
    keys -= found.offices.keys() if said is not None else set()
    if event.body_id and keys:
        seats = Membership.objects.visible_to(reader).on(day).filter(person__in=keys, body=event.body_id)
        for seat in seats.order_by("rank", "pk"):
            found.seats.setdefault(seat.person_id, seat)
    keys -= found.seats.keys() if said is not None else set()
    if not keys:
        return found
    mandates = Mandate.objects.visible_to(reader).on(day).filter(person__in=keys).select_related("chamber")
    for mandate in mandates.order_by("-since_earliest", "pk"):
        found.mandates.setdefault(mandate.person_id, mandate)
    return found


def _names(people: Iterable[Person], day: date) -> dict[int, list[PersonName]]:
    """The names of the day that whoever may know of the person may know; those of passports are no form of address."""
    by_key = {person.pk: person for person in people}
    found: dict[int, list[PersonName]] = {}
    names = PersonName.objects.on(day).filter(person__in=list(by_key)).exclude(kind=PersonName.Kind.PASSPORT)
    for name in names.order_by("pk"):
        if name.is_told_with(by_key[name.person_id]):
            found.setdefault(name.person_id, []).append(name)
    return found
