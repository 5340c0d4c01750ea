"""What somebody handed in, kept between the steps of bringing it in: for him alone, in the data folder, for a day."""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from interparl.accounts.models import User

LASTS = timedelta(days=1)
# So many wait for one user; who hands in more gives up the oldest.
MOST_OF_ONE = 5
_KEY = re.compile(r"[A-Za-z0-9_-]{32}")


@dataclass(frozen=True)
class Handed:
    """What was handed in, and what was said of it: the kind, the name, the day and what it is about."""

    key: str
    data: bytes
    about: Mapping[str, str] = field(default_factory=dict)


def hold(user: User, data: bytes, about: Mapping[str, str]) -> str:
    """Keeps the bytes for this user and returns the key that nobody guesses; what is too old goes on the way."""
    key, folder = secrets.token_urlsafe(24), _folder(user)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in _by_age(folder)[: -(MOST_OF_ONE - 1)]:
        _remove(folder, old)
    try:
        _write(folder / f"{key}.data", data)
        _write(folder / f"{key}.json", json.dumps(dict(about)).encode())
    except OSError:
        _remove(folder, key)
        raise
    return key


def handed(user: User, key: str) -> Handed | None:
    """What this user handed in under the key; None for a foreign, used or old one."""
    if not _KEY.fullmatch(key):
        return None
    folder = _folder(user)
    try:
        if _age(folder / f"{key}.json") > LASTS:
            _remove(folder, key)
            return None
        about = json.loads((folder / f"{key}.json").read_bytes())
        return Handed(key, (folder / f"{key}.data").read_bytes(), {str(name): str(one) for name, one in about.items()})
    except (OSError, ValueError):
        return None


def give_up(user: User, key: str) -> None:
    """Removes what was used or is not wanted any more."""
    if _KEY.fullmatch(key):
        _remove(_folder(user), key)


def give_up_old() -> None:
    """Removes what lies longer than a day, whosever it is."""
    with suppress(OSError):
        for folder in _root().iterdir():
            for key in _by_age(folder):
                with suppress(OSError):
                    if _age(_any_of(folder, key)) > LASTS:
                        _remove(folder, key)


def _root() -> Path:
    return Path(settings.FOLDER) / "uploads"


def _folder(user: User) -> Path:
    return _root() / str(user.pk)


def _age(file: Path) -> timedelta:
    """By the clock of the machine, which also dates the files."""
    return datetime.now().astimezone() - datetime.fromtimestamp(file.stat().st_mtime).astimezone()


def _any_of(folder: Path, key: str) -> Path:
    told = folder / f"{key}.json"
    return told if told.exists() else folder / f"{key}.data"


def _by_age(folder: Path) -> list[str]:
    """The keys of all that lies there, the oldest first."""
    return [key for _at, key in sorted(_dated(folder))]


def _dated(folder: Path) -> Iterator[tuple[float, str]]:
    with suppress(OSError):
        for key in {file.stem for file in folder.iterdir()}:
            with suppress(OSError):
                yield _any_of(folder, key).stat().st_mtime, key


def _write(file: Path, data: bytes) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(data)


def _remove(folder: Path, key: str) -> None:
    for ending in ("json", "data"):
        with suppress(OSError):
            (folder / f"{key}.{ending}").unlink(missing_ok=True)
