"""`interparl brief COUNTRY|BODY|PERSON --lang ru --on DAY --out FILE.pdf|.docx`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from interparl.accounts.models import User
from interparl.briefs.exports import OFFICER, book_of, handover_of, mark_of, subject_of
from interparl.core.command_parts import add_reader, day_from, language_from, named_record, reader_from
from interparl.core.hooks import Command, add_command
from interparl.core.kinds import Ref, model_of
from interparl.core.reads import noting, write_reads
from interparl.core.tables import Reading
from interparl.paper.typeset import NotPrinted, as_pdf
from interparl.paper.word import as_docx

MADE = {".pdf": as_pdf, ".docx": as_docx}
BY_NAME = ("directory.country", "bodies.body", "directory.organisation", "directory.person")
ADDRESS = "interparl brief"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Whose file, the language, the day, the reader, the file."""
    parser.add_argument("subject", metavar="COUNTRY|BODY|PERSON", help="id, code or exact name; an officer’s user name")
    parser.add_argument("--lang", default="en", help="language of the file")
    parser.add_argument("--on", default="", metavar="DAY", help="the day (today)")
    parser.add_argument("--out", required=True, metavar="FILE", help="where to write it: FILE.pdf or FILE.docx")
    parser.add_argument("--kind", default="", choices=["", *BY_NAME, OFFICER], help="what is named, if several are")
    add_reader(parser)


def run(asked: argparse.Namespace) -> dict[str, Any]:
    """Writes the handover file as a reader may know it; the reading is logged as on the page."""
    made = MADE.get(Path(asked.out).suffix.lower())
    if made is None:
        raise ValidationError(_("A file is written as .pdf or .docx, not as “%(text)s”.") % {"text": asked.out})
    with override(language_from(asked.lang)), noting() as restricted:
        reading = Reading(user=reader_from(asked.reader), language=asked.lang, day=day_from(asked.on))
        ref = _named(asked.subject, (asked.kind,) if asked.kind else (*BY_NAME, OFFICER), reading)
        subject = subject_of(ref, reading)
        if subject is None:
            raise ValidationError(_nobody(asked.subject))
        handover = handover_of(subject, reading)
        try:
            content = made(book_of(handover))
        except NotPrinted as failure:
            raise ValidationError(_("The file could not be printed: %(reason)s") % {"reason": failure}) from failure
    if restricted and isinstance(reading.user, User) and reading.user.pk:
        write_reads(reading.user, ADDRESS, restricted)
    _write(Path(asked.out), content)
    return {
        "file": asked.out,
        "kind": ref[0],
        "id": ref[1],
        "name": handover.name,
        "lang": asked.lang,
        "on": reading.day.isoformat(),
        "mark": mark_of(handover),
        "chapters": [chapter.title for chapter in handover.chapters],
        "gaps": handover.gaps,
    }


def _named(text: str, kinds: tuple[str, ...], reading: Reading) -> Ref:
    """What is called so among these kinds; raises ValidationError when nothing is, or several are."""
    found: list[Ref] = []
    problems: list[ValidationError] = []
    for kind in kinds:
        if kind == OFFICER:
            found += [(kind, key) for key in User.objects.filter(username=text).values_list("pk", flat=True)]
            continue
        try:
            record = named_record(model_of(kind), text, reading.user)
        except ValidationError as problem:
            problems.append(problem)
        else:
            found.append((kind, record.pk))
    if len(found) > 1:
        words = {"text": text, "kinds": ", ".join(kind for kind, _key in found)}
        raise ValidationError(_("More than one is known as “%(text)s”: %(kinds)s. Say which with --kind.") % words)
    if not found:
        raise problems[0] if len(kinds) == 1 and problems else ValidationError(_nobody(text))
    return found[0]


def _nobody(text: str) -> str:
    return _("No country, body, organisation, person or officer is known as “%(text)s”.") % {"text": text}


def _write(file: Path, content: bytes) -> None:
    """The file, for nobody else on this computer to read: it may be for official use."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)


def write(answer: dict[str, Any]) -> str:
    """What was written, and what is not in it."""
    head = f"{answer['name']}, {answer['on']}: {answer['file']}"
    return "\n".join([head, *(f"  {gap}" for gap in answer["gaps"])])


add_command(Command("brief", "the handover file of a country, body or officer", arguments, run, write))
