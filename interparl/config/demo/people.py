"""Invented people for the demonstration: names joined at random from building blocks, the same on every load."""

from __future__ import annotations

from random import Random
from typing import Any

from interparl.config.demo.files import Sources, read
from interparl.directory.models import Country, Person, PersonName

SCRIPTS = {"en": "Latn", "ru": "Cyrl", "be": "Cyrl"}


class People:
    """Makes people with names in every language; no name is given twice."""

    def __init__(self, sources: Sources, countries: dict[str, Country]) -> None:
        self.sources = sources
        self.countries = countries
        self.random = Random(2012)  # noqa: S311  invented names, not secrets
        self.people: list[Person] = []
        self.names: list[PersonName] = []
        self._taken: set[str] = set()

    def person(self, blocks: dict[str, Any], *, gender: str = "") -> Person:
        """A new person of the country of the blocks, born 30 to 65 years before 2012, sometimes of an unknown day."""
        gender = gender or self.random.choice(("male", "male", "female"))
        family, given, patronymic = self._unused(blocks, gender)
        year = self.random.randint(1947, 1982)
        born = f"{year}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"
        person = Person(
            gender=gender,
            born=born if self.random.random() < 0.8 else str(year),
            country=self.countries[blocks["country"]],
            **self.sources.invented(),
        )
        self.people.append(person)
        for language, script in SCRIPTS.items():
            self._name(person, language, script, family, given, patronymic)
        if native := blocks.get("native_language"):
            self._native(person, native, family, given, blocks.get("order", ""))
        return person

    def _unused(self, blocks: dict[str, Any], gender: str) -> tuple[Any, Any, Any]:
        while True:
            family = self.random.choice(blocks["family"])[gender]
            given = self.random.choice(blocks[gender])
            patronymics = blocks.get("patronymics")
            patronymic = self.random.choice(patronymics)[gender] if patronymics else None
            whole = f"{blocks['country']} {given['en']} {family['en']}"
            if whole not in self._taken:
                self._taken.add(whole)
                return family, given, patronymic

    def _name(self, person: Person, language: str, script: str, family: Any, given: Any, patronymic: Any) -> None:
        self.names.append(
            PersonName(
                person=person,
                language=language,
                script=script,
                is_preferred=True,
                family=family[language],
                given=given[language],
                patronymic=patronymic[language] if patronymic else "",
                **self.sources.invented(),
            )
        )

    def _native(self, person: Person, language: str, family: Any, given: Any, order: str) -> None:
        if not family.get("native") or not given.get("native"):
            return
        parts = (family["native"], given["native"])
        text = (
            "".join(parts)
            if language in ("zh", "ja", "ko")
            else " ".join(parts if order == "family-first" else parts[::-1])
        )
        self.names.append(
            PersonName(
                person=person,
                language=language,
                is_preferred=True,
                family=family["native"],
                given=given["native"],
                text=text,
                **self.sources.invented(),
            )
        )

    def home_blocks(self) -> dict[str, Any]:
        """The building blocks of the home country."""
        return dict(read("names")["home"])

    def partner_blocks(self) -> dict[str, dict[str, Any]]:
        """The building blocks of partner countries by code."""
        return {blocks["country"]: blocks for blocks in read("names")["partners"]}
