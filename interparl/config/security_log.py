"""Who signed in, who failed to, who was refused: one line each in the log of the process, without names or contents.

A line has the account's number, never what was typed: people type passwords where names belong.
"""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

LOG = logging.getLogger("interparl.security")


def address_of(request: HttpRequest | None) -> str:
    """The address that the request came from; behind a proxy, the one that the proxy saw."""
    if request is None:
        return "-"
    seen = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return ascii((seen.split(",")[-1].strip() or request.META.get("REMOTE_ADDR") or "-")[:60])


def note_refusal(request: HttpRequest, status: int) -> None:
    """Somebody asked for what he may not have, too much, or too often."""
    # A request that was refused early has no user yet, and asking for one would open a session.
    user = request.__dict__.get("_cached_user")
    what = f"{status} {request.method} {request.path[:200]!a}"
    LOG.warning("refused %s user=%s from=%s", what, _of(user), address_of(request))


@receiver(user_logged_in)
def _signed_in(request: HttpRequest | None = None, user: Any = None, **_rest: Any) -> None:
    LOG.info("signed in user=%s from=%s", _of(user), address_of(request))


@receiver(user_logged_out)
def _signed_out(request: HttpRequest | None = None, user: Any = None, **_rest: Any) -> None:
    LOG.info("signed out user=%s from=%s", _of(user), address_of(request))


@receiver(user_login_failed)
def _failed(request: HttpRequest | None = None, **_rest: Any) -> None:
    LOG.warning("sign-in failed from=%s", address_of(request))


def _of(user: Any) -> Any:
    return "-" if user is None or user.pk is None else user.pk
