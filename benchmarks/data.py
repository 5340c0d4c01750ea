"""A parliament as large as the product must carry: 20,000 people, 60,000 mandates, 2,000 bodies, 60,000 memberships."""

from __future__ import annotations

from random import Random

from interparl.bodies.models import Body, Membership, Part, Partner
from interparl.core.actors import Actor
from interparl.core.models import Setting
from interparl.core.translated import written
from interparl.core.writing import Planned, change_many
from interparl.directory.models import Chamber, Convocation, Country, Mandate, Parliament, Person, PersonName, Relation

PEOPLE, MANDATES_EACH, BODIES, MEMBERS_EACH = 20_000, 3, 2_000, 30
COMMON = {"mark": "public", "published_on": "2000-01-01", "grade": "illustrative"}
SYLLABLES = "ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu".split()


def fill() -> None:
    """Fills an empty database through the write gate, as an import does."""
    dice = Random(7)  # noqa: S311  a benchmark
    by = Actor.command("bench")
    home = Country(code="AA", name=written({"en": "Home", "ru": "Дом", "be": "Дом"}), **COMMON)
    countries = [home] + [
        Country(code=f"X{number}", name=written({"en": f"Country {number}", "ru": f"Страна {number}"}), **COMMON)
        for number in range(80)
    ]
    parliaments = [
        Parliament(code=country.code, country=country, name=written({"en": f"Parliament of {country.code}"}), **COMMON)
        for country in countries
    ]
    chamber = Chamber(
        code="AA-LC01", parliament=parliaments[0], kind="single", name=written({"en": "Chamber"}), **COMMON
    )
    terms = [
        Convocation(
            parliament=parliaments[0],
            number=number,
            name=written({"en": f"Convocation {number}"}),
            since=f"{1996 + 4 * number}-01-01",
            until=f"{1999 + 4 * number}-12-31",
            **COMMON,
        )
        for number in range(1, 6)
    ]
    relations = [Relation(parliament=one, since="2001", **COMMON) for one in parliaments[1:]]
    rows = [*countries, *parliaments, chamber, *terms, *relations, Setting(key="home_parliament", value="AA")]
    change_many([Planned(row) for row in rows], by=by)
    people = _people(dice, countries, chamber, terms, by)
    _bodies(dice, countries, parliaments[0], terms, people, by)


def _people(
    dice: Random, countries: list[Country], chamber: Chamber, terms: list[Convocation], by: Actor
) -> list[Person]:
    people = [
        Person(born=str(dice.randint(1940, 1990)), country=dice.choice(countries), **COMMON) for _ in range(PEOPLE)
    ]
    names = [_name(person, dice) for person in people]
    mandates = [
        Mandate(person=person, chamber=chamber, convocation=term, since=term.since, until=term.until, **COMMON)
        for person in people
        for term in dice.sample(terms, MANDATES_EACH)
    ]
    change_many([Planned(row) for row in (*people, *names, *mandates)], by=by)
    return people


def _name(person: Person, dice: Random) -> PersonName:
    family = "".join(dice.choices(SYLLABLES, k=3)).capitalize()
    given = "".join(dice.choices(SYLLABLES, k=2)).capitalize()
    return PersonName(person=person, language="en", is_preferred=True, family=family, given=given, **COMMON)


def _bodies(
    dice: Random, countries: list[Country], home: Parliament, terms: list[Convocation], people: list[Person], by: Actor
) -> None:
    held = {}
    for mandate in Mandate.objects.values_list("convocation", "person"):
        held.setdefault(mandate[0], []).append(mandate[1])
    bodies, partners, parts, memberships = [], [], [], []
    for number in range(BODIES):
        term = terms[number % len(terms)]
        body = Body(
            code=f"body-{number}",
            kind="working-group",
            name=written({"en": f"Working group {number}"}),
            convocation=term,
            since=term.since,
            until=term.until,
            **COMMON,
        )
        part = Part(body=body, parliament=home, convocation=term, since=term.since, until=term.until, **COMMON)
        bodies.append(body)
        parts.append(part)
        partners.append(Partner(body=body, country=dice.choice(countries[1:]), **COMMON))
        memberships += [
            Membership(
                body=body,
                part=part,
                person_id=person,
                role="head" if not place else "member",
                since=term.since,
                until=term.until,
                **COMMON,
            )
            for place, person in enumerate(dice.sample(held[term.pk], MEMBERS_EACH))
        ]
    change_many([Planned(row) for row in (*bodies, *partners, *parts, *memberships)], by=by)
