"""Whether those of ours who go to an organisation's event keep its rules of composition."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy

from interparl.bodies.blocks.rule_words import named_in
from interparl.bodies.blocks.rules import Line, rule_columns
from interparl.bodies.models import Body, CompositionRule, Part
from interparl.bodies.models.composing import MANDATES, Checked, answers, factions_of, mandates_of, rules_for
from interparl.bodies.rules.composition import Composition, Family, Sitter, is_single_sex
from interparl.core.addresses import as_of, list_address
from interparl.core.blocks import Content, Rows
from interparl.core.dates import bounds_of
from interparl.core.hooks import block_on
from interparl.core.reads import note_rows
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.directory.models import Parliament
from interparl.meetings.blocks.people import first_day_of
from interparl.meetings.models import Event, Participation
from interparl.meetings.models.standing import taking_part

FUNCTION = Participation.Function
# As what the rules see somebody; who is not here is staff, whom they do not count.
ROLES: dict[str, str] = {
    FUNCTION.HEAD: "head",
    FUNCTION.DEPUTY: "deputy",
    FUNCTION.MEMBER: "member",
    FUNCTION.HOST: "member",
    FUNCTION.GUEST: "member",
}
STAFF = "secretary"
# What a body is asked and a delegation to one event is not: by which decision, and what else its people do.
ASKED = tuple(family for family in Family if family not in (Family.DECIDED, Family.HEADS, Family.SITS))


def event_rule_lines(event: Event, reading: Reading) -> list[Line]:
    """The rules that hold for our delegation to the event on its first day, with its answers; broken ones first."""
    part = _part(event, reading)
    if part is None:
        return []
    day, reader = first_day_of(event, reading), reading.user
    rules = rules_for([part], day, reader, ASKED)[part.pk]
    ours = taking_part(reader).counted().filter(event=event, country=part.parliament.country_id)
    people = list(ours.select_related("person").order_by("rank", "pk")) if rules else []
    if not people:
        return []
    note_rows(one.person for one in people if one.person is not None)
    families = {Family(rule.family) for rule in rules}
    composition = Composition(
        day,
        _sitters(people, part, families, day, reading),
        part.body.kind,
        sexes_before=_sexes_before(event, part, reading) if Family.SINGLE_SEX in families else (),
    )
    return _lines(part, answers(rules, composition), reading)


def _part(event: Event, reading: Reading) -> Part | None:
    """Our part of the delegation, as the rules ask for it; None where there is no organisation or no home parliament.

    It is no stored row: a delegation to one event need not be a body.
    """
    body = reading.seen(event.body)
    organisation = event.organisation_id or (body.organisation_id if body else None)
    home = Parliament.objects.home() if organisation else None
    if home is None:
        return None
    kind = body.kind if body else Body.Kind.OCCASIONAL_DELEGATION
    sent = Body(pk=body.pk if body else 0, kind=kind, organisation_id=organisation)
    return Part(pk=0, body=sent, parliament=home)


def _sitters(
    people: Sequence[Participation], part: Part, families: set[Family], day: date, reading: Reading
) -> list[Sitter]:
    """Those who take part, as the rules see them; of who is known by name only nothing else is known."""
    keys = [one.person_id for one in people if one.person_id is not None]
    reader = reading.user
    mandates = {} if MANDATES.isdisjoint(families) else mandates_of(keys, day, reader)
    factions = factions_of(keys, day, reader) if Family.FACTION in families else {}
    found = []
    for one in people:
        role = ROLES.get(one.function, STAFF)
        if one.person is None:
            found.append(Sitter(-one.pk, role))
            continue
        chambers = mandates.get(one.person.pk, {})
        earliest, latest = bounds_of(one.person.born)
        found.append(
            Sitter(
                one.person.pk,
                role,
                chambers=frozenset(chambers),
                is_sitting=part.parliament_id in chambers.values(),
                gender=one.person.gender,
                born_earliest=earliest,
                born_latest=latest,
                factions=frozenset(factions.get(one.person.pk, ())),
                country=one.person.country_id,
                languages=frozenset(one.person.speaks.split()),
            )
        )
    return found


def _sexes_before(event: Event, part: Part, reading: Reading) -> list[bool | None]:
    """Of our delegations to the earlier events of the kind in that organisation, whether each was of one sex alone."""
    earlier = Event.objects.visible_to(reading.user).taking_place().filter(
        organisation=part.body.organisation_id, kind=event.kind, since_earliest__lt=first_day_of(event, reading)
    )  # fmt: skip
    people = taking_part(reading.user).counted().filter(event__in=earlier.values("pk"), function__in=list(ROLES))
    rows = people.filter(country=part.parliament.country_id).order_by("event__since_earliest", "event", "pk")
    sitters: dict[int, list[Sitter]] = {}
    for of, key, person, gender in rows.values_list("event", "pk", "person", "person__gender"):
        sitters.setdefault(of, []).append(Sitter(person or -key, gender=gender or ""))
    return [is_single_sex(several) for several in sitters.values()]


def _lines(part: Part, checked: Sequence[Checked], reading: Reading) -> list[Line]:
    lines = [Line(part, copy(one.rule), one) for one in checked]
    lines.sort(key=lambda line: not line.checked.is_broken)
    refs = {ref for line in lines for ref in named_in(line.checked)}
    reading.want(refs)
    return lines


def _narrow(columns: Columns[CompositionRule]) -> Columns[CompositionRule]:
    """The same words in two columns, for there is no room for three beside the event."""
    found = columns["found"]
    state = replace(columns["state"], second=lambda rule, r: _both(found, rule, r))
    return replace(columns, of=(columns["rule"], state))


def _both(column: Column[CompositionRule], rule: CompositionRule, reading: Reading) -> str:
    more = column.second(rule, reading) if column.second else ""
    return " · ".join(filter(None, (column.value(rule, reading), more)))


@block_on(Event, "rules", gettext_lazy("Rules of composition"), place="side", order=25)
def rules_of_event(event: Event, reading: Reading) -> Content | None:
    """What our delegation answers to the rules of the organisation; nothing where it has none or nobody goes."""
    lines = event_rule_lines(event, reading)
    if not lines:
        return None
    table = Table.of(_narrow(rule_columns(lines)), [line.rule for line in lines], reading)
    organisation = lines[0].part.body.organisation_id
    return Rows(table, more=as_of(list_address(CompositionRule.record_kind(), organisation=str(organisation)), reading))
