"""A small parliament after an election: three bodies of its fifth convocation, and the members of the sixth."""

from __future__ import annotations

from datetime import date
from typing import Any

from interparl.accounts.models import User
from interparl.bodies.actions import planned_draft
from interparl.bodies.models import Body, Candidate, CompositionRule, Draft, DraftBody, DraftPlace
from interparl.bodies.models.questions import Question, question_of
from interparl.core.addresses import address
from interparl.core.translated import written
from interparl.core.writing import change_many
from interparl.directory.models import Person
from tests import makers

FIRST, LAST, OLD_LAST = "2016-10-11", "2020-09-30", "2016-10-10"
DAY = date(2016, 10, 11)
DECIDED = "2016-11-15"
OLD: dict[str, Any] = {"since": "2012-10-18", "until": OLD_LAST}


class House:
    """The parliament, its people and bodies; a place in the group, as in the delegation, is for the head."""

    def __init__(self, members: int = 8, **group: Any) -> None:
        self.home = makers.the_home_parliament()
        self.lower = makers.a_chamber(self.home, name="Lower", kind="lower")
        self.upper = makers.a_chamber(self.home, name="Upper", kind="upper")
        self.old = makers.a_convocation(self.home, 5, **OLD)
        self.new = makers.a_convocation(self.home, 6, since=FIRST, until=LAST)
        self.people = [self.member(f"Member{number}", number) for number in range(members)]
        self.gone = makers.a_person("Gone")
        makers.a_mandate(self.gone, self.lower, convocation=self.old, **OLD)
        self.partner = makers.a_country(name="Partnerland")
        self.group = self.body("group-5", "Group", 3, countries=[self.partner], **group)
        self.delegation = self.body("delegation-5", "Delegation", 2, kind=Body.Kind.DELEGATION)
        self.commission = self.body(
            "commission", "Commission", 2, kind=Body.Kind.COMMISSION, convocation=None, until=""
        )

    def member(self, family: str, number: int) -> Person:
        """Somebody of the new convocation; every second is a woman, every fourth sits in the upper chamber."""
        person = makers.a_person(family, gender="female" if number % 2 else "male", born="1970", speaks="en")
        chamber = self.lower if number % 4 else self.upper
        makers.a_mandate(person, chamber, convocation=self.new, since=FIRST, until=LAST)
        return person

    def body(self, code: str, name: str, seats: int, **values: Any) -> Body:
        """A body of the old convocation with seats, of which the one who is gone led the first."""
        values = OLD | {"convocation": self.old} | values
        body = makers.a_body(code, name, **values)
        part = makers.a_part(body, self.home, convocation=self.old, **OLD)
        for order in range(1, seats + 1):
            seat = makers.a_seat(part, order=order, title=written({"en": f"Place {order}"}))
            if order == 1:
                role = "co-chair" if body.kind == Body.Kind.COMMISSION else "head"
                makers.a_membership(part=part, seat=seat, person=self.gone, role=role, **OLD)
        return body

    @property
    def patterns(self) -> list[Body]:
        """The three bodies."""
        return [self.group, self.delegation, self.commission]

    def draft(self, name: str = "A draft", patterns: list[Body] | None = None) -> Draft:
        """A draft with all bodies, or with these."""
        rows = planned_draft(
            convocation=self.new, name=written({"en": name}), patterns=self.patterns if patterns is None else patterns
        )
        change_many(rows, by=makers.BY)
        return Draft.objects.select_related("convocation").get(pk=rows[0].record.pk)

    def wish(self, number: int, body: Body, rank: int | None = 1, **values: Any) -> Candidate:
        """A wish of one of the people."""
        candidate = Candidate(convocation=self.new, person=self.people[number], body=body, rank=rank, **values)
        return makers.kept(candidate)

    def rule(self, **values: Any) -> CompositionRule:
        """A rule for working groups unless told."""
        scope = (
            {} if {"body", "body_kind", "organisation", "parliament"} & set(values) else {"body_kind": "working-group"}
        )
        return makers.kept(CompositionRule(**{"family": "size"} | scope | values))


def places(draft: Draft, body: Body) -> list[DraftPlace]:
    """The places that a draft has for a body, in order."""
    return list(DraftPlace.objects.filter(drafted__draft=draft, drafted__pattern=body).order_by("order"))


def drafted(draft: Draft, body: Body) -> DraftBody:
    """The body in the draft."""
    return DraftBody.objects.select_related("draft__convocation", "pattern").get(draft=draft, pattern=body)


def asked(draft: Draft, reader: User) -> Question:
    """The question that the draft is on the first day of the convocation."""
    return question_of(draft, DAY, reader)


def url(draft: Draft, page: str = "") -> str:
    """The address of a page of a draft."""
    return address(("bodies.draft", draft.pk)) + (f"{page}/" if page else "")


def body_url(draft: Draft, body: Body) -> str:
    """The address of a drafted body."""
    return address(("bodies.draftbody", drafted(draft, body).pk))


def text(answer: Any) -> str:
    """What a page says."""
    return str(answer.content.decode())
