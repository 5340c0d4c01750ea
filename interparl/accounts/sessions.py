"""When a session ends: after a time without requests, and after twelve hours whatever happens.

Two stamps lie in the session: when it began, and when it was last used. The second is written at most once a minute,
so most requests write nothing; with it the list of devices learns when this one was last seen.
"""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

from interparl.accounts.stamps import SEEN, SIGNED_IN

SECONDS_BETWEEN_STAMPS = 60


def has_ended(session: SessionBase, now: float) -> bool:
    """Whether the session of somebody who has signed in is over at the moment `now` (seconds since 1970)."""
    began, seen = session.get(SIGNED_IN), session.get(SEEN)
    if not isinstance(began, int) or not isinstance(seen, int):
        return True
    return now - began >= settings.SESSION_COOKIE_AGE or now - seen >= settings.IDLE_MINUTES * 60


def keep_seen(request: HttpRequest, now: float) -> None:
    """Stamps the session and its device, unless that was done within the last minute."""
    if now - request.session[SEEN] < SECONDS_BETWEEN_STAMPS:
        return
    request.session[SEEN] = int(now)
    seen: dict[str, Any] = {"last_seen_at": timezone.now(), "ip": get_adapter().get_client_ip(request)}
    UserSession.objects.filter(session_key=request.session.session_key).update(**seen)


def clock() -> float:
    """The moment now, in seconds since 1970."""
    return time.time()
