"""The page that proposes a draft: by the solver or in turn; what came of it, and why wishes were not met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.bodies.actions import Outcome, is_at_work, outcome_of, start
from interparl.bodies.actions.proposing import FAILED, MEANWHILE
from interparl.bodies.blocks.draft_words import BODY, PERSON, Wording
from interparl.bodies.blocks.drafts import lines_of
from interparl.bodies.models import Draft, DraftBody
from interparl.bodies.models.questions import Question
from interparl.bodies.pages.asking import cut
from interparl.bodies.pages.drafts.registers import draft_pages
from interparl.bodies.pages.drafts.showing import asked_of, draft_address, glance_of, may_draft
from interparl.bodies.rules.drafting import Answer
from interparl.bodies.rules.reasons import Reason, reason_for
from interparl.bodies.rules.solving import is_installed
from interparl.core.addresses import address, as_of
from interparl.core.formats import write_number
from interparl.core.requests import StaffRequest, reading_of, require
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.writing import Refused
from interparl.language.alphabets import sort_key


@dataclass(frozen=True)
class Unmet:
    """A wish that was not met."""

    person: int
    pattern: int
    rank: int
    drafted: int


def propose_page(request: StaffRequest, key: int) -> HttpResponse:
    """What the draft is worth as it stands; on POST a proposal is made, or begun."""
    require(request.user, draft_pages.permission("view"))
    draft, reading = draft_pages.get(request, key), reading_of(request)
    may = may_draft(draft, reading)
    refusal: list[str] = []
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        try:
            if start(draft, request.POST.get("method", ""), by=request.user) and outcome_of(draft) is None:
                messages.success(request, _("Proposed. Who was placed by hand stays."))
        except Refused as error:
            refusal = list(error.messages)
        else:
            return HttpResponseRedirect(draft_address(draft, "propose"))
    context = _shown(request, draft, reading, may=may) | {"refusal": refusal}
    return draft_pages.render(request, "propose", context, 422 if refusal else 200)


def _shown(request: StaffRequest, draft: Draft, reading: Reading, *, may: bool) -> dict[str, Any]:
    question = asked_of(draft, reading)
    wording = Wording(question, reading)
    is_running = is_at_work(draft)
    context: dict[str, Any] = {
        "draft": draft,
        "crumbs": draft_pages.crumbs(draft, reading),
        "back": address((Draft.record_kind(), draft.pk)),
        "may": may and not is_running,
        "is_running": is_running,
        "is_installed": is_installed(),
        "has_bodies": bool(question.bodies),
    }
    if is_running:
        return context
    outcome = outcome_of(draft)
    return context | {
        "outcome": _outcome_words(outcome) if outcome else "",
        "conditions": wording.conditions(outcome.conditions) if outcome else [],
        "smallest": outcome is not None and outcome.is_smallest,
        "glance": glance_of(question, lines_of(question), reading),
        "method_words": _method_words(question, reading),
        **_unmet(request, question, wording, reading),
    }


def _outcome_words(outcome: Outcome) -> str:
    if outcome.answer == Answer.IMPOSSIBLE:
        return _("There is no draft that keeps all of this together. Nothing was written.")
    if outcome.answer == Answer.NOT_FOUND:
        return _("Within the limit of work neither a draft was found nor that there is none. Nothing was written.")
    if outcome.answer == MEANWHILE:
        return _("Somebody changed the draft meanwhile. Nothing was written; propose again.")
    return (
        _("Nothing was written: the program failed. The log of the server says why.")
        if (outcome.answer == FAILED)
        else ""
    )


def _method_words(question: Question, reading: Reading) -> str:
    """How it was proposed last, and how far from the best the draft is as it stands now."""
    draft, proposal = question.draft, question.proposal
    if not draft.method:
        return ""
    words = str(draft.get_method_display())
    if draft.bound is None:
        return words
    share = write_number(round(100 * proposal.distance, 1), reading.language)
    best = write_number(draft.bound, reading.language)
    points = write_number(proposal.value, reading.language)
    return " · ".join(
        [
            words,
            _("points of the wishes met: %(points)s; no draft has more than %(best)s (%(share)s %% below it)")
            % {"points": points, "best": best, "share": share},
        ]
    )


def _unmet(request: StaffRequest, question: Question, wording: Wording, reading: Reading) -> dict[str, Any]:
    """The wishes that were not met, with the reason for each on this page of them."""
    rows = _unmet_rows(question, reading)
    page = cut(rows, request, reading)
    reasons = {row: reason_for(question.drafting, question.proposal, row.person, row.pattern) for row in page.rows}
    wording.load(wording.refs_of(reasons.values()) | {(PERSON, row.person) for row in page.rows})
    return {"table": Table.of(_columns(reasons, wording, reading), page.rows, reading), "cut": page, "unmet": len(rows)}


def _unmet_rows(question: Question, reading: Reading) -> list[Unmet]:
    """By name of the person, then the dearest first."""
    seated = {(one.person, one.body) for one in question.proposal.placements}
    rows = [
        Unmet(person, pattern, wish.rank, question.by_pattern[pattern].pk)
        for person, own in question.wishes.items()
        for pattern, wish in own.items()
        if wish.rank is not None and (person, pattern) not in seated
    ]
    refs = {(PERSON, row.person) for row in rows}
    reading.want(refs)
    by = {row.person: sort_key(reading.register_name(PERSON, row.person), reading.language) for row in rows}
    return sorted(rows, key=lambda row: (by[row.person], row.person, row.rank))


def _columns(reasons: dict[Unmet, Reason], wording: Wording, reading: Reading) -> Columns[Any]:
    return Columns(
        (
            Column(
                "person",
                gettext_lazy("Person"),
                lambda row, r: r.register_name(PERSON, row.person),
                address=lambda row: as_of(address((PERSON, row.person)), reading),
                spoken=lambda row, r: r.spoken(PERSON, row.person),
            ),
            Column("rank", gettext_lazy("Rank"), lambda row, r: row.rank, kind="number"),
            Column(
                "body",
                gettext_lazy("Body"),
                lambda row, r: r.name(BODY, row.pattern),
                address=lambda row: as_of(address((DraftBody.record_kind(), row.drafted)), reading),
                spoken=lambda row, r: r.spoken(BODY, row.pattern),
            ),
            Column("reason", gettext_lazy("Why not"), lambda row, r: wording.reason(reasons[row])),
        )
    )
