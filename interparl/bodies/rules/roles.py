"""The words that lists use for roles."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parents[1] / "data" / "role_words.toml"
MEMBER = "member"


@cache
def _patterns() -> tuple[tuple[str, str], ...]:
    data = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return tuple((pattern.casefold(), role) for role, patterns in data.items() for pattern in patterns)


def role_of(words: str) -> tuple[str, bool]:
    """The role that the words of a list name, and whether they say just this: else they are worth keeping beside it.

    No words are a plain member; words that are not known are a member with a remark.
    """
    text = " ".join(words.casefold().split())
    if not text:
        return MEMBER, True
    if any(text == role for _pattern, role in _patterns()):
        return text, True
    for pattern, role in _patterns():
        if fnmatchcase(text, pattern):
            return role, _says_just(text.split(), pattern.split())
    return MEMBER, False


def _says_just(words: list[str], pattern: list[str]) -> bool:
    """Whether the words are those of the pattern, each with whatever ending, and no further ones."""
    return len(words) == len(pattern) and "*" not in pattern
