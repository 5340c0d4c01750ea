"""`interparl import KIND FILE` and `interparl undo BATCH`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from interparl.core.actors import Actor
from interparl.core.hooks import Command, add_command, every_importer
from interparl.core.requests import asked_day
from interparl.exchange.actions import apply, examine, keep, refuse_unless_applicable, text_of, undo
from interparl.exchange.actions.reports import earlier_edition, report_json
from interparl.exchange.models import Batch, Row

# Options that say what a file is about; importers take those that they know.
OPTIONS = ("body", "chamber", "country", "language", "mapping")


def import_arguments(parser: argparse.ArgumentParser) -> None:
    """The kind of file, the file, and what it is about."""
    parser.add_argument("kind", metavar="KIND", help=f"kind of file: {', '.join(sorted(every_importer()))}")
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--apply", action="store_true", help="write what is new and changed (without it: preview only)")
    parser.add_argument("--on", default="", metavar="DAY", help="the day on which the file was true")
    parser.add_argument("--source-key", default="", metavar="KEY", help="key of the source (from the name of the file)")
    parser.add_argument("--mapping", default="", metavar="NAME", help="mapping of a table's columns to fields")
    parser.add_argument("--body", default="", metavar="BODY", help="the body that a list of members is about")
    parser.add_argument("--chamber", default="", metavar="CODE", help="the chamber that the file is about")
    parser.add_argument("--country", default="", metavar="CODE", help="the country of a chamber that is not known yet")
    parser.add_argument("--language", default="", metavar="CODE", help="the language of its names and texts")


def run_import(asked: argparse.Namespace) -> dict[str, Any]:
    """Looks at the file, applies it when asked, and answers in the shape that the design fixes."""
    path = Path(asked.file)
    with path.open("rb") as file:
        # One byte more than permitted: enough for the reader to refuse it.
        data = file.read(settings.IMPORT_LIMIT + 1)
    by = Actor.command("import")
    # As pages do: a name on the disk may hold anything, bytes that are no text as well.
    name = "".join(sign for sign in path.name if sign.isprintable())
    examined = examine(
        asked.kind, data, name, by=by, source_key=asked.source_key, on=_day(asked.on), options=_options(asked)
    )
    if not asked.apply:
        return answer(examined.batch, examined.rows, applied=None)
    refuse_unless_applicable(examined.batch)
    with transaction.atomic():
        batch = keep(examined)
        # What is kept now need not stand in memory as well.
        del examined
        apply(batch, by=by)
    return answer(batch, batch.rows.order_by("pk").iterator(chunk_size=500), applied=batch.pk)


def _options(asked: argparse.Namespace) -> dict[str, str]:
    values: dict[str, str] = vars(asked)
    return {name: values[name] for name in OPTIONS if values[name]}


def _day(text: str) -> date | None:
    day, problem = asked_day(text)
    if problem:
        raise ValidationError(problem)
    return day


def answer(batch: Batch, rows: Iterable[Row], *, applied: int | None) -> dict[str, Any]:
    """The counts and messages of a batch as the command prints them, and what changed since an earlier edition."""
    report = report_json(rows) if earlier_edition(batch) else {}
    messages = [{"place": one["place"], "level": one["level"], "text": text_of(one)} for one in batch.messages]
    about = {"kind": batch.kind, "file": batch.name, **batch.counts}
    return {**about, "messages": messages, "batch": applied, "report": report}


def write_import(found: dict[str, Any]) -> str:
    """The counts in a table, and what is worth reading."""
    names = ("new", "changed", "same", "doubtful", "errors")
    lines = [f"{found['file']}: {found['rows']}"]
    lines += [f"  {'':<14}" + "".join(f"{name:>10}" for name in names)]
    lines += [
        f"  {record:<14}" + "".join(f"{counts[name]:>10}" for name in names)
        for record, counts in found["by_record"].items()
    ]
    serious = [one for one in found["messages"] if one["level"] != "note"]
    lines += [f"  {one['level']}: {one['place']}: {one['text']}" for one in serious[:20]]
    if found["batch"] is not None:
        lines.append(_("Applied as import %(number)s.") % {"number": found["batch"]})
    return "\n".join(lines)


def undo_arguments(parser: argparse.ArgumentParser) -> None:
    """The import."""
    parser.add_argument("batch", metavar="BATCH", type=int, help="number of the import")


def run_undo(asked: argparse.Namespace) -> dict[str, Any]:
    """Takes the import back."""
    batch = Batch.objects.filter(pk=asked.batch).first()
    if batch is None:
        raise ValidationError(_("There is no import %(number)s.") % {"number": asked.batch})
    undoing = undo(batch, by=Actor.command("undo"))
    return {"batch": batch.pk, "kind": batch.kind, "file": batch.name, **undoing.counts, "undone_by": undoing.pk}


def write_undo(found: dict[str, Any]) -> str:
    """What was removed and put back."""
    return _("Import %(batch)s was taken back: %(removed)s rows removed, %(restored)s put back.") % found


add_command(Command("import", "brings a file in", import_arguments, run_import, write_import))
add_command(Command("undo", "takes an import back", undo_arguments, run_undo, write_undo))
