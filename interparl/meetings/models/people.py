"""Who takes part in an event: on which side, as what, for whom, and whether he came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.core.fields import LineField
from interparl.core.querysets import RecordQuerySet
from interparl.core.records import Personal, Problem, Problems, Record
from interparl.core.translated import TranslatedField
from interparl.directory.models import Country, Organisation, Parliament, Person
from interparl.meetings.models.events import Event
from interparl.meetings.models.fields import LANGUAGES, PAIRS, own_by_event

NOBODY_NAMED = _("Name a person, or write the name as it was printed.")
OTHER_EVENT = _("The one whose place is taken belongs to another event.")
PAIRS_OF_NOBODY = _("Only an interpreter has pairs of languages.")
LEAVES_FIRST = _("The day of leaving lies before the day of arrival.")


class ParticipationQuerySet(RecordQuerySet["Participation"]):
    """Questions about participations."""

    def in_order(self) -> ParticipationQuerySet:
        """As a list prints them: the given order, else heads first, then as they were entered."""
        return self.order_by(models.F("order").asc(nulls_last=True), "rank", "pk")

    def counted(self) -> ParticipationQuerySet:
        """Those who came or are to come."""
        return self.exclude(attendance__in=Participation.AWAY)


class Participation(Record):
    """A person in an event, or a name as it was printed (Popolo: a person’s part in an event).

    `country` is whose side it is: that of the parliament or of the person where none is written. `role` is what is
    printed beside the name; without it the offices of that day are. `instead_of` is whose place the person takes.
    """

    class Capacity(models.TextChoices):
        """In what capacity."""

        PARLIAMENTARIAN = "parliamentarian", _("parliamentarian")
        POLITICIAN = "politician", _("politician")
        DIPLOMAT = "diplomat", _("diplomat")
        BUSINESS = "businessperson", _("businessperson")
        STATE = "statesperson", _("statesperson")
        OFFICIAL = "official", pgettext_lazy("capacity", "official")
        STAFF = "staff", pgettext_lazy("capacity", "staff")

    class Function(models.TextChoices):
        """What he does there."""

        HEAD = "head", pgettext_lazy("in an event", "head")
        DEPUTY = "deputy-head", pgettext_lazy("in an event", "deputy head")
        MEMBER = "member", pgettext_lazy("in an event", "member")
        HOST = "host", pgettext_lazy("in an event", "host")
        GUEST = "guest", pgettext_lazy("in an event", "guest")
        ADVISER = "adviser", pgettext_lazy("in an event", "adviser")
        SECRETARY = "secretary", pgettext_lazy("in an event", "secretary")
        INTERPRETER = "interpreter", pgettext_lazy("in an event", "interpreter")
        PRESS = "press", pgettext_lazy("in an event", "press")
        ESCORT = "escort", pgettext_lazy("in an event", "accompanying person")

    class Attendance(models.TextChoices):
        """Whether he comes, and whether he came."""

        EXPECTED = "expected", pgettext_lazy("in an event", "expected")
        CONFIRMED = "confirmed", pgettext_lazy("in an event", "confirmed")
        PRESENT = "present", pgettext_lazy("in an event", "present")
        ABSENT = "absent", pgettext_lazy("in an event", "absent")
        EXCUSED = "excused", pgettext_lazy("in an event", "excused")
        DECLINED = "declined", pgettext_lazy("in an event", "declined")

    AWAY = (Attendance.ABSENT, Attendance.EXCUSED, Attendance.DECLINED)

    event = models.ForeignKey(Event, models.PROTECT, verbose_name=_("event"), related_name="participations")
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name=_("person"), related_name="participations", null=True, blank=True
    )
    printed_name = LineField(_("name as printed"), blank=True, help_text=_("For a guest who is not in the directory."))
    parliament = models.ForeignKey(
        Parliament,
        models.PROTECT,
        verbose_name=_("for the parliament"),
        related_name="participations",
        null=True,
        blank=True,
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name=_("for the organisation"),
        related_name="participations",
        null=True,
        blank=True,
    )
    country = models.ForeignKey(
        Country, models.PROTECT, verbose_name=_("country"), related_name="participations", null=True, blank=True
    )
    capacity = models.CharField(_("capacity"), max_length=20, choices=Capacity, default=Capacity.PARLIAMENTARIAN)
    function = models.CharField(_("function"), max_length=20, choices=Function, default=Function.MEMBER)
    rank = models.PositiveSmallIntegerField(editable=False, default=0)
    role = TranslatedField(_("role as printed"), blank=True, help_text=_("Empty: the offices held on that day."))
    order = models.PositiveSmallIntegerField(_("place in the list"), null=True, blank=True)
    instead_of = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("in place of"), related_name="replaced_by", null=True, blank=True
    )
    attendance = models.CharField(_("attendance"), max_length=12, choices=Attendance, default=Attendance.EXPECTED)
    excuse = TranslatedField(_("excuse"), blank=True)
    languages = LineField(_("speaks"), max_length=60, blank=True, validators=[LANGUAGES])
    interprets = LineField(_("interprets"), max_length=120, blank=True, validators=[PAIRS])
    arrives_on = models.DateField(_("arrives on"), null=True, blank=True)
    leaves_on = models.DateField(_("leaves on"), null=True, blank=True)

    objects = ParticipationQuerySet.as_manager()
    derived = (*Record.derived, "rank")
    own_through = own_by_event()
    told_by = "person"
    whole_field = "event"
    told_with_whole = True
    reads_through = ("event", "person")
    labelled = True
    label_needs = ("person__names",)
    # Who met whom in office is a public fact; a guest’s name and why he did not come are not.
    personal = Personal(
        "person",
        private=("note", "excuse", "languages"),
        naming=("printed_name", "role"),
        facts=(
            "event",
            "person",
            "parliament",
            "organisation",
            "country",
            "capacity",
            "function",
            "order",
            "instead_of",
            "attendance",
            "interprets",
            "arrives_on",
            "leaves_on",
        ),
    )

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        # Who of a country took part in some events is found by both; by the country alone half of all rows are read.
        indexes = (models.Index(fields=("person", "event")), models.Index(fields=("event", "country")))
        constraints = (
            models.UniqueConstraint(
                fields=("event", "person"),
                name="participation_once",
                violation_error_message=_("This person takes part in it already."),
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(printed_name=""),
                name="participation_named",
                violation_error_message=NOBODY_NAMED,
            ),
        )

    def prepare(self) -> None:
        """Fills the place of the function in a list, and the side where it follows from whom the person is for."""
        super().prepare()
        values = self.Function.values
        self.rank = values.index(self.function) if self.function in values else len(values)
        if self.country_id is None:
            self.country_id = self._country_key()

    def _country_key(self) -> int | None:
        if self.parliament is not None:
            return self.parliament.country_id
        return self.person.country_id if self.person is not None else None

    def label_in(self, language: str) -> str:
        """The person’s name, or the name as it was printed."""
        return self.person.label_in(language) if self.person is not None else self.printed_name

    @property
    def is_counted(self) -> bool:
        """Whether he came or is to come."""
        return self.attendance not in self.AWAY

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """Whose place is taken takes part in the same event; days follow each other; pairs are an interpreter’s."""
        found = super().problems(records)
        for position, record in enumerate(records):
            if record.instead_of is not None and record.instead_of.event_id != record.event_id:
                found.add(position, Problem("other-event", OTHER_EVENT, "instead_of"))
            if record.interprets and record.function != cls.Function.INTERPRETER:
                found.add(position, Problem("pairs", PAIRS_OF_NOBODY, "interprets"))
            if record.arrives_on and record.leaves_on and record.leaves_on < record.arrives_on:
                found.add(position, Problem("leaves-first", LEAVES_FIRST, "leaves_on"))
        return found
