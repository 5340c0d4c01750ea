"""`interparl user`, `home`, `seal`, `check-audit`, `attention`: accounts, whose department, history, what is late."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from interparl.accounts.models import User
from interparl.accounts.roles import ROLES
from interparl.administration.actions.accounts import add_user
from interparl.administration.attention import attention_items
from interparl.core.actors import Actor
from interparl.core.command_parts import add_reader, day_from, language_from, reader_from
from interparl.core.days import HOME_PARLIAMENT, now
from interparl.core.hooks import BadAnswer, Command, add_command
from interparl.core.models import Setting
from interparl.core.sealing import Finding, counts, findings, last_seal, seal
from interparl.core.tables import Reading
from interparl.core.writing import change
from interparl.directory.models import Parliament


def user_arguments(parser: argparse.ArgumentParser) -> None:
    """Name, e-mail, role."""
    parser.add_argument("name", metavar="NAME", help="user name")
    parser.add_argument("email", metavar="E-MAIL")
    parser.add_argument("--role", default="member", choices=sorted(ROLES))


def make_user(asked: argparse.Namespace) -> dict[str, Any]:
    """Makes an account; the password is asked for, or read from standard input when that is no terminal."""
    password = getpass.getpass(f"{_('Password')}: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    validate_password(password, User(username=asked.name, email=asked.email, role=asked.role))
    with transaction.atomic():
        user = add_user(username=asked.name, email=asked.email, role=asked.role, by=Actor.command("user"))
        user.set_password(password)
        user.save(update_fields=["password"])
    return {"user": asked.name, "role": asked.role}


def home_arguments(parser: argparse.ArgumentParser) -> None:
    """The code of the parliament."""
    parser.add_argument("code", metavar="CODE", help="code of a parliament in the register, as BY")


def set_home(asked: argparse.Namespace) -> dict[str, Any]:
    """Says which parliament is ours; raises ValidationError when the register has no such code."""
    if not Parliament.objects.filter(code=asked.code).exists():
        raise ValidationError(_("The register has no parliament with the code “%(text)s”.") % {"text": asked.code})
    kept = Setting.objects.filter(key=HOME_PARLIAMENT).first() or Setting(key=HOME_PARLIAMENT)
    with change(kept, by=Actor.command("home")) as held:
        held.value = asked.code
    return {"home_parliament": asked.code}


add_command(
    Command("user", "makes an account", user_arguments, make_user, lambda answer: f"{answer['user']}: {answer['role']}")
)
add_command(
    Command(
        "home", "says which parliament is ours", home_arguments, set_home, lambda answer: str(answer["home_parliament"])
    )
)


def no_arguments(_parser: argparse.ArgumentParser) -> None:
    """Nothing to say."""


def seal_now(_asked: argparse.Namespace) -> dict[str, Any]:
    """Seals what has no seal yet, as the worker does each minute."""
    made = seal(now())
    return {"sealed": made is not None, "last": _last()}


def check_audit(_asked: argparse.Namespace) -> dict[str, Any]:
    """Reads the whole history and its seals; raises Broken naming what does not agree, each in a line."""
    found = findings()
    answer = {**counts(), "last": _last(), "findings": [asdict(one) for one in found]}
    if found:
        raise Broken(found, answer)
    return answer


def _last() -> dict[str, Any] | None:
    last = last_seal()
    return {"number": last.number, "at": last.at.isoformat(), "hash": last.hash} if last else None


class Broken(BadAnswer):
    """The history does not agree with its seals."""

    def __init__(self, found: Sequence[Finding], answer: dict[str, Any]) -> None:
        super().__init__([str(one) for one in found], answer)


def in_words(answer: dict[str, Any]) -> str:
    """How much is sealed, and the last hash, which belongs kept at another place."""
    head = _("The history is whole: %(entries)s entries, %(sealed)s of them under %(seals)s seals.") % answer
    if answer["last"] is None:
        return head
    return "\n".join([head, _("The last seal: %(number)s of %(at)s") % answer["last"], answer["last"]["hash"]])


add_command(
    Command(
        "seal", "seals the history now", no_arguments, seal_now, lambda answer: (answer["last"] or {}).get("hash", "")
    )
)
add_command(Command("check-audit", "verifies the sealed history", no_arguments, check_audit, in_words))


def attention_arguments(parser: argparse.ArgumentParser) -> None:
    """The reader, the day, the language."""
    parser.add_argument("--on", default="", metavar="DAY", help="the day (today)")
    parser.add_argument("--lang", default="en", help="language of names and sentences")
    add_reader(parser)


def attention(asked: argparse.Namespace) -> dict[str, Any]:
    """What needs attention, as this reader may know of it, in the shape that the design fixes."""
    with override(language_from(asked.lang)):
        reading = Reading(user=reader_from(asked.reader), language=asked.lang, day=day_from(asked.on))
        return {
            "on": reading.day.isoformat(),
            "items": [
                {
                    "rule": one.rule.key,
                    "severity": one.rule.severity,
                    "record": f"{one.ref[0]}:{one.ref[1]}",
                    "label": one.name,
                    "text": one.text,
                }
                for one in attention_items(reading)
            ],
        }


def write_attention(answer: dict[str, Any]) -> str:
    """The items as lines."""
    head = f"{answer['on']}: {len(answer['items'])}"
    return "\n".join([head, *(f"  {one['severity']:<5} {one['text']}" for one in answer["items"])])


add_command(Command("attention", "what needs attention", attention_arguments, attention, write_attention))
