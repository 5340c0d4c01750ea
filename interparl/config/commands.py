"""The parser over all commands that areas have registered, `serve` and `worker`."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import Interfaces

from interparl.administration.actions import schedule
from interparl.config.demo import command as _demo  # noqa: F401  registers `interparl demo`
from interparl.config.worker import Worker
from interparl.core.days import begin_scope
from interparl.core.hooks import Command, add_command, every_command

ROOM_FOR_STATIC = 16 * 1024 * 1024


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
    add_worker(parser)


def add_worker(parser: argparse.ArgumentParser) -> None:
    """`--no-worker`: where `interparl worker` runs by itself."""
    parser.add_argument("--no-worker", action="store_true", help="without the worker, which runs as its own process")


def gather_static() -> None:
    """Gathers the static files; on a disk that is full or can only be read, those of the start before are served."""
    kept = Path(settings.STATIC_ROOT)
    is_open = os.access(kept, os.W_OK) and shutil.disk_usage(kept).free > ROOM_FOR_STATIC
    # Gathering takes the list of files away before it writes a new one.
    if (kept / "staticfiles.json").exists() and not is_open:
        print(_("The disk takes no static files. Those of the start before are served."), file=sys.stderr)
        return
    call_command("collectstatic", interactive=False, verbosity=0)


def serve(asked: argparse.Namespace) -> dict[str, Any]:
    """Gathers the static files and serves until it is stopped; raises ValidationError for a bad schedule of backups."""
    schedule()
    gather_static()
    server = Granian(
        "interparl.config.wsgi:application",
        address=asked.address,
        port=asked.port,
        interface=Interfaces.WSGI,
        workers=asked.workers,
        blocking_threads=2,
        log_access=False,
    )
    if not asked.no_worker:
        worker = Worker()
        server.on_startup(worker.start)
        server.on_shutdown(worker.stop)
    # No process that the server begins may inherit it.
    connections.close_all()
    server.serve()
    return {}


def no_arguments(_parser: argparse.ArgumentParser) -> None:
    """Nothing to say."""


def work(_asked: argparse.Namespace) -> dict[str, Any]:
    """Runs the worker until the process is told to end; raises ValidationError as `serve` does."""
    schedule()
    ends = {signal.SIGINT, signal.SIGTERM}
    # Before the thread begins, so that it never sees them.
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    worker = Worker()
    worker.start()
    signal.sigwait(ends)
    worker.stop()
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
add_command(
    Command(
        name="worker",
        help="seals the history and makes backups by the clock, beside `serve --no-worker`",
        arguments=no_arguments,
        run=work,
        write=lambda _answer: "",
    )
)
