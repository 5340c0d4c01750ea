"""What stands between a signed-in request and its page: the limits of sessions, and the second factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from interparl.accounts.factors import needs_factor
from interparl.accounts.sessions import clock, has_ended, keep_seen

Answer = Callable[[HttpRequest], HttpResponse]

# What somebody without a second factor may open: the way in and out with his own settings, and what is public.
OPEN_NAMES = ("account_", "mfa_", "openid_connect_", "set_language", "styles")
OPEN_NAMESPACES = frozenset({"public"})


class SessionLimitsMiddleware:
    """Ends sessions that were idle or are too old. Asks the database nothing that the page would not ask."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers; to who was signed in for too long, as to somebody who is not."""
        session = request.session
        if session.session_key and auth.SESSION_KEY in session:
            now = clock()
            if has_ended(session, now):
                auth.logout(request)
                messages.info(request, _("You were signed out because the time of your session was over."))
            else:
                keep_seen(request, now)
        return self.get_response(request)


class SecondFactorMiddleware:
    """Where a second factor is required, leads those without one to set it up before any page of the desk."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers; `process_view` decides when the page is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], arguments: Any, names: Any
    ) -> HttpResponse | None:
        """None to go on to the page; else the way to the page of security."""
        if settings.SECOND_FACTOR != "required" or _is_open(request) or not needs_factor(request):
            return None
        return redirect("mfa_index")


def _is_open(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None:
        return False
    return (match.url_name or "").startswith(OPEN_NAMES) or bool(OPEN_NAMESPACES.intersection(match.namespaces))
