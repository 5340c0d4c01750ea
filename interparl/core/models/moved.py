"""Where records are found that were merged into others and are no longer there themselves."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MovedQuerySet(models.QuerySet["Moved"]):
    """Questions about records that were merged."""

    def standing(self) -> MovedQuerySet:
        """Those whose merge was not taken back."""
        return self.filter(is_undone=False)

    def of(self, kind: str) -> MovedQuerySet:
        """Those of one kind of record, unless taken back."""
        return self.standing().filter(kind=kind)

    def into(self, kind: str, key: int) -> list[int]:
        """The old ids of all that was merged into that record, directly or by way of others."""
        return list(self.of(kind).filter(to_id=key).order_by("pk").values_list("object_id", flat=True))

    def words(self, kind: str, keys: list[int]) -> dict[int, list[str]]:
        """By record the names of what was merged into it, by which it is found as well."""
        found: dict[int, list[str]] = {}
        for key, words in self.of(kind).filter(to_id__in=keys).order_by("pk").values_list("to_id", "words"):
            found.setdefault(key, []).extend(words)
        return found


class Moved(models.Model):
    """A record that was merged into another: who names it by its old id or code is led to the one that is left.

    `into_id` is the record that it was merged into, `to_id` the one that is left today, when that was merged in its
    turn. `code` is the code that is no longer a record's own, `words` are names that would be lost. A merge that was
    taken back keeps its row. It is no record: nobody edits it, and only merging writes it.
    """

    kind = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    into_id = models.BigIntegerField()
    to_id = models.BigIntegerField()
    batch = models.BigIntegerField(unique=True)
    code = models.CharField(max_length=100, blank=True)
    words: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    is_undone = models.BooleanField(default=False)

    objects = MovedQuerySet.as_manager()

    class Meta:
        verbose_name = _("merged record")
        verbose_name_plural = _("merged records")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("kind", "object_id"), condition=Q(is_undone=False), name="moved_once"),
        )
        indexes = (models.Index(fields=("kind", "to_id")), models.Index(fields=("kind", "code")))

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} → {self.into_id}"
