"""Drafts of the compositions of a convocation, and who would like to sit where (design 8.14)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.bodies.models.bodies import Body, Decision, Seat
from interparl.bodies.models.memberships import Membership
from interparl.bodies.rules.composition import LEADING
from interparl.core.querysets import RecordQuerySet
from interparl.core.records import Personal, Problem, Problems, Record, as_they_would_be, named
from interparl.core.rights import Reader
from interparl.core.translated import TranslatedField
from interparl.directory.models import Chamber, Convocation, Person

# Bodies that outlive a convocation: what is formed anew is the part of the parliament. Every other body lapses, and one
# of the next convocation continues it.
STANDING = frozenset({Body.Kind.COMMISSION, Body.Kind.NATIONAL_GROUP, Body.Kind.ORGAN})
SETTLED = _("This draft is no longer open; its places stay as they are.")


class CandidateQuerySet(RecordQuerySet["Candidate"]):
    """Questions about candidates."""

    def in_order(self) -> CandidateQuerySet:
        """By person, the dearest wish first, what somebody does not want last."""
        return self.order_by("person", models.F("rank").asc(nulls_last=True), "pk")


class Candidate(Record):
    """Somebody's word about a body of a convocation: how dear a wish it is, or that he does not want to sit there.

    `body` is the body of the earlier convocation that is to be continued, or the one that outlives convocations.
    """

    convocation = models.ForeignKey(
        Convocation, models.PROTECT, verbose_name=_("convocation"), related_name="candidates"
    )
    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("person"), related_name="candidacies")
    body = models.ForeignKey(Body, models.PROTECT, verbose_name=_("body"), related_name="candidates")
    rank = models.PositiveSmallIntegerField(
        _("rank of the wish"),
        null=True,
        blank=True,
        help_text=_("1 is the dearest. Empty: does not want to sit there."),
    )
    would_lead = models.BooleanField(_("would like to lead it"), default=False)

    objects = CandidateQuerySet.as_manager()
    told_by = "body"
    whole_field = "person"
    reads_through = ("convocation", "person", "body")
    # A wish is nobody's business but the department's, and goes with him.
    personal = Personal(
        "person",
        private=("rank", "would_lead", "note"),
        facts=("convocation", "person", "body"),
        removed={"erase": Q(), "anonymise": Q()},
    )

    class Meta:
        verbose_name = _("wish for a body")
        verbose_name_plural = _("wishes for bodies")
        constraints = (
            models.UniqueConstraint(
                fields=("convocation", "person", "body"),
                name="candidate_once",
                violation_error_message=_("This person has a wish for this body already."),
            ),
        )

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """Refuses a second wish of a rank, the rank 0, and leading what is not wanted."""
        found = super().problems(records)
        stored = cls.objects.filter(person__in={one.person_id for one in records}, rank__isnull=False)
        taken: dict[tuple[int, int, int], set[int]] = {}
        rows: list[Candidate] = as_they_would_be(records, stored)
        for row in rows:
            if row.rank is not None:
                taken.setdefault((row.convocation_id, row.person_id, row.rank), set()).add(row.body_id)
        for position, record in enumerate(records):
            if record.rank is None:
                if record.would_lead:
                    message = _("Who would like to lead a body wishes for it: give the wish a rank.")
                    found.add(position, Problem("unwilling", message, "would_lead"))
                continue
            if record.rank == 0:
                found.add(position, Problem("rank", _("Ranks begin with 1."), "rank"))
            if len(taken[record.convocation_id, record.person_id, record.rank]) > 1:
                message = _("Another wish of this person has this rank.")
                found.add(position, Problem("rank-twice", message, "rank"))
        return found


class DraftQuerySet(RecordQuerySet["Draft"]):
    """Questions about drafts."""


class Draft(Record):
    """Compositions of a convocation as they might be; several stand beside each other and beside those in force.

    `method` is how it was proposed last, `bound` how many points no draft has more of, as far as that was shown then.
    """

    class State(models.TextChoices):
        """How far it came."""

        OPEN = "open", pgettext_lazy("draft", "open")
        APPROVED = "approved", pgettext_lazy("draft", "approved")
        ASIDE = "aside", pgettext_lazy("draft", "set aside")

    class Method(models.TextChoices):
        """How it was proposed."""

        SOLVER = "solver", _("best draft, by the solver")
        FIRST_COME = "first-come", _("in turn, first come first served")

    name = TranslatedField(_("name"))
    convocation = models.ForeignKey(Convocation, models.PROTECT, verbose_name=_("convocation"), related_name="drafts")
    state = models.CharField(
        pgettext_lazy("draft", "state"), max_length=10, choices=State, default=State.OPEN, editable=False
    )
    decision = models.ForeignKey(
        Decision,
        models.PROTECT,
        verbose_name=_("approved by"),
        related_name="drafts",
        null=True,
        blank=True,
        editable=False,
    )
    method = models.CharField(
        pgettext_lazy("draft", "proposed"), max_length=12, choices=Method, blank=True, editable=False
    )
    bound = models.PositiveIntegerField(_("bound of the points"), null=True, editable=False)

    objects = DraftQuerySet.as_manager()
    labelled = True
    reads_through = ("convocation",)

    class Meta:
        verbose_name = _("draft of compositions")
        verbose_name_plural = _("drafts of compositions")

    def label_in(self, language: str) -> str:
        """Its name."""
        return named(self.name, language)

    @property
    def is_open(self) -> bool:
        """Whether it may still be worked on."""
        return self.state == self.State.OPEN

    def may_do(self, action: str, user: Reader) -> bool:
        """Nobody changes what was approved; that is taken back as a whole."""
        return super().may_do(action, user) and self.state != self.State.APPROVED


class DraftBodyQuerySet(RecordQuerySet["DraftBody"]):
    """Questions about the bodies of drafts."""


class DraftBody(Record):
    """A body that a draft forms: one that continues the pattern, or a new part of it where it outlives convocations."""

    draft = models.ForeignKey(Draft, models.PROTECT, verbose_name=_("draft"), related_name="bodies")
    pattern = models.ForeignKey(Body, models.PROTECT, verbose_name=_("pattern"), related_name="drafted")

    objects = DraftBodyQuerySet.as_manager()
    told_by = "pattern"
    whole_field = "draft"
    has_own_page = True
    reads_through = ("draft", "pattern")

    class Meta:
        verbose_name = _("body of a draft")
        verbose_name_plural = _("bodies of drafts")
        constraints = (
            models.UniqueConstraint(
                fields=("draft", "pattern"),
                name="drafted_once",
                violation_error_message=_("This body is in the draft already."),
            ),
        )

    @property
    def is_new_body(self) -> bool:
        """Whether a body is formed that continues the pattern; else a new part of it."""
        return self.pattern.kind not in STANDING

    def may_do(self, action: str, user: Reader) -> bool:
        """Only while the draft is open."""
        return super().may_do(action, user) and (self.draft_id is None or self.draft.is_open)

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """Refuses a further body of a draft that is no longer open."""
        found = super().problems(records)
        for position, record in enumerate(records):
            if record._state.adding and not record.draft.is_open:
                found.add(position, Problem("settled", SETTLED, "draft"))
        return found


class DraftPlaceQuerySet(RecordQuerySet["DraftPlace"]):
    """Questions about places."""


class DraftPlace(Record):
    """A place in a drafted body, and who would have it; nobody yet where it is vacant.

    `by_hand`: somebody was put there by a person, and a proposal leaves him there.
    """

    drafted = models.ForeignKey(DraftBody, models.PROTECT, verbose_name=_("body"), related_name="places")
    title = TranslatedField(_("title"), blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Seat.Kind, default=Seat.Kind.FULL)
    chamber = models.ForeignKey(
        Chamber, models.PROTECT, verbose_name=_("kept for"), related_name="places_drafted", null=True, blank=True
    )
    role = models.CharField(_("role"), max_length=20, choices=Membership.Role, default=Membership.Role.MEMBER)
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name=_("person"), related_name="places_drafted", null=True, blank=True
    )
    by_hand = models.BooleanField(_("placed by hand"), default=False)

    objects = DraftPlaceQuerySet.as_manager()
    told_by = "title"
    whole_field = "drafted"
    reads_through = ("drafted", "person")
    personal = Personal("person", facts=("drafted", "title", "kind", "chamber", "role", "order", "person", "by_hand"))

    class Meta:
        verbose_name = _("place in a draft")
        verbose_name_plural = _("places in drafts")
        ordering = ("order", "id")

    @property
    def leads(self) -> bool:
        """Whether who has it leads the body."""
        return self.role in LEADING

    @property
    def is_substitute(self) -> bool:
        """Whether who has it stands in for a full member."""
        return self.kind == Seat.Kind.SUBSTITUTE or self.role == Membership.Role.SUBSTITUTE

    def may_do(self, action: str, user: Reader) -> bool:
        """Only while the draft is open."""
        return super().may_do(action, user) and (self.drafted_id is None or self.drafted.draft.is_open)

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """Refuses a further place in a draft that is no longer open, and one person twice in a body."""
        found = super().problems(records)
        stored = cls.objects.filter(drafted__in={one.drafted_id for one in records}, person__isnull=False)
        seated: dict[tuple[int, int], int] = {}
        rows: list[DraftPlace] = as_they_would_be(records, stored)
        for row in rows:
            if row.person_id is not None:
                seated[row.drafted_id, row.person_id] = seated.get((row.drafted_id, row.person_id), 0) + 1
        for position, record in enumerate(records):
            if record._state.adding and not record.drafted.draft.is_open:
                found.add(position, Problem("settled", SETTLED, "drafted"))
            if record.person_id is not None and seated[record.drafted_id, record.person_id] > 1:
                message = _("This person has another place in the same body.")
                found.add(position, Problem("twice", message, "person"))
        return found
