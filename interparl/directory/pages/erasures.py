"""Pages of keeping and erasing: rules, holds, and erasures with their steps (look 6.3: a page of its own)."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from interparl.core.addresses import address
from interparl.core.days import today
from interparl.core.history import title_of
from interparl.core.pages import RecordPages
from interparl.core.requests import StaffRequest, reading_of, require
from interparl.core.tables import Column, Columns, Reading
from interparl.core.templatetags.ui_parts import Link
from interparl.core.writing import Refused
from interparl.directory import forms
from interparl.directory.actions import account_of, ask, carry_out, obstacles, refuse
from interparl.directory.models import Erasure, RetentionHold, RetentionRule
from interparl.directory.pages.columns import NOTE, SINCE, UNTIL, link_column, name_column, source_fact
from interparl.directory.pages.erasure_parts import gone_lines, lost_lines, what_stays

ASK, CONFIRM = "directory.add_erasure", "directory.confirm_erasure"
TONES = {"draft": "neutral", "asked": "warn", "refused": "neutral", "done": "bad"}
PERSON = "directory.person"

retention_rule_pages = RecordPages(
    model=RetentionRule,
    form=forms.RetentionRuleForm,
    columns=Columns(
        (
            name_column("directory.retentionrule"),
            Column("applies_to", gettext_lazy("Applies to"), lambda p, r: r.choice(p, "applies_to"), kind="choice"),
            Column("years", gettext_lazy("Years"), lambda p, r: p.years, kind="number", sort="years"),
            Column("event", gettext_lazy("Counted from"), lambda p, r: r.choice(p, "event"), kind="choice"),
            Column("deed", gettext_lazy("What is done"), lambda p, r: r.choice(p, "deed"), kind="choice"),
        )
    ),
    facts=(
        Column("applies_to", gettext_lazy("Applies to"), lambda p, r: r.choice(p, "applies_to"), kind="choice"),
        Column("years", gettext_lazy("Years"), lambda p, r: p.years, kind="number"),
        Column("event", gettext_lazy("Counted from"), lambda p, r: r.choice(p, "event"), kind="choice"),
        Column("deed", gettext_lazy("What is done"), lambda p, r: r.choice(p, "deed"), kind="choice"),
        Column("basis", gettext_lazy("Legal basis"), lambda p, r: p.basis),
        NOTE,
        source_fact(),
    ),
    related=("source",),
)

retention_hold_pages = RecordPages(
    model=RetentionHold,
    form=forms.RetentionHoldForm,
    columns=Columns(
        (
            link_column("person", gettext_lazy("Person"), PERSON, "person"),
            Column("grounds", pgettext_lazy("of a hold", "Reason"), lambda h, r: h.grounds, sort="grounds"),
            SINCE,
            UNTIL,
        )
    ),
)


def context_of(erasure: Erasure, reading: Reading) -> dict[str, Any]:
    """What goes and what stays, the steps that this reader may take, or what went."""
    found: dict[str, Any] = {"state_tone": TONES[erasure.state]}
    if erasure.state in (Erasure.State.REFUSED, Erasure.State.DONE):
        return found | {"gone": gone_lines(erasure, reading)}
    if reading.is_past:
        return found
    account = account_of(erasure)
    is_draft = erasure.state == Erasure.State.DRAFT
    may_decide = not is_draft and _may(reading, CONFIRM)
    is_mine = erasure.asked_by == reading.user
    return found | {
        "lines": lost_lines(account, reading),
        "stays": what_stays(erasure, account),
        "obstacles": obstacles(erasure, today(), reading.user),
        "seen": account.digest,
        "ask_url": _address(erasure, "ask") if is_draft and _may(reading, ASK) else "",
        "confirm_url": _address(erasure, "confirm") if may_decide and not is_mine else "",
        "refuse_url": _address(erasure, "refuse") if may_decide or (is_mine and not is_draft) else "",
        "waits": not is_draft and is_mine,
    }


def _may(reading: Reading, permission: str) -> bool:
    return reading.user.has_perm(permission)


def _address(erasure: Erasure, step: str) -> str:
    return reverse(f"directory:erasure-{step}", args=(erasure.pk,))


erasure_pages = RecordPages(
    model=Erasure,
    form=forms.ErasureForm,
    columns=Columns(
        (
            Column(
                "number",
                gettext_lazy("Number"),
                lambda e, r: e.pk,
                kind="number",
                sort="id",
                address=lambda e: address(("directory.erasure", e.pk)),
            ),
            link_column("person", gettext_lazy("Person"), PERSON, "person"),
            Column("deed", gettext_lazy("What is done"), lambda e, r: r.choice(e, "deed"), kind="choice", sort="deed"),
            Column(
                "state",
                gettext_lazy("State"),
                lambda e, r: r.choice(e, "state"),
                kind="choice",
                sort="state",
                tone=lambda e, r: TONES[e.state],
            ),
            Column("asked_on", gettext_lazy("Asked on"), lambda e, r: e.asked_on, kind="date", sort="asked_on"),
        )
    ),
    facts=(
        Column("number", gettext_lazy("Number"), lambda e, r: e.pk, kind="number"),
        link_column("person", gettext_lazy("Person"), PERSON, "person"),
        Column("deed", gettext_lazy("What is done"), lambda e, r: r.choice(e, "deed"), kind="choice"),
        link_column("rule", gettext_lazy("By rule"), "directory.retentionrule", "rule"),
        Column("basis", gettext_lazy("Legal basis of a request"), lambda e, r: e.basis),
        Column("grounds", gettext_lazy("Reason of a request"), lambda e, r: e.grounds),
        Column("asked_by", gettext_lazy("Asked by"), lambda e, r: str(e.asked_by or "")),
        Column("asked_on", gettext_lazy("Asked on"), lambda e, r: e.asked_on, kind="date"),
        Column("decided_by", gettext_lazy("Decided by"), lambda e, r: str(e.decided_by or "")),
        NOTE,
    ),
    related=("person__user", "rule", "asked_by", "decided_by"),
    context=context_of,
)


def _for_step(request: StaffRequest, key: int, state: str) -> Erasure:
    """The erasure in that state, for who may know of it; nothing is done on a past day."""
    found: Erasure = erasure_pages.get(request, key)
    if reading_of(request).is_past:
        raise PermissionDenied
    if found.state != state:
        raise Http404
    return found


@require_POST
def ask_page(request: StaffRequest, key: int) -> HttpResponse:
    """Hands the prepared erasure to a second user; what goes was named on the page that it was sent from."""
    require(request.user, ASK)
    erasure = _for_step(request, key, Erasure.State.DRAFT)
    try:
        ask(erasure, by=request.user)
    except Refused as refusal:
        for text in refusal.messages:
            messages.error(request, text)
    else:
        messages.success(request, _("Asked for. Another user confirms or refuses it."))
    return HttpResponseRedirect(address((erasure_pages.kind, erasure.pk)))


def refuse_page(request: StaffRequest, key: int) -> HttpResponse:
    """Refuses what was asked for, with a reason; whoever asked may take it back so himself."""
    erasure = _for_step(request, key, Erasure.State.ASKED)
    is_own = erasure.asked_by_id == request.user.pk
    if not is_own:
        require(request.user, CONFIRM)
    form = forms.RefuseErasureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        refuse(erasure, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Refused. Nothing was erased."))
        return HttpResponseRedirect(address((erasure_pages.kind, erasure.pk)))
    reading = reading_of(request)
    context = _deed_context(erasure, reading) | {
        "form": form,
        "deed_title": (_("Take back erasure No. %(number)s?") if is_own else _("Refuse erasure No. %(number)s?"))
        % {"number": erasure.pk},
        "consequence": _("Nothing is erased. A new erasure can be prepared later."),
        "deed_verb": _("Take the request back") if is_own else _("Refuse"),
        "deed_keep": _("Keep as it is"),
    }
    return erasure_pages.render(request, "deed", context, 422 if request.method == "POST" else 200)


def _deed_context(erasure: Erasure, reading: Reading) -> dict[str, Any]:
    back = address((erasure_pages.kind, erasure.pk))
    return {
        "record": erasure,
        "reading": reading,
        "back": back,
        "crumbs": [
            Link(_("Erasures"), reverse("directory:erasure-list")),
            Link(title_of(erasure, reading), back),
        ],
    }


@never_cache
@reauthentication_required(app="directory")  # type: ignore[untyped-decorator]  # allauth ships no types
def confirm_page(request: StaffRequest, key: int) -> HttpResponse:
    """Names again all that goes, asks for the number of the erasure, and does it; there is no way back."""
    require(request.user, CONFIRM)
    erasure = _for_step(request, key, Erasure.State.ASKED)
    if erasure.asked_by_id == request.user.pk:
        raise PermissionDenied
    form = forms.ConfirmErasureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            carry_out(erasure, by=request.user, number=form.cleaned_data["number"], seen=form.cleaned_data["seen"])
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Erased. It does not come back."))
            return HttpResponseRedirect(address((erasure_pages.kind, erasure.pk)))
    reading = reading_of(request)
    context = _deed_context(erasure, reading) | context_of(erasure, reading) | {"form": form}
    context["deed_title"] = _("Erase for good: No. %(number)s") % {"number": erasure.pk}
    return erasure_pages.render(request, "confirm", context, 422 if request.method == "POST" else 200)
