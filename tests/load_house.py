"""A home parliament whose members sit in some bodies: what the tests of the load look at."""

from __future__ import annotations

from typing import Any

from interparl.bodies.models import Body
from interparl.core.translated import written
from interparl.directory.models import Affiliation, Constituency, Faction, Person
from tests import makers


class House:
    """The home parliament with two chambers, a faction, two groups and a commission."""

    def __init__(self) -> None:
        self.home = makers.the_home_parliament(name="Home")
        self.lower, self.upper = makers.a_chamber(self.home, name="Lower"), makers.a_chamber(self.home, name="Upper")
        self.faction = makers.kept(Faction(chamber=self.lower, name=written({"en": "Greens"})))
        self.north = makers.kept(Constituency(chamber=self.lower, name=written({"en": "North"}), number=1))
        self.busy = self.member("Busy", self.lower, gender="female", constituency=self.north)
        self.once = self.member("Once", self.lower, gender="male")
        self.idle = self.member("Idle", self.upper, gender="female")
        makers.kept(Affiliation(person=self.busy, faction=self.faction, since="2014"))
        self.first = self.body("First")
        self.second = self.body("Second")
        self.commission = self.body("Commission", kind="commission")
        makers.a_membership(self.first, self.busy, role="head", since="2014")
        makers.a_membership(self.second, self.busy, since="2014")
        makers.a_membership(self.commission, self.busy, role="co-chair", since="2014")
        makers.a_membership(self.first, self.once, since="2014")

    def member(self, family: str, chamber: Any, gender: str, **values: Any) -> Person:
        """Somebody with a mandate since 2014."""
        person = makers.a_person(family, "Anna", gender=gender)
        makers.a_mandate(person, chamber, since="2014", **values)
        return person

    def body(self, name: str, **values: Any) -> Body:
        """A body in which the home parliament has a part."""
        return makers.a_body(name=name, parliaments=[self.home], since="2014", **values)
