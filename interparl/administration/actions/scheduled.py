"""Backups by the clock: made when due, old ones taken away, a failure kept until the next one succeeds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from interparl.administration.actions.backups import BrokenOff, Made, Watch, make_backup, never, not_written
from interparl.administration.actions.retention import Keep, Schedule, is_due, kept
from interparl.core.days import PARLIAMENT_ZONE, installation

# The moment is the parliament's.
NAME = "interparl-%Y-%m-%d-%H%M%S.zip"
_NAMED = re.compile(r"interparl-\d{4}-\d\d-\d\d-\d{6}\.zip")
FAILURE = "backup_failed.json"


@dataclass(frozen=True)
class Stored:
    """One scheduled backup in its folder."""

    path: Path
    made_at: datetime
    bytes: int


class Failure(msgspec.Struct, frozen=True):
    """A scheduled backup that could not be made."""

    at: str
    text: str


def schedule() -> Schedule | None:
    """What the settings ask for; None when they name no folder. Raises ValidationError for what cannot be read."""
    if not settings.BACKUPS:
        return None
    words = {"at": settings.BACKUP_AT, "keep": settings.BACKUP_KEEP}
    try:
        at = time.fromisoformat(settings.BACKUP_AT)
    except ValueError as error:
        raise ValidationError(_("INTERPARL_BACKUP_AT is “%(at)s”. Write a time of day, as 03:00.") % words) from error
    numbers = settings.BACKUP_KEEP.split(",")
    if len(numbers) != 3 or not all(one.strip().isascii() and one.strip().isdigit() for one in numbers):
        raise ValidationError(
            _("INTERPARL_BACKUP_KEEP is “%(keep)s”. Write how many days, weeks and months, as 7,4,12.") % words
        )
    return Schedule(Path(settings.BACKUPS), at, Keep(*map(int, numbers)))


def stored(folder: Path) -> list[Stored]:
    """The scheduled backups in a folder, newest first."""
    if not folder.is_dir():
        return []
    zone = _zone()
    found = [
        Stored(path, datetime.strptime(path.name, NAME).replace(tzinfo=zone), path.stat().st_size)
        for path in folder.iterdir()
        if _NAMED.fullmatch(path.name)
    ]
    return sorted(found, key=lambda one: one.path.name, reverse=True)


def last_failure() -> Failure | None:
    """The failure of the last scheduled backup; None when it succeeded."""
    file = _failure_file()
    return msgspec.json.decode(file.read_bytes(), type=Failure) if file.exists() else None


def back_up_when_due(moment: datetime, *, is_stopping: Watch = never) -> Made | None:
    """Makes today's backup if it is due at this moment, then takes away those that retention does not keep.

    What goes wrong is kept for `last_failure` and raised.
    """
    wanted = schedule()
    if wanted is None:
        return None
    here = moment.astimezone(_zone())
    there, failure = stored(wanted.folder), last_failure()
    failed_at = datetime.fromisoformat(failure.at).astimezone(_zone()) if failure else None
    if not is_due(here, wanted.at, [one.made_at for one in there], failed_at):
        return None
    try:
        _make_ready(wanted.folder)
        made = make_backup(wanted.folder / here.strftime(NAME), is_stopping=is_stopping)
        _take_away(wanted)
    except BrokenOff:
        raise
    except Exception as error:
        _keep_failure(moment, error)
        raise
    _failure_file().unlink(missing_ok=True)
    return made


def _make_ready(folder: Path) -> None:
    """Makes the folder, and takes away what a loss of power left half written there; raises CannotBackUp.

    Only one process makes scheduled backups at a time.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in folder.glob("interparl-*.zip.part"):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise not_written(folder, error) from error


def _take_away(wanted: Schedule) -> None:
    there = stored(wanted.folder)
    staying = kept([one.made_at for one in there], wanted.keep)
    for one in there:
        if one.made_at not in staying:
            one.path.unlink(missing_ok=True)


def _keep_failure(moment: datetime, error: Exception) -> None:
    text = " ".join(error.messages) if isinstance(error, ValidationError) else f"{type(error).__name__}: {error}"
    settings.FOLDER.mkdir(parents=True, exist_ok=True)
    _failure_file().write_bytes(msgspec.json.encode(Failure(moment.isoformat(), text.splitlines()[0])))


def _failure_file() -> Path:
    folder: Path = settings.FOLDER
    return folder / FAILURE


def _zone() -> ZoneInfo:
    """The zone of the parliament."""
    try:
        return ZoneInfo(installation().get(PARLIAMENT_ZONE) or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
