"""A start for real use refuses settings that would leave a door open: one line each, exit 2, nothing started."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from interparl.core.days import DEMONSTRATION_DAY, installation

REFUSED = 2
# The commands that serve people or work by themselves; others read and write at an administrator's hand.
STARTS = ("serve", "worker", "demo")
KEY_LENGTH, KEY_SIGNS = 50, 10
# What examples and tutorials print as a key.
KNOWN_KEYS = ("django-insecure", "changeme", "change-me", "secret", "insecure")
NEAR = ("", "localhost", "127.0.0.1", "::1")
PROTECTED = ("require", "verify-ca", "verify-full")
OTHERS, GROUP_AND_OTHERS, READ_OR_WRITE = 0o007, 0o077, 0o006


@dataclass(frozen=True)
class Start:
    """The settings with which a start is asked for, as they came out of the environment."""

    key: str
    hosts: tuple[str, ...]
    origins: tuple[str, ...]
    folder: Path
    database: dict[str, Any]
    mail: str
    single_sign_on: str
    is_debug: bool = False

    @classmethod
    def asked(cls) -> Start:
        """What the settings and the environment of this process say."""
        try:
            key = str(settings.SECRET_KEY)
        except ImproperlyConfigured:  # an empty one
            key = ""
        return cls(
            key=key,
            hosts=tuple(settings.ALLOWED_HOSTS),
            origins=tuple(settings.CSRF_TRUSTED_ORIGINS),
            folder=settings.FOLDER,
            database=dict(settings.DATABASES["default"]),
            mail=os.environ.get("INTERPARL_MAIL", ""),
            single_sign_on=os.environ.get("INTERPARL_OIDC_URL", ""),
            is_debug=settings.DEBUG,
        )


def weaknesses(start: Start) -> list[str]:
    """What is too weak for real use, one sentence each, with the setting to change; [] when nothing is."""
    return [*_of_key(start), *_of_addresses(start), *_of_folder(start), *_of_database(start), *_of_mail(start)]


def _of_key(start: Start) -> Iterator[str]:
    key = start.key
    if len(key) < KEY_LENGTH or len(set(key)) < KEY_SIGNS or key.lower().startswith(KNOWN_KEYS):
        yield (
            f"INTERPARL_SECRET_KEY: the secret key is shorter than {KEY_LENGTH} signs or easily guessed; "
            "leave it away, and one is made and kept in the data folder."
        )
    if start.is_debug:
        yield "DEBUG: pages of errors would show the insides of the program."


def _of_addresses(start: Start) -> Iterator[str]:
    named = [host for host in start.hosts if host.strip()]
    if not named or set(named) <= {"localhost", "127.0.0.1", "[::1]"}:
        yield "INTERPARL_HOSTS: no host name is given; write the names under which the server is reached."
    if any("*" in host for host in named):
        yield "INTERPARL_HOSTS: “*” answers to any name, and letters with links would carry it; write the names."
    for origin in start.origins:
        if not origin.startswith("https://") or "*" in origin:
            yield f"INTERPARL_ORIGINS: “{origin}” is no single origin that begins with https://."
    if start.single_sign_on and not start.single_sign_on.startswith("https://"):
        yield "INTERPARL_OIDC_URL: the address does not begin with https://."


def _of_folder(start: Start) -> Iterator[str]:
    if start.folder.exists() and _mode(start.folder) & OTHERS:
        yield f"INTERPARL_FOLDER: everybody on this computer may look into {start.folder}; chmod o-rwx it."
    key = start.folder / "secret_key"
    if key.exists() and _mode(key) & GROUP_AND_OTHERS:
        yield f"INTERPARL_FOLDER: others may read {key}; chmod 600 it, and make a new key by deleting it."


def _of_database(start: Start) -> Iterator[str]:
    name, host = str(start.database.get("NAME", "")), str(start.database.get("HOST", ""))
    if start.database["ENGINE"].endswith("sqlite3"):
        file = Path(name)
        is_open = file.exists() and _mode(file) & READ_OR_WRITE and _mode(file.parent) & OTHERS
        if is_open and file.parent != start.folder:
            yield f"DATABASE_URL: everybody on this computer may read or write {file}; chmod o-rwx it."
        return
    mode = start.database.get("OPTIONS", {}).get("sslmode", "")
    if host not in NEAR and not host.startswith("/") and mode not in PROTECTED:
        yield f"DATABASE_URL: {host} is reached unprotected; add ?sslmode=verify-full."


def _of_mail(start: Start) -> Iterator[str]:
    if not start.mail:
        return
    way = urlsplit(start.mail)
    if way.scheme not in ("smtps", "smtp+starttls", "smtp"):
        yield "INTERPARL_MAIL: the address begins with smtps://, smtp+starttls:// or, on this computer, smtp://."
    elif way.scheme == "smtp" and (way.hostname or "") not in NEAR:
        yield f"INTERPARL_MAIL: mail goes to {way.hostname} unprotected; write smtps:// or smtp+starttls://."


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def refuse_weak_settings(command: str = "") -> None:
    """Before anything else is started in production: prints what is weak and leaves with exit code 2."""
    if not settings.PRODUCTION:
        return
    # What is made from here on is for nobody else on this computer.
    os.umask(0o077)
    _refuse(["INTERPARL_MODE: the demonstration is not for production."] if command == "demo" else [])
    _refuse(weaknesses(Start.asked()))
    if command == "serve" and not settings.BEHIND_PROXY:
        print(
            "INTERPARL_PROXY is not 1: X-Forwarded-Proto is not believed, and what comes without TLS is sent to https.",
            file=sys.stderr,
        )


def refuse_demonstration() -> None:
    """Refuses, in production, to serve the demonstration: its passwords are printed in the documentation."""
    if settings.PRODUCTION and _is_demonstration():
        _refuse(["DATABASE_URL: this database holds the demonstration, whose passwords everybody knows."])


def _is_demonstration() -> bool:
    database = settings.DATABASES["default"]
    # Asking would make the file.
    if database["ENGINE"].endswith("sqlite3") and not Path(str(database["NAME"])).exists():
        return False
    try:
        there = "core_setting" in connection.introspection.table_names()
        return there and bool(installation().get(DEMONSTRATION_DAY))
    except DatabaseError:
        # Who cannot be reached is told of by what comes next.
        return False
    finally:
        # A server that forks must not share it; inside a transaction it is not ours to close.
        if not connection.in_atomic_block:
            connection.close()


def _refuse(found: list[str]) -> None:
    for line in found:
        print(line, file=sys.stderr)
    if found:
        sys.exit(REFUSED)
