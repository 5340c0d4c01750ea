"""The parser over all commands that areas have registered, and `serve`."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management import call_command
from granian import Granian
from granian.constants import Interfaces

from interparl.config.demo import command as _demo  # noqa: F401  registers `interparl demo`
from interparl.config.worker import Worker
from interparl.core.days import begin_scope
from interparl.core.hooks import Command, add_command, every_command


def parser_of() -> tuple[argparse.ArgumentParser, dict[str, Command]]:
    """The parser, and the commands by name."""
    parser = argparse.ArgumentParser(
        prog="interparl", description="The system of a parliament's international department."
    )
    parts = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands = every_command()
    for name, command in sorted(commands.items()):
        one = parts.add_parser(name, help=command.help, description=command.help)
        one.add_argument("--json", action="store_true", help="one JSON object on standard output")
        command.arguments(one)
    parts.add_parser("manage", help="passes the rest to Django")
    begin_scope()
    return parser, commands


def serve_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--address", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    parser.add_argument("--workers", type=int, default=1, help="processes (1)")


def serve(asked: argparse.Namespace) -> dict[str, Any]:
    """Gathers the static files and serves until it is stopped."""
    call_command("collectstatic", interactive=False, verbosity=0)
    server = Granian(
        "interparl.config.wsgi:application",
        address=asked.address,
        port=asked.port,
        interface=Interfaces.WSGI,
        workers=asked.workers,
        blocking_threads=2,
        log_access=False,
    )
    worker = Worker()
    server.on_startup(worker.start)
    server.on_shutdown(worker.stop)
    server.serve()
    return {}


add_command(
    Command(
        name="serve",
        help="the web server",
        arguments=serve_arguments,
        run=serve,
        write=lambda _answer: "",
    )
)
