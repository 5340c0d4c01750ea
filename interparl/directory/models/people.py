"""People: names, mandates, offices, factions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.core.days import today
from interparl.core.fields import LineField
from interparl.core.querysets import DatedQuerySet, RecordQuerySet
from interparl.core.records import Dated, Otherwise, PartialDateField, Personal, Problem, Problems, Record, named
from interparl.core.translated import TranslatedField
from interparl.directory.models.organisations import Organisation
from interparl.directory.models.parliaments import Chamber, ChamberTerm, Convocation, Country
from interparl.directory.rules import full_name, register_name, surely_outside

_LANGUAGES = re.compile(r"[a-z]{2,3}( [a-z]{2,3}){0,11}")
SPEAKS = _("Codes of languages with a gap between: en fr")


def check_languages(text: str) -> None:
    """Validator of a list of language codes."""
    if not _LANGUAGES.fullmatch(text):
        raise ValidationError(_("“%(text)s” is no list of languages. Write their codes: en fr."), params={"text": text})


class PersonQuerySet(RecordQuerySet["Person"]):
    """Questions about people."""


class Person(Record):
    """Somebody the parliament knows. Names are rows of their own; a person without any shows a number."""

    class Gender(models.TextChoices):
        """As the source says."""

        FEMALE = "female", _("female")
        MALE = "male", _("male")
        OTHER = "other", _("other")

    gender = models.CharField(_("gender"), max_length=10, choices=Gender, blank=True)
    born = PartialDateField(_("born"))
    died = PartialDateField(pgettext_lazy("of a person", "died"))
    country = models.ForeignKey(
        Country, models.PROTECT, verbose_name=_("country"), related_name="people", null=True, blank=True
    )
    speaks = LineField(_("speaks"), max_length=60, blank=True, validators=[check_languages], help_text=SPEAKS)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("signs in as"), null=True, blank=True
    )

    objects = PersonQuerySet.as_manager()
    own_through = {"directory.person": "pk", "directory.country": "country"}
    labelled = True
    mergeable = True
    label_needs = ("names",)
    personal = Personal(private=("born", "speaks", "note"), naming=("died", "user"), facts=("gender", "country"))
    same_when = ("born", "country")

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def told_names(self) -> list[PersonName]:
        """The names that whoever may know of the person may know: the label and the search are made of these alone."""
        return [name for name in self.names.all() if name.is_told_with(self)]

    def going_along(self) -> list[PersonName]:
        """The names by which somebody is known; those of passports go their own way."""
        return list(self.names.exclude(kind=PersonName.Kind.PASSPORT).order_by("pk"))

    def name_in(self, language: str) -> PersonName | None:
        """The preferred name in that language: marked so, else official, else the last one known."""
        mine = [name for name in self.told_names() if name.language == language]
        return max(mine, key=PersonName.preference) if mine else None

    def also_known(self) -> list[str]:
        """Every name in every language, with patronymics."""
        names = self.told_names()
        return [text for name in names for text in (name.text, full_name(name.given, name.patronymic, name.family))]

    def label_in(self, language: str) -> str:
        """The preferred name, surname last."""
        name = self.name_in(language)
        return name.text if name else ""

    def sort_text_in(self, language: str) -> str:
        """The preferred name, surname first."""
        name = self.name_in(language)
        return name.by if name else ""

    def label_otherwise(self) -> Otherwise:
        """A name in whatever language there is."""
        names = self.told_names()
        if not names:
            return super().label_otherwise()
        name = max(names, key=PersonName.preference)
        return Otherwise(name.text, name.by, name.language or "und")


class PersonNameQuerySet(DatedQuerySet["PersonName"]):
    """Questions about names."""


class PersonName(Dated):
    """One name of a person in one language and script, with its dates and source (design 2.7)."""

    class Kind(models.TextChoices):
        """What the name is."""

        OFFICIAL = "official", _("official")
        PASSPORT = "passport", _("in the passport")
        KNOWN_AS = "known-as", _("also known as")
        FORMER = "former", _("former")

    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("person"), related_name="names")
    language = models.CharField(_("language"), max_length=12, blank=True)
    script = models.CharField(_("script"), max_length=4, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.OFFICIAL)
    is_preferred = models.BooleanField(_("preferred in this language"), default=False)
    family = LineField(_("surname"), blank=True)
    given = LineField(_("given name"), blank=True)
    patronymic = LineField(_("patronymic"), blank=True)
    text = LineField(_("full name"), blank=True)
    prefix = LineField(_("title before the name"), max_length=60, blank=True)
    suffix = LineField(_("letters after the name"), max_length=60, blank=True)

    objects = PersonNameQuerySet.as_manager()
    own_through = {"directory.person": "person"}
    told_by = "text"
    whole_field = "person"
    reads_through = ("person",)
    personal = Personal(
        "person",
        naming=("language", "script", "family", "given", "patronymic", "text", "prefix", "suffix"),
        facts=("person", "kind", "is_preferred"),
        removed={"erase": Q(kind=Kind.PASSPORT), "anonymise": Q()},
    )

    class Meta:
        verbose_name = _("name of a person")
        verbose_name_plural = _("names of people")

    def __str__(self) -> str:
        return self.text

    def is_told_with(self, person: Person) -> bool:
        """Whether no reader of the person is kept from this name: by a higher mark, or by a later publication."""
        if self.effective_mark != person.effective_mark:
            return False
        day = person.effective_published_on
        if day is None:
            return True
        mine = self.effective_published_on
        return mine is not None and (mine <= day or mine <= today())

    def preference(self) -> tuple[bool, bool, bool, int]:
        """Sorts the names of one language: the greatest is shown."""
        return self.is_preferred, self.kind == self.Kind.OFFICIAL, not self.until, self.pk or 0

    @property
    def beside(self) -> str:
        """The words before and after the name: "Dr … MP"; "" when there are none."""
        both = self.prefix and self.suffix
        return f"{self.prefix} … {self.suffix}" if both else self.prefix or self.suffix

    @property
    def by(self) -> str:
        """What it is sorted by: surname first."""
        return register_name(self.given, self.patronymic, self.family) if self.family else self.text

    def prepare(self) -> None:
        """Makes the full name of its parts when only they were given."""
        super().prepare()
        if not self.text:
            self.text = full_name(self.given, "", self.family)

    def clean(self) -> None:
        """A name has words."""
        super().clean()
        if not self.text:
            raise ValidationError({"text": _("Write the name.")}, code="required")


class ConstituencyQuerySet(RecordQuerySet["Constituency"]):
    """Questions about constituencies."""


class Constituency(Record):
    """Where a member is elected (Popolo: area)."""

    chamber = models.ForeignKey(Chamber, models.PROTECT, verbose_name=_("chamber"), related_name="constituencies")
    name = TranslatedField(_("name"))
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)

    objects = ConstituencyQuerySet.as_manager()
    labelled = True
    reads_through = ("chamber",)
    whole_field = "chamber"

    class Meta:
        verbose_name = _("constituency")
        verbose_name_plural = _("constituencies")

    def label_in(self, language: str) -> str:
        """Its name."""
        return named(self.name, language)


class MandateQuerySet(DatedQuerySet["Mandate"]):
    """Questions about mandates."""


class Mandate(Dated):
    """A person's seat in a chamber, in a convocation."""

    class Start(models.TextChoices):
        """Why it began."""

        ELECTION = "election", _("general election")
        BY_ELECTION = "by-election", _("by-election")
        REPLACEMENT = "replacement", _("took over the seat")
        APPOINTMENT = "appointment", _("appointed")

    class End(models.TextChoices):
        """Why it ended."""

        TERM = "term", _("end of the convocation")
        RESIGNATION = "resignation", _("resigned")
        DEATH = "death", _("died")
        OFFICE = "office", _("took another office")
        RECALL = "recall", _("recalled")

    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("person"), related_name="mandates")
    chamber = models.ForeignKey(Chamber, models.PROTECT, verbose_name=_("chamber"), related_name="mandates")
    convocation = models.ForeignKey(
        Convocation, models.PROTECT, verbose_name=_("convocation"), related_name="mandates", null=True, blank=True
    )
    constituency = models.ForeignKey(
        Constituency, models.PROTECT, verbose_name=_("constituency"), related_name="mandates", null=True, blank=True
    )
    start_reason = models.CharField(_("how it began"), max_length=20, choices=Start, blank=True)
    end_reason = models.CharField(_("how it ended"), max_length=20, choices=End, blank=True)

    objects = MandateQuerySet.as_manager()
    own_through = {"directory.person": "person"}
    told_by = "chamber"
    whole_field = "person"
    reads_through = ("person", "chamber")
    personal = Personal(
        "person",
        facts=("person", "chamber", "convocation", "constituency", "start_reason", "end_reason"),
        is_service=True,
    )

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """A mandate that leaves its chamber's term is questioned (design 2.19)."""
        found = super().problems(records)
        terms = ChamberTerm.objects.filter(convocation__in={record.convocation_id for record in records})
        frames = {(term.chamber_id, term.convocation_id): term.span for term in terms}
        for position, record in enumerate(records):
            frame = frames.get((record.chamber_id, record.convocation_id or 0))
            if frame and surely_outside(record.span, [frame]):
                message = _("The mandate has days outside the chamber’s term in this convocation.")
                found.add(position, Problem("outside-term", message, "since", may_be_questioned=True))
        return found


class OfficeQuerySet(DatedQuerySet["Office"]):
    """Questions about offices."""


class Office(Dated):
    """An office that a person holds: speaker, deputy speaker, minister, ambassador, chair."""

    class Kind(models.TextChoices):
        """What the office is."""

        SPEAKER = "speaker", _("speaker")
        DEPUTY_SPEAKER = "deputy-speaker", _("deputy speaker")
        CHAIR = "chair", _("chair of a committee")
        MINISTER = "minister", _("minister")
        AMBASSADOR = "ambassador", _("ambassador")
        OTHER = "other", _("other office")

    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("person"), related_name="offices")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = TranslatedField(_("title"))
    chamber = models.ForeignKey(
        Chamber, models.PROTECT, verbose_name=_("chamber"), related_name="offices", null=True, blank=True
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="offices", null=True, blank=True
    )
    country = models.ForeignKey(
        Country, models.PROTECT, verbose_name=_("posted to"), related_name="offices", null=True, blank=True
    )

    objects = OfficeQuerySet.as_manager()
    own_through = {"directory.person": "person"}
    told_by = "title"
    whole_field = "person"
    reads_through = ("person",)
    personal = Personal(
        "person",
        naming=("title", "kind", "chamber", "organisation", "country"),
        facts=("person",),
        removed={"anonymise": Q()},
        is_service=True,
    )

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")


class FactionQuerySet(DatedQuerySet["Faction"]):
    """Questions about factions."""


class Faction(Dated):
    """A party or group in a chamber."""

    chamber = models.ForeignKey(Chamber, models.PROTECT, verbose_name=_("chamber"), related_name="factions")
    name = TranslatedField(_("name"))
    short_name = TranslatedField(_("short name"), blank=True)

    objects = FactionQuerySet.as_manager()
    labelled = True
    reads_through = ("chamber",)
    whole_field = "chamber"

    class Meta:
        verbose_name = _("faction")
        verbose_name_plural = _("factions")

    def label_in(self, language: str) -> str:
        """Its name."""
        return named(self.name, language)


class AffiliationQuerySet(DatedQuerySet["Affiliation"]):
    """Questions about affiliations."""


class Affiliation(Dated):
    """A person's place in a faction."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("person"), related_name="affiliations")
    faction = models.ForeignKey(Faction, models.PROTECT, verbose_name=_("faction"), related_name="affiliations")
    role = LineField(_("role"), blank=True)

    objects = AffiliationQuerySet.as_manager()
    own_through = {"directory.person": "person"}
    told_by = "faction"
    whole_field = "person"
    reads_through = ("person", "faction")
    personal = Personal("person", naming=("faction", "role"), facts=("person",), removed={"anonymise": Q()})

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
