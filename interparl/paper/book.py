"""What is printed, as values: a book of chapters of sections, each with the content of a block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from interparl.core.blocks import Content
from interparl.core.tables import Words


@dataclass(frozen=True)
class Lines:
    """Sentences one below the other."""

    lines: Sequence[Words]
    kind: str = field(default="lines", init=False)


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it; `at_a_glance` prints facts as a row of large values.

    What `is_minor` goes on below the section before it: its heading has no rule of its own.
    """

    title: Words
    content: Content | Lines
    at_a_glance: bool = False
    is_minor: bool = False


@dataclass(frozen=True)
class Chapter:
    """A part of a book that begins on a new page, when there are several."""

    title: str
    sections: Sequence[Section]


@dataclass(frozen=True)
class Book:
    """A book about a record as of a day, in a language.

    `name` is the record's, `what` says which kind of book it is. `mark` is the highest of what is in it, `grade` the
    lowest; both are printed on each page in words. `foot` stands at the foot of each page after them. `instead` has
    other forms of names, by name: they are printed where a name has signs that no font has. `size` is that of the
    sheets of a Word file. What `is_dense` is set small with narrow margins: a list of two weeks stands on one page.
    `also` is the name in other languages, each with its language. `dated` says which day it is of, where that is not
    the day as of which it was read. `shares` are those of the width of every table, where all have the same columns;
    a row that says nothing in the first of them goes on from the row before.
    """

    name: str
    what: Words
    language: str
    day: date
    mark: str
    grade: str
    chapters: Sequence[Chapter]
    foot: Sequence[Words] = ()
    instead: Mapping[str, str] = field(default_factory=dict)
    size: Literal["a4", "a6"] = "a4"
    is_dense: bool = False
    also: Sequence[tuple[str, str]] = ()
    dated: str = ""
    shares: Sequence[int] = ()
