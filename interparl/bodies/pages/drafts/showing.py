"""The page of a draft: its bodies with how far they are filled, a verdict in a word, and the wishes met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.accounts.models import User
from interparl.bodies.actions import add_bodies, batch_of
from interparl.bodies.actions.approving import PERMISSION
from interparl.bodies.blocks.drafts import Line, lines_of
from interparl.bodies.models import Body, Draft, DraftBody
from interparl.bodies.models.questions import Question, drafted_day, question_of
from interparl.bodies.pages.drafts.choices import USUAL, patterns_for
from interparl.bodies.pages.drafts.registers import TONES, draft_pages
from interparl.bodies.rules.judging import met_in
from interparl.core.addresses import address, list_address
from interparl.core.formats import write_day, write_number
from interparl.core.kinds import Ref
from interparl.core.labels import keys_in_order
from interparl.core.requests import StaffRequest, day_problem, reading_of, require
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Action, Fact, Link
from interparl.core.writing import Refused

BODY = Body.record_kind()


def draft_address(draft: Draft, page: str) -> str:
    """One of the further pages of a draft."""
    return f"{address((Draft.record_kind(), draft.pk))}{page}/"


def asked_of(draft: Draft, reading: Reading) -> Question:
    """The question that a draft is for this reader on the day that is read."""
    return question_of(draft, drafted_day(draft.convocation, reading.day), reading.user)


def draft_page(request: StaffRequest, key: int) -> HttpResponse:
    """A draft: what it would form, how far that is, and the steps that lead on."""
    require(request.user, draft_pages.permission("view"))
    draft, reading = draft_pages.get(request, key), reading_of(request)
    question = asked_of(draft, reading)
    lines = _in_order(lines_of(question), reading)
    context = draft_pages.record_context(request, draft, reading)
    context |= {
        "steps": _steps(draft, reading),
        "glance": glance_of(question, lines, reading),
        "table": Table.of(_columns(reading), lines, reading),
        "state_words": str(draft.get_state_display()),
        "state_tone": {"neutral": "draft"}.get(tone := TONES[Draft.State(draft.state)], tone),
        "looked_on": write_day(question.day, reading.language, "full"),
        "more": [*_further(draft, reading), *context["actions"], *context["more"]],
        "actions": _actions(draft, question, reading),
        "add_url": draft_address(draft, "add") if may_draft(draft, reading) else "",
        "panel_links": _links(draft, reading),
    }
    return draft_pages.render(request, "show", context, 400 if day_problem(request) else 200)


def may_draft(draft: Draft, reading: Reading) -> bool:
    """Whether this reader may work on the draft now."""
    return draft.is_open and not reading.is_past and draft.may_change(reading.user)


def _actions(draft: Draft, question: Question, reading: Reading) -> list[Action]:
    found = []
    if may_draft(draft, reading) and question.bodies:
        found.append(Action(_("Propose…"), draft_address(draft, "propose"), kind="primary"))
    if question.bodies:
        found.append(Action(_("Compare"), draft_address(draft, "compare")))
    if may_approve(draft, reading) and question.bodies:
        found.append(Action(_("Approve…"), draft_address(draft, "approve"), icon="check"))
    return found


def may_approve(draft: Draft, reading: Reading) -> bool:
    """Whether this reader may approve the draft now."""
    return draft.is_open and not reading.is_past and _is_head(reading)


def _is_head(reading: Reading) -> bool:
    return isinstance(reading.user, User) and reading.user.has_perm(PERMISSION)


def _links(draft: Draft, reading: Reading) -> list[Link]:
    found = [Link(_("Wishes"), list_address("bodies.candidate", convocation=str(draft.convocation_id)))]
    if may_draft(draft, reading):
        whose = f"{reverse('bodies:wishes-whose')}?convocation={draft.convocation_id}"
        found += [Link(_("Wishes of a person…"), whose), Link(_("Add bodies"), draft_address(draft, "add"))]
    return found


def _further(draft: Draft, reading: Reading) -> list[Action]:
    if draft.state != Draft.State.APPROVED or reading.is_past or not _is_head(reading):
        return []
    if batch_of(draft) is None:
        return []
    return [Action(_("Take the approval back…"), draft_address(draft, "take-back"), icon="undo", kind="danger")]


def _steps(draft: Draft, reading: Reading) -> str:
    if draft.state == Draft.State.APPROVED:
        return _("This draft was approved. What it formed stands among the bodies.")
    if not draft.is_open:
        return _("This draft is set aside. It can be opened again.")
    return ""


def _in_order(lines: Sequence[Line], reading: Reading) -> list[Line]:
    by_pattern = {line.drafted.pattern_id: line for line in lines}
    keys = keys_in_order(Body.objects.filter(pk__among=by_pattern), reading.language)
    return [by_pattern[key] for key in keys if key in by_pattern]


def glance_of(question: Question, lines: Sequence[Line], reading: Reading) -> list[Fact]:
    """The draft in six numbers."""
    language = reading.language
    met = met_in(question.drafting, question.proposal.placements)

    def of(number: int, every: int) -> str:
        return _("%(number)s of %(all)s") % {
            "number": write_number(number, language),
            "all": write_number(every, language),
        }

    needing = [line for line in lines if any(one.leads for one in question.places[line.pk])]
    wishes = sum(len(question.drafting.by_person[person].wishes) for person in met)
    return [
        Fact(_("Bodies"), write_number(len(lines), language)),
        Fact(_("Places filled"), of(sum(line.filled for line in lines), sum(line.places for line in lines))),
        Fact(_("Bodies with a head"), of(sum(line.leads > 0 for line in needing), len(needing))),
        Fact(_("Wishes met"), of(sum(map(len, met.values())), wishes)),
        Fact(_("People with wishes of whom one is met"), of(sum(map(bool, met.values())), len(met))),
        Fact(_("Bodies with a broken rule"), write_number(sum(line.broken > 0 for line in lines), language)),
    ]


def _refs(line: Line) -> list[Ref]:
    return [(BODY, line.drafted.pattern_id)]


def _columns(reading: Reading) -> Columns[Any]:
    def counted(number: int, every: int) -> str:
        words = {"number": write_number(number, reading.language), "all": write_number(every, reading.language)}
        return _("%(number)s of %(all)s") % words

    return Columns(
        (
            Column(
                "body",
                gettext_lazy("Body"),
                lambda line, r: r.name(BODY, line.drafted.pattern_id),
                refs=_refs,
                address=lambda line: address((DraftBody.record_kind(), line.pk)),
                spoken=lambda line, r: r.spoken(BODY, line.drafted.pattern_id),
            ),
            Column(
                "kind",
                gettext_lazy("Kind"),
                lambda line, r: r.choice(line.drafted.pattern, "kind"),
                kind="choice",
                second=lambda line, r: "" if line.drafted.is_new_body else _("a new part of the same body"),
            ),
            Column("filled", gettext_lazy("Places filled"), lambda line, r: counted(line.filled, line.places)),
            Column("wishes", gettext_lazy("Wishes met"), lambda line, r: counted(line.met, line.wished)),
            Column(
                "verdict",
                gettext_lazy("Verdict"),
                lambda line, r: line.verdict[0],
                tone=lambda line, r: line.verdict[1],
            ),
        )
    )


def add_page(request: StaffRequest, key: int) -> HttpResponse:
    """Which bodies a draft forms anew: those of the parliament that it has not yet are offered."""
    require(request.user, draft_pages.permission("change"))
    draft, reading = draft_pages.get(request, key), reading_of(request)
    if not may_draft(draft, reading):
        raise PermissionDenied
    known = set(DraftBody.objects.filter(draft=draft).values_list("pattern", flat=True))
    offered = [one for one in patterns_for(draft.convocation, reading) if one.pk not in known]
    refusal: list[str] = []
    if request.method == "POST":
        chosen = set(request.POST.getlist("body"))
        patterns = [one for one in offered if str(one.pk) in chosen]
        if patterns:
            try:
                number = add_bodies(draft, patterns, by=request.user)
            except Refused as error:
                refusal = list(error.messages)
            else:
                messages.success(request, _("Bodies added: %(number)s.") % {"number": number})
                return HttpResponseRedirect(address((Draft.record_kind(), draft.pk)))
        else:
            refusal = [_("Tick at least one body.")]
    context = {
        "draft": draft,
        "offered": [
            (one, reading.name(BODY, one.pk), reading.choice(one, "kind"), one.kind in USUAL)
            for one in sorted(offered, key=lambda one: one.kind not in USUAL)
        ],
        "refusal": refusal,
        "crumbs": draft_pages.crumbs(draft, reading),
        "back": address((Draft.record_kind(), draft.pk)),
        "new_body": reverse("bodies:body-new"),
    }
    return draft_pages.render(request, "add", context, 422 if refusal else 200)
