"""A parliament as large as the one that has to be served: 174 members, 75 bodies, 900 seats, ranked wishes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from random import Random

from interparl.bodies.rules.composition import FEMALE, MALE, Family, Rule, Sitter
from interparl.bodies.rules.drafting import Candidate, Drafting, NewBody, Placement

DAY = date(2026, 12, 1)
LOWER, UPPER = 1, 2
GROUP, DELEGATION, COMMISSION = "working-group", "delegation", "commission"
FACTIONS = (1, 1, 1, 1, 2, 2, 2, 3, 3, 4)

OF_ALL = (
    Rule(1, Family.HEADS, most=1, kinds=frozenset({GROUP})),
    Rule(2, Family.HEADS, most=2),
    Rule(3, Family.SITS, most=8),
    Rule(4, Family.SITS, most=2, kinds=frozenset({DELEGATION})),
)
OF_KIND = {
    GROUP: (
        Rule(10, Family.SEX, least=2),
        Rule(11, Family.CHAMBER, chamber=UPPER, least=2),
        Rule(12, Family.SITTING),
    ),
    DELEGATION: (
        Rule(20, Family.SEX, share=Fraction(3, 10)),
        Rule(21, Family.CHAMBER, chamber=LOWER, least=7),
        Rule(22, Family.CHAMBER, chamber=UPPER, least=4),
        Rule(23, Family.FACTION, share=Fraction(1, 2)),
        Rule(24, Family.LANGUAGE, language="en", least=2),
        Rule(25, Family.SINGLE_SEX, most=2),
    ),
    COMMISSION: (
        Rule(30, Family.SIZE, least=17, most=18),
        Rule(31, Family.YOUTH, age=45, share=Fraction(1, 5)),
        Rule(32, Family.FACTION, share=Fraction(2, 5)),
    ),
}
# Kind, how many of it, seats at the least and at the most of each: 900 seats at the least.
WHOLE = ((GROUP, 56, 11, 12), (DELEGATION, 13, 14, 15), (COMMISSION, 6, 17, 18))
SMALL = ((GROUP, 5, 8, 9), (DELEGATION, 2, 14, 15), (COMMISSION, 1, 17, 18))


def parliament(members: int = 174, kinds: tuple[tuple[str, int, int, int], ...] = WHOLE, *, seed: int = 5) -> Drafting:
    """Members with ranked wishes for bodies of which some are sought by many, as Zipf has it."""
    dice = Random(seed)
    bodies = _bodies(kinds)
    keys = [body.key for body in bodies]
    sought = {key: 1 / place for place, key in enumerate(dice.sample(keys, len(keys)), 1)}
    people = tuple(_candidate(dice, number, members, sought) for number in range(1, members + 1))
    pairs = [(one.person, key) for one in people for key in keys]
    before = frozenset(dice.sample(pairs, min(len(pairs), 2 * members)))
    barred = frozenset(dice.sample(pairs, members // 6)) - before
    placed = tuple(_by_hand(people[place * 3 :], bodies[place].key) for place in (0, 2, 4))
    barred -= {(one.person, one.body) for one in placed}
    return Drafting(DAY, bodies, people, OF_ALL, placed, barred, before)


def _by_hand(people: tuple[Candidate, ...], body: int) -> Placement:
    return Placement(next(one.person for one in people if body not in one.unwilling), body, is_head=True)


def _bodies(kinds: tuple[tuple[str, int, int, int], ...]) -> tuple[NewBody, ...]:
    found: list[NewBody] = []
    for kind, number, least, most in kinds:
        for place in range(number):
            body = NewBody(
                len(found) + 1,
                most,
                least,
                kind,
                needs_head=True,
                rules=OF_KIND[kind],
                languages=frozenset({("de", "fr", "zh", "ar")[place % 4]}),
                committees=frozenset({place % 14 + 1}) if kind == GROUP else frozenset(),
                sexes_before=(True, True) if place % 3 == 0 else (),
            )
            found.append(body)
    return tuple(found)


def _candidate(dice: Random, number: int, members: int, sought: dict[int, float]) -> Candidate:
    is_lower = number <= members * 110 // 174
    born = date(dice.randint(1955, 1995), dice.randint(1, 12), dice.randint(1, 28))
    spoken = {language for language in ("en", "de", "fr", "zh", "ar") if dice.random() < _share(language)}
    sitter = Sitter(
        number,
        chambers=frozenset({LOWER if is_lower else UPPER}),
        gender=FEMALE if dice.random() < 0.35 else MALE,
        born_earliest=born,
        born_latest=born,
        factions=frozenset({dice.choice(FACTIONS)}),
        languages=frozenset({"ru", *spoken}),
    )
    # The larger the weight, the earlier the key comes, as a rule.
    order = sorted(sought, key=lambda key: dice.random() ** (1 / sought[key]), reverse=True)
    wishes = tuple(order[: dice.randint(min(4, len(order)), min(12, len(order)))])
    return Candidate(
        sitter,
        wishes,
        would_lead=frozenset(wishes[:1]) if dice.random() < 0.4 else frozenset(),
        unwilling=frozenset(dice.sample(order[len(wishes) :], 2)) if len(order) - len(wishes) > 4 else frozenset(),
        most_bodies=dice.choice((None, None, 6, 7, 8)),
        committees=frozenset({dice.randint(1, 14)}),
    )


def _share(language: str) -> float:
    return {"en": 0.4, "de": 0.15, "fr": 0.1, "zh": 0.04, "ar": 0.03}[language]
