"""Every kind of reader: each role without and with something of his own, and accounts whose access has ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client

from interparl.accounts.models import Acting, User
from interparl.bodies.models import Membership, Part
from interparl.core.days import today
from interparl.core.writing import change
from interparl.directory.models import Mandate, Portfolio
from tests.makers import BY, a_user, kept, sits
from tests.walk.oracle import BODY, COUNTRY, EVENT, ORGANISATION, PERSON, Known
from tests.walk.planted import ANY_OF_THEM, PAST, Plant, World

LOOKS_AFTER, SITS = "looks after", "sits"
PUBLISHED: dict[str, Any] = {"mark": "public", "published_on": PAST}
MEMBER = "member"


@dataclass(frozen=True)
class Reader:
    """A kind of reader: role, the way in which something is his own, and what ends his access."""

    name: str
    role: str = ""
    way: str = ""
    own_through: Callable[[World, User], None] | None = None
    counts_as: tuple[str, ...] | None = None
    ended: Callable[[User], None] | None = None
    # Others walk with each of his rights, and with the way in which something is his own: of him that is asked for.
    is_variant: bool = False

    def known(self) -> Known:
        """What counts for him."""
        roles = self.counts_as if self.counts_as is not None else ((self.role,) if self.role else ())
        return Known(self.name, roles, frozenset({self.way} if self.way else ()))

    def enter(self, world: World) -> Client:
        """His browser, signed in, with all that is his own."""
        client = Client()
        if self.role:
            user = world.reader.user = a_user(self.role, "walker")
            client.force_login(user)
            if self.own_through:
                self.own_through(world, user)
            elif self.role == MEMBER and not self.ended:
                sits(user, **PUBLISHED)
            if self.ended:
                self.ended(user)
        return client


def looks_after(world: World, user: User) -> None:
    """A portfolio of the country and the organisation of his place, and of those planted there."""
    _portfolio(world, user=user)


def deputises(world: World, user: User) -> None:
    """The same as the deputy of the officer."""
    _portfolio(world, user=User.objects.get(username="principal"), deputy=user)


def acts(world: World, user: User) -> None:
    """The same while he acts for the officer."""
    principal, day = User.objects.get(username="principal"), timedelta(days=1)
    _portfolio(world, user=principal)
    Acting.objects.create(user=principal, deputy=user, since=today() - day, until=today() + day)


def _portfolio(world: World, **officers: User) -> None:
    own, world.officers = world.places["own"], officers
    for name, kind in (("country", COUNTRY), ("organisation", ORGANISATION)):
        kept(Portfolio(**{name: own[kind]}, **officers, **PUBLISHED))
    refs = [(kind, own[kind].pk) for kind in (COUNTRY, ORGANISATION, BODY)]
    world.reader.own |= {*refs, *((kind, ANY_OF_THEM) for kind, _key in refs)}


def sits_there(world: World, user: User, role: str = "member") -> None:
    """A seat in the body of his place, as the person of his place."""
    own: dict[str, Any] = {**world.places["own"]}
    home: Any = world.places["full"]["directory.chamber"]
    person: Any = own[PERSON]
    with change(person, by=BY):
        person.user = user
    kept(Mandate(person=person, chamber=home, **PUBLISHED))
    kept(Membership(body=own[BODY], part=own["bodies.part"], person=person, role=role, **PUBLISHED))
    world.reader.own |= {(PERSON, person.pk), (BODY, own[BODY].pk), (BODY, ANY_OF_THEM), (EVENT, own[EVENT].pk)}


def is_secretary(world: World, user: User) -> None:
    """The same as secretary."""
    sits_there(world, user, role="secretary")


def take_up(world: World, plants: list[Plant]) -> None:
    """Gives the reader the portfolio of the planted countries and organisations of his, and seats in such bodies."""
    own: dict[str, Any] = {**world.places.get("own", {})}
    for plant in plants:
        if plant.place != "own" or not plant.own & world.reader.own or plant.is_removed:
            continue
        record: Any = plant.record
        if LOOKS_AFTER in world.reader.ways and plant.kind in (COUNTRY, ORGANISATION):
            kept(Portfolio(**{plant.kind.rpartition(".")[2]: record}, **world.officers, **PUBLISHED))
        if SITS in world.reader.ways and plant.kind == BODY:
            part = own["bodies.part"]
            in_it = kept(Part(body=record, parliament=part.parliament, **PUBLISHED))
            kept(Membership(body=record, part=in_it, person=own[PERSON], **PUBLISHED))


def closed(user: User) -> None:
    """The account is closed while he is signed in."""
    User.objects.filter(pk=user.pk).update(is_active=False)


def mandate_over(user: User) -> None:
    """His mandate ended yesterday."""
    sits(user, until=(today() - timedelta(days=1)).isoformat(), **PUBLISHED)


READERS = {
    reader.name: reader
    for reader in (
        Reader("nobody"),
        Reader("administrator", "administrator"),
        Reader("head of department", "head_of_department"),
        Reader("auditor", "auditor"),
        Reader("leadership", "leadership"),
        Reader("desk officer", "desk_officer"),
        Reader("desk officer with a portfolio", "desk_officer", LOOKS_AFTER, looks_after),
        Reader("deputy of a portfolio", "desk_officer", LOOKS_AFTER, deputises, is_variant=True),
        Reader(
            "protocol officer who acts",
            "protocol_officer",
            LOOKS_AFTER,
            acts,
            ("protocol_officer", "desk_officer"),
            is_variant=True,
        ),
        Reader("protocol officer", "protocol_officer"),
        Reader("delegation secretary", "delegation_secretary"),
        Reader("delegation secretary of a body", "delegation_secretary", SITS, is_secretary),
        Reader("member", MEMBER),
        Reader("member of a body", MEMBER, SITS, sits_there),
        Reader(
            "member, secretary of a body",
            MEMBER,
            SITS,
            is_secretary,
            (MEMBER, "delegation_secretary"),
            is_variant=True,
        ),
        Reader("ministry liaison", "ministry_liaison"),
        Reader("ministry liaison with a portfolio", "ministry_liaison", LOOKS_AFTER, looks_after),
        Reader("officer whose account is closed", "desk_officer", counts_as=(), ended=closed),
        Reader("member whose mandate is over", MEMBER, counts_as=(), ended=mandate_over),
    )
}
