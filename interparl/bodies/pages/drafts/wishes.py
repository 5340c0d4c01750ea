"""What one person wishes for in a convocation, on one form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.bodies.actions import keep_wishes
from interparl.bodies.actions.drafting import Wish
from interparl.bodies.models import Body, Candidate
from interparl.bodies.pages.drafts.choices import USUAL, patterns_for
from interparl.bodies.pages.drafts.registers import candidate_pages
from interparl.core.addresses import address, list_address
from interparl.core.pickers import RecordPickerField
from interparl.core.requests import StaffRequest, reading_of, require
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Link
from interparl.core.writing import Refused
from interparl.directory.models import Convocation, Person

BODY, PERSON = Body.record_kind(), Person.record_kind()
# So many further lines are offered beside the wishes that there are, and so many are read at the most.
FURTHER, MOST = 5, 200
LARGEST = 999


class WhoseForm(forms.Form):
    """Whose wishes, for which convocation."""

    person = RecordPickerField(model=Person, label=gettext_lazy("Person"))
    convocation = RecordPickerField(model=Convocation, label=gettext_lazy("Convocation"))

    def __init__(self, *args: Any, reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, RecordPickerField):
                field.reading = reading
            field.widget.attrs.setdefault("class", "field")


@dataclass(frozen=True)
class Typed:
    """One line of the form as it was typed."""

    body: str = ""
    rank: str = ""
    would_lead: bool = False
    unwilling: bool = False
    error: str = ""


def whose_page(request: StaffRequest) -> HttpResponse:
    """Asks whose wishes are to be written down."""
    require(request.user, candidate_pages.permission("add"))
    reading = reading_of(request)
    is_asked = bool(request.GET.keys() & {"person", "person_key"})
    given = request.GET.dict()
    last = Convocation.objects.visible_to(request.user).order_by("-since_earliest", "-pk").first()
    initial = {"convocation": given.get("convocation") or (last.pk if last else None)}
    form = WhoseForm(request.GET if is_asked else None, initial=initial, reading=reading)
    if is_asked and form.is_valid():
        data = form.cleaned_data
        return HttpResponseRedirect(reverse("bodies:wishes-of", args=(data["convocation"].pk, data["person"].pk)))
    context = {"form": form, "crumbs": [_crumb()], "back": list_address(Candidate.record_kind())}
    return render(request, "bodies/wishes_whose.html", context, status=422 if is_asked else 200)


def _crumb() -> Link:
    return Link(capfirst(_("wishes for bodies")), list_address(Candidate.record_kind()))


def wishes_page(request: StaffRequest, convocation: int, person: int) -> HttpResponse:
    """All wishes of a person for a convocation: read, and on POST written together."""
    require(request.user, candidate_pages.permission("change"))
    reading = reading_of(request)
    if reading.is_past:
        raise PermissionDenied
    term = Convocation.objects.visible_to(request.user).filter(pk=convocation).first()
    whose = Person.objects.visible_to(request.user).filter(pk=person).first()
    if term is None or whose is None:
        raise Http404
    own = Candidate.objects.visible_to(request.user).filter(convocation=term, person=whose).select_related("body")
    known = list(own.in_order())
    formed = [one for one in patterns_for(term, reading) if one.kind in USUAL]
    offered = {one.pk: one for one in [*formed, *(row.body for row in known)]}
    lines, refusal = _lines_of(known), list[str]()
    if request.method == "POST":
        lines = _typed(request)
        try:
            keep_wishes(term, whose, _wishes(lines, offered), by=request.user)
        except Refused as error:
            refusal = list(error.messages)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(request.path)
    reading.want([(BODY, key) for key in offered])
    reading.want([(PERSON, whose.pk)])
    context = {
        "name": reading.name(PERSON, whose.pk),
        "person_url": address((PERSON, whose.pk)),
        "convocation": str(term),
        "choices": [(str(key), reading.name(BODY, key)) for key in offered],
        "lines": [*lines, *(Typed() for _line in range(FURTHER))],
        "refusal": refusal,
        "crumbs": [_crumb()],
        "back": list_address(Candidate.record_kind(), convocation=str(term.pk), person=str(whose.pk)),
    }
    return render(request, "bodies/wishes.html", context, status=422 if refusal else 200)


def _lines_of(known: Sequence[Candidate]) -> list[Typed]:
    return [
        Typed(str(one.body_id), str(one.rank or ""), would_lead=one.would_lead, unwilling=one.rank is None)
        for one in known
    ]


def _typed(request: StaffRequest) -> list[Typed]:
    """The lines that say something, as they were sent."""
    sent = request.POST
    lines = [
        Typed(
            sent.get(f"body-{at}", "")[:20],
            sent.get(f"rank-{at}", "").strip()[:20],
            would_lead=f"lead-{at}" in sent,
            unwilling=f"unwilling-{at}" in sent,
        )
        for at in range(MOST)
    ]
    return [one for one in lines if one != Typed()]


def _wishes(lines: Sequence[Typed], offered: dict[int, Body]) -> list[Wish]:
    """The same as wishes; raises Refused with the number of each line that cannot be read."""
    found, wrong = [], []
    for number, line in enumerate(lines, 1):
        body = offered.get(int(line.body)) if line.body.isascii() and line.body.isdigit() else None
        is_rank = line.rank.isascii() and line.rank.isdigit() and int(line.rank) <= LARGEST
        if body is None:
            wrong.append(_("Line %(number)s: choose a body.") % {"number": number})
        elif line.unwilling:
            if line.rank:
                wrong.append(_("Line %(number)s: either a rank, or does not want to.") % {"number": number})
            found.append(Wish(body, None, would_lead=line.would_lead))
        elif not is_rank:
            wrong.append(_("Line %(number)s: write the rank as a number, 1 for the dearest wish.") % {"number": number})
        else:
            found.append(Wish(body, int(line.rank), would_lead=line.would_lead))
    if wrong:
        raise Refused(wrong)
    return found
