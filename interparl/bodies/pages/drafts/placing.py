"""The page of one drafted body: its places, its rules, and who could be placed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.bodies.actions import leave_out, place_person, take_out
from interparl.bodies.actions.drafting import remove_place
from interparl.bodies.blocks.drafts import line_of, rule_lines_of
from interparl.bodies.models import Body, Candidate, Draft, DraftBody, DraftPlace, Membership
from interparl.bodies.models.questions import Question, drafted_day, question_of
from interparl.bodies.pages.drafts.able import Able, able_for
from interparl.bodies.pages.drafts.registers import drafted_pages
from interparl.bodies.pages.drafts.showing import may_draft
from interparl.core.addresses import address, as_of, list_address, new_address
from interparl.core.formats import write_day
from interparl.core.page_parts import history_panel
from interparl.core.pickers import RecordPickerField
from interparl.core.requests import StaffRequest, day_problem, reading_of, require
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Action, Link
from interparl.core.translated import text_in
from interparl.core.writing import Refused
from interparl.directory.models import Chamber, Person

PERSON, BODY = Person.record_kind(), Body.record_kind()
DRAFTED = DraftBody.record_kind()


class SomebodyForm(forms.Form):
    """Somebody who is not in the list: staff, say."""

    somebody = RecordPickerField(model=Person, label=gettext_lazy("Somebody else"))

    def __init__(self, *args: Any, reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["somebody"]
        if isinstance(field, RecordPickerField):
            field.reading = reading
        field.widget.attrs.setdefault("class", "field")


@dataclass(frozen=True)
class PlaceRow:
    """A place as the page prints it."""

    place: DraftPlace
    name: str
    said: str
    url: str
    role: str
    second: str
    choose_url: str
    edit_url: str
    is_chosen: bool


def drafted_page(request: StaffRequest, key: int) -> HttpResponse:
    """A drafted body: people are placed and taken out here, and the rules answer beside."""
    require(request.user, drafted_pages.permission("view"))
    drafted, reading = drafted_pages.get(request, key), reading_of(request)
    form = SomebodyForm(request.POST if "somebody" in request.POST else None, reading=reading)
    if request.method == "POST":
        if not may_draft(drafted.draft, reading):
            raise PermissionDenied
        if not form.is_bound or form.is_valid():
            return _done(request, drafted, form)
    context = _shown(request, drafted, reading, form)
    status = 422 if request.method == "POST" else 400 if day_problem(request) else 200
    return drafted_pages.render(request, "show", context, status)


def _done(request: StaffRequest, drafted: DraftBody, form: SomebodyForm) -> HttpResponse:
    """Does what was asked and leads back to the page; what is refused is said there."""
    back = f"{address((DRAFTED, drafted.pk))}?{request.GET.urlencode()}".rstrip("?")
    try:
        if "leave_out" in request.POST:
            leave_out(drafted, by=request.user)
            return HttpResponseRedirect(address((Draft.record_kind(), drafted.draft_id)))
        _place(request, drafted, form)
    except Refused as refusal:
        for text in refusal.messages:
            messages.error(request, text)
    return HttpResponseRedirect(back)


def _place(request: StaffRequest, drafted: DraftBody, form: SomebodyForm) -> None:
    for name, deed in (("take_out", take_out), ("remove", remove_place)):
        if name in request.POST:
            deed(_own(request, drafted, request.POST[name]), by=request.user)
            return
    place = _own(request, drafted, request.POST.get("place", ""))
    person = form.cleaned_data["somebody"] if form.is_bound else _person(request)
    place_person(place, person, by=request.user)


def _own(request: StaffRequest, drafted: DraftBody, key: str) -> DraftPlace:
    """A place of this body that the user may know of; raises Refused when it has gone."""
    known = DraftPlace.objects.visible_to(request.user).filter(drafted=drafted).select_related("drafted__draft")
    place = known.filter(pk=key).first() if key.isascii() and key.isdigit() and len(key) < 19 else None
    if place is None:
        raise Refused([_("This place is no longer there.")])
    return place


def _person(request: StaffRequest) -> Person:
    key = request.POST.get("person", "")
    known = Person.objects.visible_to(request.user)
    person = known.filter(pk=key).first() if key.isascii() and key.isdigit() and len(key) < 19 else None
    if person is None:
        raise Refused([_("Choose somebody.")])
    return person


def _shown(request: StaffRequest, drafted: DraftBody, reading: Reading, form: SomebodyForm) -> dict[str, Any]:
    draft, may = drafted.draft, may_draft(drafted.draft, reading)
    question = question_of(draft, drafted_day(draft.convocation, reading.day), reading.user, only=(drafted.pk,))
    drafted = question.by_pattern[drafted.pattern_id]
    places = question.places[drafted.pk]
    chosen = _chosen(request, places) if may else None
    refs = [(PERSON, one.person_id) for one in places if one.person_id] + [(BODY, drafted.pattern_id)]
    reading.want(refs)
    line = line_of(question, drafted)
    able = able_for(request, question, drafted, chosen, reading) if chosen else Able()
    name = reading.name(BODY, drafted.pattern_id)
    return {
        "reading": reading,
        "record": drafted,
        "name": name,
        "spoken": reading.other_language(BODY, drafted.pattern_id),
        "crumbs": [
            Link(capfirst(_("drafts of compositions")), list_address(Draft.record_kind())),
            Link(str(draft), as_of(address((Draft.record_kind(), draft.pk)), reading)),
        ],
        "verdict": line.verdict,
        "count": _("%(filled)s of %(all)s seats filled") % {"filled": line.filled, "all": line.places},
        "rows": _rows(question, drafted, chosen, reading),
        "rules": rule_lines_of(question, drafted, reading),
        "able": able,
        "chosen": chosen,
        "chosen_words": _place_words(chosen, reading) if chosen else "",
        "form": form,
        "may": may,
        "forms_words": _forms_words(drafted),
        "pattern_url": as_of(address((BODY, drafted.pattern_id)), reading),
        "add_url": new_address(DraftPlace.record_kind(), drafted=str(drafted.pk)) if may else "",
        "actions": [],
        "more": [Action(_("History"), address((DRAFTED, drafted.pk), "history"), icon="history")],
        "looked_on": write_day(question.day, reading.language, "full"),
        **history_panel(drafted, reading),
    }


def _forms_words(drafted: DraftBody) -> str:
    if drafted.is_new_body:
        return _("When it is approved, a body is formed that continues this one.")
    return _("When it is approved, this body gets a new part.")


def _chosen(request: StaffRequest, places: list[DraftPlace]) -> DraftPlace | None:
    """The place of `?place=`, else the first one that is vacant."""
    asked = request.GET.get("place", "")
    by_key = {str(one.pk): one for one in places}
    return by_key.get(asked) or next((one for one in places if one.person_id is None), None)


def _place_words(place: DraftPlace, reading: Reading) -> str:
    title = text_in(place.title, reading.language)
    return title or capfirst(str(place.get_role_display()))


def _rows(question: Question, drafted: DraftBody, chosen: DraftPlace | None, reading: Reading) -> list[PlaceRow]:
    places = question.places[drafted.pk]
    kept = Chamber.objects.visible_to(reading.user).filter(pk__in={one.chamber_id for one in places if one.chamber_id})
    short = {one.pk: text_in(one.short_name, reading.language) or one.label_in(reading.language) for one in kept}
    return [
        PlaceRow(
            place,
            name=reading.name(PERSON, place.person_id),
            said=_said(place, question.wishes.get(place.person_id or 0, {}).get(drafted.pattern_id)),
            url=as_of(address((PERSON, place.person_id)), reading) if place.person_id else "",
            role=capfirst(reading.choice(place, "role")),
            second=_facts(place, short, reading),
            choose_url=f"?place={place.pk}#able",
            edit_url=address((DraftPlace.record_kind(), place.pk), "edit"),
            is_chosen=chosen is not None and chosen.pk == place.pk,
        )
        for place in places
    ]


def _facts(place: DraftPlace, short: dict[int, str], reading: Reading) -> str:
    """What is said of the place beside its role."""
    title, role = text_in(place.title, reading.language), reading.choice(place, "role")
    chamber = short.get(place.chamber_id or 0)
    facts = [
        title if title.casefold() != role.casefold() else "",
        _("substitute’s seat") if place.is_substitute and place.role != Membership.Role.SUBSTITUTE else "",
        _("kept for: %(chamber)s") % {"chamber": chamber} if chamber else "",
    ]
    return " · ".join(filter(None, facts))


def _said(place: DraftPlace, wish: Candidate | None) -> str:
    """How the person came there, and how dear it is to him."""
    said = [
        _("by hand") if place.by_hand else "",
        _("wish No. %(number)s") % {"number": wish.rank} if wish is not None and wish.rank is not None else "",
        _("would like to lead it") if wish is not None and wish.would_lead else "",
    ]
    return " · ".join(filter(None, said))
