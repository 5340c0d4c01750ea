"""`interparl facts --lang en --on DAY`."""

from __future__ import annotations

import argparse
from typing import Any

from django.utils.translation import override

from interparl.core.command_parts import add_reader, day_from, language_from, reader_from
from interparl.core.hooks import Command, add_command
from interparl.portal.measures import facts_on


def arguments(parser: argparse.ArgumentParser) -> None:
    """The language, the day, the reader."""
    parser.add_argument("--lang", default="en", help="language of names and sentences")
    parser.add_argument("--on", default="", metavar="DAY", help="the day (today)")
    add_reader(parser)


def run(asked: argparse.Namespace) -> dict[str, Any]:
    """The counts and sentences of the public page."""
    with override(language_from(asked.lang)):
        return facts_on(day_from(asked.on), reader_from(asked.reader), asked.lang).as_data()


def write(answer: dict[str, Any]) -> str:
    """The sentences."""
    return "\n".join([answer["on"], *answer["sentences"]])


add_command(Command("facts", "the counts and sentences of the public page", arguments, run, write))
