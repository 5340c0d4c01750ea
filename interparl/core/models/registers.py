"""Small registers of the mechanism: sources, identifiers, settings of the installation."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from interparl.core.models.entries import Mark
from interparl.core.querysets import RecordQuerySet
from interparl.core.records import Personal, Record, named
from interparl.core.translated import TranslatedField


class SourceQuerySet(RecordQuerySet["Source"]):
    """Questions about sources."""


class Source(Record):
    """Where a fact was read: a page, a file, an act; with the licence stated there."""

    key = models.SlugField(_("key"), max_length=100, unique=True)
    title = TranslatedField(_("title"))
    url = models.URLField(_("address"), max_length=500, blank=True)
    read_on = models.DateField(_("read on"), null=True, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)

    objects = SourceQuerySet.as_manager()
    labelled = True

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def label_in(self, language: str) -> str:
        """Its title."""
        return named(self.title, language)


class IdentifierQuerySet(RecordQuerySet["Identifier"]):
    """Questions about identifiers."""

    def of(self, kind: str, scheme: str) -> IdentifierQuerySet:
        """Those of one kind of record in one scheme."""
        return self.filter(kind=kind, scheme=scheme)


class Identifier(Record):
    """A record's id elsewhere: ISO 3166, IPU, Wikidata, the key of a source (Popolo: identifier)."""

    kind = models.CharField(_("kind of record"), max_length=60)
    object_id = models.BigIntegerField(_("record"))
    scheme = models.CharField(_("scheme"), max_length=100)
    value = models.CharField(_("value"), max_length=300)

    objects = IdentifierQuerySet.as_manager()
    told_by = "value"
    hangs_on_any = True
    # The keys of public registers stay with whoever held a public office.
    personal = Personal(naming=("value",), facts=("kind", "object_id", "scheme"), removed={"anonymise": Q()})

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints = (models.UniqueConstraint(fields=("kind", "scheme", "value"), name="identifier_once"),)
        indexes = (models.Index(fields=("kind", "object_id")),)

    @property
    def whole(self) -> tuple[str, int] | None:
        """The record that it identifies."""
        return self.kind, self.object_id


class PointerQuerySet(RecordQuerySet["Pointer"]):
    """Questions about pointers."""

    def about(self, kind: str, key: int) -> PointerQuerySet:
        """Those of one record."""
        return self.filter(kind=kind, object_id=key)


class Pointer(Record):
    """Where something lies that is not kept here: its number in a register and a place, no content (design 2.9)."""

    kind = models.CharField(_("kind of record"), max_length=60)
    object_id = models.BigIntegerField(_("record"))
    number = models.CharField(_("registry number"), max_length=100)
    place = models.CharField(_("kept at"), max_length=200)

    objects = PointerQuerySet.as_manager()
    told_by = "number"
    hangs_on_any = True
    personal = Personal(
        private=("number", "place", "note"), facts=("kind", "object_id"), removed={"erase": Q(), "anonymise": Q()}
    )
    is_pointer = True

    class Meta:
        verbose_name = _("pointer")
        verbose_name_plural = _("pointers")
        indexes = (models.Index(fields=("kind", "object_id")),)

    def prepare(self) -> None:
        """A pointer has the mark of its name, and is never published."""
        super().prepare()
        self.mark, self.published_on = Mark.POINTER, None

    @property
    def whole(self) -> tuple[str, int] | None:
        """The record that it is about."""
        return self.kind, self.object_id


class SettingQuerySet(RecordQuerySet["Setting"]):
    """Questions about settings."""


class Setting(Record):
    """One setting of this installation, by key: the home parliament, its zone, the day of a demonstration."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    value = models.CharField(_("value"), max_length=300, blank=True)

    objects = SettingQuerySet.as_manager()
    told_by = "key"

    class Meta:
        verbose_name = _("setting")
        verbose_name_plural = _("settings")
