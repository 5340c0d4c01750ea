"""Imports as they are kept: a batch for each file (and each undo), and a row for each object of the file; mappings.

Batches and rows are no records: nobody edits them, and only `exchange.actions` writes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.core.hooks import every_importer
from interparl.core.querysets import RecordQuerySet
from interparl.core.records import Problem, Problems, Record, named
from interparl.core.translated import TranslatedField
from interparl.exchange.rules.mappings import WrongMapping, read_mapping
from interparl.exchange.rules.messages import mapping_text


class BatchQuerySet(models.QuerySet["Batch"]):
    """Questions about imports."""

    def waiting(self) -> BatchQuerySet:
        """Those that were applied and have rows that wait for a decision; a later edition takes over."""
        later = Batch.objects.filter(
            source_key=OuterRef("source_key"),
            kind=OuterRef("kind"),
            pk__gt=OuterRef("pk"),
            state=Batch.State.APPLIED,
            undoes=None,
        )
        asked = Row.objects.filter(batch=OuterRef("pk"), state=Row.State.OPEN)
        return self.filter(Exists(asked), ~Exists(later), state=Batch.State.APPLIED, undoes=None)

    def held(self, batch: Batch) -> Batch:
        """The batch under a lock, with all others of its source: whether it may be written or not hangs on them."""
        of_source = self.select_for_update().filter(source_key=batch.source_key).order_by("pk")
        list(of_source.values_list("pk", flat=True))
        return self.defer("messages").get(pk=batch.pk)


class Batch(models.Model):
    """One file that was looked at, and perhaps applied or taken back; or the taking back of one.

    `counts` and `messages` are what the preview found; `seen` is the last history entry that it could know of.
    `decisions` grows with each decision about its rows, so that who applies knows whether one came in between. `tally`
    is how many rows there are of each kind, outcome, state and reasons, so that pages count nothing.
    """

    class State(models.TextChoices):
        """How far it came."""

        PREVIEWED = "previewed", pgettext_lazy("import", "previewed")
        APPLIED = "applied", pgettext_lazy("import", "applied")
        UNDONE = "undone", pgettext_lazy("import", "taken back")

    kind = models.CharField(_("kind of file"), max_length=40)
    name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(_("SHA-256 of the content"), max_length=64, blank=True)
    size = models.BigIntegerField(_("bytes"), default=0)
    source_key = models.CharField(_("key of the source"), max_length=60, db_index=True)
    source = models.ForeignKey(
        "core.Source", models.SET_NULL, verbose_name=_("source"), null=True, blank=True, related_name="+"
    )
    on = models.DateField(_("true on"), null=True, blank=True)
    facts: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(_("about the source"), default=dict)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PREVIEWED)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("user"), null=True, related_name="+"
    )
    actor = models.CharField(_("by"), max_length=200)
    at = models.DateTimeField(_("previewed at"), auto_now_add=True)
    applied_at = models.DateTimeField(_("applied at"), null=True)
    undoes = models.OneToOneField(
        "self", models.PROTECT, verbose_name=_("takes back"), null=True, blank=True, related_name="undone_by"
    )
    counts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("counts"), default=dict)
    messages: models.JSONField[list[Any], list[Any]] = models.JSONField(_("messages"), default=list)
    seen = models.BigIntegerField(default=0)
    decisions = models.BigIntegerField(default=0)
    tally: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.name} ({self.get_state_display()})"


class Row(models.Model):
    """One object of a file: what was found about it, and what is to be written for it.

    `prepared` holds the rows to write, main one first, with "raw", the object as it stands in the file; in each row
    "values" are sure, "asked" are {field: [in the file, here]} that somebody has to decide. `is_gone` marks an object
    of an earlier edition that this one no longer has. `target_*` names the record that was known before, or that it was
    decided to be. `outcome` is what the preview found and stays; `state` is how far the row came. `told` has the keys
    of its reasons, each after the first letter of its level. `decided` holds what follows from a decision.
    """

    class Outcome(models.TextChoices):
        """What applying does with it."""

        NEW = "new", pgettext_lazy("row of an import", "new")
        CHANGED = "changed", pgettext_lazy("row of an import", "changed")
        SAME = "same", pgettext_lazy("row of an import", "the same")
        DOUBTFUL = "doubtful", pgettext_lazy("row of an import", "doubtful")
        ERROR = "error", pgettext_lazy("row of an import", "with an error")

    class State(models.TextChoices):
        """How far it came."""

        READY = "ready", pgettext_lazy("row of an import", "to be written")
        OPEN = "open", pgettext_lazy("row of an import", "waits for a decision")
        WAITING = "waiting", pgettext_lazy("row of an import", "waits for another row")
        OUT = "out", pgettext_lazy("row of an import", "left out")
        WRITTEN = "written", pgettext_lazy("row of an import", "written")
        IDLE = "idle", pgettext_lazy("row of an import", "nothing to write")
        ERROR = "error", pgettext_lazy("row of an import", "with an error")

    class Decision(models.TextChoices):
        """What somebody decided about it."""

        FILE = "file", _("take the file’s values")
        OURS = "ours", _("keep ours")
        EACH = "each", _("each value by itself")
        WRITE = "write", _("write it as questioned")
        SAME = "same", _("the same as the record here")
        NEW = "new", _("another one: new")
        OUT = "out", _("leave the row out")

    batch = models.ForeignKey(Batch, models.CASCADE, verbose_name=_("import"), related_name="rows")
    place = models.CharField(_("place in the file"), max_length=100)
    record = models.CharField(_("kind in the file"), max_length=40)
    name = models.CharField(_("name"), max_length=300, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    state = models.CharField(pgettext_lazy("import", "state"), max_length=8, choices=State, default=State.IDLE)
    told = models.CharField(max_length=300, blank=True)
    is_gone = models.BooleanField(_("no longer in the file"), default=False)
    target_kind = models.CharField(_("kind of record"), max_length=60, blank=True)
    target_id = models.BigIntegerField(_("record"), null=True)
    prepared: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("to be written"), default=dict)
    reasons: models.JSONField[list[Any], list[Any]] = models.JSONField(_("reasons"), default=list)
    decision = models.CharField(_("decision"), max_length=8, choices=Decision, blank=True)
    decided: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("what was decided"), default=dict)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("decided by"), null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ("id",)
        indexes = (
            models.Index(fields=("batch", "outcome", "record")),
            # Each ends with the order of the page, so that the rows of a filter need no sorting.
            models.Index(fields=("batch", "outcome", "id")),
            models.Index(fields=("batch", "state", "id")),
            models.Index(fields=("batch", "record", "id")),
            models.Index(fields=("batch", "told", "id")),
        )

    def __str__(self) -> str:
        return f"{self.place}: {self.outcome}"

    @property
    def records(self) -> list[dict[str, Any]]:
        """What is to be written for it, as decided so far."""
        return self.decided.get("records") or self.prepared.get("records") or []


class Distinct(models.Model):
    """Two records that look the same and are not: who said so, and when. The lower id comes first."""

    kind = models.CharField(_("kind of record"), max_length=60)
    first_id = models.BigIntegerField()
    second_id = models.BigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("user"), related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("two that are not the same")
        verbose_name_plural = _("those that are not the same")
        constraints = (models.UniqueConstraint(fields=("kind", "first_id", "second_id"), name="distinct_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.first_id} / {self.second_id}"


class SavedMappingQuerySet(RecordQuerySet["SavedMapping"]):
    """Questions about mappings."""


class SavedMapping(Record):
    """How the columns of somebody's tables become fields: data that officers made (see `rules/mappings.py`)."""

    code = models.SlugField(_("code"), max_length=60)
    kind = models.CharField(_("kind of file"), max_length=40)
    name = TranslatedField(_("name"))
    data: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("columns"), default=dict, blank=True)

    objects = SavedMappingQuerySet.as_manager()
    labelled = True

    class Meta:
        verbose_name = _("mapping")
        verbose_name_plural = _("mappings")
        constraints = (models.UniqueConstraint(fields=("kind", "code"), name="mapping_once"),)

    def also_known(self) -> list[str]:
        """Its code."""
        return [self.code]

    def label_in(self, language: str) -> str:
        """Its name."""
        return named(self.name, language)

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """Refuses what is no mapping of a table, with the place in it."""
        found = super().problems(records)
        fields = {kind: list(importer.fields) for kind, importer in every_importer().items() if importer.fields}
        for position, record in enumerate(records):
            try:
                read_mapping(record.code, {**record.data, "kind": record.kind}, fields)
            except WrongMapping as problem:
                on_field = "kind" if problem.place == "kind" else "data"
                found.add(position, Problem("mapping", mapping_text(problem), on_field=on_field))
        return found
