"""What an upper area may hang on a lower one: six things, registered when the app is ready, and no seventh (design 1).

A block, a measure, a step of the change of convocation, an attention rule, an importer, a command.
"""

from __future__ import (
    annotations,
)

import argparse
from collections.abc import (
    Callable,
    Iterable,
    Mapping,
    Sequence,
)
from dataclasses import (
    dataclass,
    field,
)
from datetime import (
    date,
)
from enum import (
    StrEnum,
)
from typing import (
    Any,
    Literal,
    TypeVar,
)

from django.core.exceptions import (
    ValidationError,
)
from django.db.models import (
    QuerySet,
)

from interparl.core.blocks import (
    Block,
    Content,
    Place,
)
from interparl.core.records import (
    Record,
)
from interparl.core.rights import (
    Reader,
)
from interparl.core.tables import (
    Reading,
    Words,
)
from interparl.core.writing import (
    Planned,
)

R = TypeVar("R", bound=Record)
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Measure:
    """A number of each record for a period; `count` answers for all records with one query, as one reader may know.

    One that `is_standing` says how much there is, not that something happened: it tells of no activity. `leads_to` is
    the address of the rows behind the number of a record in a period.
    """

    model: type[Record]
    key: str
    label: Words
    count: Callable[[Sequence[int], date, date, Reader], dict[int, int]]
    is_standing: bool = False
    leads_to: Callable[[int, date, date], str] | None = None


class Becomes(StrEnum):
    """What the change of convocation makes of a record."""

    CLOSED = "closed"
    KEPT = "kept"
    LOST = "lost"
    PROPOSED = "proposed"
    DRAFTED = "drafted"


@dataclass(frozen=True)
class Effect:
    """What the change of convocation does to one record, or that it leaves it as it is.

    `ref` is the record that is named; without one `words` and `leads_to` say it. `day` is the last day that counts, or
    the first. `planned` are the rows that are written. One that is `offered` happens only when it is ticked, and is
    ticked beforehand when it `is_advised`.
    """

    becomes: Becomes
    ref: tuple[str, int] | None = None
    words: str = ""
    day: date | None = None
    leads_to: str = ""
    planned: tuple[Planned, ...] = ()
    offered: bool = False
    is_advised: bool = False

    @property
    def key(self) -> str:
        """By which a form names it."""
        return f"{self.ref[0]}.{self.ref[1]}" if self.ref else ""


@dataclass(frozen=True)
class Step:
    """A step of the change of convocation: what it does, for the page that asks and for the deed alike.

    `find` is given the keys of the convocation that ends and of the one that begins, and tells what it would do as far
    as the reader may know. `write` makes the rows of those that were offered and ticked; the rows that an effect has
    planned itself are written anyhow.
    """

    key: str
    label: Words
    find: Callable[[int, int, Reader], Sequence[Effect]]
    write: Callable[[int, int, Reader, Sequence[Effect]], Sequence[Planned]] | None = None
    order: int = 50


@dataclass(frozen=True)
class AttentionRule:
    """Something wrong or late: narrows a QuerySet by what the reader may know of, evaluated live (design 8.15).

    `leads_to` is the address where it is settled, when that is not the record's page.
    """

    key: str
    model: type[Record]
    severity: Literal["late", "soon"]
    text: Words
    narrow: Callable[[QuerySet[Any], date, Reader], QuerySet[Any]]
    permission: str = ""
    leads_to: Callable[[Any], str] | None = None


@dataclass(frozen=True)
class Importer:
    """A kind of file that can be brought in, and what reads it; of a table, the fields that columns may fill.

    `names`: in which fields records are called by name, with the kinds of these records.
    """

    kind: str
    label: Words
    plan: Callable[..., Any]
    fields: Mapping[str, Words] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Command:
    """A command of the product: its name, help, arguments and deed. `run` returns the JSON answer."""

    name: str
    help: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], dict[str, Any]]
    write: Callable[[dict[str, Any]], str]
    needs_database: bool = True


class BadAnswer(ValidationError):
    """A command found that something is wrong: its lines for people, and the whole answer for `--json`."""

    def __init__(self, lines: list[str], answer: dict[str, Any]) -> None:
        super().__init__(lines)
        self.answer = answer


_blocks: dict[str, list[Block]] = {}
_measures: dict[tuple[str, str], Measure] = {}
_steps: dict[str, Step] = {}
_attention: dict[str, AttentionRule] = {}
_importers: dict[str, Importer] = {}
_commands: dict[str, Command] = {}


def block_on(
    model: type[R],
    key: str,
    title: Words,
    *,
    place: Place = "main",
    order: int = 50,
    is_printed: bool = True,
    gap: Words = "",
) -> Callable[[Callable[[R, Reading], Content | None]], Callable[[R, Reading], Content | None]]:
    """Registers a function as a block of that record's page and of its handover file; None shows nothing."""

    def register(function: Callable[[R, Reading], Content | None]) -> Callable[[R, Reading], Content | None]:
        kept = _blocks.setdefault(model.record_kind(), [])
        kept.append(Block(key, title, place, order, function, is_printed, gap))
        kept.sort(key=lambda block: (block.order, block.key))
        return function

    return register


def blocks_of(kind: str) -> Iterable[Block]:
    """The blocks of a kind of record, in order."""
    return tuple(_blocks.get(kind, ()))


def measure_of(
    model: type[Record],
    key: str,
    label: Words,
    *,
    is_standing: bool = False,
    leads_to: Callable[[int, date, date], str] | None = None,
) -> Callable[[F], F]:
    """Registers a measure."""

    def register(count: F) -> F:
        _measures[model.record_kind(), key] = Measure(model, key, label, count, is_standing, leads_to)
        return count

    return register


def measures_of(kind: str) -> list[Measure]:
    """The measures of a kind of record."""
    return [measure for (of, _key), measure in sorted(_measures.items()) if of == kind]


def add_step(step: Step) -> None:
    """Registers a step of the change of convocation."""
    _steps[step.key] = step


def every_step() -> list[Step]:
    """All steps, in the order in which they are shown and written."""
    return sorted(_steps.values(), key=lambda step: (step.order, step.key))


def add_attention(rule: AttentionRule) -> None:
    """Registers an attention rule."""
    _attention[rule.key] = rule


def every_attention() -> list[AttentionRule]:
    """All attention rules: of what is late, then of what is soon, each by key."""
    return sorted(_attention.values(), key=lambda rule: (rule.severity, rule.key))


def add_importer(importer: Importer) -> None:
    """Registers an importer."""
    _importers[importer.kind] = importer


def every_importer() -> dict[str, Importer]:
    """All importers by kind of file."""
    return dict(_importers)


def add_command(command: Command) -> None:
    """Registers a command."""
    _commands[command.name] = command


def every_command() -> dict[str, Command]:
    """All commands by name."""
    return dict(_commands)
