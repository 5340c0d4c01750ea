"""What somebody does in an event, by the words of a list: the heading he stands under, and his role."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from interparl.language.folding import fold

WORDS = Path(__file__).parents[1] / "data" / "function_words.toml"
HEAD, MEMBER = "head", "member"


def function_of(heading: str, role: str, *, is_head: bool = False) -> str:
    """The function that a heading or a role names; a member where they name none.

    Who leads by the list leads; a role that says it in so many words comes before the heading.
    """
    if is_head:
        return HEAD
    folded = fold(role)
    for function, words in _words()["roles"].items():
        if any(folded == word or folded.startswith(f"{word} ") for word in words):
            return function
    under = f" {fold(heading)}"
    return next(
        (name for name, words in _words()["headings"].items() if any(f" {word}" in under for word in words)), MEMBER
    )


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    data = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return {
        part: {name: [fold(word) for word in words] for name, words in several.items()}
        for part, several in data.items()
    }
