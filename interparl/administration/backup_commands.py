"""`interparl backup` and `restore`: all that an installation keeps, in one file, and out of it again."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from interparl.administration.actions import (
    CannotRestore,
    Manifest,
    last_failure,
    make_backup,
    restore,
    schedule,
    stored,
)
from interparl.core.hooks import BadAnswer, Command, add_command


def backup_arguments(parser: argparse.ArgumentParser) -> None:
    """The file to write, or a question for those that there are."""
    parser.add_argument("file", metavar="FILE", nargs="?", default="", help="file to write, which must not be there")
    parser.add_argument("--list", action="store_true", help="the scheduled backups, and whether the last one failed")


def back_up(asked: argparse.Namespace) -> dict[str, Any]:
    """Writes a backup, or lists the scheduled ones; raises ValidationError, and then nothing was written."""
    if asked.list and not asked.file:
        return _scheduled()
    if asked.list or not asked.file:
        raise ValidationError(_("Name the file to write, or ask for --list."))
    made = make_backup(Path(asked.file))
    return {"file": str(made.path), "bytes": made.bytes, **_about(made.manifest)}


def _about(manifest: Manifest) -> dict[str, Any]:
    return {
        "version": manifest.version,
        "made_at": manifest.made_at,
        "tables": len(manifest.tables),
        "rows": manifest.rows,
        "files": len(manifest.files),
        "seal": msgspec.to_builtins(manifest.seal),
    }


def _scheduled() -> dict[str, Any]:
    wanted = schedule()
    there = stored(wanted.folder) if wanted else []
    return {
        "folder": str(wanted.folder) if wanted else None,
        "at": wanted.at.isoformat("minutes") if wanted else None,
        "keep": asdict(wanted.keep) if wanted else None,
        "backups": [{"file": one.path.name, "made_at": one.made_at.isoformat(), "bytes": one.bytes} for one in there],
        "failure": msgspec.to_builtins(last_failure()),
    }


def backup_in_words(answer: dict[str, Any]) -> str:
    """What was written, with the last seal, which belongs kept at another place; or the list."""
    if "backups" in answer:
        return _list_in_words(answer)
    line = _("Written to %(file)s: %(rows)s rows, %(files)s files, %(bytes)s bytes.") % answer
    return "\n".join([line, *_seal_in_words(answer)])


def _seal_in_words(answer: dict[str, Any]) -> list[str]:
    return [_("The last seal: %(number)s, %(hash)s") % answer["seal"]] if answer["seal"] else []


def _list_in_words(answer: dict[str, Any]) -> str:
    if answer["folder"] is None:
        return _("No scheduled backups: INTERPARL_BACKUPS names no folder.")
    head = _("In %(folder)s, each day from %(at)s on:") % answer
    rows = [f"  {one['file']}  {one['bytes']}" for one in answer["backups"]] or ["  " + _("none yet")]
    failure = answer["failure"]
    return "\n".join([head, *rows, *([_("The last one failed at %(at)s: %(text)s") % failure] if failure else [])])


def restore_arguments(parser: argparse.ArgumentParser) -> None:
    """The file to read, and whether records may be replaced."""
    parser.add_argument("file", metavar="FILE", help="a backup")
    parser.add_argument("--replace", action="store_true", help="replace the records that the database holds")
    parser.add_argument("--yes", action="store_true", help="with --replace: do not ask for the name of the database")


def bring_back(asked: argparse.Namespace) -> dict[str, Any]:
    """Restores into the database; raises ValidationError, or Broken when the history in the backup is not whole."""
    done = restore(Path(asked.file), replace=asked.replace, is_sure=lambda name: asked.yes or _is_typed(name))
    answer = {
        "file": asked.file,
        "database": done.database,
        **_about(done.manifest),
        "findings": [asdict(one) for one in done.findings],
    }
    if done.findings:
        raise Broken(answer)
    return answer


def _is_typed(name: str) -> bool:
    """Whether somebody at the terminal types the name of the database; raises CannotRestore without a terminal."""
    if not sys.stdin.isatty():
        raise CannotRestore(_("To replace the records of “%(name)s” without being asked, say --yes.") % {"name": name})
    question = _("All records of “%(name)s” will be replaced. Type its name: ") % {"name": name}
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip() == name


class Broken(BadAnswer):
    """The backup was brought back, but the history in it does not agree with its seals."""

    def __init__(self, answer: dict[str, Any]) -> None:
        words = {"number": len(answer["findings"])}
        line = _("Restored, but its history does not agree with its seals (%(number)s findings): see check-audit.")
        super().__init__([line % words], answer)


def restore_in_words(answer: dict[str, Any]) -> str:
    """What was brought back, and the last seal to compare with the one kept at another place."""
    line = _("Restored into %(database)s: %(rows)s rows, %(files)s files, of %(made_at)s, version %(version)s.")
    return "\n".join([line % answer, *_seal_in_words(answer)])


add_command(
    Command(
        name="backup",
        help="writes all that the installation keeps to one file",
        arguments=backup_arguments,
        run=back_up,
        write=backup_in_words,
        needs_database=False,
    )
)
add_command(
    Command(
        name="restore",
        help="brings a backup back into an empty database",
        arguments=restore_arguments,
        run=bring_back,
        write=restore_in_words,
        needs_database=False,
    )
)
