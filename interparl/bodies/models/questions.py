"""A draft as rules and solver see it: one question, asked of the database in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q

from interparl.bodies.models.bodies import Body, Part
from interparl.bodies.models.composing import Checked, answers, compositions, factions_of, rules_for
from interparl.bodies.models.composition_rules import CompositionRule
from interparl.bodies.models.drafts import Candidate, Draft, DraftBody, DraftPlace
from interparl.bodies.models.memberships import Membership
from interparl.bodies.rules import drafting as asking
from interparl.bodies.rules.composition import LEADING, Composition, Family, Load, Rule, Sitter
from interparl.bodies.rules.demands import OF_PEOPLE
from interparl.bodies.rules.judging import proposed
from interparl.core.dates import bounds_of
from interparl.core.rights import Reader
from interparl.directory.models import Convocation, Mandate, Person

SECRETARY = Membership.Role.SECRETARY
Pair = tuple[int, int]


def drafted_day(convocation: Convocation, day: date) -> date:
    """The day on which a draft for a convocation is looked at: the one that is read, but within the convocation."""
    first = convocation.since_latest or convocation.since_earliest
    last = convocation.until_earliest or convocation.until_latest
    if last is not None and last < day:
        day = last
    return max(day, first) if first is not None else day


@dataclass
class Question:
    """Everything that a draft hangs on, as one reader may know of it on a day.

    By the key of the drafted body: `places`, `rules` and `sexes_before`. By person: `people`, `wishes` (of bodies of
    the draft, by the key of the pattern), `elsewhere` and `committees`. `before`: who sat in which pattern.
    """

    draft: Draft
    day: date
    bodies: Sequence[DraftBody]
    places: dict[int, list[DraftPlace]]
    rules: dict[int, list[CompositionRule]]
    sexes_before: dict[int, tuple[bool | None, ...]]
    people: dict[int, Sitter]
    wishes: dict[int, dict[int, Candidate]]
    elsewhere: dict[int, list[Load]] = field(default_factory=dict)
    committees: dict[int, frozenset[int]] = field(default_factory=dict)
    before: frozenset[Pair] = frozenset()

    def __post_init__(self) -> None:
        self.by_pattern = {one.pattern_id: one for one in self.bodies}
        # The rule by which seats are kept for chambers: its key, with the body and the chamber.
        self.kept_for: dict[int, Pair] = {}

    def full(self, drafted: DraftBody) -> list[DraftPlace]:
        """The places of full members: those that a proposal fills."""
        return [one for one in self.places[drafted.pk] if not one.is_substitute and one.role != SECRETARY]

    @cached_property
    def in_draft(self) -> dict[int, dict[int, Load]]:
        """What each person would do in the bodies of the draft, by the key of the pattern; staff do not sit."""
        found: dict[int, dict[int, Load]] = defaultdict(dict)
        for drafted in self.bodies:
            for place in self.places[drafted.pk]:
                if place.person_id is not None and place.role != SECRETARY:
                    found[place.person_id][drafted.pattern_id] = Load(
                        drafted.pattern_id, drafted.pattern.kind, place.leads
                    )
        return found

    def loads_beside(self, person: int, pattern: int) -> list[Load]:
        """What somebody does and would do beside this body."""
        own = self.in_draft.get(person, {})
        return [*self.elsewhere.get(person, ()), *(load for key, load in own.items() if key != pattern)]

    def composition(
        self, drafted: DraftBody, places: Iterable[DraftPlace], organs: frozenset[str] | None = None
    ) -> Composition:
        """The composition of a body with these places filled as they are; `organs`: who decided it, folded."""
        seated = [one for one in places if one.person_id is not None and one.role != SECRETARY]
        sitters = [
            replace(
                self.people[one.person_id],
                role=one.role,
                is_substitute=one.is_substitute,
                organs=organs,
            )
            for one in seated
            if one.person_id is not None
        ]
        beside = {one.person: self.loads_beside(one.person, drafted.pattern_id) for one in sitters}
        return Composition(self.day, sitters, drafted.pattern.kind, beside, self.sexes_before[drafted.pk])

    def checked(
        self,
        drafted: DraftBody,
        places: Iterable[DraftPlace] | None = None,
        organs: frozenset[str] | None = None,
    ) -> list[Checked]:
        """What a body answers to its rules; who must decide is asked only once somebody has."""
        rules = [one for one in self.rules[drafted.pk] if organs is not None or one.family != Family.DECIDED]
        given = self.places[drafted.pk] if places is None else places
        return answers(rules, self.composition(drafted, given, organs))

    def misplaced(self, drafted: DraftBody) -> list[DraftPlace]:
        """Places kept for a chamber that are held by somebody of another."""
        return [
            one
            for one in self.places[drafted.pk]
            if one.person_id is not None and one.chamber_id is not None and not self.suits(one, one.person_id)
        ]

    def suits(self, place: DraftPlace, person: int) -> bool:
        """Whether the place is not kept for a chamber in which the person does not sit."""
        return place.chamber_id is None or place.chamber_id in self.people[person].chambers

    @cached_property
    def drafting(self) -> asking.Drafting:
        """The same for the solver: who may be placed where, and what has to be kept."""
        of_all, of_body = self._binding()
        bodies = [self._new_body(drafted, of_body[drafted.pk]) for drafted in self.bodies]
        by_hand = [
            (drafted, place)
            for drafted in self.bodies
            for place in self.places[drafted.pk]
            if place.by_hand and place.person_id in self.people
        ]
        full = {place.pk for drafted in self.bodies for place in self.full(drafted)}
        return asking.Drafting(
            self.day,
            tuple(bodies),
            tuple(self._candidate(person) for person in sorted(self.people)),
            tuple(of_all),
            placed=tuple(
                asking.Placement(place.person_id or 0, drafted.pattern_id, place.leads)
                for drafted, place in by_hand
                if place.pk in full
            ),
            barred=frozenset(
                (place.person_id or 0, drafted.pattern_id) for drafted, place in by_hand if place.pk not in full
            ),
            before=self.before,
            elsewhere=self.elsewhere,
        )

    def _binding(self) -> tuple[list[Rule], dict[int, list[Rule]]]:
        """Binding rules: those over people in whatever bodies, and those of each body."""
        of_all: dict[Rule, None] = {}
        of_body: dict[int, list[Rule]] = {}
        for drafted in self.bodies:
            of_body[drafted.pk] = self._kept_for_chambers(drafted)
            for one in self.rules[drafted.pk]:
                if not one.is_binding:
                    continue
                if one.rule.family in OF_PEOPLE and one.organisation_id is None and one.body_id is None:
                    of_all[one.rule] = None
                else:
                    of_body[drafted.pk].append(one.rule)
        return list(of_all), of_body

    def _kept_for_chambers(self, drafted: DraftBody) -> list[Rule]:
        """Places kept for chambers as rules: of each chamber no more than the places that are not kept for others."""
        full = self.full(drafted)
        kept = [one.chamber_id for one in full if one.chamber_id is not None]
        found = []
        for chamber in sorted({one for sitter in self.people.values() for one in sitter.chambers}) if kept else ():
            most = len(full) - sum(one != chamber for one in kept)
            if most < len(full):
                key = -1 - len(self.kept_for)
                self.kept_for[key] = (drafted.pattern_id, chamber)
                found.append(Rule(key, Family.CHAMBER, most=most, chamber=chamber))
        return found

    def _new_body(self, drafted: DraftBody, rules: Sequence[Rule]) -> asking.NewBody:
        full = self.full(drafted)
        return asking.NewBody(
            drafted.pattern_id,
            most=len(full),
            least=len(full),
            kind=drafted.pattern.kind,
            needs_head=any(one.leads for one in full),
            leaders=self._leaders(full),
            rules=tuple(rules),
            sexes_before=self.sexes_before[drafted.pk],
        )

    def _leaders(self, full: Sequence[DraftPlace]) -> frozenset[int] | None:
        """Those who may lead, where each place of a head is kept for a chamber; who has it by hand is one of them."""
        leading = [one for one in full if one.leads]
        if not leading or any(one.chamber_id is None for one in leading):
            return None
        kept = {one.chamber_id for one in leading}
        suiting = {person for person, sitter in self.people.items() if sitter.chambers & kept}
        return frozenset(suiting | {one.person_id for one in leading if one.by_hand and one.person_id is not None})

    def _candidate(self, person: int) -> asking.Candidate:
        own = self.wishes.get(person, {})
        ranked = sorted((wish.rank, key) for key, wish in own.items() if wish.rank is not None)
        return asking.Candidate(
            self.people[person],
            wishes=tuple(key for _rank, key in ranked),
            would_lead=frozenset(key for key, wish in own.items() if wish.would_lead),
            unwilling=frozenset(key for key, wish in own.items() if wish.rank is None),
            committees=self.committees.get(person, frozenset()),
        )

    @cached_property
    def proposal(self) -> asking.Proposal:
        """The draft as it stands now, with our own judgement of it."""
        placements = [
            asking.Placement(place.person_id, drafted.pattern_id, place.leads)
            for drafted in self.bodies
            for place in self.full(drafted)
            if place.person_id is not None
        ]
        return proposed(self.drafting, placements, bound=self.draft.bound)


def question_of(draft: Draft, day: date, reader: Reader, only: Collection[int] | None = None) -> Question:
    """The question that a draft is on a day, as far as this reader may know of its parts.

    `only`: the rules of these drafted bodies alone are read.
    """
    drafted = DraftBody.objects.visible_to(reader).filter(draft=draft).select_related("pattern").order_by("pk")
    bodies = list(drafted)
    for one in bodies:
        one.draft = draft
    places: dict[int, list[DraftPlace]] = {one.pk: [] for one in bodies}
    rows = DraftPlace.objects.visible_to(reader).filter(drafted__draft=draft)
    for place in rows.order_by("order", "pk"):
        if place.drafted_id in places:
            places[place.drafted_id].append(place)
    placed = {one.person_id for several in places.values() for one in several if one.person_id is not None}
    people = _people(draft.convocation, placed, day, reader)
    patterns = {one.pattern_id for one in bodies}
    elsewhere, committees = _elsewhere(draft.convocation, people, patterns, day, reader)
    asked = [one for one in bodies if only is None or one.pk in only]
    rules, sexes = _rules(draft.convocation, asked, day, reader)
    return Question(
        draft,
        day,
        bodies,
        places,
        {one.pk: rules.get(one.pk, []) for one in bodies},
        {one.pk: sexes.get(one.pk, ()) for one in bodies},
        people,
        _wishes(draft.convocation, people, patterns, reader),
        elsewhere,
        committees,
        _before(draft.convocation, people, patterns, reader),
    )


_OF_PERSON = ("gender", "born", "country", "speaks")


def _people(convocation: Convocation, placed: set[int], day: date, reader: Reader) -> dict[int, Sitter]:
    """Everybody with a mandate of the parliament that holds on the day or later in the convocation, and the placed."""
    mandates = (
        Mandate.objects.visible_to(reader).meeting(day, None).filter(chamber__parliament=convocation.parliament_id)
    )
    rows = mandates.filter(_not_of_another("convocation", convocation)).order_by("pk")
    chambers: dict[int, set[int]] = {}
    known: dict[int, tuple[Any, ...]] = {}
    for person, chamber, *about in rows.values_list("person", "chamber", *(f"person__{name}" for name in _OF_PERSON)):
        chambers.setdefault(person, set()).add(chamber)
        known[person] = tuple(about)
    if others := placed - known.keys():
        found = Person.objects.visible_to(reader).filter(pk__in=others)
        known |= {person: tuple(about) for person, *about in found.values_list("pk", *_OF_PERSON)}
    factions = factions_of(known, day, reader) if known else {}
    return {
        person: _sitter(person, about, chambers.get(person, set()), factions.get(person, set()))
        for person, about in known.items()
    }


def _sitter(person: int, about: Sequence[Any], chambers: set[int], factions: set[int]) -> Sitter:
    gender, born, country, speaks = about
    earliest, latest = bounds_of(born)
    return Sitter(
        person,
        chambers=frozenset(chambers),
        is_sitting=bool(chambers),
        gender=gender,
        born_earliest=earliest,
        born_latest=latest,
        factions=frozenset(factions),
        country=country,
        languages=frozenset(speaks.split()),
    )


def _elsewhere(
    convocation: Convocation, people: Collection[int], patterns: Collection[int], day: date, reader: Reader
) -> tuple[dict[int, list[Load]], dict[int, frozenset[int]]]:
    """What people do on the day in bodies that are not formed anew, and the committees among them.

    A body or part of another convocation lapses, whether it was ended already or not.
    """
    rows = Membership.objects.visible_to(reader).on(day).filter(person__among=people).exclude(role=SECRETARY)
    lasting = (_not_of_another(name, convocation) for name in ("body__convocation", "part__convocation"))
    rows = rows.filter(*lasting).exclude(body__in=patterns)
    found: dict[int, dict[int, Load]] = {}
    for person, body, kind, role in rows.order_by("pk").values_list("person", "body", "body__kind", "role"):
        known = found.setdefault(person, {}).get(body)
        found[person][body] = Load(body, kind, role in LEADING or bool(known and known.leads))
    loads = {person: list(several.values()) for person, several in found.items()}
    committees = {
        person: frozenset(load.body for load in several if load.kind == Body.Kind.COMMITTEE)
        for person, several in loads.items()
    }
    return loads, committees


def _not_of_another(path: str, convocation: Convocation) -> Q:
    return Q(**{f"{path}__isnull": True}) | Q(**{path: convocation.pk})


def _wishes(
    convocation: Convocation, people: Collection[int], patterns: Collection[int], reader: Reader
) -> dict[int, dict[int, Candidate]]:
    found: dict[int, dict[int, Candidate]] = {}
    rows = Candidate.objects.visible_to(reader).filter(convocation=convocation, body__in=patterns)
    for wish in rows.in_order():
        if wish.person_id in people:
            found.setdefault(wish.person_id, {})[wish.body_id] = wish
    return found


def _rules(
    convocation: Convocation, bodies: Sequence[DraftBody], day: date, reader: Reader
) -> tuple[dict[int, list[CompositionRule]], dict[int, tuple[bool | None, ...]]]:
    """The rules that would hold for each body, and the delegations of one sex before it, by key of the drafted body."""
    parts = [part_to_be(one, convocation, day) for one in bodies]
    rules = rules_for(parts, day, reader)
    single = [part for part in parts if any(rule.family == Family.SINGLE_SEX for rule in rules[part.pk])]
    before = compositions(single, day, reader, (Family.SINGLE_SEX,)) if single else {}
    return (
        {-key: several for key, several in rules.items()},
        {-key: tuple(composition.sexes_before) for key, composition in before.items()},
    )


def part_to_be(drafted: DraftBody, convocation: Convocation, day: date) -> Part:
    """The part that would be formed, as the rules ask for it; its key is that of the drafted body below zero."""
    pattern = drafted.pattern
    body = Body(pk=pattern.pk, kind=pattern.kind, organisation_id=pattern.organisation_id, since_earliest=day)
    return Part(pk=-drafted.pk, body=body, parliament_id=convocation.parliament_id)


def _before(
    convocation: Convocation, people: Collection[int], patterns: Collection[int], reader: Reader
) -> frozenset[Pair]:
    rows = Membership.objects.visible_to(reader).filter(
        body__in=patterns, part__parliament=convocation.parliament_id, person__among=people
    )
    return frozenset(rows.exclude(role=SECRETARY).values_list("person", "body"))
