"""Proposals for a name that has no form in a language yet: shown to choose from, never kept by themselves."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from interparl.language.given_names import given_in, patronymic_in
from interparl.language.orthography import respell
from interparl.language.scripts import script_of
from interparl.language.transliteration import SYSTEMS

BY_GIVEN_NAMES = "given-names"


@dataclass(frozen=True)
class NameParts:
    """The parts of a person's name in one language; any may be empty."""

    family: str = ""
    given: str = ""
    patronymic: str = ""

    def text(self, order: tuple[str, ...]) -> str:
        """The parts that are there, in this order."""
        parts = {"family": self.family, "given": self.given, "patronymic": self.patronymic}
        return " ".join(parts[part] for part in order if parts[part])


@dataclass(frozen=True)
class Proposal:
    """A form that may be right: its parts, the whole, how it came (a system’s code or “given-names”), of which form."""

    parts: NameParts
    text: str
    how: str
    source: str


@dataclass(frozen=True)
class _Target:
    """What the table says of one language; a way with signs is gone only for a name that has one of them."""

    script: str
    order: tuple[str, ...]
    sources: tuple[tuple[str, tuple[str, ...]], ...]
    signs: Mapping[str, frozenset[str]]


def propose(names: Mapping[str, NameParts], language: str, system: str | None = None) -> list[Proposal]:
    """Forms of the name in the language, the best first, each once; empty when nothing sure enough can be made.

    `names` are the forms that are there, by language. `system` chooses the way instead of the table's: a code of a
    system of transliteration, which is then used on every form in a language and script of its own.
    """
    made = _by_table(names, language) if system is None else _chosen(names, language, system)
    found: dict[NameParts, Proposal] = {}
    for proposal in made:
        found.setdefault(proposal.parts, proposal)
    return list(found.values())


def _by_table(names: Mapping[str, NameParts], language: str) -> Iterator[Proposal]:
    target = _targets().get(language)
    if target is None:
        return
    for source, ways in target.sources:
        if source not in names or not (names[source].family or names[source].given):
            continue
        for way in ways:
            if way == BY_GIVEN_NAMES:
                yield from _by_given_names(names[source], source, language, target.order)
            elif _fits(names[source], way, target.signs.get(way)):
                yield _by_system(names[source], source, way, target.order)


def _chosen(names: Mapping[str, NameParts], language: str, system: str) -> Iterator[Proposal]:
    target = _targets().get(language)
    order = target.order if target else ("given", "family")
    if system == BY_GIVEN_NAMES:
        for source, parts in names.items():
            yield from _by_given_names(parts, source, language, order)
        return
    found = SYSTEMS[system]
    if target and target.script != found.script_to:
        return
    for source, parts in names.items():
        if script_of(parts.text(order)) == found.script_from and (
            source in found.languages or found.script_from == "Latn"
        ):
            yield _by_system(parts, source, system, order)


def _fits(parts: NameParts, code: str, signs: frozenset[str] | None) -> bool:
    """Whether the form is in the script that the system reads and, where signs are asked for, in its alphabet."""
    text = (parts.family + parts.given).lower()
    system = SYSTEMS[code]
    if script_of(text) != system.script_from or (signs is not None and signs.isdisjoint(text)):
        return False
    return signs is None or all(letter in system.letters for letter in text if letter.isalpha())


def _by_system(parts: NameParts, source: str, code: str, order: tuple[str, ...]) -> Proposal:
    write = SYSTEMS[code].transliterate
    written = NameParts(write(parts.family), write(parts.given), write(parts.patronymic))
    return Proposal(written, written.text(order), code, source)


def _by_given_names(parts: NameParts, source: str, language: str, order: tuple[str, ...]) -> Iterator[Proposal]:
    """One proposal for each spelling of the surname; none if the given name or the surname cannot be told."""
    given = " ".join(given_in(language, word, source) for word in parts.given.split())
    patronymic = patronymic_in(language, parts.patronymic)
    if (parts.given and not given.strip()) or not parts.family:
        return
    for family in respell(parts.family, source, language):
        written = NameParts(family, given, patronymic)
        yield Proposal(written, written.text(order), BY_GIVEN_NAMES, source)


@cache
def _targets() -> dict[str, _Target]:
    file = resources.files("interparl.language") / "data" / "proposals.toml"
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["languages"]
    return {
        row["code"]: _Target(
            row["script"],
            tuple(row["order"]),
            tuple((source["language"], tuple(source["ways"])) for source in row["from"]),
            {way: frozenset(signs) for way, signs in row.get("signs", {}).items()},
        )
        for row in rows
    }
