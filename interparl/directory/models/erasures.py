"""How long personal data are kept, what holds them back, and each erasure that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from interparl.core.erasing import about_somebody
from interparl.core.fields import LineField
from interparl.core.models import Entry
from interparl.core.querysets import DatedQuerySet, RecordQuerySet
from interparl.core.records import Dated, Personal, Problem, Problems, Record, named
from interparl.core.rights import Reader
from interparl.core.translated import TranslatedField
from interparl.directory.models.people import Mandate, Office, Person


class Deed(models.TextChoices):
    """What is done: an office holder keeps his name, others lose it."""

    ERASE = "erase", _("erase private data")
    ANONYMISE = "anonymise", _("make anonymous")


def held_public_office() -> Q:
    """The condition under which a person held a mandate or a public office, so that the name is a public fact."""
    offices = Office.objects.exclude(kind=Office.Kind.OTHER)
    return Q(Exists(Mandate.objects.filter(person=OuterRef("pk")))) | Q(Exists(offices.filter(person=OuterRef("pk"))))


class RetentionRuleQuerySet(RecordQuerySet["RetentionRule"]):
    """Questions about rules of keeping."""


class RetentionRule(Record):
    """How long what is known of people is kept, from which event, and what is done then."""

    class Whom(models.TextChoices):
        """Whom the rule is about."""

        WITH = "with", _("people who held a mandate or a public office")
        WITHOUT = "without", _("people who held neither")

    class Event(models.TextChoices):
        """From what the years are counted."""

        MANDATE = "mandate", _("end of the last mandate or office")
        SERVICE = "membership", _("end of the last mandate, office or membership")
        ENTRY = "entry", _("last change of what is known")

    title = TranslatedField(_("title"))
    applies_to = models.CharField(_("applies to"), max_length=10, choices=Whom)
    event = models.CharField(_("counted from"), max_length=12, choices=Event)
    years = models.PositiveSmallIntegerField(_("years"))
    deed = models.CharField(_("what is done"), max_length=12, choices=Deed)
    basis = LineField(_("legal basis"), max_length=500)

    objects = RetentionRuleQuerySet.as_manager()
    labelled = True

    class Meta:
        verbose_name = _("rule of keeping")
        verbose_name_plural = _("rules of keeping")

    def label_in(self, language: str) -> str:
        """Its title."""
        return named(self.title, language)

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """Who held a public office keeps the name; who held none has no day on which it ended."""
        found = super().problems(records)
        for position, record in enumerate(records):
            if record.applies_to == cls.Whom.WITH and record.deed == Deed.ANONYMISE:
                found.add(position, Problem("public-name", PUBLIC_NAME, "deed"))
            if record.applies_to == cls.Whom.WITHOUT and record.event == cls.Event.MANDATE:
                message = _("People without a mandate or office have no end of one.")
                found.add(position, Problem("no-mandate", message, "event"))
        return found

    def due(self, day: date) -> QuerySet[Person]:
        """The people whose time has come by this rule; without those held back or erased so already."""
        last = _years_before(day, self.years)
        if last is None:
            return Person.objects.none()
        is_public = held_public_office()
        found = Person.objects.filter(is_public if self.applies_to == self.Whom.WITH else ~is_public)
        lasting, ended = _service(self.event, day if self.event == self.Event.ENTRY else last)
        found = found.filter(~lasting)
        if self.event == self.Event.ENTRY:
            since = datetime.combine(last + timedelta(days=1), time(), tzinfo=UTC)
            found = found.filter(~_entries_since(since))
        else:
            found = found.filter(ended)
        done = Erasure.objects.filter(person=OuterRef("pk"), state=Erasure.State.DONE)
        if self.deed == Deed.ANONYMISE:
            done = done.filter(deed=Deed.ANONYMISE)
        holds = RetentionHold.objects.on(day).filter(person=OuterRef("pk"))
        return found.exclude(Exists(done)).exclude(Exists(holds))


PUBLIC_NAME = _("Who held a mandate or a public office keeps the name: it is a public fact. Erase the private data.")


UNDER_WAY = _("An erasure is under way for one of them. It takes what was listed, so it comes first.")
ERASED_ALREADY = _(
    "Personal data of one of them were erased. What the other has is erased likewise; it is not tied to what is left."
)


def _years_before(day: date, years: int) -> date | None:
    """The day so many years before; None before the calendar begins."""
    year = day.year - years
    if year < 1:
        return None
    return day.replace(year=year, day=min(day.day, 28) if (day.month, day.day) == (2, 29) else day.day)


def _service(event: str, last: date) -> tuple[Q, Q]:
    """The conditions: something of service lasts beyond the day, and there was any."""
    lasting, ended = Q(pk__in=()), Q(pk__in=())
    for model, personal in about_somebody(Person):
        if personal.is_service and (event != RetentionRule.Event.MANDATE or model in (Mandate, Office)):
            path: dict[str, Any] = {personal.through: OuterRef("pk")}
            rows = model._base_manager.filter(**path)
            lasting |= Q(Exists(rows.filter(Q(until_latest__isnull=True) | Q(until_latest__gt=last))))
            ended |= Q(Exists(rows))
    return lasting, ended


def _entries_since(since: datetime) -> Q:
    later = Entry.objects.filter(at__gte=since)
    kind = Person.record_kind()
    return Q(Exists(later.filter(kind=kind, object_id=OuterRef("pk")))) | Q(
        Exists(later.filter(whole_kind=kind, whole_id=OuterRef("pk")))
    )


class RetentionHoldQuerySet(DatedQuerySet["RetentionHold"]):
    """Questions about holds."""


class RetentionHold(Dated):
    """Why nothing of a person may be erased, from a day to a day: a court case, an inquiry, an archive's wish."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("person"), related_name="holds")
    grounds = LineField(pgettext_lazy("of a hold", "reason"), max_length=500)

    objects = RetentionHoldQuerySet.as_manager()
    own_through = {"directory.person": "person"}
    told_by = "grounds"
    whole_field = "person"
    reads_through = ("person",)
    personal = Personal("person", facts=("person", "grounds"))

    class Meta:
        verbose_name = _("hold on erasure")
        verbose_name_plural = _("holds on erasure")


class ErasureQuerySet(RecordQuerySet["Erasure"]):
    """Questions about erasures."""


class Erasure(Record):
    """One erasure of one person: prepared and asked by one user, confirmed or refused by another; its id is its number.

    `basis` and `grounds` stand for a rule where somebody asked for it. `lost` says by kind how much went.
    """

    class State(models.TextChoices):
        """How far it came."""

        DRAFT = "draft", pgettext_lazy("erasure", "in preparation")
        ASKED = "asked", pgettext_lazy("erasure", "asked for")
        REFUSED = "refused", pgettext_lazy("erasure", "refused")
        DONE = "done", pgettext_lazy("erasure", "carried out")

    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("person"), related_name="erasures")
    deed = models.CharField(_("what is done"), max_length=12, choices=Deed)
    rule = models.ForeignKey(
        RetentionRule, models.PROTECT, verbose_name=_("by rule"), related_name="erasures", null=True, blank=True
    )
    basis = LineField(_("legal basis of a request"), max_length=500, blank=True)
    grounds = LineField(
        pgettext_lazy("of an erasure", "reason of a request"),
        max_length=500,
        blank=True,
        help_text=_("It stays. Do not name the person here."),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("asked by"),
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    asked_on = models.DateField(_("asked on"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("decided by"),
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    lost: models.JSONField[list[Any], list[Any]] = models.JSONField(
        _("what went"), default=list, blank=True, editable=False
    )

    objects = ErasureQuerySet.as_manager()
    own_through = {"directory.person": "person"}
    told_by = "person"
    reads_through = ("person",)
    personal = Personal(
        "person",
        facts=(
            "person",
            "deed",
            "rule",
            "basis",
            "grounds",
            "state",
            "asked_by",
            "asked_on",
            "decided_by",
            "decided_at",
            "lost",
        ),
    )

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")

    def __str__(self) -> str:
        return gettext("Erasure No. %(number)s") % {"number": self.pk}

    def may_do(self, action: str, user: Reader) -> bool:
        """Only what is still in preparation is changed as records are; the rest goes by its own steps."""
        is_open = self.state == self.State.DRAFT or action != "change"
        return is_open and super().may_do(action, user)

    @classmethod
    def against_merging(cls, rows: Sequence[Self]) -> list[str | Promise]:
        """What was erased is tied to nobody again, and what goes is what was asked for."""
        said = {cls.State.DRAFT: UNDER_WAY, cls.State.ASKED: UNDER_WAY, cls.State.DONE: ERASED_ALREADY}
        return list(dict.fromkeys(said[cls.State(row.state)] for row in rows if row.state in said))

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """Who held a public office is not made anonymous."""
        found = super().problems(records)
        nameless = [record.person_id for record in records if record.deed == Deed.ANONYMISE]
        public = set(Person.objects.filter(held_public_office(), pk__in=nameless).values_list("pk", flat=True))
        for position, record in enumerate(records):
            if record.deed == Deed.ANONYMISE and record.person_id in public:
                found.add(position, Problem("public-name", PUBLIC_NAME, "deed"))
        return found
