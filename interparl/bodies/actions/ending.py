"""What ends with a body on a day: its parts, the memberships in it, and the seats that an assembly had accepted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from interparl.accounts.models import User
from interparl.bodies.models import Body, Decision, Membership, Part, Step
from interparl.core.dates import PartialDate
from interparl.core.records import Dated, Record
from interparl.core.writing import Planned, Refused

D = TypeVar("D", bound=Dated)
NOT_YOURS = _("Something that is to be written is not yours to write: %(names)s.")
# A seat that was refused was never one.
LIVE = frozenset({Step.Kind.ACCEPTED, Step.Kind.CONTESTED})


@dataclass
class Rows(Generic[D]):
    """Rows of one kind beside a last day: those that end with it, those that had ended, those that begin after it."""

    ending: list[D] = field(default_factory=list)
    ended: list[D] = field(default_factory=list)
    later: list[D] = field(default_factory=list)

    @classmethod
    def by_day(cls, rows: Iterable[D], last: PartialDate) -> Rows[D]:
        """The rows sorted by whether they go on after that day."""
        found: Rows[D] = cls()
        for row in rows:
            if row.until_latest and last.latest and row.until_latest <= last.latest:
                found.ended.append(row)
            elif row.since_earliest and last.latest and row.since_earliest > last.latest:
                found.later.append(row)
            else:
                found.ending.append(row)
        return found


@dataclass
class BodiesEnd:
    """All that ends with some bodies, or with single parts of others; `seats` are those of which the step is noted."""

    last: PartialDate
    bodies: Rows[Body]
    parts: Rows[Part]
    memberships: Rows[Membership]
    seats: list[Membership]

    @classmethod
    def of(cls, bodies: Sequence[Body], last: PartialDate, parts: Sequence[Part] = ()) -> BodiesEnd:
        """What ends with these bodies and these parts; as many queries for one as for a hundred."""
        own = [body.pk for body in bodies]
        single = [part.pk for part in parts]
        every = Part.objects.filter(Q(body__in=own) | Q(pk__in=single)).select_related("body", "parliament")
        seated = Membership.objects.filter(Q(body__in=own) | Q(part__in=single)).select_related(
            "body", "part", "person"
        )
        memberships = Rows.by_day(seated.prefetch_related("steps").order_by("body_id", "rank", "pk"), last)
        # Who left on that very day held the seat until then; who left before it lost it then.
        left = [one for one in memberships.ended if one.until_latest == last.latest]
        return cls(
            last=last,
            bodies=Rows.by_day(bodies, last),
            parts=Rows.by_day(every.order_by("body_id", "pk"), last),
            memberships=memberships,
            seats=[one for one in (*memberships.ending, *left) if _is_live(one)],
        )

    @property
    def rows(self) -> list[Dated]:
        """The stored rows that change."""
        return [*self.memberships.ending, *self.parts.ending, *self.bodies.ending]

    def planned(self, *, reason: str, decision: Decision | None = None) -> list[Planned]:
        """The rows to write, by kind: memberships with the reason, steps of seats, parts, bodies."""
        ends = {"until": self.last.text}
        by = {"ended_by": decision} if decision else {}
        return [
            *(Planned(one, {**ends, **by, "end_reason": reason}) for one in self.memberships.ending),
            *(Planned(seat_end(one, self.last.text)) for one in self.seats),
            *(Planned(one, ends) for one in self.parts.ending),
            *(Planned(one, ends | by) for one in self.bodies.ending),
        ]


def seat_end(membership: Membership, on: str) -> Step:
    """The step with which a seat in an assembly ends, unsaved; readers and grade are those of the membership."""
    return Step(
        membership=membership,
        kind=Step.Kind.ENDED,
        taken_on=on,
        mark=membership.mark,
        grade=membership.grade,
        published_on=membership.published_on,
    )


def _is_live(membership: Membership) -> bool:
    steps = [step.kind for step in membership.steps.all()]
    return bool(steps) and steps[-1] in LIVE


def refuse_foreign(rows: Iterable[Record], by: User) -> None:
    """Raises Refused where a row that the user may know of, or a new one, is not his to write."""
    actions = {True: "add", False: "change"}
    foreign = [row for row in rows if row.is_open_to(by) and not row.may_do(actions[row.pk is None], by)]
    if foreign:
        raise Refused(str(NOT_YOURS) % {"names": ", ".join(sorted({str(row) for row in foreign}))})


def by_reader(planned: Iterable[Planned], by: User) -> tuple[list[Planned], list[Planned]]:
    """The rows that the user may know of, and those that follow unseen; a step is as its membership."""
    known: list[Planned] = []
    unseen: list[Planned] = []
    for plan in planned:
        row = plan.record.membership if isinstance(plan.record, Step) else plan.record
        (known if row.pk is None or row.is_open_to(by) else unseen).append(plan)
    return known, unseen
