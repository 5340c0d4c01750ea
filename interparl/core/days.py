"""What day it is for this installation, and what a request or a command asks once: the settings, and what it likes.

Nothing of it outlives a write: after one, each question is asked anew.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.apps import apps
from django.conf import settings
from django.utils import timezone

HOME_PARLIAMENT = "home_parliament"
DEMONSTRATION_DAY = "demonstration_day"
PARLIAMENT_ZONE = "time_zone"

T = TypeVar("T")
SETTINGS = "settings"

# None outside of any request and command: nothing is kept there.
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept", default=None)


def once(key: Hashable, ask: Callable[[], T]) -> T:
    """What `ask` finds, asked once for a request or command, and anew after anything was written.

    What is found is shared by all who ask: it is read and not altered. Where it depends on the reader, `once_for` of
    `core.rights` asks.
    """
    kept = _kept.get()
    if kept is None:
        return ask()
    if key not in kept:
        kept[key] = ask()
    found: T = kept[key]
    return found


def installation() -> dict[str, str]:
    """The settings of this database by key; one query for each request or command."""
    return once(SETTINGS, lambda: dict(apps.get_model("core", "Setting").objects.values_list("key", "value")))


def begin_scope() -> None:
    """From here on what is asked by `once` is kept."""
    _kept.set({})


def forget_kept() -> None:
    """After something was written all is asked anew."""
    kept = _kept.get()
    if kept is not None:
        # The same store is emptied: what runs beside in the same request must forget as well.
        kept.clear()


def end_scope() -> None:
    """Outside a request each question asks again."""
    _kept.set(None)


def now() -> datetime:
    """The moment, in UTC."""
    return timezone.now()


def today() -> date:
    """Today at the parliament; in a demonstration database, the day that the demonstration stands on."""
    values = installation()
    if stands_on := values.get(DEMONSTRATION_DAY):
        return date.fromisoformat(stands_on)
    try:
        zone = ZoneInfo(values.get(PARLIAMENT_ZONE) or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return now().astimezone(zone).date()
