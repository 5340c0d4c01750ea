"""`interparl composition BODY --on DAY`."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from interparl.bodies.blocks import accepted_on, composition
from interparl.bodies.models import Body
from interparl.core.command_parts import add_reader, day_from, language_from, named_record, reader_from
from interparl.core.hooks import Command, add_command
from interparl.core.tables import Reading
from interparl.core.translated import text_in


def arguments(parser: argparse.ArgumentParser) -> None:
    """The body, the day, the reader."""
    parser.add_argument("body", metavar="BODY", help="scheme:value of an id, code, or exact name")
    parser.add_argument("--on", default="", metavar="DAY", help="the day (today)")
    parser.add_argument("--lang", default="en", help="language of names")
    add_reader(parser)


def run(asked: argparse.Namespace) -> dict[str, Any]:
    """Who sat in the body on the day, in the shape that the design fixes."""
    with override(language_from(asked.lang)):
        reading = Reading(user=reader_from(asked.reader), language=asked.lang, day=day_from(asked.on))
        body = named_record(Body, asked.body, reading.user)
        if not isinstance(body, Body):
            raise ValidationError(_("No body is called “%(text)s”.") % {"text": asked.body})
        table = composition(body, reading)
        return {
            "body": body.code,
            "name": text_in(body.name, asked.lang),
            "on": reading.day.isoformat(),
            "members": [
                {
                    "person": reading.name("directory.person", one.person_id),
                    "id": one.person_id,
                    "role": one.role,
                    "seat": text_in(one.seat.title, asked.lang) if one.seat else None,
                    "substitute": one.is_substitute,
                    "since": one.since or None,
                    "until": one.until or None,
                    "decision": one.decision.number if one.decision else None,
                    "accepted_on": accepted_on(one, reading.day) or None,
                    "approximate": one.holds_on(reading.day) == "approximate",
                }
                for one in table.rows
            ],
        }


def write(answer: dict[str, Any]) -> str:
    """The composition as lines."""
    head = f"{answer['name']}, {answer['on']}: {len(answer['members'])}"
    rows = [f"  {one['role']:<12} {one['person']}" for one in answer["members"]]
    return "\n".join([head, *rows])


add_command(Command("composition", "who sat in a body on a day", arguments, run, write))
