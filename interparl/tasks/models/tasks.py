"""Tasks: what somebody has to do, by a day, about a record or about nothing in particular."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.accounts.models import User
from interparl.core.kinds import Ref
from interparl.core.querysets import RecordQuerySet
from interparl.core.records import Personal, Problem, Problems, named
from interparl.core.rights import Reader
from interparl.core.translated import TranslatedField
from interparl.tasks.models.clearances import OVERSEE
from interparl.tasks.models.hosts import NO_SUCH_RECORD, AboutAny, refuse_nowhere


class TaskQuerySet(RecordQuerySet["Task"]):
    """Questions about tasks."""

    def about(self, kind: str, key: int) -> TaskQuerySet:
        """Those of one record, what is due first before the rest."""
        return self.filter(kind=kind, object_id=key).by_day()

    def open(self) -> TaskQuerySet:
        """Those that are still to be done."""
        return self.filter(state=Task.State.OPEN)

    def late(self, day: date) -> TaskQuerySet:
        """Those still to be done although they were due before the day."""
        return self.open().filter(due_on__lt=day)

    def owned_by(self, user: User) -> TaskQuerySet:
        """Those that the user has to do."""
        return self.filter(owner=user)

    def by_day(self) -> TaskQuerySet:
        """What is due first stands first, what has no day last."""
        return self.order_by(F("due_on").asc(nulls_last=True), "pk")


class Task(AboutAny):
    """What a user has to do, by a day; it may belong to a record, whose mark then counts for it as well."""

    class State(models.TextChoices):
        """How far it came."""

        OPEN = "open", pgettext_lazy("task", "open")
        DONE = "done", pgettext_lazy("task", "done")
        DROPPED = "dropped", pgettext_lazy("task", "dropped")

    kind = models.CharField(_("kind of record"), max_length=60, blank=True)
    object_id = models.BigIntegerField(_("record"), null=True, blank=True)
    title = TranslatedField(_("title"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("who does it"), related_name="tasks"
    )
    due_on = models.DateField(pgettext_lazy("task", "due on"), null=True, blank=True)
    state = models.CharField(
        pgettext_lazy("task", "state"),
        max_length=10,
        choices=State,
        default=State.OPEN,
        editable=False,
        db_index=True,
    )
    done_on = models.DateField(_("done or dropped on"), null=True, blank=True, editable=False)

    objects = TaskQuerySet.as_manager()
    hangs_on_any = True
    has_own_page = True
    asked_through = ("owner", OVERSEE)
    labelled = True
    personal = Personal(
        naming=("title",),
        facts=("kind", "object_id", "owner", "due_on", "state", "done_on"),
        removed={"erase": Q(), "anonymise": Q()},
    )

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = (F("due_on").asc(nulls_last=True), "id")
        indexes = (models.Index(fields=("kind", "object_id")),)

    @property
    def whole(self) -> Ref | None:
        """The record that it belongs to."""
        return (self.kind, self.object_id) if self.kind and self.object_id else None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state == self.State.OPEN

    def label_in(self, language: str) -> str:
        """Its title."""
        return named(self.title, language)

    def may_do(self, action: str, user: Reader) -> bool:
        """To "settle" it is for who has to do it and may read it, and for who may change it."""
        if action != "settle":
            return super().may_do(action, user)
        is_mine = isinstance(user, User) and self.owner_id == user.pk
        return (is_mine and self.is_open_to(user)) or super().may_do("change", user)

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """It belongs to a record that is there, or to none."""
        found = refuse_nowhere(super().problems(records), [record.whole for record in records])
        for position, record in enumerate(records):
            if bool(record.kind) != (record.object_id is not None):
                found.add(position, Problem("no-record", NO_SUCH_RECORD, "object_id"))
        return found
