"""The rows that an approved draft becomes: bodies or parts, seats and memberships, from the day of the decision on."""

from __future__ import annotations

from copy import copy
from datetime import date
from typing import Any

from interparl.accounts.roles import RESTRICTED
from interparl.bodies.models import (
    Body,
    CompositionRule,
    Decision,
    DraftBody,
    DraftPlace,
    Membership,
    Part,
    Partner,
    Seat,
)
from interparl.bodies.models.questions import Question
from interparl.core.models import Grade
from interparl.core.writing import Planned
from interparl.directory.models import Mandate

CODE = 60
WORST_FIRST = (Grade.ILLUSTRATIVE, Grade.LIKELY, Grade.STATED)


def formed(question: Question, decision: Decision) -> list[Planned]:
    """What is written: rows of one kind stand together, those that others point to first."""
    forming = _Forming(question, decision)
    for drafted in question.bodies:
        forming.form(drafted)
    return [Planned(one) for rows in forming.rows.values() for one in rows]


class _Forming:
    """The rows that were made so far, by kind."""

    def __init__(self, question: Question, decision: Decision) -> None:
        self.question = question
        self.decision = decision
        self.day = question.day
        self.convocation = question.draft.convocation
        self.rows: dict[type, list[Any]] = {
            model: [] for model in (Body, Partner, Part, Seat, Membership, CompositionRule)
        }
        new = [one.pattern_id for one in question.bodies if one.is_new_body]
        self.partners = _by_body(Partner.objects.filter(body__in=new).order_by("pk"))
        self.own_rules = _by_body(CompositionRule.objects.on(self.day).filter(body__in=new).order_by("pk"))
        self.codes = set(Body.objects.values_list("code", flat=True))
        self.ends = _ends_of_mandates(question, self.day)

    def form(self, drafted: DraftBody) -> None:
        """A body that continues the pattern with what belongs to it, or a new part of the pattern."""
        common = self._common(drafted)
        body = self._body(drafted, common) if drafted.is_new_body else drafted.pattern
        part = Part(
            body=body,
            parliament_id=self.convocation.parliament_id,
            convocation=self.convocation,
            since=self.day.isoformat(),
            until=self.convocation.until,
            **common,
        )
        self.rows[Part].append(part)
        for place in self.question.places[drafted.pk]:
            self._place(place, part, common)

    def _common(self, drafted: DraftBody) -> dict[str, Any]:
        """Mark and publication are those of the pattern; it is known no better than draft, decision and pattern are."""
        pattern, draft = drafted.pattern, self.question.draft
        grades = {pattern.grade, draft.grade, self.decision.grade}
        return {
            "mark": pattern.mark,
            "published_on": self.day if pattern.published_on else None,
            "grade": next(one for one in WORST_FIRST if one in grades),
            "source_id": self.decision.source_id,
        }

    def _body(self, drafted: DraftBody, common: dict[str, Any]) -> Body:
        pattern = drafted.pattern
        body = Body(
            code=self._code(pattern),
            kind=pattern.kind,
            name=copy(pattern.name),
            official_name=copy(pattern.official_name),
            convocation=self.convocation,
            chamber_id=pattern.chamber_id,
            organisation_id=pattern.organisation_id,
            continues=pattern,
            formed_by=self.decision,
            since=self.day.isoformat(),
            until=self.convocation.until,
            **common,
        )
        self.rows[Body].append(body)
        for one in self.partners.get(pattern.pk, ()):
            partner = Partner(body=body, country_id=one.country_id, parliament_id=one.parliament_id, **common)
            self.rows[Partner].append(partner)
        self.rows[CompositionRule] += [self._own_rule(one, body) for one in self.own_rules.get(pattern.pk, ())]
        return body

    def _code(self, pattern: Body) -> str:
        """The code of the pattern with the number of the convocation at its end; one that no body has."""
        number = self.convocation.number or self.convocation.pk
        before, _hyphen, last = pattern.code.rpartition("-")
        stem = (before if before and last.isdigit() else pattern.code)[: CODE - 12]
        code, further = f"{stem}-{number}", 1
        while code in self.codes:
            further += 1
            code = f"{stem}-{number}-{further}"
        self.codes.add(code)
        return code

    def _own_rule(self, rule: CompositionRule, body: Body) -> CompositionRule:
        """A rule of that one body holds for the one that continues it."""
        own = copy(rule)
        own.pk, own._state = None, type(rule._state)()
        own.body = body
        own.since = self.day.isoformat()
        own.published_on = self.day if rule.published_on else None
        return own

    def _place(self, place: DraftPlace, part: Part, common: dict[str, Any]) -> None:
        """The seat, and who holds it."""
        here = common | ({"mark": place.mark} if place.mark in RESTRICTED else {})
        seat = Seat(
            part=part,
            body=part.body,
            title=copy(place.title),
            kind=place.kind,
            chamber_id=place.chamber_id,
            order=place.order,
            **here,
        )
        self.rows[Seat].append(seat)
        if place.person_id is not None:
            membership = Membership(
                body=part.body,
                part=part,
                seat=seat,
                person_id=place.person_id,
                role=place.role,
                since=self.day.isoformat(),
                until=self._until(place),
                decision=self.decision,
                start_reason=Membership.Start.FORMED,
                **here,
            )
            self.rows[Membership].append(membership)

    def _until(self, place: DraftPlace) -> str:
        """The end of the convocation as far as it is known, or of the person's mandate where that comes first."""
        ends = self.ends.get(place.person_id or 0) if place.role != Membership.Role.SECRETARY else None
        last = self.convocation.until_latest
        if ends is None or (last is not None and last <= ends[0]):
            return self.convocation.until
        return ends[1]


def _by_body(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.body_id, []).append(row)
    return found


def _ends_of_mandates(question: Question, day: date) -> dict[int, tuple[date, str]]:
    """The last day of the mandate of each person drafted, where it has one: as a day, and as it is written."""
    people = {one.person_id for several in question.places.values() for one in several if one.person_id}
    mandates = Mandate.objects.filter(
        person__among=people, chamber__parliament=question.draft.convocation.parliament_id
    )
    found: dict[int, tuple[date, str] | None] = {}
    for person, until, last in mandates.on(day).values_list("person", "until", "until_latest"):
        own = (last, until) if last is not None else None
        known = found.get(person, (date.min, ""))
        # Of two mandates the one that lasts longer counts.
        found[person] = None if own is None or known is None else max(known, own)
    return {person: end for person, end in found.items() if end is not None}
