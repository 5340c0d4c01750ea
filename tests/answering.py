"""Run as a program: loads the demonstration set into the database of DATABASE_URL and answers the hundred questions."""

from __future__ import annotations

import json
import sys
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from interparl.accounts.models import User  # noqa: E402
from interparl.config.commands import parser_of  # noqa: E402
from interparl.config.demo import load_demo  # noqa: E402
from tests.hundred import asked  # noqa: E402


def answers() -> list[Any]:
    """The answers in order; ids stay in them, for both databases give them in the same order."""
    call_command("migrate", verbosity=0)
    load_demo()
    parser, commands = parser_of()
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(username="officer"))
    found: list[Any] = []
    for question in asked():
        if question[0] == "list":
            client.cookies["language"] = question[2]
            answer = client.get(f"{question[1]}&format=json")
            found.append([answer.status_code, json.loads(answer.content)])
        else:
            found.append(commands[question[0]].run(parser.parse_args(list(question))))
    return found


if __name__ == "__main__":
    json.dump(answers(), sys.stdout, ensure_ascii=False)
