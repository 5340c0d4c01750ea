"""Days that a government moved, and the calendars of working days that are made with them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.core.days import HOME_PARLIAMENT, installation
from interparl.core.querysets import RecordQuerySet
from interparl.core.records import Record, named
from interparl.core.rights import Reader
from interparl.core.translated import TranslatedField, texts_of
from interparl.tasks.rules import MovedTo, WorkingDays


class MovedDayQuerySet(RecordQuerySet["MovedDay"]):
    """Questions about moved days."""

    def within(self, codes: Iterable[str], first: date, last: date) -> MovedDayQuerySet:
        """Those of these countries from the first day to the last."""
        return self.filter(country_code__in=sorted(set(codes)), day__gte=first, day__lte=last)


class MovedDay(Record):
    """A day that an act of a government made a working or a free one in its country; the act is the source.

    It counts before the weekend and before the holidays that the package knows.
    """

    class Becomes(models.TextChoices):
        """What the act made of it."""

        WORKING = "working", pgettext_lazy("day", "working day")
        FREE = "free", pgettext_lazy("day", "free day")

    country_code = models.CharField(
        _("country"),
        max_length=2,
        validators=[RegexValidator(r"\A[A-Z]{2}\Z", _("Write the two letters of ISO 3166-1: BY, AM, PT."))],
        help_text=_("Its two letters in ISO 3166-1: BY, AM, PT"),
    )
    day = models.DateField(pgettext_lazy("of the calendar", "day"))
    becomes = models.CharField(_("becomes"), max_length=10, choices=Becomes)
    name = TranslatedField(_("why"))

    objects = MovedDayQuerySet.as_manager()
    labelled = True

    class Meta:
        verbose_name = _("moved day")
        verbose_name_plural = _("moved days")
        ordering = ("day", "country_code")
        constraints = (
            models.UniqueConstraint(
                fields=("country_code", "day"),
                name="day_moved_once",
                violation_error_message=_("This day of the country was entered already."),
            ),
        )

    def label_in(self, language: str) -> str:
        """The reason, with country and day, which tell many alike apart."""
        words = named(self.name, language)
        return f"{words}, {self.country_code}, {self.day.isoformat()}" if words else ""

    def sort_text_in(self, language: str) -> str:
        """By day."""
        label = self.label_in(language)
        return f"{self.day.isoformat()} {label}" if label else ""


def calendars_of(
    codes: Iterable[str], first: date, last: date, *, reader: Reader | None = None
) -> dict[str, WorkingDays]:
    """The working days of each of these countries, with what was moved from the first day to the last; one query.

    Beyond these days nothing is moved. Moved days are public facts, so all count; for one reader, those he may know of.
    """
    wanted = sorted({code for code in codes if code})
    moved: dict[str, dict[date, MovedTo]] = {code: {} for code in wanted}
    rows = MovedDay.objects.within(wanted, first, last)
    if reader is not None:
        rows = rows.visible_to(reader)
    for code, day, becomes, name in rows.values_list("country_code", "day", "becomes", "name") if wanted else ():
        moved[code][day] = MovedTo(becomes == MovedDay.Becomes.WORKING, texts_of(name))
    return {code: WorkingDays(code, days) for code, days in moved.items()}


def calendar_of(code: str, first: date, last: date, *, reader: Reader | None = None) -> WorkingDays:
    """The working days of one country, as `calendars_of` has them; without a code the weekend alone counts."""
    return calendars_of([code], first, last, reader=reader).get(code) or WorkingDays(code)


def our_country() -> str:
    """The country of the home parliament as ISO has it: the first two letters of its code; "" when none is set."""
    return installation().get(HOME_PARLIAMENT, "")[:2].upper()
