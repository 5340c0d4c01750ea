"""What an upper area may hang on a lower one: six things, registered when the app is ready, and no seventh (design 1).

A block, a measure, a step of the change of convocation, an attention rule, an importer, a command.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from interparl.core.actors import Actor
from interparl.core.blocks import Block, Content
from interparl.core.records import Record
from interparl.core.rights import Reader
from interparl.core.tables import Reading, Words

R = TypeVar("R", bound=Record)
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Measure:
    """A number of each record for a period; `count` answers for all records with one query, as one reader may know."""

    model: type[Record]
    key: str
    label: Words
    count: Callable[[Sequence[int], date, date, Reader], dict[int, int]]


@dataclass(frozen=True)
class Step:
    """A step of the change of convocation: what it would do, and doing it."""

    key: str
    label: Words
    preview: Callable[[int, int], Sequence[str]]
    apply: Callable[[int, int, Actor], int]


@dataclass(frozen=True)
class AttentionRule:
    """Something wrong or late: narrows a QuerySet by what the reader may know of, evaluated live (design 8.15)."""

    key: str
    model: type[Record]
    severity: Literal["late", "soon"]
    text: Words
    narrow: Callable[[QuerySet[Any], date, Reader], QuerySet[Any]]
    permission: str = ""


@dataclass(frozen=True)
class Importer:
    """A kind of file that can be brought in, and what reads it."""

    kind: str
    label: Words
    plan: Callable[..., Any]


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
    model: type[R], key: str, title: Words, *, place: Literal["main", "side", "top"] = "main", order: int = 50
) -> Callable[[Callable[[R, Reading], Content | None]], Callable[[R, Reading], Content | None]]:
    """Registers a function as a block of that record's page; None shows nothing."""

    def register(function: Callable[[R, Reading], Content | None]) -> Callable[[R, Reading], Content | None]:
        kept = _blocks.setdefault(model.record_kind(), [])
        kept.append(Block(key, title, place, order, function))
        kept.sort(key=lambda block: (block.order, block.key))
        return function

    return register


def blocks_of(kind: str) -> Iterable[Block]:
    """The blocks of a kind of record, in order."""
    return tuple(_blocks.get(kind, ()))


def measure_of(model: type[Record], key: str, label: Words) -> Callable[[F], F]:
    """Registers a measure."""

    def register(count: F) -> F:
        _measures[model.record_kind(), key] = Measure(model, key, label, count)
        return count

    return register


def measures_of(kind: str) -> list[Measure]:
    """The measures of a kind of record."""
    return [measure for (of, _key), measure in sorted(_measures.items()) if of == kind]


def add_step(step: Step) -> None:
    """Registers a step of the change of convocation."""
    _steps[step.key] = step


def every_step() -> list[Step]:
    """All steps, in the order of the areas."""
    return list(_steps.values())


def add_attention(rule: AttentionRule) -> None:
    """Registers an attention rule."""
    _attention[rule.key] = rule


def every_attention() -> list[AttentionRule]:
    """All attention rules by key."""
    return [_attention[key] for key in sorted(_attention)]


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
