"""Spelling a surname of one language by the orthography of another: several spellings where the word does not tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

_PART = re.compile(r"([^\W\d_](?:[^\W\d_]|['’ʼ](?=[^\W\d_]))*)")
_BEAM, _MOST, _LEAST_SHARE, _EACH_FURTHER, _STEM_SHARE = 24, 4, 0.2, 0.15, 0.8


@dataclass(frozen=True)
class _Choice:
    """What may be written for the letters that a pattern finds, each with its weight."""

    pattern: re.Pattern[str]
    written: Mapping[str, float]


@dataclass(frozen=True)
class _Way:
    """The table from one language to another."""

    single: frozenset[str]
    v_at_end: str
    starts: Mapping[str, str]
    longest_start: int
    ends: tuple[_Choice, ...]
    letters: tuple[_Choice, ...]


@lru_cache(maxsize=20_000)
def respell(name: str, language: str, other: str) -> tuple[str, ...]:
    """The name of one language as the other spells it, at most four ways, the likeliest first; none without a table.

    Each part of a double name is spelled for itself, and only the likeliest spelling of the others goes along.
    """
    way = _ways().get((language, other))
    if way is None or not _PART.search(name):
        return ()
    parts = _PART.split(name)
    spelled = [_spellings(part, way) if place % 2 else (part,) for place, part in enumerate(parts)]
    firsts = [spellings[0] for spellings in spelled]
    found = ["".join(firsts)]
    for place, spellings in enumerate(spelled):
        found += ["".join([*firsts[:place], spelling, *firsts[place + 1 :]]) for spelling in spellings[1:]]
    return tuple(dict.fromkeys(found))[:_MOST]


def _spellings(word: str, way: _Way) -> tuple[str, ...]:
    low = word.lower().replace("'", "’").replace("ʼ", "’")
    found = _read(low, 0, "", way)
    place, start = _start(low, way)
    if place:
        found = _mixed(found, _read(low, place, start, way))
    judged = {spelling: _judged(spelling, weight, way) for spelling, weight in found.items()}
    weighed = sorted(judged.items(), key=lambda item: (-item[1], item[0]))
    least = weighed[0][1] * _LEAST_SHARE
    return tuple(_cased(spelling, word) for spelling, weight in weighed[:_MOST] if weight >= least)


def _read(word: str, place: int, written: str, way: _Way) -> dict[str, float]:
    """The spellings of the word after what is written already of it, with their weights."""
    end, tails = _tail(word, place, way)
    beams = {written: 1.0}
    while place < end:
        place, choices = _next(word, place, way)
        beams = _likeliest(_longer(beams, choices), way)
    return _longer(beams, tails)


def _mixed(by_letters: dict[str, float], by_stem: dict[str, float]) -> dict[str, float]:
    """Both readings of a word: by its letters alone, and by a stem that it begins with, which counts for more."""
    mixed = {spelling: weight * (1 - _STEM_SHARE) for spelling, weight in by_letters.items()}
    for spelling, weight in by_stem.items():
        mixed[spelling] = mixed.get(spelling, 0.0) + weight * _STEM_SHARE
    return mixed


def _tail(word: str, least: int, way: _Way) -> tuple[int, Mapping[str, float]]:
    for choice in way.ends:
        if (found := choice.pattern.search(word)) and found.start() >= max(2, least):
            return found.start(), choice.written
    return len(word), {"": 1.0}


def _start(word: str, way: _Way) -> tuple[int, str]:
    """How long the longest known stem is that the word begins with, and its spelling."""
    plain = word.replace("ў", "в")
    for length in range(min(len(word), way.longest_start), 2, -1):
        spelled = way.starts.get(plain[:length])
        # -ов- of a surname is not -ов- of -ович.
        if spelled and not (spelled.endswith("в") and plain.startswith(("ич", "іч"), length)):
            ends_with_v = way.v_at_end and length == len(word) and spelled.endswith("в")
            return length, spelled[:-1] + way.v_at_end if ends_with_v else spelled
    return 0, ""


def _next(word: str, place: int, way: _Way) -> tuple[int, Mapping[str, float]]:
    for choice in way.letters:
        if found := choice.pattern.match(word, place):
            return found.end(), choice.written
    return place + 1, {word[place]: 1.0}


def _longer(beams: Mapping[str, float], choices: Mapping[str, float]) -> dict[str, float]:
    longer: dict[str, float] = {}
    for written, weight in beams.items():
        for further, share in choices.items():
            longer[written + further] = longer.get(written + further, 0.0) + weight * share
    return longer


def _likeliest(beams: dict[str, float], way: _Way) -> dict[str, float]:
    if len(beams) <= _BEAM:
        return beams
    kept = sorted(beams, key=lambda written: (-_judged(written, beams[written], way), written))[:_BEAM]
    return {written: beams[written] for written in kept}


def _judged(written: str, weight: float, way: _Way) -> float:
    """The weight of a spelling, less with each letter too many of those that stand once in a word."""
    single = sum(letter in way.single for letter in written)
    return weight * _EACH_FURTHER ** max(0, single - 1)


def _cased(spelling: str, word: str) -> str:
    if word.isupper() and len(word) > 1:
        return spelling.upper()
    return spelling[:1].upper() + spelling[1:] if word[:1].isupper() else spelling


@cache
def _ways() -> dict[tuple[str, str], _Way]:
    file = resources.files("interparl.language") / "data" / "orthography.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    starts: list[tuple[str, str]] = table["starts"]
    found = {}
    for way in table["ways"]:
        pairs = starts if way["from"] == "ru" else [(other, one) for one, other in reversed(starts)]
        found[way["from"], way["to"]] = _Way(
            single=frozenset(way["single"]),
            v_at_end=way.get("v_at_end", ""),
            starts={start.replace("ў", "в"): spelled for start, spelled in pairs},
            longest_start=max(len(start) for start, _ in pairs),
            ends=tuple(_Choice(re.compile(f"(?:{end})$"), written) for end, written in way["ends"]),
            letters=tuple(_Choice(re.compile(letters), written) for letters, written in way["letters"]),
        )
    return found
