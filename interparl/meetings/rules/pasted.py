"""A list of people as it is pasted from a letter or a table, or typed: one line, one person."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any

from interparl.language.characters import is_hidden
from interparl.language.cleaning import clean_line
from interparl.language.folding import fold

WORDS = Path(__file__).parents[1] / "data" / "list_words.toml"
MOST_LINES = 500
_MOST_BETWEEN = 2
_LINE_ENDS = re.compile("\r\n|[\r\n\u2028\u2029]")
# The signs that mark items of a list; a dash, a star, or the letters that stand for signs in Word's own typefaces only
# with room after them.
_BULLET = re.compile("[\u2022\u2023\u2043\u25e6\u25aa\u25ab\u25cf\u25cb\u25a0\u25a1\u00b7\u2219\uf0b7\uf0a7]\\s*"
                     "|[-*\u2013\u2014\u2212]\\s+|[o\u00a7]\t")  # fmt: skip
_NUMBER = re.compile(r"(?:№ ?)?(?:\(([0-9]{1,4})\)|([0-9]{1,4})[.)])(?![0-9])\s*")
_NUMBER_CELL = re.compile(r"(?:№ ?)?\(?([0-9]{1,4})[.)]?")
_DASH = " [-\u2212\u2013\u2014\u2015]+ | ?[\u2013\u2014\u2015] | [\u2013\u2014\u2015](?=\\w)"
_PARTING = re.compile(rf"{_DASH}| ?,(?! ?(?:Jr|Sr|[IV]+)\b) ?")
_CLAUSE = re.compile(rf"{_DASH}|[,;:()/]")
_LABEL = re.compile(r"([^:,]+): (.+)")
_IN_BRACKETS = re.compile(r"([^()]+) \(([^()]+)\)\.?")
_FULL_STOP = re.compile(r"(?<=\w{4})\.$")


class TooMany(ValueError):
    """A list is longer than a list of people is."""

    def __init__(self, number: int) -> None:
        super().__init__(f"{number} lines, at most {MOST_LINES}")
        self.number = number
        self.most = MOST_LINES


@dataclass(frozen=True)
class PastedPerson:
    """Somebody on a list: the line (from 1) he stands on, the number the list gives him, and the heading he is under.

    What cannot be told apart ("Chair John Smith") is kept whole as the name. In "Head: John Smith, speaker" the words
    before the colon are the heading of this one alone.
    """

    line: int
    number: int | None
    name: str
    role: str
    is_head: bool
    heading: str = ""


def pasted_people(text: str) -> list[PastedPerson]:
    """The people of a list, in its order; raises TooMany for more than 500 lines that are not blank.

    A line is "Name", "Name, role", "Name – role", "Name (role)", "role: Name", or cells parted by tabs, numbered or
    marked or not. A line that ends in a colon is the heading of all that follow; under one that names the head of a
    delegation the first is it.
    """
    lines = [(number, _visible(line)) for number, line in enumerate(_LINE_ENDS.split(text), 1)]
    written = [(number, line) for number, line in lines if line.strip()]
    if len(written) > MOST_LINES:
        raise TooMany(len(written))
    found: list[PastedPerson] = []
    heading, is_next_head = "", False
    for line_number, line in written:
        number, cells = _cells(line)
        if not any(map(str.isalpha, "".join(cells))) or _is_head_of_table(cells):
            continue
        if len(cells) == 1 and cells[0].endswith(":"):
            heading = cells[0].rstrip(": ")
            is_next_head = _says_head(heading)
            continue
        label, name, role = _parts(cells)
        is_head = is_next_head or _says_head(label) or _says_head(role) or _says_head(name, is_role=False)
        under = label if label and role else heading
        found.append(PastedPerson(line_number, number, name, role or label, is_head, under))
        is_next_head = False
    return found


def _visible(line: str) -> str:
    """The line without what cannot be seen: soft hyphens, zero-width characters, marks of direction."""
    return "".join([char for char in line if not is_hidden(char)])


def _tidy(text: str) -> str:
    # A no-break space is how Word keeps initials with the name; in a field it is a blank.
    return clean_line(re.sub(r"\s", " ", text)).rstrip(";, ")


def _cells(line: str) -> tuple[int | None, list[str]]:
    """The number in the list, and what is in the cells; empty ones are left out."""
    line = line.strip()
    found = _NUMBER.match(line) or _BULLET.match(line)
    number = _first_number(found) if found else None
    cells = [cell for cell in map(_tidy, line[found.end() if found else 0 :].split("\t")) if cell]
    if number is None and len(cells) > 1 and (in_cell := _NUMBER_CELL.fullmatch(cells[0])):
        return int(in_cell[1]), cells[1:]
    return number, cells


def _first_number(found: re.Match[str]) -> int | None:
    return next((int(group) for group in found.groups() if group), None)


def _is_head_of_table(cells: list[str]) -> bool:
    columns = _words()["table"]["columns"]
    return len(cells) > 1 and all(fold(cell) in columns or not fold(cell) for cell in cells)


def _parts(cells: list[str]) -> tuple[str, str, str]:
    """What a line says before a colon, the name, and the role."""
    if len(cells) > 1:
        return "", cells[0], ", ".join(cells[1:])
    label, line = "", cells[0]
    if labelled := _LABEL.fullmatch(line):
        label, line = labelled.groups()
    name, role = _parted(line)
    if not role and (bracketed := _IN_BRACKETS.fullmatch(name)):
        name, role = bracketed.groups()
    return label, _FULL_STOP.sub("", name), _FULL_STOP.sub("", role)


def _parted(line: str) -> tuple[str, str]:
    """Name and role at the first dash or comma outside brackets."""
    depth, seen = 0, 0
    for found in _PARTING.finditer(line):
        before = line[seen : found.start()]
        depth, seen = depth + before.count("(") - before.count(")"), found.start()
        if depth == 0 and found.start() and found.end() < len(line):
            return line[: found.start()], line[found.end() :]
    return line, ""


def _says_head(text: str, *, is_role: bool = True) -> bool:
    """Whether the words say that somebody leads the delegation: "deputy head" and "former head" do not."""
    if not text:
        return False
    if is_role and fold(text) in _words()["head"]["alone"]:
        return True
    return any(_leads(fold(clause).split()) for clause in _CLAUSE.split(text))


def _leads(words: list[str]) -> bool:
    lowered = _words()["head"]["lowered"]
    return any(
        _begins(words, start, phrase) and not (start and words[start - 1] in lowered)
        for start in range(len(words))
        for phrase in _phrases()
    )


def _begins(words: list[str], start: int, phrase: tuple[str, ...]) -> bool:
    """Whether the phrase begins at that word, up to two words of adjectives standing at its star."""
    star = phrase.index("*") if "*" in phrase else len(phrase)
    front, back = phrase[:star], phrase[star + 1 :]
    rest = start + len(front)
    if tuple(words[start:rest]) != front:
        return False
    skipped = _most_skipped(words[rest : rest + _MOST_BETWEEN]) if "*" in phrase else 0
    return any(tuple(words[at : at + len(back)]) == back for at in range(rest, rest + skipped + 1))


def _most_skipped(words: list[str]) -> int:
    """How many of the words, from the first on, may stand in the midst of a phrase."""
    between = _words()["head"]["between"]
    fitting = takewhile(lambda word: any(fnmatchcase(word, ending) for ending in between), words)
    return len(list(fitting))


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    data: dict[str, Any] = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return {part: {name: [_folded(one) for one in several] for name, several in lists.items()}
            for part, lists in data.items()}  # fmt: skip


@cache
def _phrases() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in _words()["head"]["phrases"])


def _folded(text: str) -> str:
    """Folded, with the stars left in."""
    return "*".join(fold(part) for part in text.split("*")) if " " not in text else " ".join(map(_folded, text.split()))
