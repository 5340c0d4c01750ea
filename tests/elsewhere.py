"""Another database in the place of the one that the tests share, for as long as a block lasts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dj_database_url
import pytest
from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from django.db.utils import ConnectionHandler

from interparl.config.command_line import run
from interparl.core.days import forget_kept
from interparl.core.removing import remove
from interparl.core.writing import change
from tests import makers, tables

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
# Each installation has its own; no backup holds them.
NOT_KEPT = ("django_migrations", "django_session", "usersessions_usersession", "interparl_cache")


@contextmanager
def database(url: str | Path) -> Iterator[None]:
    """Models, commands and `connection` speak to this database, in this thread."""
    address = f"sqlite:///{url}" if isinstance(url, Path) else url
    found: Any = dj_database_url.parse(address)
    if isinstance(url, Path):
        found["OPTIONS"] = SQLITE_OPTIONS
    ours, theirs = connections["default"], ConnectionHandler({"default": found})["default"]
    connections["default"] = theirs
    forget_all()
    try:
        yield
    finally:
        theirs.close()
        connections["default"] = ours
        forget_all()


def forget_all() -> None:
    """Drops what is remembered of one database."""
    ContentType.objects.clear_cache()
    forget_kept()


def empty_file(path: Path) -> Path:
    """A new SQLite file with the tables of now."""
    return tables.copied(path)


def filled_file(path: Path) -> Path:
    """An SQLite file with values of each kind, a key given out and gone, and a session, which no backup takes along."""
    with database(empty_file(path)):
        _fill()
    return path


def _fill() -> None:
    user = makers.a_user()
    membership = makers.a_membership()
    with change(membership, by=user, note="“why”, 1½ – Ё") as held:
        held.grade = "likely"
    remove(makers.a_source(), by=makers.BY)
    Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": "x", "used_mask": 0})
    SessionStore().create()


def dumped(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of an SQLite file that a backup keeps, read by nothing of ours."""
    read = sqlite3.connect(path)
    try:
        names = [row[0] for row in read.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        kept = [name for name in names if name not in NOT_KEPT]
        return {name: sorted(map(_plain, read.execute(f'SELECT * FROM "{name}"')), key=repr) for name in kept}  # noqa: S608
    finally:
        read.close()


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The order of keys in JSON says nothing."""
    return tuple(
        json.dumps(json.loads(value), sort_keys=True) if isinstance(value, str) and value[:1] in ("{", "[") else value
        for value in row
    )


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any, str]:
    """Exit code, JSON and messages of a command."""
    code = run([*words, "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out or "null"), err
