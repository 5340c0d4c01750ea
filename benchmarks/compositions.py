"""How long the rules of composition of every body take to check, beside the fewest questions that fetch the same."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from random import Random
from time import perf_counter

from django.db import connection
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import User
from interparl.bodies.models import Body, CompositionRule, Membership, Part
from interparl.bodies.models.composing import checked
from interparl.core.actors import Actor
from interparl.core.records import Record
from interparl.core.translated import written
from interparl.core.writing import Planned, change_many
from interparl.directory.models import (
    Affiliation,
    Chamber,
    Country,
    Faction,
    Mandate,
    Organisation,
    Parliament,
    Person,
)

DAY = date(2015, 6, 1)
MEMBERS, BODIES, SEATS, RUNS = 174, 75, 12, 15
MOST_MILLISECONDS, MOST_RATIO = 200, 3
# Each number that a rule is about, in SQL by hand: what holds for which body, then one count for a family.
HELD = (
    "WITH held AS (SELECT r.id rule, r.family, r.age, r.chamber_id chamber, p.id part FROM bodies_compositionrule r"
    " JOIN bodies_part p ON r.parliament_id IS NULL OR r.parliament_id = p.parliament_id"
    " JOIN bodies_body b ON b.id = p.body_id AND (r.organisation_id IS NULL OR r.organisation_id = b.organisation_id)"
    " AND (r.body_kind = '' OR r.body_kind = b.kind) AND r.family = %s),"
    " seated AS (SELECT m.part_id part, m.person_id person, m.role FROM bodies_membership m"
    " WHERE m.since_earliest <= '2015-06-01' AND (m.until_latest IS NULL OR m.until_latest >= '2015-06-01')) "
)
SITS = "FROM held JOIN seated USING (part)"
PERSON = f"{SITS} JOIN directory_person p ON p.id = person"
FLOOR = (
    ("size", f"SELECT rule, part, COUNT(DISTINCT person) {SITS} GROUP BY rule, part"),
    (
        "chamber",
        (
            f"SELECT rule, part, COUNT(DISTINCT person) {SITS} JOIN directory_mandate d ON d.person_id = person"
            " AND d.chamber_id = chamber GROUP BY rule, part"
        ),
    ),
    ("sex", f"SELECT rule, part, p.gender, COUNT(DISTINCT person) {PERSON} GROUP BY rule, part, p.gender"),
    ("single-sex", f"SELECT rule, part, COUNT(DISTINCT p.gender) {PERSON} GROUP BY rule, part"),
    ("youth", f"SELECT rule, part, SUM(CASE WHEN p.born > '1975' THEN 1 ELSE 0 END) {PERSON} GROUP BY rule, part"),
    (
        "faction",
        (
            f"SELECT rule, part, a.faction_id, COUNT(*) {SITS} JOIN directory_affiliation a ON a.person_id = person"
            " GROUP BY rule, part, a.faction_id"
        ),
    ),
    (
        "sitting",
        f"SELECT rule, part, person {SITS} LEFT JOIN directory_mandate d ON d.person_id = person WHERE d.id IS NULL",
    ),
    (
        "heads",
        (
            f"SELECT rule, part, person, COUNT(*) {SITS} JOIN bodies_membership o ON o.person_id = person"
            " AND o.role = 'head' WHERE held.family = 'heads' AND seated.role = 'head' GROUP BY rule, part, person"
        ),
    ),
    (
        "sits",
        (
            f"SELECT rule, part, person, COUNT(DISTINCT o.body_id) {SITS} JOIN bodies_membership o"
            " ON o.person_id = person GROUP BY rule, part, person"
        ),
    ),
)


def composition_rows() -> list[str]:
    """The table: the questions alone, the check, the ratio."""
    _write()
    reader = User.objects.create_user("checker", "checker@example.org", None, role="desk_officer")
    parts = list(Part.objects.select_related("body").order_by("pk"))

    def ours() -> None:
        checked(parts, DAY, reader)

    with CaptureQueriesContext(connection) as asked:
        ours()
    low, high = _median(_floor), _median(ours)
    words = f"{len(parts)} bodies, {len(parts) * SEATS} seats, {CompositionRule.objects.count()} rules"
    return [
        f"{words}. The goals are {MOST_MILLISECONDS} ms and {MOST_RATIO} times the floor.",
        "",
        "| check of all bodies | floor, ms | ours, ms | ratio | queries, floor | queries, ours |",
        "|---|---:|---:|---:|---:|---:|",
        f"| every rule | {low * 1000:.1f} | {high * 1000:.1f} | {high / low:.2f} | {len(FLOOR)} | {len(asked)} |",
    ]


def _floor() -> None:
    with connection.cursor() as cursor:
        for family, sql in FLOOR:
            cursor.execute(HELD + sql, [family])
            cursor.fetchall()


def _median(deed: Callable[[], None]) -> float:
    found = []
    for run in range(-2, RUNS):
        began = perf_counter()
        deed()
        if run >= 0:
            found.append(perf_counter() - began)
    return statistics.median(found)


def _write() -> None:
    dice = Random(7)  # noqa: S311  a benchmark
    country = Country(code="ZC", name=written({"en": "Country"}))
    parliament = Parliament(code="ZC", country=country, name=written({"en": "Parliament"}))
    houses = [
        Chamber(code=f"ZC-{kind.upper()}", parliament=parliament, kind=kind, name=written({"en": kind}))
        for kind in ("lower", "upper")
    ]
    people = [
        Person(country=country, gender=dice.choice(["female", "male"]), born=f"19{dice.randrange(40, 90)}")
        for _one in range(MEMBERS)
    ]
    assemblies = [
        Organisation(code=f"zc-{number}", kind="interparliamentary", name=written({"en": f"Assembly {number}"}))
        for number in range(13)
    ]
    groups: tuple[Iterable[Record], ...] = (
        [country],
        [parliament],
        houses,
        people,
        assemblies,
        _standing(people, houses, dice),
        _seated(people, parliament, assemblies, dice),
        _rules(parliament, houses, assemblies),
    )
    change_many([Planned(row) for group in groups for row in group], by=Actor.command("bench"))


def _standing(people: Sequence[Person], houses: Sequence[Chamber], dice: Random) -> list[Record]:
    """A mandate and a faction for each."""
    factions = [Faction(chamber=houses[0], name=written({"en": f"Faction {number}"})) for number in range(6)]
    mandates = [Mandate(person=person, chamber=dice.choice(houses), since="2012") for person in people]
    sides = [Affiliation(person=person, faction=dice.choice(factions), since="2012") for person in people]
    return [*factions, *mandates, *sides]


def _seated(
    people: Sequence[Person], parliament: Parliament, assemblies: Sequence[Organisation], dice: Random
) -> list[Record]:
    """The bodies with their parts and who sits there."""
    bodies = [
        Body(
            code=f"zc-body-{number}",
            kind="delegation" if number < len(assemblies) else "working-group",
            name=written({"en": f"Body {number}"}),
            organisation=assemblies[number] if number < len(assemblies) else None,
            since="2012",
        )
        for number in range(BODIES)
    ]
    parts = [Part(body=body, parliament=parliament, since="2012") for body in bodies]
    seats = [
        Membership(body=part.body, part=part, person=person, role="member" if place else "head", since="2012")
        for part in parts
        for place, person in enumerate(dice.sample(people, SEATS))
    ]
    return [*bodies, *parts, *seats]


def _rules(parliament: Parliament, houses: list[Chamber], assemblies: list[Organisation]) -> list[CompositionRule]:
    """Each assembly asks for a size, a chamber's share and both sexes; the parliament for all that remains."""
    own = {"parliament": parliament, "body_kind": "working-group"}
    rules = [
        CompositionRule(family="heads", most=1, **own),
        CompositionRule(family="sits", most=6, **own),
        CompositionRule(family="sitting", **own),
        CompositionRule(family="faction", share="1/2", **own),
        CompositionRule(family="youth", age=40, least=1, **own),
    ]
    for one in assemblies:
        rules += [
            CompositionRule(organisation=one, family="size", most=SEATS),
            CompositionRule(organisation=one, family="chamber", chamber=houses[0], least=6),
            CompositionRule(organisation=one, family="sex", share="30 %"),
            CompositionRule(organisation=one, family="single-sex", most=2),
        ]
    return rules
