"""Reads the tables of systems from `data/transliteration`, each when it is first asked for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from interparl.language.transliteration.systems import Rule, Source, System

_TABLES = resources.files("interparl.language") / "data" / "transliteration"


class _Systems(Mapping[str, System]):
    """The systems by code, in the order of their codes."""

    def __getitem__(self, code: str) -> System:
        if code not in _files():
            raise KeyError(code)
        return _system(code)

    def __iter__(self) -> Iterator[str]:
        return iter(_files())

    def __len__(self) -> int:
        return len(_files())


SYSTEMS: Mapping[str, System] = _Systems()


def transliterate(text: str, system_code: str) -> str:
    """The text as the system writes it; KeyError for a code that no table has."""
    return SYSTEMS[system_code].transliterate(text)


@cache
def _files() -> dict[str, Traversable]:
    found = {file.name.removesuffix(".toml"): file for file in _TABLES.iterdir() if file.name.endswith(".toml")}
    return dict(sorted(found.items()))


@cache
def _table(code: str) -> dict[str, Any]:
    return tomllib.loads(_files()[code].read_text(encoding="utf-8"))


@cache
def _system(code: str) -> System:
    table = _table(code)
    letters, rules = _writing(table)
    return System(
        code=code,
        names=table["names"],
        source=Source(**table["source"]),
        languages=tuple(table["languages"]),
        script_from=table["from"],
        script_to=table["to"],
        letters=letters,
        rules=rules,
    )


def _writing(table: dict[str, Any]) -> tuple[dict[str, str], tuple[Rule, ...]]:
    """Letters and rules; `same_as` names the system whose they are, `back_from` the one that is read backwards."""
    if "same_as" in table:
        return _writing(_table(table["same_as"]))
    if "back_from" in table:
        return _backwards(_table(table["back_from"])["letters"])
    # Letters of a neighbour's alphabet are in no document; they are written by the nearest letter that it has.
    letters = {**table.get("neighbours", {}), **table["letters"]}
    classes: dict[str, str] = table.get("classes", {})
    return letters, tuple(_rule(rule, classes) for rule in table.get("rules", ()))


def _rule(rule: dict[str, Any], classes: dict[str, str]) -> Rule:
    after: list[str] = rule.get("after", [])
    return Rule(
        letters=rule["letters"],
        after="".join(classes.get(place, place) for place in after if place != "start"),
        before=tuple(letters for place in rule.get("before", []) for letters in classes.get(place, [place])),
        at_start="start" in after,
        at_end=rule.get("at_end", False),
    )


def _backwards(letters: dict[str, str]) -> tuple[dict[str, str], tuple[Rule, ...]]:
    back = {written: letter for letter, written in letters.items()}
    single = {written: letter for written, letter in back.items() if len(written) == 1}
    several = {written: letter for written, letter in back.items() if len(written) > 1}
    return single, (Rule(several),) if several else ()
