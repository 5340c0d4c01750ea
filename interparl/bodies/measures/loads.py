"""Who sits in how many bodies on a day: the load of each person, and what a group of people carries together.

A day inside the doubt of a partial date counts, as everywhere (design 8.6); such a load says that it is approximate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from interparl.bodies.models import Membership, Part
from interparl.bodies.rules.composition import LEADING
from interparl.core.marks import rank
from interparl.core.models import Grade
from interparl.core.rights import Reader
from interparl.directory.models import Affiliation, Constituency, Convocation, Mandate

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Scope:
    """Whose seats are counted: in parts of a parliament, of a convocation, in bodies of some kinds.

    `body` leaves only the people who sit in it; what they sit in elsewhere counts all the same. None and () are all.
    """

    parliament: int | None = None
    convocation: int | None = None
    kinds: tuple[str, ...] = ()
    body: int | None = None


EVERYTHING = Scope()


@dataclass(frozen=True)
class Load:
    """What one person sits in on a day, and where he belongs on it.

    `bodies` counts each body once, however many memberships he has in it; `heads` those of them that he leads,
    `kinds` the same bodies by kind. Chambers, constituencies and factions are sets, for in the doubt of a partial date
    a person may belong to two. `mark` is the highest of all that was counted.
    """

    person: int
    gender: str = ""
    chambers: frozenset[int] = frozenset()
    constituencies: frozenset[int] = frozenset()
    factions: frozenset[int] = frozenset()
    bodies: int = 0
    heads: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    is_approximate: bool = False
    is_illustrative: bool = False
    mark: str = ""


@dataclass
class _Tally:
    """What is found of one person while the rows are read."""

    gender: str
    is_listed: bool = False
    chambers: set[int] = field(default_factory=set)
    constituencies: set[int] = field(default_factory=set)
    factions: set[int] = field(default_factory=set)
    bodies: dict[int, str] = field(default_factory=dict)
    led: set[int] = field(default_factory=set)
    is_approximate: bool = False
    is_illustrative: bool = False
    mark: str = ""

    def note(self, grades: Iterable[str], mark: str) -> None:
        """Remembers how well known and how restricted a row was."""
        self.is_illustrative |= Grade.ILLUSTRATIVE in grades
        self.mark = max(self.mark or mark, mark, key=rank)

    def as_load(self, person: int) -> Load:
        """The same as it is handed out."""
        return Load(
            person=person,
            gender=self.gender,
            chambers=frozenset(self.chambers),
            constituencies=frozenset(self.constituencies),
            factions=frozenset(self.factions),
            bodies=len(self.bodies),
            heads=len(self.led),
            kinds=Counter(self.bodies.values()),
            is_approximate=self.is_approximate,
            is_illustrative=self.is_illustrative,
            mark=self.mark,
        )


def loads(day: date, reader: Reader, scope: Scope = EVERYTHING) -> list[Load]:
    """The load of everybody who sits in the scope on the day or holds a mandate there, by key of the person.

    Who holds a mandate and sits nowhere is among them with 0. Counts what this reader may know of; three queries,
    however many people there are.
    """
    found: dict[int, _Tally] = {}
    beside = None
    if scope.body is not None:
        beside = Membership.objects.visible_to(reader).on(day).filter(body=scope.body).values("person")
    _add_seats(found, day, reader, scope, beside)
    _add_mandates(found, day, reader, scope, beside)
    _add_factions(found, day, reader, scope)
    return [found[person].as_load(person) for person in sorted(found) if found[person].is_listed]


def seats_in(scope: Scope, found: QuerySet[Membership], reader: Reader) -> QuerySet[Membership]:
    """Those of these memberships that count in the scope, as far as the reader may know why they do."""
    parts = Part.objects.visible_to(reader)
    if scope.parliament is not None:
        found = found.filter(part__in=parts.filter(parliament=scope.parliament).values("pk"))
    if scope.convocation is not None:
        term = Convocation.objects.visible_to(reader).filter(pk=scope.convocation).values("pk")
        of_part = parts.filter(convocation__in=term).values("pk")
        found = found.filter(Q(body__convocation__in=term) | Q(part__in=of_part))
    return found.filter(body__kind__in=scope.kinds) if scope.kinds else found


def _add_seats(
    found: dict[int, _Tally], day: date, reader: Reader, scope: Scope, beside: QuerySet[Membership, Any] | None
) -> None:
    seats = seats_in(scope, Membership.objects.visible_to(reader).on(day), reader)
    if beside is not None:
        seats = seats.filter(person__in=beside)
    names = ("person__gender", "person__grade", "grade", "effective_mark", "body", "body__kind", "role")
    spans = ("since", "since_latest", "until", "until_earliest")
    for person, gender, *about, mark, body, kind, role, since, begun, until, ended in seats.values_list(
        "person", *names, *spans
    ):
        one = found.setdefault(person, _Tally(gender))
        one.is_listed = True
        one.note(about, mark)
        one.bodies[body] = kind
        if role in LEADING:
            one.led.add(body)
        is_begun = not since or (begun is not None and begun <= day)
        is_lasting = not until or (ended is not None and day <= ended)
        one.is_approximate |= not (is_begun and is_lasting)


def _add_mandates(
    found: dict[int, _Tally], day: date, reader: Reader, scope: Scope, beside: QuerySet[Membership, Any] | None
) -> None:
    """Who sits in which chamber for which constituency; of a convocation only its own members are listed for it."""
    mandates = Mandate.objects.visible_to(reader).on(day)
    if scope.parliament is not None:
        mandates = mandates.filter(chamber__parliament=scope.parliament)
    if beside is not None:
        mandates = mandates.filter(person__in=beside)
    known = Constituency.objects.visible_to(reader).filter(pk=OuterRef("constituency"))
    terms = Convocation.objects.visible_to(reader).filter(pk=OuterRef("convocation"))
    rows = mandates.annotate(
        known_constituency=Subquery(known.values("pk")[:1]), known_term=Subquery(terms.values("pk")[:1])
    )
    names = ("person__gender", "person__grade", "grade", "effective_mark")
    for person, gender, *about, mark, chamber, constituency, term in rows.values_list(
        "person", *names, "chamber", "known_constituency", "known_term"
    ):
        one = found.setdefault(person, _Tally(gender))
        one.is_listed |= scope.convocation in (None, term)
        one.note(about, mark)
        one.chambers.add(chamber)
        if constituency is not None:
            one.constituencies.add(constituency)


def _add_factions(found: dict[int, _Tally], day: date, reader: Reader, scope: Scope) -> None:
    affiliations = Affiliation.objects.visible_to(reader).on(day)
    if scope.parliament is not None:
        affiliations = affiliations.filter(faction__chamber__parliament=scope.parliament)
    for person, faction in affiliations.values_list("person", "faction"):
        if person in found:
            found[person].factions.add(faction)


def _of_gender(one: Load) -> frozenset[str]:
    return frozenset({one.gender} if one.gender else ())


# The groups that a person may belong to, by what they are called in an address.
GROUPS: Mapping[str, Callable[[Load], frozenset[int] | frozenset[str]]] = {
    "chamber": lambda one: one.chambers,
    "faction": lambda one: one.factions,
    "gender": _of_gender,
    "constituency": lambda one: one.constituencies,
}


@dataclass(frozen=True)
class Sum:
    """What a group of people carries together; `key` None is for those who belong to no group of the sort.

    `seats` and `heads` add up the bodies of each person. `most_loaded` are those who sit in the most bodies, in the
    order in which the people were given; nobody when nobody has a seat.
    """

    key: int | str | None
    people: int
    seats: int
    heads: int
    without: int
    most: int
    most_loaded: tuple[int, ...]

    @property
    def a_head(self) -> Decimal:
        """Seats a head to two places, half up; 0 without people."""
        return share(self.seats, self.people)

    @property
    def share_without(self) -> Decimal:
        """How many of a hundred have no seat, to two places, half up; 0 without people."""
        return share(100 * self.without, self.people)


def share(number: int, among: int) -> Decimal:
    """The quotient to two places, half up; 0 where nothing is shared out."""
    return (Decimal(number) / among).quantize(CENT, ROUND_HALF_UP) if among else Decimal("0.00")


def summed(found: Sequence[Load], key: int | str | None = None) -> Sum:
    """What these people carry together."""
    most = max((one.bodies for one in found), default=0)
    return Sum(
        key=key,
        people=len(found),
        seats=sum(one.bodies for one in found),
        heads=sum(one.heads for one in found),
        without=sum(1 for one in found if not one.bodies),
        most=most,
        most_loaded=tuple(one.person for one in found if most and one.bodies == most),
    )


def sums(found: Sequence[Load], by: str) -> list[Sum]:
    """The sums by one of GROUPS, those who belong to none last. Who belongs to two in doubt counts in both."""
    groups: dict[int | str | None, list[Load]] = {}
    for one in found:
        keys: Iterable[int | str | None] = GROUPS[by](one) or (None,)
        for key in keys:
            groups.setdefault(key, []).append(one)
    in_order = sorted(groups, key=lambda key: (key is None, str(key)))
    return [summed(groups[key], key) for key in in_order]


def distribution(found: Iterable[Load]) -> list[tuple[int, int]]:
    """How many people sit in no body, in one, in two and so on up to the most; empty without people."""
    counted = Counter(one.bodies for one in found)
    return [(number, counted[number]) for number in range(max(counted, default=-1) + 1)]
