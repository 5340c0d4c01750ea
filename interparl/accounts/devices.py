"""Where somebody is signed in: the browsers with their addresses, and ending them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from django.utils.translation import gettext

from interparl.accounts.models import User

# The first word found in what the browser says of itself decides; many name others beside themselves.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("YaBrowser", "Yandex Browser"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Device:
    """A browser in which somebody is signed in."""

    key: int
    name: str
    address: str
    first_seen: datetime
    last_seen: datetime
    is_this: bool


def browser_name(user_agent: str) -> str:
    """The browser and its system in names, as far as they are known."""
    found = [
        next((name for word, name in known if word in user_agent), "") for known in (BROWSERS, SYSTEMS) if user_agent
    ]
    return ", ".join(name for name in found if name) or gettext("Unknown browser")


def devices_of(request: HttpRequest, user: User) -> list[Device]:
    """The devices with a session that still lives, this one first, then the last seen first."""
    found = [
        Device(
            key=session.pk,
            name=browser_name(session.user_agent),
            address=session.ip,
            first_seen=session.created_at,
            last_seen=session.last_seen_at,
            is_this=session.session_key == request.session.session_key,
        )
        for session in UserSession.objects.purge_and_list(user)
    ]
    return sorted(found, key=lambda device: (not device.is_this, -device.last_seen.timestamp()))


def end_others(request: HttpRequest, user: User) -> int:
    """Ends all other sessions of the user; how many there were."""
    others = UserSession.objects.filter(user_id=user.pk).exclude(session_key=request.session.session_key)
    ended = 0
    for session in others:
        session.end()
        ended += 1
    return ended
