"""What day it is for this installation, and the settings that a request reads once."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.apps import apps
from django.conf import settings
from django.utils import timezone

HOME_PARLIAMENT = "home_parliament"
DEMONSTRATION_DAY = "demonstration_day"
PARLIAMENT_ZONE = "time_zone"

_values: ContextVar[dict[str, str] | None] = ContextVar("installation", default=None)


def installation() -> dict[str, str]:
    """The settings of this database by key; one query for each request or command, then kept for it."""
    kept = _values.get()
    if kept is None:
        kept = dict(apps.get_model("core", "Setting").objects.values_list("key", "value"))
        if _holds.get():
            _values.set(kept)
    return kept


_holds: ContextVar[bool] = ContextVar("holds", default=False)


def begin_scope() -> None:
    """From here on the settings are read once."""
    _values.set(None)
    _holds.set(True)


def forget_settings() -> None:
    """After a setting was written they are read anew."""
    _values.set(None)


def end_scope() -> None:
    """Outside a request each question reads again."""
    _values.set(None)
    _holds.set(False)


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
