"""`interparl demo`: the demonstration set and a server."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from time import monotonic
from typing import Any

from interparl.accounts.roles import ROLES
from interparl.config.demo.loading import ACCOUNTS, PASSWORD, STANDS_ON, load_demo
from interparl.core.hooks import Command, add_command, every_command


def arguments(parser: argparse.ArgumentParser) -> None:
    """On which day it stands, whether to serve afterwards, and where."""
    parser.add_argument("--load-only", action="store_true", help="load the set and leave")
    parser.add_argument("--day", type=date.fromisoformat, default=date.fromisoformat(STANDS_ON), help="where it stands")
    parser.add_argument("--address", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--no-worker", action="store_true")


def run(asked: argparse.Namespace) -> dict[str, Any]:
    """Loads the set once, prints the accounts, and serves unless told not to."""
    began = monotonic()
    counts = load_demo(asked.day.isoformat())
    answer: dict[str, Any] = {
        "loaded": counts,
        "seconds": round(monotonic() - began, 1),
        "accounts": [{"name": name, "role": role, "password": PASSWORD} for name, _full, role in ACCOUNTS],
    }
    if asked.load_only:
        return answer
    print(write(answer), file=sys.stderr)
    print(f"http://localhost:{asked.port}", file=sys.stderr, flush=True)
    return every_command()["serve"].run(asked)


def write(answer: dict[str, Any]) -> str:
    """How much was loaded and who may sign in."""
    if "accounts" not in answer:
        return ""
    total = sum(answer["loaded"].values())
    head = f"Loaded {total} records in {answer['seconds']} s." if total else "The demonstration set is there already."
    rows = [f"  {one['name']:<14} {one['password']:<20} {ROLES[one['role']].title}" for one in answer["accounts"]]
    return "\n".join([head, "Sign in at /desk/ as:", *rows, "The public page needs no sign-in."])


add_command(Command("demo", "the demonstration set, and a server on http://localhost:8000", arguments, run, write))
