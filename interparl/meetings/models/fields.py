"""Columns that several tables of meetings have: a time of day at a place, a zone, languages, and whose a row is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from interparl.meetings.rules.zones import LocalTime, NoSuchZone, NotATime, moment, zone_of

NOT_A_TIME = _("“%(text)s” is no time of day. Write 09:30.")
GAP = _("%(text)s does not exist there on %(day)s: the clocks are put forward over it.")
TWICE = _("%(text)s comes twice there on %(day)s. Write %(first)s or %(second)s.")
WRONG_OFFSET = _("The clocks there do not stand at the offset of %(text)s on %(day)s.")
NO_ZONE = _("“%(zone)s” is no time zone. Write one as Europe/Minsk.")
LANGUAGES = RegexValidator(
    r"\A[a-z]{2,3}( [a-z]{2,3})*\Z", _("Write codes of languages with spaces between them: be ru en.")
)
PAIRS = RegexValidator(
    r"\A[a-z]{2,3}-[a-z]{2,3}( [a-z]{2,3}-[a-z]{2,3})*\Z",
    _("Write pairs of languages with spaces between them: ru-en ru-vi."),
)


def own_by_event(path: str = "event") -> Mapping[str, str]:
    """The ways in which what hangs on an event may be a user's own: he takes part, or looks after whom it is with."""
    return {
        "meetings.event": path,
        "directory.country": f"{path}__country",
        "directory.organisation": f"{path}__organisation",
        "bodies.body": f"{path}__body",
    }


def check_time(text: str) -> None:
    """Validator of a time of day at which something begins."""
    _check_time(text, is_end=False)


def check_end(text: str) -> None:
    """Validator of a time of day at which something ends: 24:00 is one."""
    _check_time(text, is_end=True)


def _check_time(text: str, *, is_end: bool) -> None:
    try:
        LocalTime.parse(text, is_end=is_end)
    except NotATime as error:
        raise ValidationError(NOT_A_TIME, code="time", params={"text": text}) from error


def check_zone(name: str) -> None:
    """Validator of the name of a time zone."""
    try:
        zone_of(name)
    except NoSuchZone as error:
        raise ValidationError(NO_ZONE, code="zone", params={"zone": name}) from error


class LocalTimeField(models.CharField[str, str]):
    """A time of day as clocks at the place show it, "10:00"; "02:30+03:00" says which of two hours is meant.

    Where something ends, "24:00" is the end of the day.
    """

    def __init__(self, *args: Any, is_end: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 14)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)
        self.is_end = is_end
        self.validators = [*self.validators, check_end if is_end else check_time]

    def deconstruct(self) -> Any:
        """With whether something ends at it."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, **({"is_end": True} if self.is_end else {})}

    def to_python(self, value: Any) -> Any:
        """The stored form of whatever way it was typed; what cannot be read stays for the validator."""
        text = super().to_python(value)
        if not text:
            return ""
        try:
            return LocalTime.parse(text, is_end=self.is_end).text
        except NotATime:
            return text


class ZoneField(models.CharField[str, str]):
    """The name of a time zone as IANA writes it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, check_zone]


def moment_or_none(day: date | None, text: str, zone: str) -> datetime | None:
    """The moment that a time of day means there on that day; None as long as something of it is not known or wrong."""
    if day is None or not text or not zone:
        return None
    try:
        return moment(day, LocalTime.parse(text, is_end=True), zone)
    except (NotATime, NoSuchZone):
        return None


def why_no_moment(day: date | None, text: str, zone: str, day_words: str) -> str:
    """Why a time of day means no single moment there on that day, in a sentence; "" when it means one."""
    if day is None or not text or not zone:
        return ""
    try:
        moment(day, LocalTime.parse(text, is_end=True), zone)
    except NoSuchZone:
        return ""  # the zone's own validator says so
    except NotATime as error:
        return _reason(error, text, day_words)
    return ""


def _reason(error: NotATime, text: str, day_words: str) -> str:
    if error.reason == "gap":
        return str(GAP % {"text": text, "day": day_words})
    if error.reason == "twice":
        first, second = error.choices
        return str(TWICE % {"text": text, "day": day_words, "first": first, "second": second})
    if error.reason == "offset":
        return str(WRONG_OFFSET % {"text": text, "day": day_words})
    return ""  # the field's own validator says so
