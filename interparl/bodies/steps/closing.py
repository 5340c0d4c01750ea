"""Bodies of a convocation lapse with it; commissions and organs survive, with their national parts or seats ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interparl.bodies.actions.ending import LIVE, seat_end
from interparl.bodies.models import Body, Membership, Part, Step
from interparl.core import hooks
from interparl.core.hooks import Becomes, Effect, add_step
from interparl.core.rights import Reader
from interparl.core.writing import Planned
from interparl.directory.models import Mandate
from interparl.directory.models.turning import Turn, turn_between
from interparl.directory.steps import closing, planned

K = Body.Kind
GROUPS = (K.WORKING_GROUP, K.REGIONAL_GROUP)
DELEGATIONS = (K.DELEGATION, K.NATIONAL_GROUP, K.OCCASIONAL_DELEGATION)
OF_CHAMBERS = (K.COMMITTEE, K.CHAMBER_ORGAN)
LAPSING = (*GROUPS, *DELEGATIONS, *OF_CHAMBERS)


def lapsing(turn: Turn, reader: Reader, kinds: Iterable[str] = LAPSING) -> QuerySet[Body]:
    """Our bodies that lapse with the convocation: its own, and those of no convocation that are of such a kind."""
    known = Body.objects.visible_to(reader).of_kind(*kinds).on(turn.last_day())
    ours = known.with_part_of(turn.ending.parliament_id, reader)
    return ours.filter(Q(convocation=turn.ending.pk) | Q(convocation=None)).order_by("kind", "pk")


def national_parts(turn: Turn, reader: Reader) -> QuerySet[Part]:
    """The parts of our parliament in commissions that outlive the convocation."""
    known = Part.objects.visible_to(reader).filter(parliament=turn.ending.parliament_id).on(turn.last_day())
    of_commissions = known.filter(body__kind=K.COMMISSION, body__in=Body.objects.visible_to(reader).values("pk"))
    return of_commissions.filter(Q(convocation=turn.ending.pk) | Q(convocation=None)).order_by("pk")


class _Sitting:
    """Who sits in some parts on their last day, with the steps of their seats, in two queries."""

    def __init__(self, memberships: QuerySet[Membership], reader: Reader) -> None:
        self.of_body: dict[int, list[Membership]] = {}
        for one in memberships.order_by("pk"):
            self.of_body.setdefault(one.body_id, []).append(one)
        steps = Step.objects.visible_to(reader).filter(membership__in=memberships.values("pk"))
        rows = steps.order_by("taken_earliest", "pk").values_list("membership", "kind")
        self.last_step: dict[int, str] = dict(rows)

    def ended(self, body: int, last: date, reason: str) -> tuple[Planned, ...]:
        """The memberships of the body ended on that day, and the seats that they held in an assembly."""
        sitting = self.of_body.get(body, [])
        live = [one for one in sitting if self.last_step.get(one.pk) in LIVE]
        seats = (Planned(seat_end(one, last.isoformat())) for one in live)
        return (*planned(closing(one, last, end_reason=reason) for one in sitting), *seats)

    def words(self, body: int) -> str:
        """How many people it concerns."""
        number = len(self.of_body.get(body, []))
        return ngettext("%(number)s member", "%(number)s members", number) % {"number": number}


def bodies_close(ending: int, beginning: int, reader: Reader, *, kinds: Iterable[str]) -> Sequence[Effect]:
    """The bodies of these kinds close, with their parts, members and seats."""
    turn = turn_between(ending, beginning, reader)
    bodies = list(lapsing(turn, reader, kinds))
    keys = [body.pk for body in bodies]
    parts: dict[int, list[Part]] = {}
    for part in Part.objects.visible_to(reader).filter(body__among=keys).order_by("pk"):
        parts.setdefault(part.body_id, []).append(part)
    sitting = _Sitting(_ours(turn, reader).filter(body__among=keys), reader)
    return [_closed(body, parts.get(body.pk, []), sitting, turn) for body in bodies]


def _ours(turn: Turn, reader: Reader) -> QuerySet[Membership]:
    known = Membership.objects.visible_to(reader).on(turn.last_day())
    return known.filter(part__parliament=turn.ending.parliament_id)


def _closed(body: Body, parts: Iterable[Part], sitting: _Sitting, turn: Turn) -> Effect:
    last = turn.last_day(body.chamber_id)
    rows = planned([closing(body, last), *(closing(part, last) for part in parts)])
    ended = sitting.ended(body.pk, last, Membership.End.TERM)
    ref = (Body.record_kind(), body.pk)
    return Effect(Becomes.CLOSED, ref, sitting.words(body.pk), last, planned=(*rows, *ended))


def parts_close(ending: int, beginning: int, reader: Reader) -> Sequence[Effect]:
    """The national parts of commissions close; the commissions and the numbers of their sittings go on."""
    turn = turn_between(ending, beginning, reader)
    parts = list(national_parts(turn, reader))
    keys = [part.pk for part in parts]
    sitting = _Sitting(_ours(turn, reader).filter(part__in=keys), reader)
    found = []
    for part in parts:
        last = turn.last_day()
        rows = (*planned([closing(part, last)]), *sitting.ended(part.body_id, last, Membership.End.TERM))
        ref = (Body.record_kind(), part.body_id)
        words = _("our part closes: %(members)s") % {"members": sitting.words(part.body_id)}
        found.append(Effect(Becomes.CLOSED, ref, words, last, planned=rows))
        found.append(Effect(Becomes.KEPT, ref, _("the commission itself, its agreements and numbered sittings")))
    return found


def organs_lose(ending: int, beginning: int, reader: Reader) -> Sequence[Effect]:
    """Places of ours in organs of organisations end with the mandate; those of people who sit again are kept."""
    turn = turn_between(ending, beginning, reader)
    sat, sits = (Mandate.objects.visible_to(reader).filter(convocation=key) for key in (ending, beginning))
    known = Membership.objects.visible_to(reader).on(turn.last_day()).filter(body__kind=K.ORGAN)
    rows = known.filter(person__in=sat.values("person"), body__in=Body.objects.visible_to(reader).values("pk"))
    stay = frozenset(rows.filter(person__in=sits.values("person")).values_list("pk", flat=True))
    found = []
    for row in rows.select_related("body").order_by("body", "pk"):
        words = f"{row.body}, {row.get_role_display()}"
        ref = ("directory.person", row.person_id)
        if row.pk in stay:
            found.append(Effect(Becomes.KEPT, ref, words))
        else:
            last = turn.last_day()
            ended = planned([closing(row, last, end_reason=Membership.End.MANDATE)])
            found.append(Effect(Becomes.LOST, ref, words, last, planned=ended))
    return found


for key, label, kinds in (
    ("groups", gettext_lazy("Groups"), GROUPS),
    ("delegations", gettext_lazy("Delegations"), DELEGATIONS),
    ("chambers", gettext_lazy("Committees and organs of chambers"), OF_CHAMBERS),
):
    add_step(hooks.Step(key, label, partial(bodies_close, kinds=kinds), order=50))
add_step(hooks.Step("parts", gettext_lazy("Commissions"), parts_close, order=55))
add_step(hooks.Step("organs", gettext_lazy("Organs of organisations"), organs_lose, order=60))
