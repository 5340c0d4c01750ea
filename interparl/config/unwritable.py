"""What is said when nothing can be written: the disk is full, or takes no writing, or others write for too long.

The same for a store of files that is away.

One place knows by which errors that is seen; pages, commands and the worker ask it.
"""

from __future__ import annotations

import errno
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Event

import psycopg
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views import defaults

from interparl.documents.rules import StoreAway

READ = ("GET", "HEAD")
DESK = "/desk/"
# Whether this process has met a database that can only be read.
WAS_READ_ONLY = Event()


@dataclass(frozen=True)
class Cause:
    """Why nothing can be written: the status of the answer, the heading of its page, one line for commands."""

    status: int
    title: Promise
    line: Promise


FULL = Cause(507, _("The disk is full"), _("The disk is full. Nothing was written."))
READ_ONLY = Cause(
    503,
    _("Nothing can be written at the moment"),
    _("The database or the disk can only be read at the moment. Nothing was written."),
)
BUSY = Cause(
    503,
    _("Others are writing at the moment"),
    _("Others were writing for too long. Nothing was written; try again."),
)
AWAY = Cause(
    503,
    _("Files cannot be reached at the moment"),
    _("The store of the files cannot be reached. Nothing was written."),
)

_BY_ERRNO = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EROFS: READ_ONLY,
}
# A disk that was turned read-only under an open file is seen as an error of input and output.
_BY_SQLITE = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_IOERR: READ_ONLY,
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
}
_BY_SQLSTATE = {
    "53100": FULL,
    "25006": READ_ONLY,
    "58030": READ_ONLY,
    "40P01": BUSY,
    "55P03": BUSY,
}


def cause_of(error: BaseException | None) -> Cause | None:
    """Why nothing could be written, when the error or one that led to it says so; None for any other."""
    return next((cause for one in _led_to(error) if (cause := _cause(one)) is not None), None)


def _led_to(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _cause(error: BaseException) -> Cause | None:
    if isinstance(error, sqlite3.Error):
        # The module raises some errors itself; those have no code of SQLite. The low byte is the kind.
        code: int | None = getattr(error, "sqlite_errorcode", None)
        return _BY_SQLITE.get(code & 0xFF) if code is not None else None
    if isinstance(error, psycopg.Error):
        return _BY_SQLSTATE.get(error.sqlstate or "")
    if isinstance(error, StoreAway):
        return AWAY
    return _BY_ERRNO.get(error.errno or 0) if isinstance(error, OSError) else None


def failure_page(request: HttpRequest) -> HttpResponse:
    """The answer to an error that nobody caught; when nothing could be written it says so and keeps what was typed."""
    cause = cause_of(sys.exc_info()[1])
    if cause is None:
        return defaults.server_error(request)
    if cause is READ_ONLY:
        WAS_READ_ONLY.set()
    typed, has_file = _typed(request)
    # What was said of an earlier page is not said again here.
    context = {"cause": cause, "typed": typed, "has_file": has_file, "messages": ()}
    context |= {"is_full": cause is FULL, "is_busy": cause is BUSY, "is_away": cause is AWAY}
    answer = render(request, "unwritable.html", context, status=cause.status)
    if has_file:
        # The rest of the body was not read, so the connection cannot serve another request.
        answer["Connection"] = "close"
    if cause is BUSY:
        answer["Retry-After"] = "5"
    return answer


def _typed(request: HttpRequest) -> tuple[list[tuple[str, str]], bool]:
    """What a form of the desk sent, to be sent again, and whether a file came with it, which no page can keep."""
    if request.method in READ or not request.path.startswith(DESK):
        return [], False
    if request.content_type == "multipart/form-data":
        return [], True
    pairs = [(name, str(value)) for name, values in request.POST.lists() for value in values]
    return [(name, value) for name, value in pairs if name != "csrfmiddlewaretoken"], False
