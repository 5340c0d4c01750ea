"""Compositions as the rules see them, and which rules hold for them: a fixed number of questions for however many."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from interparl.bodies.models.bodies import Body, Part, Seat
from interparl.bodies.models.composition_rules import CompositionRule, organ_names
from interparl.bodies.models.memberships import Membership
from interparl.bodies.rules.composition import (
    LEADING,
    Composition,
    Family,
    Load,
    Sitter,
    State,
    Verdict,
    broken,
    check,
    is_single_sex,
)
from interparl.core.dates import bounds_of
from interparl.core.rights import Reader, once_for
from interparl.directory.models import Affiliation, Mandate

# The families that ask for mandates, and those that ask what else somebody does.
MANDATES = frozenset({Family.CHAMBER, Family.SITTING})
LOADS = frozenset({Family.HEADS, Family.SITS})


# What a rule holds for: organisation, parliament, kind of body, body.
Scope = tuple[int | None, int | None, str, int | None]


@dataclass(frozen=True)
class Checked:
    """What a composition answers to one rule; `counts` is false where another version of the rule is kept."""

    rule: CompositionRule
    verdict: Verdict
    counts: bool

    @property
    def is_broken(self) -> bool:
        """Whether the rule is broken and nothing excuses it."""
        return self.verdict.state == State.BROKEN and self.counts


def checked(
    parts: Sequence[Part], day: date, reader: Reader, only: Collection[Family] = tuple(Family)
) -> dict[int, list[Checked]]:
    """What each part answers on the day to the rules of these families that hold for it, by the key of the part.

    `parts` come with their bodies; what this reader may not know of does not count.
    """
    rules = rules_for(parts, day, reader, only)
    families = {Family(rule.family) for several in rules.values() for rule in several}
    found = compositions([part for part in parts if rules[part.pk]], day, reader, families)
    return {part.pk: answers(rules[part.pk], found[part.pk]) if rules[part.pk] else [] for part in parts}


def answers(rules: Sequence[CompositionRule], composition: Composition) -> list[Checked]:
    """What one composition, in force or drafted, answers to these rules."""
    by_key = {rule.pk: rule for rule in rules}
    verdicts = check([rule.rule for rule in rules], composition)
    real = broken(verdicts)
    return [
        Checked(by_key[one.rule.key], one, counts=one.state != State.BROKEN or any(one is other for other in real))
        for one in verdicts
    ]


def rules_for(
    parts: Sequence[Part], day: date, reader: Reader, only: Collection[Family] = tuple(Family)
) -> dict[int, list[CompositionRule]]:
    """The rules of these families that hold on the day for each part, in the order in which they are shown."""
    known = CompositionRule.objects.visible_to(reader).on(day).select_related("chamber", "source")
    rules = once_for(reader, ("rules of composition", day), lambda: list(known))
    families = list(Family)
    wanted = [rule for rule in rules if rule.family in only]
    every = sorted(wanted, key=lambda rule: (families.index(Family(rule.family)), rule.version, rule.pk))
    scopes = [(rule.scope, rule) for rule in every]
    return {part.pk: [rule for scope, rule in scopes if _holds_for(scope, part)] for part in parts}


def _holds_for(scope: Scope, part: Part) -> bool:
    """Whether a rule of this scope speaks of this part of this body."""
    organisation, parliament, kind, body = scope
    return (
        (organisation is None or organisation == part.body.organisation_id)
        and (kind in ("", part.body.kind))
        and (parliament is None or parliament == part.parliament_id)
        and (body is None or body == part.body_id)
    )


def compositions(
    parts: Sequence[Part], day: date, reader: Reader, families: Collection[Family] = tuple(Family)
) -> dict[int, Composition]:
    """Who sits in each part on the day, and what else rules of these families ask for, as this reader may know."""
    sitting = _sitting(parts, day, reader, families) if parts else {}
    people = {one.person for several in sitting.values() for one in several}
    elsewhere = bodies_of(people, day, reader) if people and not LOADS.isdisjoint(families) else {}
    before = _sexes_before(parts, day, reader) if Family.SINGLE_SEX in families else {}
    return {
        part.pk: Composition(
            day,
            sitting.get(part.pk, []),
            part.body.kind,
            {
                one.person: [load for load in elsewhere.get(one.person, ()) if load.body != part.body_id]
                for one in sitting.get(part.pk, [])
            },
            before.get(part.pk, ()),
        )
        for part in parts
    }


_SITTER = ("part", "person", "role", "seat__kind", "decision__organ", "decision")
_PERSON = ("person__gender", "person__born", "person__country", "person__speaks")


def _sitting(parts: Sequence[Part], day: date, reader: Reader, families: Collection[Family]) -> dict[int, list[Sitter]]:
    parliaments = {part.pk: part.parliament_id for part in parts}
    rows = list(
        Membership.objects.visible_to(reader)
        .on(day)
        .filter(part__in=list(parliaments))
        .order_by("part", "rank", "pk")
        .values_list(*_SITTER, *_PERSON)
    )
    people = {row[1] for row in rows}
    asks_decision = Family.DECIDED in families
    mandates = {} if MANDATES.isdisjoint(families) else mandates_of(people, day, reader)
    factions = factions_of(people, day, reader) if Family.FACTION in families else {}
    found: dict[int, list[Sitter]] = {}
    for part, person, role, seat, organ, decision, gender, born, country, speaks in rows:
        chambers = mandates.get(person, {})
        earliest, latest = bounds_of(born)
        found.setdefault(part, []).append(
            Sitter(
                person,
                role,
                is_substitute=role == Membership.Role.SUBSTITUTE or seat == Seat.Kind.SUBSTITUTE,
                chambers=frozenset(chambers),
                is_sitting=parliaments[part] in chambers.values(),
                gender=gender,
                born_earliest=earliest,
                born_latest=latest,
                factions=frozenset(factions.get(person, ())),
                country=country,
                languages=frozenset(speaks.split()),
                organs=organ_names(organ) if decision and asks_decision else None,
            )
        )
    return found


def mandates_of(people: Collection[int], day: date, reader: Reader) -> dict[int, dict[int, int]]:
    """Of these people the chambers in which they sit on the day, each with its parliament."""
    found: dict[int, dict[int, int]] = {}
    sitting = Mandate.objects.visible_to(reader).on(day).filter(person__in=people)
    for person, chamber, parliament in sitting.values_list("person", "chamber", "chamber__parliament"):
        found.setdefault(person, {})[chamber] = parliament
    return found


def factions_of(people: Collection[int], day: date, reader: Reader) -> dict[int, set[int]]:
    """Of these people the factions to which they belong on the day."""
    found: dict[int, set[int]] = {}
    affiliated = Affiliation.objects.visible_to(reader).on(day).filter(person__in=people)
    for person, faction in affiliated.values_list("person", "faction"):
        found.setdefault(person, set()).add(faction)
    return found


def bodies_of(people: Collection[int], day: date, reader: Reader) -> dict[int, list[Load]]:
    """In which bodies each of these people sits on the day; staff do not sit."""
    rows = Membership.objects.visible_to(reader).on(day).filter(person__in=people)
    rows = rows.exclude(role=Membership.Role.SECRETARY)
    found: dict[int, dict[int, Load]] = {}
    for person, body, kind, role in rows.order_by("pk").values_list("person", "body", "body__kind", "role"):
        known = found.setdefault(person, {}).get(body)
        found[person][body] = Load(body, kind, role in LEADING or bool(known and known.leads))
    return {person: list(several.values()) for person, several in found.items()}


def _sexes_before(parts: Sequence[Part], day: date, reader: Reader) -> dict[int, list[bool | None]]:
    """Of the earlier occasional delegations to the same assembly, one a session, whether each was of one sex alone."""
    wanted = [part for part in parts if part.body.organisation_id]
    earlier = (
        Part.objects.visible_to(reader)
        .filter(
            body__organisation__in={part.body.organisation_id for part in wanted},
            body__kind=Body.Kind.OCCASIONAL_DELEGATION,
            parliament__in={part.parliament_id for part in wanted},
        )
        .values_list("pk", "body__organisation", "parliament", "body__since_earliest", "body")
    )
    sessions = sorted(earlier, key=lambda row: (row[3] or date.min, row[4]))
    sexes = _sexes([row[0] for row in sessions], reader)
    found = {}
    for part in wanted:
        is_session = part.body.kind == Body.Kind.OCCASIONAL_DELEGATION
        end = (part.body.since_earliest or date.min, part.body_id) if is_session else (day, float("inf"))
        found[part.pk] = [
            sexes.get(pk)
            for pk, organisation, parliament, since, body in sessions
            if (organisation, parliament) == (part.body.organisation_id, part.parliament_id)
            and ((since or date.min), body) < end
        ]
    return found


def _sexes(parts: Iterable[int], reader: Reader) -> Mapping[int, bool | None]:
    rows = Membership.objects.visible_to(reader).filter(part__in=list(parts)).exclude(role=Membership.Role.SECRETARY)
    sitters: dict[int, list[Sitter]] = {}
    for part, person, gender in rows.values_list("part", "person", "person__gender"):
        sitters.setdefault(part, []).append(Sitter(person, gender=gender))
    return {part: is_single_sex(several) for part, several in sitters.items()}
