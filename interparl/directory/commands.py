"""`interparl find "WORDS"`."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from interparl.core.command_parts import add_reader, language_from, reader_from
from interparl.core.finding import find
from interparl.core.hooks import Command, add_command
from interparl.core.pages import every_record_pages


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words, the kind, the reader."""
    parser.add_argument("words", metavar="WORDS")
    parser.add_argument("--kind", default="", metavar="K", help="only this kind: person, country, body, ...")
    parser.add_argument("--lang", default="en", help="language of names")
    add_reader(parser)


def run(asked: argparse.Namespace) -> dict[str, Any]:
    """What is called so, best first, in the shape that the design fixes."""
    kinds = [
        kind
        for kind, pages in every_record_pages.items()
        if pages.model.labelled and asked.kind in ("", kind, kind.partition(".")[2])
    ]
    if not kinds:
        raise ValidationError(_("There is no kind “%(text)s” here.") % {"text": asked.kind})
    found = find(asked.words, reader_from(asked.reader), language_from(asked.lang), kinds=kinds)
    return {
        "query": asked.words,
        "results": [
            {
                "kind": one.kind.partition(".")[2],
                "id": one.key,
                "label": one.label,
                "matched": one.label,
                "score": one.score,
            }
            for one in found
        ],
    }


def write(answer: dict[str, Any]) -> str:
    """A line for each result."""
    return "\n".join(f"{one['kind']:<14} {one['id']:>7}  {one['label']}" for one in answer["results"])


add_command(Command("find", "search by name", arguments, run, write))
