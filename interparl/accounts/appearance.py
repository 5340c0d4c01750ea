"""How pages look in this browser: theme, size of text, height of rows, width of the menu, keys.

Kept in a cookie and not with the user: it holds before somebody signs in and differs between a desk and a telephone.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from interparl.accounts.models import User

COOKIE = "appearance"
COOKIE_AGE = 365 * 24 * 60 * 60

# By key, what may stand there beside "", the usual way; `core/base.html` writes them as `data-` attributes.
KNOWN: dict[str, tuple[str, ...]] = {
    "theme": ("light", "dark"),
    "text": ("large",),
    "rows": ("comfortable",),
    "rail": ("folded",),
    "keys": ("off",),
}


def read_appearance(cookie: str) -> dict[str, str]:
    """A value for every key of KNOWN; "" where the cookie says nothing or nothing known."""
    said = dict(part.partition(":")[::2] for part in cookie.split("."))
    return {key: said[key] if said.get(key) in values else "" for key, values in KNOWN.items()}


def write_appearance(appearance: Mapping[str, str]) -> str:
    """The cookie's value: `key:value` joined by full stops, without what is usual."""
    return ".".join(f"{key}:{appearance[key]}" for key in KNOWN if appearance[key])


def keep_appearance(response: HttpResponse, appearance: Mapping[str, str]) -> None:
    """Has the browser keep it for a year, out of reach of scripts."""
    response.set_cookie(
        COOKIE,
        write_appearance(appearance),
        max_age=COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def appearance_of(request: HttpRequest) -> dict[str, str]:
    """What this browser has chosen, as `read_appearance` gives it."""
    return read_appearance(request.COOKIES.get(COOKIE, ""))


def appearance_context(request: HttpRequest) -> dict[str, object]:
    """`appearance` for every page; `settings_url` for those who have signed in, else ""."""
    # A request that was refused early has no user yet.
    user = getattr(request, "user", None)
    return {
        "appearance": appearance_of(request),
        "settings_url": reverse("account_settings") if isinstance(user, User) else "",
    }
