"""Of each filter of memberships that asks beyond a field of theirs: a value, rows that fit it, rows that do not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from interparl.directory.models import Affiliation, Chamber, Constituency, Convocation, Faction, Parliament
from tests.makers import a_body, a_mandate, a_membership, a_part, a_person, kept
from tests.samples import a_record

Cases = list[tuple[str, set[int], set[int]]]


def _of_the_kind() -> Cases:
    kinds = ("working-group", "commission")
    group, commission = (a_membership(a_body(kind=kind)).pk for kind in kinds)
    return [(kinds[0], {group}, {commission}), (kinds[1], {commission}, {group})]


def _of_the_gender() -> Cases:
    female, male, unknown = (a_membership(person=a_person(gender=gender)).pk for gender in ("female", "male", ""))
    return [("female", {female}, {male, unknown}), ("male", {male}, {female, unknown})]


def _that_lead() -> Cases:
    head, chair, member = (a_membership(role=role).pk for role in ("head", "co-chair", "member"))
    return [("true", {head, chair}, {member}), ("false", {member}, {head, chair})]


def _of_the_parliament() -> Cases:
    ours, theirs = a_record(Parliament), a_record(Parliament)
    body = a_body(parliaments=[ours, theirs])
    fits, fits_not = (a_membership(part=body.parts.get(parliament=parliament)).pk for parliament in (ours, theirs))
    return [(str(ours.pk), {fits}, {fits_not})]


def _of_the_convocation() -> Cases:
    term = a_record(Convocation)
    of_body = a_membership(a_body(convocation=term)).pk
    of_part = a_membership(part=a_part(convocation=term)).pk
    other = a_membership(a_body(convocation=a_record(Convocation))).pk
    return [(str(term.pk), {of_body, of_part}, {other})]


def _of_members() -> Cases:
    body, person = a_body(), a_person()
    there = a_membership(body, person).pk
    elsewhere, stranger = a_membership(person=person).pk, a_membership().pk
    left = a_person()
    over = a_membership(body, left, until="2001").pk
    return [(str(body.pk), {there, elsewhere}, {stranger, over, a_membership(person=left).pk})]


def _of_people_in(model: Any, join: Callable[[Any, Any], Any]) -> Callable[[], Cases]:
    """Memberships of people who belong to a record of the kind today, and of others."""

    def cases() -> Cases:
        wanted, other = a_record(model), a_record(model)
        people = [a_person() for _number in range(2)]
        for person, place in zip(people, (wanted, other), strict=True):
            join(person, place)
        fits, fits_not = (a_membership(person=person).pk for person in people)
        return [(str(wanted.pk), {fits}, {fits_not, a_membership().pk})]

    return cases


def _elected(person: Any, constituency: Any) -> Any:
    return a_mandate(person, constituency.chamber, constituency=constituency)


def _affiliated(person: Any, faction: Any) -> Any:
    return kept(Affiliation(person=person, faction=faction))


OF_MEMBERSHIPS: dict[tuple[str, str], Callable[[], Cases]] = {
    ("bodies.membership", name): cases
    for name, cases in {
        "kind": _of_the_kind,
        "gender": _of_the_gender,
        "leads": _that_lead,
        "parliament": _of_the_parliament,
        "convocation": _of_the_convocation,
        "also_in": _of_members,
        "chamber": _of_people_in(Chamber, a_mandate),
        "faction": _of_people_in(Faction, _affiliated),
        "constituency": _of_people_in(Constituency, _elected),
    }.items()
}
