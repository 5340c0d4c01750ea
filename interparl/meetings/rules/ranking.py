"""In what order the people of one side stand: by the alphabet, by office, by seniority, or by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Rule(StrEnum):
    """By what the people of a side are put in order."""

    ALPHABET = "alphabet"
    OFFICE = "office"
    SENIORITY = "seniority"
    BY_HAND = "by-hand"


@dataclass(frozen=True)
class Ranked:
    """Somebody as the rules see him.

    `name` sorts by the alphabet of a language. `lead` is 0 for the head, 1 for the deputy head, 2 for all others;
    `level` is the rank of the office, 1 the highest, None where none is known. `since` is the first day of the first
    mandate.
    """

    key: int
    name: str
    lead: int = 2
    level: int | None = None
    since: date | None = None


class BadNumbers(ValueError):
    """What was typed puts nobody in order: `wrong` are those whose number is none, `twice` the numbers given twice."""

    def __init__(self, wrong: Sequence[int], twice: Sequence[int]) -> None:
        super().__init__(f"{len(wrong)} wrong, {len(twice)} twice")
        self.wrong = tuple(wrong)
        self.twice = tuple(twice)


LARGEST = 999


def in_rank(rule: Rule, people: Sequence[Ranked]) -> list[int]:
    """The keys in the order of the rule; who stands alike goes by name, and of whom nothing is known comes last."""
    by_rule = {
        Rule.ALPHABET: _by_name,
        Rule.OFFICE: _by_office,
        Rule.SENIORITY: _by_seniority,
    }
    return [one.key for one in sorted(people, key=by_rule[rule])]


def _by_name(one: Ranked) -> tuple[object, ...]:
    return one.name, one.key


def _by_office(one: Ranked) -> tuple[object, ...]:
    return one.lead, one.level is None, one.level or 0, one.name, one.key


def _by_seniority(one: Ranked) -> tuple[object, ...]:
    return one.since is None, one.since or date.max, one.name, one.key


def by_hand(keys: Sequence[int], typed: Mapping[int, str]) -> list[int]:
    """The keys in the order of the numbers typed for them; those without one follow as they stood.

    Raises BadNumbers when something is no number from 1 to 999, or one number is given to two.
    """
    texts = {key: typed.get(key, "").strip() for key in keys}
    numbers = {key: number for key, text in texts.items() if (number := _number(text)) is not None}
    wrong = [key for key, text in texts.items() if text and key not in numbers]
    seen = list(numbers.values())
    twice = sorted({number for number in seen if seen.count(number) > 1})
    if wrong or twice:
        raise BadNumbers(wrong, twice)
    return [*sorted(numbers, key=numbers.__getitem__), *(key for key in keys if key not in numbers)]


def _number(text: str) -> int | None:
    is_number = text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= LARGEST
    return int(text) if is_number else None
