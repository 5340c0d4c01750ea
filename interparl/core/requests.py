"""What a page knows of its request: who reads, in which language, as of which day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import auth, messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from interparl.accounts.models import User
from interparl.core.dates import NotADate, PartialDate
from interparl.core.days import today
from interparl.core.records import REASONS
from interparl.core.tables import Reading


class StaffRequest(HttpRequest):
    """A request of somebody who has signed in."""

    user: User
    htmx: HtmxDetails


Page = Callable[..., HttpResponseBase]


def staff(page: Page) -> Page:
    """Only for those who have signed in; others are asked to."""
    asked: Page = login_required(page)

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated and auth.SESSION_KEY in request.session:
            # Somebody whose account was closed or whose mandate ended while he was signed in.
            auth.logout(request)
            messages.info(request, _("You were signed out because your access has ended."))
        return asked(request, *args, **kwargs)

    return guarded


def require(user: User, permission: str, *, at_least_own: bool = False) -> None:
    """Raises PermissionDenied unless the user holds the permission everywhere, or at least on what is his own."""
    rights = user.rights
    if not (rights.may_own(permission) if at_least_own else rights.may(permission)):
        raise PermissionDenied


def asked_day(text: str) -> tuple[date | None, str]:
    """The day of `?on=`: an exact day, or None with a sentence saying what is wrong with it."""
    if not text.strip():
        return None, ""
    try:
        known = PartialDate.parse(text)
    except NotADate as error:
        return None, str(REASONS[error.reason]) % {"text": text[:40]}
    if known.earliest is None or not known.is_exact:
        return None, str(REASONS["form"]) % {"text": text[:40]}
    return known.earliest, ""


def reading_of(request: HttpRequest) -> Reading:
    """Who reads, in which language, as of `?on=` or today; what is no day counts as today (`day_problem` says so)."""
    now = today()
    day, _problem = asked_day(request.GET.get("on", ""))
    return Reading(
        user=request.user,
        language=get_language() or "en",
        day=day or now,
        is_past=day is not None and day != now,
        asked=request.GET.dict(),
    )


def day_problem(request: HttpRequest) -> str:
    """What is wrong with `?on=`, or ""."""
    return asked_day(request.GET.get("on", ""))[1]


def same_page(request: HttpRequest, **changed: str | None) -> str:
    """The address of this page with some parameters changed; None or "" takes one away."""
    kept = {key: values for key, values in request.GET.lists() if key not in changed}
    for key, value in changed.items():
        if value:
            kept[key] = [value]
    query = urlencode(kept, doseq=True)
    return f"{request.path}?{query}" if query else request.path
