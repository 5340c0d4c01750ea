"""What every request needs: settings read once, nothing kept between requests, and the log of what was read."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from interparl.accounts.models import User
from interparl.core.days import begin_scope, end_scope
from interparl.core.reads import noting, write_reads

log = logging.getLogger("interparl.reads")
# The answers that show what was asked for: a page, the same with a day that is none, a form that was refused.
SHOWING = frozenset({200, 400, 422})
SECONDS_TO_WAIT = "60"


class RequestScopeMiddleware:
    """Reads the settings of the installation at most once a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers within its own scope."""
        begin_scope()
        try:
            return self.get_response(request)
        finally:
            end_scope()


class ReadLogMiddleware:
    """Logs who was shown what is for official use; what cannot be logged is not shown.

    A streaming answer would have been noted as well: rows are noted when they are loaded, before the first is sent.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers, and writes the log before the answer goes out; 503 when the log cannot be written."""
        with noting() as shown:
            answer = self.get_response(request)
        if not shown or answer.status_code not in SHOWING or not isinstance(request.user, User):
            return answer
        try:
            write_reads(request.user, request.get_full_path(), shown)
        except Error:
            log.exception("The log of readings cannot be written; the page was withheld")
            return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": SECONDS_TO_WAIT})
        return answer
