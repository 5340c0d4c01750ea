"""Up to where each reader has seen the history of a record."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Look(models.Model):
    """Up to which entry a reader has seen what happened around a record; his own, and no part of any history.

    It goes with the account: it tells what somebody was interested in and nothing of the record.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    seen_up_to = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("last look at a record")
        verbose_name_plural = _("last looks at records")
        constraints = (models.UniqueConstraint(fields=("user", "kind", "object_id"), name="look_once"),)

    def __str__(self) -> str:
        return f"{self.user}: {self.kind} {self.object_id}"
