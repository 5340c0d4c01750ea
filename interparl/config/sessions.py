"""Sessions where nothing can be written: a page that only reads does not fail for the want of a stamp."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.signals import request_finished
from django.db import DatabaseError, connection
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from interparl.accounts import middleware as limits
from interparl.accounts.sessions import clock, has_ended
from interparl.config.unwritable import DESK, READ, WAS_READ_ONLY, cause_of


class SessionsMiddleware(SessionMiddleware):
    """Sessions as Django keeps them; what the page did is done, whether its session can be saved or not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)
        if connection.vendor == "sqlite" and not os.access(connection.settings_dict["NAME"], os.W_OK):
            WAS_READ_ONLY.set()

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """The answer, its session saved; raises when signing in or out cannot be kept."""
        try:
            return super().process_response(request, response)
        except (DatabaseError, SessionInterrupted) as error:
            is_done = request.method in READ or request.path.startswith(DESK)
            if cause_of(error) is None or not is_done:
                raise
            return response


class SessionLimitsMiddleware(limits.SessionLimitsMiddleware):
    """The limits of sessions; that one was used just now goes without its stamp when nothing can be written."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers; raises when a session that is over cannot be ended."""
        try:
            return super().__call__(request)
        except DatabaseError as error:
            # Pages further in answer for themselves, so this came from the stamp, or from signing out.
            if cause_of(error) is None or has_ended(request.session, clock()):
                raise
            return self.get_response(request)


@receiver(request_finished)
def close_what_can_only_read(**_others: Any) -> None:
    """Keeps no connection for the next request where one was met that can only read.

    It would stay so when the disk can be written again; SQLite's even holds the others of its process to it.
    """
    if WAS_READ_ONLY.is_set() and not connection.in_atomic_block:
        connection.close()
