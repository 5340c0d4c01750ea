"""`interparl find "WORDS"` and `interparl export popolo|csv|xlsx`."""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from interparl.core.command_parts import add_reader, language_from, named_record, reader_from
from interparl.core.finding import find, is_found
from interparl.core.hooks import Command, add_command
from interparl.core.pages import every_record_pages
from interparl.core.reads import noting, write_reads
from interparl.core.requests import asked_day
from interparl.core.rights import Reader
from interparl.directory.exports import ENDINGS, Asked, write_file
from interparl.directory.models import Chamber


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words, the kind, the reader."""
    parser.add_argument("words", metavar="WORDS")
    parser.add_argument("--kind", default="", metavar="K", help="only this kind: person, country, body, ...")
    parser.add_argument("--lang", default="en", help="language of names")
    add_reader(parser)


def run(asked: argparse.Namespace) -> dict[str, Any]:
    """What is called so, best first, in the shape that the design fixes."""
    kinds = [
        kind
        for kind, pages in every_record_pages.items()
        if is_found(pages.model) and asked.kind in ("", kind, kind.partition(".")[2])
    ]
    if not kinds:
        raise ValidationError(_("There is no kind “%(text)s” here.") % {"text": asked.kind})
    found = find(asked.words, reader_from(asked.reader), language_from(asked.lang), kinds=kinds)
    return {
        "query": asked.words,
        "results": [
            {
                "kind": one.kind.partition(".")[2],
                "id": one.key,
                "label": one.label,
                "matched": one.matched,
                "score": one.score,
            }
            for one in found
        ],
    }


def write(answer: dict[str, Any]) -> str:
    """A line for each result."""
    return "\n".join(
        f"{one['kind']:<14} {one['id']:>7}  {one['label']}"
        + (f" ({one['matched']})" if one["matched"] != one["label"] else "")
        for one in answer["results"]
    )


add_command(Command("find", "search by name", arguments, run, write))


def export_arguments(parser: argparse.ArgumentParser) -> None:
    """What, of which chamber and day, for whom, where to."""
    parser.add_argument(
        "what", choices=sorted(ENDINGS), help="popolo: people and their seats; csv, xlsx: every register"
    )
    parser.add_argument("--out", required=True, metavar="FILE", help="the file to write; csv is an archive (zip)")
    parser.add_argument("--chamber", default="", metavar="CODE", help="popolo: only the people of this chamber")
    parser.add_argument("--on", default="", metavar="DAY", help="what holds on that day (what held on any day)")
    parser.add_argument("--lang", default="en", help="language of names")
    add_reader(parser)


def run_export(asked: argparse.Namespace) -> dict[str, Any]:
    """Writes the file whole or not at all, and notes what was read for official use."""
    reader, language = reader_from(asked.reader), language_from(asked.lang)
    day, problem = asked_day(asked.on)
    if problem:
        raise ValidationError(problem)
    if asked.chamber and asked.what != "popolo":
        raise ValidationError(_("Only a Popolo file is taken out of one chamber."))
    chamber = _chamber(asked.chamber, reader)
    with override(language), noting() as shown:
        path = Path(asked.out)
        counts = _written(path, asked.what, Asked(reader, language, day, chamber))
        if shown and reader.pk is not None:
            write_reads(reader, f"interparl export {asked.what}", shown)
    return {"what": asked.what, "file": str(path), "size": path.stat().st_size, "counts": counts}


def _chamber(code: str, reader: Reader) -> Chamber | None:
    found = named_record(Chamber, code, reader) if code else None
    return found if isinstance(found, Chamber) else None


def _written(path: Path, what: str, asked: Asked) -> dict[str, int]:
    """Beside the file first: one that was there stays until the new one is whole."""
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            counts = write_file(what, asked, file)
        except BaseException:
            Path(file.name).unlink()
            raise
    Path(file.name).replace(path)
    return counts


def write_export(answer: dict[str, Any]) -> str:
    """What was written."""
    lines = [f"{answer['file']}: {answer['size']}"]
    return "\n".join([*lines, *(f"  {name:<28} {number:>9}" for name, number in answer["counts"].items())])


add_command(Command("export", "takes out what a reader may see", export_arguments, run_export, write_export))
