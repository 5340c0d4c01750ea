"""Imports as they are kept: a batch for each file (and each undo), and a row for each object of the file.

These are no records: nobody edits them, and only `exchange.actions` writes them.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Batch(models.Model):
    """One file that was looked at, and perhaps applied or taken back; or the taking back of one.

    `counts` and `messages` are what the preview found; `seen` is the last history entry that it could know of.
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

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.name} ({self.get_state_display()})"


class Row(models.Model):
    """One object of a file: what was found about it, and what is to be written for it.

    `prepared` holds the rows to write, main one first, with "raw", the object as it stands in the file. `is_gone` marks
    an object of an earlier edition that this one no longer has. `target_*` names the record that was known before.
    """

    class Outcome(models.TextChoices):
        """What applying does with it."""

        NEW = "new", pgettext_lazy("row of an import", "new")
        CHANGED = "changed", pgettext_lazy("row of an import", "changed")
        SAME = "same", pgettext_lazy("row of an import", "the same")
        DOUBTFUL = "doubtful", pgettext_lazy("row of an import", "doubtful")
        ERROR = "error", pgettext_lazy("row of an import", "with an error")

    batch = models.ForeignKey(Batch, models.CASCADE, verbose_name=_("import"), related_name="rows")
    place = models.CharField(_("place in the file"), max_length=100)
    record = models.CharField(_("kind in the file"), max_length=40)
    name = models.CharField(_("name"), max_length=300, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    is_gone = models.BooleanField(_("no longer in the file"), default=False)
    target_kind = models.CharField(_("kind of record"), max_length=60, blank=True)
    target_id = models.BigIntegerField(_("record"), null=True)
    prepared: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("to be written"), default=dict)
    reasons: models.JSONField[list[Any], list[Any]] = models.JSONField(_("reasons"), default=list)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ("id",)
        indexes = (models.Index(fields=("batch", "outcome", "record")),)

    def __str__(self) -> str:
        return f"{self.place}: {self.outcome}"
