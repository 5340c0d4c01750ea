"""What the change of convocation does in the directory: terms, mandates and offices end; what survives is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interparl.accounts.roles import ROLES
from interparl.core.addresses import list_address
from interparl.core.hooks import Becomes, Effect, Step, add_step
from interparl.core.rights import Reader
from interparl.core.translated import text_in
from interparl.core.writing import Planned
from interparl.directory.models import (
    ChamberTerm,
    Mandate,
    Office,
    Organisation,
    Person,
    Portfolio,
    Relation,
    Status,
)
from interparl.directory.models.turning import Turn, turn_between

INTERPARLIAMENTARY = Organisation.Kind.INTERPARLIAMENTARY


def closing(row: Any, last: date, **values: Any) -> Planned | None:
    """The row ended on that day, unless it ends earlier or just so; with these values where they are empty."""
    wanted = {name: value for name, value in values.items() if not getattr(row, name)}
    if row.until_latest is None or row.until_latest > last:
        wanted["until"] = last.isoformat()
    elif row.until_latest < last:
        return None
    return Planned(row, wanted) if wanted else None


def planned(found: Iterable[Planned | None]) -> tuple[Planned, ...]:
    """Those that there are."""
    return tuple(one for one in found if one is not None)


def terms_end(ending: int, beginning: int, reader: Reader) -> Sequence[Effect]:
    """The convocation and the terms of its chambers end on their days."""
    turn = turn_between(ending, beginning, reader)
    convocation = turn.ending
    found = [
        Effect(
            Becomes.CLOSED,
            (convocation.record_kind(), convocation.pk),
            day=turn.last_of_all,
            planned=planned([closing(convocation, turn.last_of_all)]),
        )
    ]
    terms = ChamberTerm.objects.visible_to(reader).filter(convocation=ending).order_by("pk")
    for term in terms:
        last = turn.last_day(term.chamber_id)
        ref = ("directory.chamber", term.chamber_id)
        words = _("its term ends")
        found.append(Effect(Becomes.CLOSED, ref, words, last, planned=planned([closing(term, last)])))
    return found


def mandates_end(ending: int, beginning: int, reader: Reader) -> Sequence[Effect]:
    """The mandates of each chamber end with its term; those that ended earlier stay as they are."""
    turn = turn_between(ending, beginning, reader)
    rows: dict[int, list[Mandate]] = {}
    for mandate in Mandate.objects.visible_to(reader).filter(convocation=ending).order_by("pk"):
        if mandate.until_latest is None or mandate.until_latest >= turn.last_day(mandate.chamber_id):
            rows.setdefault(mandate.chamber_id, []).append(mandate)
    found = []
    for chamber, mandates in rows.items():
        last = turn.last_day(chamber)
        words = ngettext("%(number)s mandate ends", "%(number)s mandates end", len(mandates))
        ended = planned(closing(one, last, end_reason=Mandate.End.TERM) for one in mandates)
        ref = ("directory.chamber", chamber)
        found.append(Effect(Becomes.CLOSED, ref, words % {"number": len(mandates)}, last, planned=ended))
    return found


def offices_end(ending: int, beginning: int, reader: Reader) -> Sequence[Effect]:
    """Offices of the chambers end with the term; of those in assemblies the ones whose holders have lost their seat."""
    turn = turn_between(ending, beginning, reader)
    sat, sits = (_members(key, reader) for key in (ending, beginning))
    offices = Office.objects.visible_to(reader).on(turn.last_day())
    of_chambers = Q(chamber__in=turn.last)
    in_assemblies = Q(organisation__kind=INTERPARLIAMENTARY, person__in=sat)
    rows = offices.filter(of_chambers | in_assemblies).order_by("pk")
    return [_office(office, turn, sits) for office in rows]


def _office(office: Office, turn: Turn, sits: frozenset[int]) -> Effect:
    ref = (Person.record_kind(), office.person_id)
    title = text_in(office.title)
    if office.chamber_id:
        last = turn.last_day(office.chamber_id)
        return Effect(Becomes.CLOSED, ref, title, last, planned=planned([closing(office, last)]))
    if office.person_id in sits:
        return Effect(Becomes.KEPT, ref, title)
    last = turn.last_day()
    return Effect(Becomes.LOST, ref, title, last, planned=planned([closing(office, last)]))


def _members(convocation: int, reader: Reader) -> frozenset[int]:
    found = Mandate.objects.visible_to(reader).filter(convocation=convocation)
    return frozenset(found.values_list("person", flat=True))


def access_ends(ending: int, beginning: int, reader: Reader) -> Sequence[Effect]:
    """Accounts that need a mandate end with it; whoever sits again keeps his."""
    turn = turn_between(ending, beginning, reader)
    sits = _members(beginning, reader)
    needing = [key for key, role in ROLES.items() if role.needs_mandate]
    people = Person.objects.visible_to(reader).filter(user__is_active=True, user__role__in=needing)
    sat = people.filter(pk__in=Mandate.objects.visible_to(reader).filter(convocation=ending).values("person"))
    found = []
    for person in sat.order_by("pk"):
        ref = (Person.record_kind(), person.pk)
        if person.pk in sits:
            found.append(Effect(Becomes.KEPT, ref, _("signs in as before")))
        else:
            found.append(Effect(Becomes.LOST, ref, _("signs in no longer, by itself"), turn.last_day()))
    return found


def what_stays(ending: int, beginning: int, reader: Reader) -> Sequence[Effect]:
    """What no election touches: relations, the place in organisations, who looks after what."""
    turn = turn_between(ending, beginning, reader)
    first = turn.first_day
    relations = Relation.objects.visible_to(reader).on(first).count()
    statuses = Status.objects.visible_to(reader).on(first).exclude(status=Status.Kind.NONE)
    ours = statuses.filter(parliament=turn.ending.parliament_id).count()
    portfolios = Portfolio.objects.visible_to(reader).on(first).count()
    said = (
        (relations, ngettext("%(number)s relation", "%(number)s relations", relations), Relation),
        (
            ours,
            ngettext(
                "%(number)s place of the parliament in an organisation",
                "%(number)s places of the parliament in organisations",
                ours,
            ),
            Organisation,
        ),
        (
            portfolios,
            ngettext("%(number)s portfolio of an officer", "%(number)s portfolios of officers", portfolios),
            None,
        ),
    )
    return [
        Effect(
            Becomes.KEPT, words=words % {"number": number}, leads_to=list_address(model.record_kind()) if model else ""
        )
        for number, words, model in said
        if number
    ]


add_step(Step("terms", gettext_lazy("Terms"), terms_end, order=10))
add_step(Step("mandates", gettext_lazy("Mandates"), mandates_end, order=20))
add_step(Step("offices", gettext_lazy("Offices"), offices_end, order=30))
add_step(Step("access", gettext_lazy("Access of members"), access_ends, order=40))
add_step(Step("stays", gettext_lazy("What stays as it is"), what_stays, order=95))
