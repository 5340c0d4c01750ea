"""`interparl composition BODY --on DAY`."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from interparl.bodies.blocks import accepted_on, composition
from interparl.bodies.models import Body, Membership
from interparl.core.command_parts import (
    add_reader,
    day_from,
    identifiers_of,
    language_from,
    named_record,
    reader_from,
)
from interparl.core.hooks import Command, add_command
from interparl.core.tables import Reading, Table
from interparl.core.translated import text_in
from interparl.directory.blocks.places import chamber_members
from interparl.directory.models import Chamber, Mandate


def arguments(parser: argparse.ArgumentParser) -> None:
    """The body or chamber, the day, the reader."""
    parser.add_argument("body", metavar="BODY", help="scheme:value of an id, code, or exact name")
    parser.add_argument("--on", default="", metavar="DAY", help="the day (today)")
    parser.add_argument("--lang", default="en", help="language of names")
    add_reader(parser)


def run(asked: argparse.Namespace) -> dict[str, Any]:
    """Who sat in the body, or in the chamber of that name, on the day, in the shape that the design fixes."""
    with override(language_from(asked.lang)):
        reading = Reading(user=reader_from(asked.reader), language=asked.lang, day=day_from(asked.on))
        found = _body_or_chamber(asked.body, reading)
        table: Table[Any] = composition(found, reading) if isinstance(found, Body) else chamber_members(found, reading)
        known = identifiers_of("directory.person", [one.person_id for one in table.rows])
        return {
            "body": found.code,
            "name": text_in(found.name, asked.lang),
            "on": reading.day.isoformat(),
            "members": [
                {
                    "person": reading.name("directory.person", one.person_id),
                    "id": one.person_id,
                    **(_seated(one, reading) if isinstance(one, Membership) else _mandated(one, reading)),
                    "since": one.since or None,
                    "until": one.until or None,
                    "approximate": one.holds_on(reading.day) == "approximate",
                    "identifiers": known.get(one.person_id, {}),
                }
                for one in table.rows
            ],
        }


def _body_or_chamber(text: str, reading: Reading) -> Body | Chamber:
    """The body of that name, else the chamber; raises ValidationError with the reason for bodies."""
    try:
        found = named_record(Body, text, reading.user)
    except ValidationError as no_body:
        try:
            found = named_record(Chamber, text, reading.user)
        except ValidationError:
            raise no_body from None
    if not isinstance(found, Body | Chamber):
        raise ValidationError(_("No body is called “%(text)s”.") % {"text": text})
    return found


def _seated(one: Membership, reading: Reading) -> dict[str, Any]:
    """What a membership says of role, seat, decision and acceptance."""
    return {
        "role": one.role,
        "seat": text_in(one.seat.title, reading.language) if one.seat else None,
        "substitute": one.is_substitute,
        "decision": decision.number if (decision := reading.seen(one.decision)) else None,
        "accepted_on": accepted_on(one, reading.day) or None,
    }


def _mandated(one: Mandate, reading: Reading) -> dict[str, Any]:
    """A member of a chamber has a constituency for a seat, and nobody accepts it."""
    place = text_in(one.constituency.name, reading.language) if one.constituency else None
    return {"role": "member", "seat": place, "substitute": False, "decision": None, "accepted_on": None}


def write(answer: dict[str, Any]) -> str:
    """The composition as lines."""
    head = f"{answer['name']}, {answer['on']}: {len(answer['members'])}"
    rows = [f"  {one['role']:<12} {one['person']}" for one in answer["members"]]
    return "\n".join([head, *rows])


add_command(Command("composition", "who sat in a body or chamber on a day", arguments, run, write))
