"""The page on which a decision approves a draft, and the one on which that is taken back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interparl.bodies.actions import Approval, approval_of, approve, batch_of, take_back
from interparl.bodies.actions.approving import MOST_NAMED, PERMISSION
from interparl.bodies.blocks.rule_words import named_in, verdict_words
from interparl.bodies.models import Body, Decision, Draft
from interparl.bodies.pages.drafts.registers import draft_pages
from interparl.core.addresses import address, new_address
from interparl.core.formats import write_day
from interparl.core.forms import MoveForm
from interparl.core.kinds import Ref
from interparl.core.pickers import RecordPickerField
from interparl.core.requests import StaffRequest, reading_of, require
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import RuleLine
from interparl.core.writing import Refused
from interparl.directory.models import Person

BODY, PERSON = Body.record_kind(), Person.record_kind()


class ApproveForm(forms.Form):
    """The decision, and the reason where a binding rule is not kept."""

    decision = RecordPickerField(model=Decision, label=gettext_lazy("By decision"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Needed where a binding rule is not kept; it stays in the history."),
    )

    def __init__(self, *args: Any, reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["decision"]
        if isinstance(field, RecordPickerField):
            field.reading = reading
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "field")


def approve_page(request: StaffRequest, key: int) -> HttpResponse:
    """What an approval meets, with the decision that was chosen; on POST the draft is approved by it."""
    require(request.user, PERMISSION)
    draft, reading = draft_pages.get(request, key), reading_of(request)
    first = draft.convocation.since_earliest
    known = Decision.objects.visible_to(request.user).filter(taken_earliest__lte=reading.day)
    known = known.filter(taken_earliest__gte=first) if first is not None else known
    last = known.order_by("-taken_earliest", "-pk").first()
    form = ApproveForm(request.POST if request.method == "POST" else None, initial={"decision": last}, reading=reading)
    decision = last
    if request.method == "POST" and form.is_valid():
        decision = form.cleaned_data["decision"]
        try:
            approve(draft, decision, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("Approved. The bodies stand from the day of the decision on."))
            return HttpResponseRedirect(address((Draft.record_kind(), draft.pk)))
    context = {
        "form": form,
        "draft": draft,
        "reading": reading,
        **_met(approval_of(draft, decision, request.user), reading),
    }
    context |= {
        "crumbs": draft_pages.crumbs(draft, reading),
        "back": address((Draft.record_kind(), draft.pk)),
        "new_decision": new_address(Decision.record_kind()),
        "decision_words": decision.label_in(reading.language) if decision else "",
    }
    return draft_pages.render(request, "approve", context, 422 if request.method == "POST" else 200)


def _refuse(form: ApproveForm, refusal: Refused) -> None:
    if hasattr(refusal, "error_dict"):
        for name, errors in refusal.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
    else:
        form.add_error(None, list(refusal.messages))


def _met(approval: Approval, reading: Reading) -> dict[str, Any]:
    """What stands against it, what needs a reason, and what is left to the change of convocation, in words."""
    refs: set[Ref] = {ref for _drafted, one in approval.broken for ref in named_in(one)}
    refs |= {(BODY, drafted.pattern_id) for drafted in approval.question.bodies}
    refs |= {(PERSON, place.person_id) for _drafted, place in approval.misplaced if place.person_id}
    reading.want(refs)
    broken = [
        RuleLine(
            f"{reading.name(BODY, drafted.pattern_id)}: {one.rule.in_words(reading.language)}",
            "broken",
            verdict_words(one, reading),
        )
        for drafted, one in approval.broken
    ]
    broken += [
        RuleLine(
            _("%(body)s: a place kept for another chamber") % {"body": reading.name(BODY, drafted.pattern_id)},
            "broken",
            reading.name(PERSON, place.person_id),
        )
        for drafted, place in approval.misplaced
    ]
    bodies = approval.question.bodies
    return {
        "against": list(approval.against),
        "broken": broken,
        "lasting": _lasting(approval, reading),
        "day_words": write_day(approval.question.day, reading.language, "full"),
        "new_bodies": sum(one.is_new_body for one in bodies),
        "new_parts": sum(not one.is_new_body for one in bodies),
        "people": sum(one.person_id is not None for several in approval.question.places.values() for one in several),
    }


def _lasting(approval: Approval, reading: Reading) -> str:
    """The first of the bodies that still stand, and how many others."""
    names = [name for kind, key in approval.lasting if (name := reading.name(kind, key))]
    shown = ", ".join(names[:MOST_NAMED])
    if more := len(names[MOST_NAMED:]):
        shown += " " + ngettext("and %(number)s other", "and %(number)s others", more) % {"number": more}
    return shown


def take_back_page(request: StaffRequest, key: int) -> HttpResponse:
    """Asks before an approval is taken back, with the consequence named, and does it on POST."""
    require(request.user, PERMISSION)
    draft, reading = draft_pages.get(request, key), reading_of(request)
    if batch_of(draft) is None:
        raise Http404
    form = MoveForm(request.POST if request.method == "POST" else None, needs_reason=True)
    del form.fields["on"]
    if request.method == "POST" and form.is_valid():
        try:
            take_back(draft, by=request.user, note=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Taken back. The history keeps what was."))
            return HttpResponseRedirect(address((Draft.record_kind(), draft.pk)))
    context = {
        "form": form,
        "crumbs": draft_pages.crumbs(draft, reading),
        "deed_title": _("Take the approval of “%(name)s” back?") % {"name": draft},
        "deed_verb": _("Take back"),
        "deed_keep": _("Keep as it is"),
        "back": address((Draft.record_kind(), draft.pk)),
        "consequence": _(
            "All that it formed is removed and the draft is open again. It is refused when somebody changed one of its "
            "records since, or when something points to one."
        ),
    }
    return draft_pages.render(request, "deed", context, 422 if request.method == "POST" else 200)
