"""Patronymics: of a father's name by the rules of a language, and the father's name found again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_PATTERN = re.compile(r"[\[\](){}|]")


@dataclass(frozen=True)
class Patronymic:
    """A son's and a daughter's form."""

    son: str
    daughter: str

    def of(self, *, female: bool) -> str:
        """The daughter's or the son's form."""
        return self.daughter if female else self.son


def in_pairs(forms: Sequence[str]) -> tuple[Patronymic, ...]:
    """Forms listed as son's, daughter's, son's, daughter's; a last son's form without a daughter's serves for both."""
    return tuple(
        Patronymic(forms[place], forms[place + 1] if place + 1 < len(forms) else forms[place])
        for place in range(0, len(forms), 2)
    )


def made_of(father: str, rules: Iterable[Sequence[str]]) -> tuple[Patronymic, ...]:
    """The patronymics by the first rule whose end fits the father's name, the usual one first."""
    for end, *forms in rules:
        found = re.search(f"{end}$", father)
        if found:
            return in_pairs([father[: found.start()] + found.expand(form) for form in forms])
    return ()


def fathers_of(patronymic: str, rules: Iterable[Sequence[str]]) -> list[tuple[str, bool]]:
    """Names of which the rules make the patronymic, the likeliest first, and whether it is a daughter's."""
    found = []
    for end, *forms in rules:
        group, _, rest = end.rpartition(")")
        if _PATTERN.search(rest) or (not group and end != rest):
            continue
        for place, form in enumerate(forms):
            ending = form.replace("\\1", f"{group})" if group else "")
            fits = re.search(f"{ending}$", patronymic)
            if fits and fits.start() > 1 and (not group or form.startswith("\\1")):
                found.append((patronymic[: fits.start()] + (fits.group(1) if group else "") + rest, place % 2 == 1))
    return found
