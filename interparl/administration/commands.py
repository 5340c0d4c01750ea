"""`interparl user` and `interparl home`: the first account, and whose department this is."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.accounts.roles import ROLES
from interparl.core.actors import Actor
from interparl.core.days import HOME_PARLIAMENT
from interparl.core.hooks import Command, add_command
from interparl.core.models import Setting
from interparl.core.writing import change
from interparl.directory.models import Parliament


def user_arguments(parser: argparse.ArgumentParser) -> None:
    """Name, e-mail, role."""
    parser.add_argument("name", metavar="NAME", help="user name")
    parser.add_argument("email", metavar="E-MAIL")
    parser.add_argument("--role", default="member", choices=sorted(ROLES))


def make_user(asked: argparse.Namespace) -> dict[str, Any]:
    """Makes an account; the password is asked for, or read from standard input when that is no terminal."""
    if User.objects.filter(Q(username=asked.name) | Q(email__iexact=asked.email)).exists():
        raise ValidationError(_("There is an account with this user name or e-mail already."))
    password = getpass.getpass(f"{_('Password')}: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    user = User(username=asked.name, email=asked.email, role=asked.role)
    validate_password(password, user)
    user.full_clean(exclude=["password"])
    User.objects.create_user(asked.name, asked.email, password, role=asked.role)
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
