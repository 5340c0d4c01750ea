"""Who sits in a body: memberships and the steps of a seat in an assembly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from django.db import models
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from interparl.bodies.models.bodies import Body, Decision, Part, Seat
from interparl.core.querysets import DatedQuerySet, RecordQuerySet
from interparl.core.records import (
    Dated,
    PartialDateField,
    Personal,
    Problem,
    Problems,
    Record,
    as_they_would_be,
    earliest_of,
    surely_meeting,
)
from interparl.directory.models import Mandate, Person
from interparl.directory.rules import surely_outside


class MembershipQuerySet(DatedQuerySet["Membership"]):
    """Questions about memberships."""

    def in_order(self) -> MembershipQuerySet:
        """As a composition prints them: ours first, by role, seat and length of service."""
        return self.order_by("part_id", "rank", "seat__order", "since_earliest", "pk")


class Membership(Dated):
    """A person in a body, in a role, from a day to a day, by a decision (Popolo: membership).

    Somebody who leaves and comes back has two rows: no period is lost. `replaces` names the membership whose place
    was taken.
    """

    class Role(models.TextChoices):
        """What the person is there."""

        HEAD = "head", _("head")
        CO_CHAIR = "co-chair", _("co-chair")
        DEPUTY_HEAD = "deputy-head", _("deputy head")
        MEMBER = "member", _("member")
        SUBSTITUTE = "substitute", _("substitute")
        SECRETARY = "secretary", _("secretary")

    class Start(models.TextChoices):
        """Why it began."""

        FORMED = "formed", _("the body was formed")
        REPLACEMENT = "replacement", _("replaced another")
        JOINED = "joined", _("joined")
        ROLE = "role", _("took another role")

    class End(models.TextChoices):
        """Why it ended."""

        TERM = "term", _("end of the convocation")
        MANDATE = "mandate", _("mandate ended")
        RESIGNATION = "resignation", _("asked to leave")
        REPLACED = "replaced", _("replaced")
        ROLE = "role", _("took another role")
        BODY = "body", _("the body ended")

    body = models.ForeignKey(Body, models.PROTECT, verbose_name=_("body"), related_name="memberships")
    part = models.ForeignKey(Part, models.PROTECT, verbose_name=_("part"), related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("person"), related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.MEMBER)
    rank = models.PositiveSmallIntegerField(editable=False, default=0)
    seat = models.ForeignKey(
        Seat, models.PROTECT, verbose_name=_("seat"), related_name="memberships", null=True, blank=True
    )
    replaces = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("replaces"), related_name="replaced_by", null=True, blank=True
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, verbose_name=_("by decision"), related_name="appointed", null=True, blank=True
    )
    ended_by = models.ForeignKey(
        Decision, models.PROTECT, verbose_name=_("ended by decision"), related_name="recalled", null=True, blank=True
    )
    start_reason = models.CharField(_("how it began"), max_length=20, choices=Start, blank=True)
    end_reason = models.CharField(_("how it ended"), max_length=20, choices=End, blank=True)

    objects = MembershipQuerySet.as_manager()
    own_through = {"bodies.body": "body"}
    told_by = "person"
    label_needs = ("person__names",)
    whole_field = "body"
    told_with_whole = True
    reads_through = ("body", "person")
    derived = (*Dated.derived, "rank")
    # Who sat where, and when, is a public fact.
    personal = Personal(
        "person",
        facts=(
            "body",
            "part",
            "person",
            "role",
            "seat",
            "replaces",
            "decision",
            "ended_by",
            "start_reason",
            "end_reason",
        ),
        is_service=True,
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        indexes = (models.Index(fields=("body", "since_earliest", "until_latest")),)

    def prepare(self) -> None:
        """Fills the bounds and the place of the role in a printed composition."""
        super().prepare()
        self.rank = self.Role.values.index(self.role) if self.role in self.Role.values else len(self.Role.values)

    def label_in(self, language: str) -> str:
        """Who sits."""
        return self.person.label_in(language)

    @property
    def is_substitute(self) -> bool:
        """Whether the person stands in for a full member."""
        return self.role == self.Role.SUBSTITUTE or bool(self.seat and self.seat.kind == Seat.Kind.SUBSTITUTE)

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """Two holders of one seat and a membership outside the mandate are questioned; wrong links are refused."""
        found = super().problems(records)
        _check_links(records, found)
        _check_seats(records, found)
        _check_mandates(records, found)
        return found


def _check_links(records: Sequence[Membership], found: Problems) -> None:
    prefetch_related_objects(records, "part", "seat")
    for position, record in enumerate(records):
        if record.part.body_id != record.body_id:
            found.add(position, Problem("other-body", _("The part belongs to another body."), "part"))
        if record.seat and record.seat.part_id != record.part_id:
            found.add(position, Problem("other-part", _("The seat belongs to another part."), "seat"))
        if record.replaces_id and record.replaces_id == record.pk:
            found.add(position, Problem("ring", _("A membership cannot replace itself."), "replaces"))


def _check_seats(records: Sequence[Membership], found: Problems) -> None:
    seats = {record.seat_id for record in records if record.seat_id}
    if not seats:
        return
    holders: dict[int, list[Membership]] = {}
    for row in as_they_would_be(records, Membership.objects.filter(seat__in=seats)):
        if row.seat_id:
            holders.setdefault(row.seat_id, []).append(row)
    for position, record in enumerate(records):
        if record.seat_id and surely_meeting(record, holders[record.seat_id]):
            message = _("Somebody else holds this seat on some of these days.")
            found.add(position, Problem("seat-held", message, "seat", may_be_questioned=True))


def _check_mandates(records: Sequence[Membership], found: Problems) -> None:
    """A member of a parliament's part who has mandates there sits only while one of them holds; staff have none."""
    mandates = Mandate.objects.filter(person__in={record.person_id for record in records}).select_related("chamber")
    held: dict[tuple[int, int], list[Mandate]] = {}
    for mandate in mandates:
        held.setdefault((mandate.person_id, mandate.chamber.parliament_id), []).append(mandate)
    for position, record in enumerate(records):
        frames = [mandate.span for mandate in held.get((record.person_id, record.part.parliament_id), [])]
        if record.role != Membership.Role.SECRETARY and surely_outside(record.span, frames):
            message = _("The membership has days outside the person’s mandate.")
            found.add(position, Problem("outside-mandate", message, "since", may_be_questioned=True))


class StepQuerySet(RecordQuerySet["Step"]):
    """Questions about steps."""


class Step(Record):
    """A step of a seat in an assembly, each with its day (design 2.20): appointed at home is not yet accepted there."""

    class Kind(models.TextChoices):
        """The steps in their usual order."""

        APPOINTED = "appointed", _("appointed")
        NOTIFIED = "notified", _("notified")
        ACCEPTED = "accepted", _("accepted")
        CONTESTED = "contested", _("contested")
        REFUSED = "refused", _("refused")
        ENDED = "ended", _("ended")

    membership = models.ForeignKey(Membership, models.PROTECT, verbose_name=_("membership"), related_name="steps")
    kind = models.CharField(_("step"), max_length=12, choices=Kind)
    taken_on = PartialDateField(_("on"), blank=False)
    taken_earliest = models.DateField(null=True, editable=False)

    objects = StepQuerySet.as_manager()
    own_through = {"bodies.body": "membership__body"}
    told_by = "kind"
    reads_through = ("membership",)
    derived = (*Record.derived, "taken_earliest")
    personal = Personal("membership__person", facts=("membership", "kind", "taken_on"))

    class Meta:
        verbose_name = _("step in an assembly")
        verbose_name_plural = _("steps in assemblies")
        ordering = (models.F("taken_earliest").asc(nulls_first=True), "pk")

    @property
    def whole(self) -> tuple[str, int] | None:
        """The body of the membership."""
        return Body.record_kind(), self.membership.body_id

    def prepare(self) -> None:
        """Fills the day that steps are ordered by."""
        super().prepare()
        self.taken_earliest = earliest_of(self.taken_on)
