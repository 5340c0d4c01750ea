"""The `interparl` command: each area's commands, one JSON object with `--json`, exit 0, or 2 with one clear line."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unicodedata import category

import django
from django.core.exceptions import ValidationError
from django.core.management import call_command, execute_from_command_line
from django.db import DatabaseError

from interparl.config.production import STARTS, refuse_demonstration, refuse_weak_settings
from interparl.config.unwritable import cause_of

BAD_INPUT = 2
# Controls, halves of pairs, ends of lines and of paragraphs; and signs that turn the writing around.
_UNPRINTABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command and leaves with its exit code; who stops reading (`| head`) is no error."""
    try:
        code = run(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:
        # The folder or the key could not be made, before there was any command.
        print(_line(error), file=sys.stderr)
        code = BAD_INPUT
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Runs the command; the exit code: 0, or 2 when the input was bad and nothing was written."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interparl.config.settings")
    _choose_database(arguments)
    starts = bool(arguments) and arguments[0] in STARTS
    if starts:
        refuse_weak_settings(arguments[0])
    if arguments[:1] == ["manage"]:
        execute_from_command_line(["interparl manage", *arguments[1:]])
        return 0
    django.setup()
    if starts:
        refuse_demonstration()
    # Commands register themselves when the areas are ready, so they are known only now.
    from interparl.config.commands import parser_of  # noqa: PLC0415
    from interparl.core.hooks import BadAnswer  # noqa: PLC0415

    parser, commands = parser_of()
    try:
        asked = parser.parse_args(arguments)
    except SystemExit as leaving:
        return int(leaving.code or 0)
    command = commands[asked.command]
    try:
        if command.needs_database:
            _prepare_database()
        answer = command.run(asked)
    except ValidationError as error:
        if asked.json and isinstance(error, BadAnswer):
            print(json.dumps(error.answer, ensure_ascii=False, indent=2))
        words = _printable("; ".join(error.messages)).split(" ")
        print(" ".join(filter(None, words)), file=sys.stderr)
        return BAD_INPUT
    except (OSError, DatabaseError) as error:
        print(_line(error), file=sys.stderr)
        return BAD_INPUT
    _print(answer, asked, command)
    return 0


def _line(error: OSError | DatabaseError) -> str:
    cause = cause_of(error)
    return f"{type(error).__name__}: {error}" if cause is None else str(cause.line)


def _print(answer: dict[str, Any], asked: argparse.Namespace, command: Any) -> None:
    if asked.json:
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    elif text := command.write(answer):
        print("\n".join(_printable(line) for line in text.split("\n")))


def _printable(text: str) -> str:
    """A line without signs that move the cursor, turn the writing or cannot be printed: it may quote a foreign file."""
    if text.isprintable():
        return text
    return "".join(" " if sign in _TURNING or category(sign) in _UNPRINTABLE else sign for sign in text)


def _choose_database(arguments: list[str]) -> None:
    """`--database URL|PATH` anywhere among the arguments decides before the settings are read."""
    for position, word in enumerate(arguments):
        if word == "--database" and position + 1 < len(arguments):
            value = arguments[position + 1]
            del arguments[position : position + 2]
        elif word.startswith("--database="):
            value = word.removeprefix("--database=")
            del arguments[position]
        else:
            continue
        os.environ["DATABASE_URL"] = value if "://" in value else f"sqlite:///{Path(value).resolve()}"
        return


def _prepare_database() -> None:
    """Makes the folder of an SQLite file that is not there, and brings the tables up to date."""
    settings = django.db.connection.settings_dict
    if settings["ENGINE"].endswith("sqlite3"):
        Path(settings["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
