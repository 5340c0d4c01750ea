"""History and labels, and the two scales that every record carries."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _


class Grade(models.TextChoices):
    """How well a record is known (design 2.16)."""

    STATED = "stated", _("stated")
    LIKELY = "likely", _("likely")
    ILLUSTRATIVE = "illustrative", _("illustrative")


class Mark(models.TextChoices):
    """Who may read a record (design 2.9)."""

    PUBLIC = "public", _("public")
    INTERNAL = "internal", _("internal")
    OFFICIAL = "official", _("official use")
    POINTER = "pointer", _("pointer only")


# The verb of an erasure, and the one key of what stands in a change where a value was erased: its number.
ERASED = "erased"
# The verbs of a merge: of the two records, of rows that turn to the one that is left, of rows that are kept once; and
# what the id of the one that went is called in a change of the one that is left.
MERGED, CARRIED, DOUBLED = "merged", "carried", "doubled"
MERGED_FROM = "merged_from"
# The verb of what went out: it is withdrawn or replaced, and never unmade.
RELEASED = "released"
# Changes that no line of history takes back by itself.
BEYOND_RETURN = frozenset({ERASED, MERGED, CARRIED, DOUBLED, RELEASED})


def is_erased(value: Any) -> bool:
    """Whether a value of a change was erased; what stands there is {"erased": the number of the erasure}."""
    return isinstance(value, dict) and set(value) == {ERASED}


class Seal(models.Model):
    """A link of the chain over the history: what was in it, and the hash of that with the link before (design 8.11).

    `listed` is the text of (id, digest) lines that `hash` covers; `previous` is the hash of the link before.
    """

    number = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64, blank=True)
    listed = models.TextField()
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"{self.number} {self.hash}"


class Entry(models.Model):
    """One change of one record: what was before and after, who, when, why. Never changed itself, but by erasure.

    `changes` is {field: [before, after]} in JSON; relations are ids, never names. `whole_*` names the record whose
    page shows the change when it is not the record itself. `erased_by` is the entry of the erasure that took personal
    values out of this one; `digest` still says what stood here before (design 8.11). `without` names what was open
    when a step was made, with spaces between; `note` is the reason then.
    """

    kind = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    whole_kind = models.CharField(max_length=60, blank=True)
    whole_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=40)
    changes = models.JSONField(default=dict)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor = models.CharField(max_length=200)
    at = models.DateTimeField(default=now)
    note = models.TextField(blank=True)
    without = models.CharField(max_length=200, blank=True, default="")
    batch = models.BigIntegerField(null=True)
    row = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    seal = models.ForeignKey(Seal, models.PROTECT, null=True, related_name="entries")
    erased_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="erased")

    is_restricted = False  # whether its record is for official use, once history has looked (`core.history`)

    class Meta:
        verbose_name = _("history entry")
        verbose_name_plural = _("history")
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("kind", "object_id", "id")),
            models.Index(fields=("whole_kind", "whole_id", "id")),
            models.Index(fields=("batch",)),
            models.Index(fields=("at",)),
            models.Index(fields=("id",), condition=models.Q(seal=None), name="entry_unsealed"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.verb}"


class ReadEntry(models.Model):
    """Somebody read a record that is for official use (design 2.9): written after the answer, never changed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    address = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("read of a restricted record")
        verbose_name_plural = _("reads of restricted records")
        ordering = ("-id",)
        indexes = (models.Index(fields=("kind", "object_id", "id")), models.Index(fields=("user", "id")))

    def __str__(self) -> str:
        return f"{self.user}: {self.kind} {self.object_id}"


class Label(models.Model):
    """What lists sort, pick and print of a record, in every language, with the fallback applied.

    `by` is what it is sorted by (a person: surname first); `key` is hex digits whose plain order is the dictionary
    order of `language`; `folded` has every word that the record is found by, each after a space; `spoken` is the
    language the text is really in.
    """

    kind = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    language = models.CharField(max_length=12)
    text = models.CharField(max_length=400)
    by = models.CharField(max_length=400)
    key = models.CharField(max_length=512)
    folded = models.CharField(max_length=1000)
    spoken = models.CharField(max_length=12)

    is_restricted = False  # whether its record is for official use, where the query asked (`core.reads`)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "object_id", "language"), name="label_once"),)
        indexes = (models.Index(fields=("kind", "language", "key")),)

    def __str__(self) -> str:
        return self.text
