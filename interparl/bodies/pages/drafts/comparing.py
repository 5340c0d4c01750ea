"""A draft beside another, or beside the compositions in force: who comes, who goes, who leads, which wishes are met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.bodies.models import Body, Candidate, Draft, Membership, Part
from interparl.bodies.models.questions import Question
from interparl.bodies.pages.drafts.registers import draft_pages
from interparl.bodies.pages.drafts.showing import asked_of
from interparl.bodies.rules.composition import LEADING
from interparl.bodies.rules.drafting import Answer, BodyDifference, Difference, Met, Placement, Proposal, compare
from interparl.core.addresses import address
from interparl.core.formats import write_number
from interparl.core.kinds import Ref
from interparl.core.labels import keys_in_order
from interparl.core.requests import StaffRequest, reading_of, require
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Fact
from interparl.directory.models import Person
from interparl.language.alphabets import sort_key

BODY, PERSON = Body.record_kind(), Person.record_kind()
IN_FORCE = "in-force"
Wishes = Mapping[int, Mapping[int, Candidate]]
NOT_FULL = (Membership.Role.SECRETARY, Membership.Role.SUBSTITUTE)


def compare_page(request: StaffRequest, key: int) -> HttpResponse:
    """What this draft does otherwise than another draft of the convocation, or than the compositions in force."""
    require(request.user, draft_pages.permission("view"))
    draft, reading = draft_pages.get(request, key), reading_of(request)
    others = list(
        Draft.objects.visible_to(request.user)
        .filter(convocation=draft.convocation_id)
        .exclude(pk=draft.pk)
        .order_by("pk")
    )
    asked = request.GET.get("with", IN_FORCE)
    other = next((one for one in others if str(one.pk) == asked), None)
    question = asked_of(draft, reading)
    found = _difference(question, other, reading)
    rows = _in_order(found.bodies, reading)
    context = {
        "draft": draft,
        "crumbs": draft_pages.crumbs(draft, reading),
        "choices": [(IN_FORCE, _("the compositions in force")), *((str(one.pk), str(one)) for one in others)],
        "asked": str(other.pk) if other else IN_FORCE,
        "other_words": str(other) if other else _("the compositions in force"),
        "glance": _glance(found, reading),
        "table": Table.of(_columns(), rows, reading),
        "gained": Table.of(_WISHES, _wish_rows(found.gained, reading), reading),
        "lost": Table.of(_WISHES, _wish_rows(found.lost, reading), reading),
    }
    return draft_pages.render(request, "compare", context)


def _difference(question: Question, other: Draft | None, reading: Reading) -> Difference:
    """With every name that is needed loaded."""
    mine = question.proposal.placements
    wishes: Wishes = question.wishes
    if other is None:
        theirs: Sequence[Placement] = in_force(question, reading)
    else:
        beside = asked_of(other, reading)
        theirs = beside.proposal.placements
        wishes = {
            person: {**beside.wishes.get(person, {}), **question.wishes.get(person, {})}
            for person in beside.wishes.keys() | question.wishes.keys()
        }
    found = compare(_proposal(theirs, wishes), _proposal(mine, wishes))
    people = {person for one in found.bodies for person in (*one.came, *one.went, *(one.heads or ()))}
    people |= {person for person, _met in (*found.gained, *found.lost)}
    bodies = {one.body for one in found.bodies} | {met.body for _person, met in (*found.gained, *found.lost)}
    refs: set[Ref] = {(PERSON, one) for one in people if one is not None} | {(BODY, one) for one in bodies}
    reading.want(refs)
    return found


def _proposal(placements: Iterable[Placement], wishes: Wishes) -> Proposal:
    """The placements with the wishes that they meet, by the rank that was written down."""
    met: dict[int, tuple[Met, ...]] = {}
    for one in placements:
        wish = wishes.get(one.person, {}).get(one.body)
        if wish is not None and wish.rank is not None:
            met[one.person] = (*met.get(one.person, ()), Met(wish.rank, one.body))
    return Proposal(Answer.FOUND, tuple(placements), met)


def in_force(question: Question, reading: Reading) -> list[Placement]:
    """Who sits in each body on the day, by the pattern: in what continues it, else in itself, on its last day then."""
    convocation, user = question.draft.convocation, reading.user
    days = _last_days(question, reading)
    new = Body.objects.visible_to(user).on(reading.day).filter(continues__in=list(days), convocation=convocation)
    for body, pattern in new.values_list("pk", "continues"):
        days.pop(pattern or 0, None)
        days[body] = (pattern or 0, reading.day)
    rows = Membership.objects.visible_to(user).filter(body__in=days, part__parliament=convocation.parliament_id)
    found: dict[tuple[int, int], Placement] = {}
    for row in rows.exclude(role__in=NOT_FULL).exclude(seat__kind="substitute").order_by("pk"):
        pattern, day = days[row.body_id]
        if row.holds_on(day) != "no":
            known = found.get((row.person_id, pattern))
            is_head = row.role in LEADING or bool(known and known.is_head)
            found[row.person_id, pattern] = Placement(row.person_id, pattern, is_head)
    return list(found.values())


def _last_days(question: Question, reading: Reading) -> dict[int, tuple[int, date]]:
    """For each pattern itself, and the last day up to the one that is read on which the parliament had a part in it."""
    parts = Part.objects.visible_to(reading.user).filter(
        body__in=question.by_pattern, parliament=question.draft.convocation.parliament_id
    )
    last: dict[int, date] = {}
    for body, until in parts.values_list("body", "until_latest"):
        last[body] = max(last.get(body, date.min), until or date.max)
    return {
        key: (key, min(reading.day, one.pattern.until_latest or date.max, last.get(key, date.max)))
        for key, one in question.by_pattern.items()
    }


def _in_order(rows: Sequence[BodyDifference], reading: Reading) -> list[BodyDifference]:
    by_key = {one.body: one for one in rows}
    keys = keys_in_order(Body.objects.filter(pk__among=by_key), reading.language)
    return [by_key[key] for key in keys if reading.name(BODY, key)]


def _glance(found: Difference, reading: Reading) -> list[Fact]:
    def number(value: int) -> str:
        return write_number(value, reading.language)

    return [
        Fact(_("Bodies that differ"), number(len(found.bodies))),
        Fact(_("Come"), number(sum(len(one.came) for one in found.bodies))),
        Fact(_("Go"), number(sum(len(one.went) for one in found.bodies))),
        Fact(_("Other heads"), number(sum(one.heads is not None for one in found.bodies))),
        Fact(_("Wishes gained"), number(len(found.gained))),
        Fact(_("Wishes lost"), number(len(found.lost))),
    ]


def _names(people: Iterable[int], reading: Reading) -> str:
    names = [name for one in people if (name := reading.name(PERSON, one))]
    return ", ".join(sorted(names, key=lambda name: sort_key(name, reading.language)))


def _heads(one: BodyDifference, reading: Reading) -> str:
    if one.heads is None:
        return ""
    before, after = (reading.name(PERSON, person) or _("nobody") for person in one.heads)
    return f"{before} → {after}"


def _columns() -> Columns[Any]:
    return Columns(
        (
            Column(
                "body",
                gettext_lazy("Body"),
                lambda one, r: r.name(BODY, one.body),
                address=lambda one: address((BODY, one.body)),
                spoken=lambda one, r: r.spoken(BODY, one.body),
            ),
            Column("came", gettext_lazy("Come"), lambda one, r: _names(one.came, r)),
            Column("went", gettext_lazy("Go"), lambda one, r: _names(one.went, r)),
            Column("heads", gettext_lazy("Head"), _heads),
        )
    )


@dataclass(frozen=True)
class WishRow:
    """A wish that is met on one side alone."""

    person: int
    met: Met


def _wish_rows(wishes: Sequence[tuple[int, Met]], reading: Reading) -> list[WishRow]:
    rows = [WishRow(person, met) for person, met in wishes]

    def order(row: WishRow) -> tuple[int, str, int]:
        return row.met.rank, sort_key(reading.register_name(PERSON, row.person), reading.language), row.person

    return sorted((row for row in rows if reading.name(PERSON, row.person)), key=order)


_WISHES: Columns[Any] = Columns(
    (
        Column(
            "person",
            gettext_lazy("Person"),
            lambda row, r: r.register_name(PERSON, row.person),
            address=lambda row: address((PERSON, row.person)),
            spoken=lambda row, r: r.spoken(PERSON, row.person),
        ),
        Column("rank", gettext_lazy("Rank"), lambda row, r: row.met.rank, kind="number"),
        Column(
            "body",
            gettext_lazy("Body"),
            lambda row, r: r.name(BODY, row.met.body),
            spoken=lambda row, r: r.spoken(BODY, row.met.body),
        ),
    )
)
