"""Clearances: a step that somebody has to give before a record may go on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from interparl.accounts.models import User
from interparl.core.fields import LineField
from interparl.core.kinds import Ref
from interparl.core.querysets import RecordQuerySet
from interparl.core.records import Personal, Problem, Problems
from interparl.core.rights import Reader
from interparl.core.translated import TranslatedField
from interparl.tasks.models.hosts import AboutAny, refuse_nowhere

SETTLED = _("This was settled. Reopen it before it is asked of somebody else or as another step.")
OVERSEE = "tasks.oversee_clearance"


class ClearanceQuerySet(RecordQuerySet["Clearance"]):
    """Questions about clearances."""

    def about(self, kind: str, key: int) -> ClearanceQuerySet:
        """Those of one record, in the order of the chain."""
        return self.about_any(kind, [key])

    def about_any(self, kind: str, keys: Collection[int]) -> ClearanceQuerySet:
        """Those of several records of one kind, each in the order of its chain."""
        return self.filter(kind=kind, object_id__in=keys).order_by("order", "pk")

    def chains(self, kind: str, keys: Collection[int]) -> dict[int, list[Clearance]]:
        """By key of these records the steps of each that has some, for every reader; one query."""
        found: dict[int, list[Clearance]] = {}
        for step in self.about_any(kind, keys).select_related("asked_of") if keys else ():
            found.setdefault(step.object_id, []).append(step)
        return found

    def open(self) -> ClearanceQuerySet:
        """Those that were neither given nor dropped: what was returned or refused is open as what waits is."""
        return self.exclude(state__in=PASSED)

    def waiting(self) -> ClearanceQuerySet:
        """Those that were neither given nor settled otherwise."""
        return self.filter(state=Clearance.State.WAITING)

    def late(self, day: date) -> ClearanceQuerySet:
        """Those that wait although they should have come before the day."""
        return self.waiting().filter(due_on__lt=day)

    def asked_of_user(self, user: User) -> ClearanceQuerySet:
        """Those asked of that user."""
        return self.filter(asked_of=user)

    def by_day(self) -> ClearanceQuerySet:
        """What is due first stands first, what has no day last."""
        return self.order_by(F("due_on").asc(nulls_last=True), "pk")

    def with_earlier(self) -> ClearanceQuerySet:
        """With the answer to `waits_for_earlier`, so that a list asks once."""
        earlier = Clearance.objects.filter(
            kind=OuterRef("kind"), object_id=OuterRef("object_id"), order__lt=OuterRef("order")
        )
        return self.annotate(held_up=Exists(earlier.open()))


class Clearance(AboutAny):
    """A step that a user or an office has to give for a record: which one, by when, and how far it came.

    The steps of a record are a chain: one is given only when those of a lower order were given or dropped. The seven
    words are different things and stay so. It moves by `workflow`; who is asked makes the moves himself.
    """

    class Step(models.TextChoices):
        """What is asked."""

        REVIEWED = "reviewed", pgettext_lazy("clearance", "reviewed")
        RECOMMENDED = "recommended", pgettext_lazy("clearance", "recommended")
        AGREED = "agreed", pgettext_lazy("clearance", "agreed")
        CERTIFIED = "certified", pgettext_lazy("clearance", "certified")
        APPROVED = "approved", pgettext_lazy("clearance", "approved")
        SIGNED = "signed", pgettext_lazy("clearance", "signed")
        RELEASED = "released", pgettext_lazy("clearance", "released")

    class State(models.TextChoices):
        """How far it came."""

        WAITING = "waiting", pgettext_lazy("state of a clearance", "waiting")
        GIVEN = "given", pgettext_lazy("state of a clearance", "given")
        RETURNED = "returned", pgettext_lazy("state of a clearance", "returned")
        REFUSED = "refused", pgettext_lazy("state of a clearance", "refused")
        DROPPED = "dropped", pgettext_lazy("state of a clearance", "dropped")

    kind = models.CharField(_("kind of record"), max_length=60)
    object_id = models.BigIntegerField(_("record"))
    step = models.CharField(pgettext_lazy("clearance", "step"), max_length=12, choices=Step)
    order = models.PositiveSmallIntegerField(_("order in the chain"), default=1)
    asked_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("asked of"),
        related_name="clearances",
        null=True,
        blank=True,
    )
    asked_office = LineField(_("asked of the office"), max_length=300, blank=True)
    due_on = models.DateField(pgettext_lazy("task", "due on"), null=True, blank=True)
    state = models.CharField(
        pgettext_lazy("clearance", "state"),
        max_length=10,
        choices=State,
        default=State.WAITING,
        editable=False,
        db_index=True,
    )
    settled_on = models.DateField(_("settled on"), null=True, blank=True, editable=False)
    wording = TranslatedField(_("remarks"), blank=True, long=True)

    objects = ClearanceQuerySet.as_manager()
    hangs_on_any = True
    has_own_page = True
    asked_through = ("asked_of", OVERSEE)
    told_by = "step"
    personal = Personal(
        private=("note", "wording"),
        facts=(
            "kind",
            "object_id",
            "step",
            "order",
            "asked_of",
            "asked_office",
            "due_on",
            "state",
            "settled_on",
        ),
    )

    class Meta:
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")
        ordering = ("kind", "object_id", "order", "id")
        indexes = (models.Index(fields=("kind", "object_id")),)
        constraints = (
            models.CheckConstraint(
                condition=Q(asked_of__isnull=True) ^ Q(asked_office=""),
                name="clearance_asked_of_one",
                violation_error_message=_("Name either an account or an office of which it is asked."),
            ),
        )

    def __str__(self) -> str:
        return gettext("Step %(order)s: %(step)s") % {"order": self.order, "step": self.get_step_display()}

    @property
    def whole(self) -> Ref | None:
        """The record that it is about."""
        return (self.kind, self.object_id) if self.kind and self.object_id else None

    @property
    def asked(self) -> str:
        """Of whom it is asked: the name of the account, or the office."""
        return str(self.asked_of) if self.asked_of else self.asked_office

    @property
    def is_waiting(self) -> bool:
        """Whether it still has to come."""
        return self.state == self.State.WAITING

    @property
    def is_passed(self) -> bool:
        """Whether it was given, or is needed no more."""
        return self.state in PASSED

    @property
    def waits_for_earlier(self) -> bool:
        """Whether an earlier step of the record is neither given nor dropped."""
        known = self.__dict__.get("held_up")
        if known is not None:
            return bool(known)
        same = Clearance.objects.filter(kind=self.kind, object_id=self.object_id, order__lt=self.order)
        return same.open().exists()

    def may_do(self, action: str, user: Reader) -> bool:
        """To "settle" it is for who is asked and may read it; of an office, for who keeps it; else for the right to it.

        The same who may change its fields do not answer in the place of a user who is asked.
        """
        if action != "settle":
            return super().may_do(action, user)
        if self.asked_of_id is None:
            return super().may_do("change", user)
        is_asked = isinstance(user, User) and self.asked_of_id == user.pk
        return (is_asked and self.is_open_to(user)) or super().may_do("settle", user)

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """It is about a record that is there; what was settled stays as it was asked."""
        found = refuse_nowhere(super().problems(records), [record.whole for record in records])
        stored = cls._base_manager.in_bulk([record.pk for record in records if record.pk])
        for position, record in enumerate(records):
            before = stored.get(record.pk)
            if before is not None and not before.is_waiting and _asked(before) != _asked(record):
                found.add(position, Problem("settled", SETTLED))
        return found


def _asked(clearance: Clearance) -> tuple[str, int | None, str]:
    return clearance.step, clearance.asked_of_id, clearance.asked_office


# Steps that let the next one come.
PASSED = (Clearance.State.GIVEN, Clearance.State.DROPPED)
