"""Reading the texts of kept files, for search: one after another, each by a program of its own with bounds."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from time import monotonic
from typing import Any

from django.db import transaction

from interparl.core.labels import fill_labels
from interparl.documents.actions.storing import Unusable, open_whole, pieces_of
from interparl.documents.models import Content, Document

# What one file may take: memory, and seconds of work and of waiting.
MEGABYTES, SECONDS, PATIENCE = 1_024, 60, 90
# So often it is asked whether the program is stopping.
PAUSE = 0.5
# So long one round goes on with the next file.
ROUND = 40.0
log = logging.getLogger("interparl.documents")


def never() -> bool:
    """Nobody asks to stop."""
    return False


def read_waiting(*, is_stopping: Callable[[], bool] = never, seconds: float = ROUND) -> int:
    """Reads texts that wait, the oldest first, and lets their documents be found by them; how many files were read."""
    until, number = monotonic() + seconds, 0
    while monotonic() < until and not is_stopping():
        content = Content.objects.filter(state=Content.State.WAITING).order_by("pk").first()
        answer = _read(content, is_stopping) if content is not None else None
        if content is None or answer is None:
            break
        _keep(content, answer)
        number += 1
    return number


def _read(content: Content, is_stopping: Callable[[], bool]) -> dict[str, Any] | None:
    """{"text", "passages", "is_cut"} of the file, or {"reason"}; None when the program is stopping."""
    try:
        file = open_whole(content.digest)
    except Unusable as problem:
        log.error("The text of %s was not read: %s", content.digest, problem.key)  # noqa: TRY400  all is said
        return {"reason": problem.key}
    with file, _with_descriptor(file) as found:
        return read_apart(found, content.media, is_stopping=is_stopping)


@contextmanager
def _with_descriptor(file: Any) -> Iterator[Any]:
    """The file, or a copy of it on the disk where it is not kept there."""
    try:
        file.fileno()
    except (AttributeError, OSError):
        with TemporaryFile() as copied:
            for piece in pieces_of(file):
                copied.write(piece)
            copied.flush()
            yield copied
    else:
        yield file


def read_apart(file: Any, media: str, *, is_stopping: Callable[[], bool] = never) -> dict[str, Any] | None:
    """The same for an open file of that type; `file` has a descriptor."""
    words = ["-P", "-m", "interparl.documents.rules.apart", media, str(MEGABYTES), str(SECONDS)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, *words],
        stdin=file.fileno(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    ) as program:
        until = monotonic() + PATIENCE
        while True:
            try:
                told, errors = program.communicate(timeout=PAUSE)
            except subprocess.TimeoutExpired:
                if is_stopping() or monotonic() > until:
                    program.kill()
                    program.communicate()
                    return None if is_stopping() else {"reason": "too_long"}
            else:
                return _answer(program.returncode, told, errors)


def _answer(code: int, told: bytes, errors: bytes) -> dict[str, Any]:
    """What the program said, or why it said nothing."""
    if code < 0:
        # Ended by the bound of its time, or by the system for its memory.
        return {"reason": "too_long" if -code in _OUT_OF_TIME else "too_large"}
    try:
        answer: dict[str, Any] = json.loads(told)
    except ValueError:
        log.error("A text was not read: %s", errors.decode(errors="replace")[-300:])  # noqa: TRY400  all is said
        return {"reason": "too_large" if b"MemoryError" in errors else "damaged"}
    return answer


# SIGXCPU and SIGKILL, by which Linux ends who goes on beyond it.
_OUT_OF_TIME = frozenset({24, 9})


def _keep(content: Content, answer: dict[str, Any]) -> None:
    """Writes what was read, and names the documents of this content anew for the search."""
    with transaction.atomic():
        held = Content.objects.select_for_update().filter(pk=content.pk).first()
        if held is None:
            return
        text = str(answer.get("text", ""))
        held.reason, held.text, held.is_cut = str(answer.get("reason", "")), text, bool(answer.get("is_cut"))
        held.passages = answer.get("passages", [])
        if held.reason:
            held.state = Content.State.FAILED
        else:
            held.state = Content.State.DONE if text else Content.State.EMPTY
        held.save()
        name_anew(held.digest)


def name_anew(digest: str) -> None:
    """Lets documents with this content be found by its text."""
    documents = Document._base_manager.filter(pk__in=Document.objects.with_content(digest).values("pk"))
    fill_labels(Document, list(documents.select_for_update(no_key=True).order_by("pk")))
