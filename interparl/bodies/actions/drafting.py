"""Drafts by hand: made from patterns, people placed and taken out; and what people wish for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from interparl.accounts.models import User
from interparl.accounts.roles import RESTRICTED
from interparl.bodies.models import Body, Candidate, Draft, DraftBody, DraftPlace, Membership, Part, Seat
from interparl.bodies.models.drafts import SETTLED
from interparl.core.actors import Actor
from interparl.core.days import today
from interparl.core.history import VERBS
from interparl.core.models.entries import Mark
from interparl.core.removing import remove_many
from interparl.core.rights import Reader
from interparl.core.writing import Planned, Refused, change_many
from interparl.directory.models import Convocation, Person

VERBS.update({"placed": _("placed"), "vacated": _("taken out")})
UNWILLING = _("%(name)s does not want to sit there. Change the wish first.")


def planned_draft(
    *, convocation: Convocation, name: Mapping[str, Any], patterns: Sequence[Body], reader: Reader | None = None
) -> list[Planned]:
    """The rows of a new draft that forms these bodies anew, with their places as they were, all vacant.

    `name` is a translated value. The convocation may be new itself. With a reader, only places that he may know of.
    """
    draft = Draft(name=dict(name), convocation=convocation)
    return [Planned(draft), *_planned_bodies(draft, convocation, patterns, reader)]


def add_bodies(draft: Draft, patterns: Sequence[Body], *, by: User) -> int:
    """Further bodies for a draft; those that it has already are passed over. Returns how many came."""
    known = set(DraftBody.objects.filter(draft=draft).values_list("pattern", flat=True))
    missing = [one for one in patterns if one.pk not in known]
    change_many(_planned_bodies(draft, draft.convocation, missing, by), by=by)
    return len(missing)


def leave_out(drafted: DraftBody, *, by: User | Actor, note: str = "") -> None:
    """Takes a body with its places out of an open draft."""
    with transaction.atomic():
        _open(drafted.draft)
        places = list(DraftPlace.objects.filter(drafted=drafted))
        remove_many([drafted, *places], by=by, note=note)


def _planned_bodies(
    draft: Draft, convocation: Convocation, patterns: Sequence[Body], reader: Reader | None
) -> list[Planned]:
    """The bodies, then their places: rows of one kind stand together."""
    bodies = [DraftBody(draft=draft, pattern=one, grade=one.grade) for one in patterns]
    shapes = _shapes(patterns, convocation.parliament_id, reader)
    places = [
        DraftPlace(
            drafted=drafted,
            title=one.title,
            kind=one.kind,
            chamber_id=one.chamber,
            role=one.role,
            order=order,
            mark=one.mark,
            grade=one.grade,
        )
        for drafted in bodies
        for order, one in enumerate(shapes.get(drafted.pattern_id, ()), 1)
    ]
    return [Planned(one) for one in (*bodies, *places)]


@dataclass(frozen=True)
class _Shape:
    """A place as it was in the pattern."""

    title: dict[str, Any]
    kind: str
    chamber: int | None
    role: str
    mark: str
    grade: str


def _shapes(patterns: Sequence[Body], parliament: int, reader: Reader | None) -> dict[int, list[_Shape]]:
    """The places of the last part of the parliament in each body: its seats, then those of people without one."""
    known = Part.objects.filter(body__in=[one.pk for one in patterns], parliament=parliament)
    parts = {part.body_id: part for part in _for(reader, known).order_by("since_earliest", "pk")}
    of_part = [part.pk for part in parts.values()]
    rows = _for(reader, Membership.objects.filter(part__in=of_part)).order_by("since_earliest", "pk")
    last = {row.seat_id: row for row in rows if row.seat_id}
    found: dict[int, list[_Shape]] = {}
    for seat in _for(reader, Seat.objects.filter(part__in=of_part)).order_by("order", "pk"):
        holder = last.get(seat.pk)
        usual = Membership.Role.SUBSTITUTE if seat.kind == Seat.Kind.SUBSTITUTE else Membership.Role.MEMBER
        role = holder.role if holder else usual
        shape = _Shape(seat.title, seat.kind, seat.chamber_id, role, _mark(seat.mark), seat.grade)
        found.setdefault(seat.body_id, []).append(shape)
    for row in sorted(rows, key=lambda one: (one.rank, one.pk)):
        part = parts[row.body_id]
        day = part.until_latest or today()
        if row.seat_id is None and row.holds_on(day) != "no":
            is_substitute = row.role == Membership.Role.SUBSTITUTE
            kind = Seat.Kind.SUBSTITUTE if is_substitute else Seat.Kind.FULL
            shape = _Shape({}, kind, None, row.role, _mark(row.mark), row.grade)
            found.setdefault(row.body_id, []).append(shape)
    return found


def _for(reader: Reader | None, found: Any) -> Any:
    return found if reader is None else found.visible_to(reader)


def _mark(mark: str) -> str:
    """A draft is never less than internal."""
    return mark if mark in RESTRICTED else Mark.INTERNAL


def _open(draft: Draft) -> Draft:
    """The draft under a lock; raises Refused unless it is open."""
    held = Draft.objects.select_for_update().get(pk=draft.pk)
    if not held.is_open:
        raise Refused([str(SETTLED)])
    return held


def place_person(place: DraftPlace, person: Person, *, by: User, note: str = "") -> None:
    """Puts somebody in a place by hand; another place of his in the same body becomes vacant.

    Rules are not asked: the page shows what they answer. Raises Refused when he does not want to sit there.
    """
    with transaction.atomic():
        draft = _open(place.drafted.draft)
        body = place.drafted.pattern_id
        if Candidate.objects.filter(
            convocation=draft.convocation_id, person=person, body=body, rank__isnull=True
        ).exists():
            raise Refused([str(UNWILLING) % {"name": person}])
        own = DraftPlace.objects.select_for_update().filter(drafted=place.drafted_id, person=person)
        moved = [Planned(one, {"person": None, "by_hand": False}) for one in own.exclude(pk=place.pk)]
        taken = Planned(place, {"person": person, "by_hand": True})
        change_many([*moved, taken], by=by, verb="placed", note=note)


def take_out(place: DraftPlace, *, by: User, note: str = "") -> None:
    """Makes a place vacant."""
    with transaction.atomic():
        _open(place.drafted.draft)
        change_many([Planned(place, {"person": None, "by_hand": False})], by=by, verb="vacated", note=note)


def remove_place(place: DraftPlace, *, by: User) -> None:
    """Takes a vacant place away. Raises Refused while somebody has it."""
    with transaction.atomic():
        _open(place.drafted.draft)
        held = DraftPlace.objects.select_for_update().get(pk=place.pk)
        if held.person_id is not None:
            raise Refused([str(_("Take the person out first."))])
        remove_many([held], by=by)


@dataclass(frozen=True)
class Wish:
    """What somebody says of a body: the rank of the wish, None when he does not want to sit there."""

    body: Body
    rank: int | None
    would_lead: bool = False


def keep_wishes(convocation: Convocation, person: Person, wishes: Sequence[Wish], *, by: User) -> None:
    """All that somebody wishes for in a convocation, as far as the user may know; what is no longer named goes.

    Raises Refused when two wishes have one rank, or a body is named twice.
    """
    if len({one.body.pk for one in wishes}) < len(wishes):
        raise Refused([str(_("A body stands there twice."))])
    with transaction.atomic():
        rows = Candidate.objects.visible_to(by).filter(convocation=convocation, person=person)
        known = {row.body_id: row for row in rows.select_for_update()}
        named = {one.body.pk for one in wishes}
        gone = [row for key, row in known.items() if key not in named]
        remove_many(gone, by=by)
        planned = [
            Planned(
                known.get(one.body.pk) or Candidate(convocation=convocation, person=person, body=one.body),
                {"rank": one.rank, "would_lead": one.would_lead},
            )
            for one in wishes
        ]
        # All rows of one person are looked at together, so that two may change places.
        change_many(sorted(planned, key=lambda one: one.record.pk is None), by=by)
