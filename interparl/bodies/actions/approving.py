"""A numbered decision approves a draft: its day switches on what was drafted, as one batch that can be taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.bodies.actions.forming import formed
from interparl.bodies.models import Body, Decision, Draft, DraftBody, DraftPlace, Membership, Part
from interparl.bodies.models.composing import Checked
from interparl.bodies.models.composition_rules import organ_names
from interparl.bodies.models.questions import Question, drafted_day, question_of
from interparl.bodies.rules.composition import Family
from interparl.core.dates import PartialDate
from interparl.core.days import today
from interparl.core.history import VERBS
from interparl.core.kinds import Ref
from interparl.core.labels import labels_of
from interparl.core.writing import Planned, Refused
from interparl.directory.models import Mandate, Person
from interparl.exchange.actions import DEEDS, Deed, about, undo, written_as_batch
from interparl.exchange.models import Batch

VERBS.update({"approved": pgettext_lazy("draft", "approved")})
PERMISSION = "bodies.approve_draft"
# The kind of a batch that an approval is.
DRAFT = "draft"
DEEDS[DRAFT] = Deed(gettext_lazy("Approval of a draft"), PERMISSION)
REASON_NEEDED = gettext_lazy(
    "A binding rule is not kept. Write why it is approved all the same; it stays in the history."
)
MOST_NAMED = 5


@dataclass(frozen=True)
class Approval:
    """What an approval would meet: what forbids it, what needs a reason, what is still to be done elsewhere.

    `broken` are binding rules, by drafted body; `misplaced` are people in places kept for another chamber.
    """

    question: Question
    against: Sequence[str] = ()
    broken: Sequence[tuple[DraftBody, Checked]] = ()
    misplaced: Sequence[tuple[DraftBody, DraftPlace]] = ()
    lasting: Sequence[Ref] = field(default=())

    @property
    def needs_reason(self) -> bool:
        """Whether it is approved only with a reason."""
        return bool(self.broken or self.misplaced)


def approval_of(draft: Draft, decision: Decision | None, reader: User) -> Approval:
    """What stands against approving a draft by a decision, as this reader may know."""
    day = day_of(decision)
    question = question_of(draft, day or drafted_day(draft.convocation, today()), reader)
    organs = organ_names(decision.organ) if decision else frozenset[str]()
    answers = [(drafted, one) for drafted in question.bodies for one in question.checked(drafted, organs=organs)]
    broken = [(drafted, one) for drafted, one in answers if one.is_broken and one.rule.is_binding]
    by_another = [drafted for drafted, one in broken if one.rule.family == Family.DECIDED]
    against = [
        *_unready(draft, decision, question),
        *_named(_("Another organ has to decide on: %(names)s."), _patterns(by_another), reader),
        *_named(_("Formed in this convocation already: %(names)s."), _again(question), reader),
        *_named(_("Without a mandate on that day: %(names)s."), _without_mandate(question, day), reader),
    ]
    return Approval(
        question,
        against,
        [(drafted, one) for drafted, one in broken if one.rule.family != Family.DECIDED],
        [(drafted, one) for drafted in question.bodies for one in question.misplaced(drafted)],
        _lasting(question),
    )


def day_of(decision: Decision | None) -> date | None:
    """The exact day of a decision; None where there is none."""
    day = PartialDate.parse(decision.taken_on) if decision else None
    return day.earliest if day is not None and day.is_exact else None


def _unready(draft: Draft, decision: Decision | None, question: Question) -> Iterator[str]:
    if draft.state == Draft.State.APPROVED:
        yield _("This draft is approved already.")
    elif not draft.is_open:
        yield _("This draft is set aside. Open it again first.")
    if not question.bodies:
        yield _("There are no bodies in this draft.")
    if decision is None:
        yield _("Name the decision that approves it.")
    elif (day := day_of(decision)) is None:
        yield _("The decision has no exact day. Its day is the one from which the compositions count.")
    elif draft.convocation.until_latest is not None and day > draft.convocation.until_latest:
        yield _("The decision was taken after the convocation ended.")


def _named(sentence: str, refs: Collection[Ref], reader: User) -> Iterator[str]:
    """The sentence with the names of the records, if there are any."""
    if refs:
        labels = labels_of(refs, get_language() or "en", reader)
        names = sorted(labels[ref].text for ref in refs if ref in labels)
        shown = ", ".join(names[:MOST_NAMED])
        if more := len(names) - MOST_NAMED if len(names) > MOST_NAMED else 0:
            shown += " " + ngettext("and %(number)s other", "and %(number)s others", more) % {"number": more}
        yield sentence % {"names": shown}


def _patterns(bodies: Sequence[DraftBody]) -> list[Ref]:
    return [(Body.record_kind(), key) for key in dict.fromkeys(one.pattern_id for one in bodies)]


def _again(question: Question) -> list[Ref]:
    """The patterns that a body of the convocation continues already, or of which a part of it is there."""
    convocation = question.draft.convocation
    new = [one.pattern_id for one in question.bodies if one.is_new_body]
    standing = [one.pattern_id for one in question.bodies if not one.is_new_body]
    bodies = Body.objects.filter(continues__in=new, convocation=convocation).values_list("continues", flat=True)
    parts = Part.objects.filter(body__in=standing, parliament=convocation.parliament_id, convocation=convocation)
    found = {*bodies, *parts.values_list("body", flat=True)}
    return [(Body.record_kind(), key) for key in sorted(key for key in found if key is not None)]


def _without_mandate(question: Question, day: date | None) -> list[Ref]:
    """Those drafted who had a mandate in the parliament and have none on the day; staff never had one."""
    if day is None:
        return []
    drafted = {person for several in question.places.values() for one in several if (person := _sits(one))}
    mandates = Mandate.objects.filter(
        person__among=drafted, chamber__parliament=question.draft.convocation.parliament_id
    )
    holding = set(mandates.on(day).values_list("person", flat=True))
    return [(Person.record_kind(), key) for key in sorted(set(mandates.values_list("person", flat=True)) - holding)]


def _sits(place: DraftPlace) -> int | None:
    return place.person_id if place.role != Membership.Role.SECRETARY else None


def _lasting(question: Question) -> list[Ref]:
    """The patterns of an earlier convocation that still stand on the day; the change of convocation ends them."""
    parliament, convocation = question.draft.convocation.parliament_id, question.draft.convocation
    new = [one.pattern for one in question.bodies if one.is_new_body]
    found = {one.pk for one in new if one.holds_on(question.day) == "certain"}
    standing = [one.pattern_id for one in question.bodies if not one.is_new_body]
    parts = Part.objects.filter(body__in=standing, parliament=parliament).on(question.day)
    found |= set(parts.exclude(convocation=convocation).values_list("body", flat=True))
    return [(Body.record_kind(), key) for key in sorted(found)]


def approve(draft: Draft, decision: Decision | None, *, by: User, reason: str = "") -> Batch:
    """Forms what a draft has, from the day of the decision on; returns the batch, which `take_back` undoes.

    Raises PermissionDenied, or Refused with nothing written: no decision with an exact day, another organ has to
    decide, a binding rule is not kept and no reason given, somebody has no mandate that day, it was done already.
    """
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    with transaction.atomic():
        held = Draft.objects.select_for_update(of=("self",)).select_related("convocation").get(pk=draft.pk)
        found = approval_of(held, decision, by)
        if found.against or decision is None:
            raise Refused(list(found.against))
        if found.needs_reason and not reason.strip():
            raise Refused({"reason": [str(REASON_NEEDED)]})
        _refuse_unseen(found.question)
        settled = Planned(held, {"state": Draft.State.APPROVED, "decision": decision})
        rows = [*formed(found.question, decision), settled]
        return written_as_batch(DRAFT, _name(held), rows, by=by, verb="approved", note=reason)


def _refuse_unseen(question: Question) -> None:
    """Nobody approves what he may not know of."""
    every = DraftBody.objects.filter(draft=question.draft).count()
    places = DraftPlace.objects.filter(drafted__draft=question.draft).count()
    if every != len(question.bodies) or places != sum(map(len, question.places.values())):
        raise PermissionDenied


def _name(draft: Draft) -> str:
    return about(draft.record_kind(), draft.pk)


def batches_of(draft: Draft) -> QuerySet[Batch]:
    """Its approvals, the last one first."""
    return Batch.objects.filter(kind=DRAFT, name=_name(draft)).order_by("-pk")


def batch_of(draft: Draft) -> Batch | None:
    """The approval that is in force."""
    return batches_of(draft).filter(state=Batch.State.APPLIED).first()


def take_back(draft: Draft, *, by: User, note: str) -> Batch:
    """Takes an approval back whole: what it formed goes, the draft is open again.

    Raises PermissionDenied, or ValidationError when one of its records was changed since or is pointed to.
    """
    batch: Any = batch_of(draft)
    if batch is None or not by.has_perm(PERMISSION):
        raise PermissionDenied
    return undo(batch, by=by, note=note)
