"""The page of the change of convocation: what it would do, the proposals to tick, and doing it as one batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interparl.bodies.actions.convocations import PERMISSION, Change, change_to, done_by, turn_convocation
from interparl.core.addresses import address, list_address
from interparl.core.formats import write_day, write_number
from interparl.core.forms import MoveForm
from interparl.core.hooks import Becomes, Effect
from interparl.core.requests import StaffRequest, reading_of, require
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Action, Fact, Link
from interparl.core.writing import Refused
from interparl.directory.models import Convocation
from interparl.directory.models.turning import NotReady
from interparl.directory.pages import convocation_pages
from interparl.exchange.models import Batch

TITLES: dict[Becomes, str | Promise] = {
    Becomes.CLOSED: gettext_lazy("Closes"),
    Becomes.LOST: gettext_lazy("Is lost with the mandate"),
    Becomes.PROPOSED: gettext_lazy("Proposed to be formed anew"),
    Becomes.DRAFTED: gettext_lazy("Letters that fall due"),
    Becomes.KEPT: gettext_lazy("Stays as it is"),
}


@dataclass(frozen=True)
class Line:
    """One effect as the page prints it."""

    effect: Effect
    name: str
    spoken: str
    leads_to: str
    day: str
    is_ticked: bool

    @property
    def words(self) -> str:
        """What is said beside the name."""
        return capfirst(self.effect.words) if not self.name else self.effect.words


@dataclass(frozen=True)
class Group:
    """The effects of one step that become the same."""

    key: str
    label: str
    lines: Sequence[Line]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.lines)


@dataclass(frozen=True)
class Section:
    """All that becomes the same."""

    key: str
    title: str | Promise
    groups: Sequence[Group]

    @property
    def count(self) -> int:
        """How many effects there are."""
        return sum(group.count for group in self.groups)


def turn_page(request: StaffRequest, key: int) -> HttpResponse:
    """What the change to this convocation of ours would do; on POST it is done. Of one that was made, how."""
    require(request.user, PERMISSION)
    beginning, reading = convocation_pages.get(request, key), reading_of(request)
    if not beginning.parliament.is_ours:
        raise Http404
    context = _common(beginning, reading)
    if (batch := done_by(beginning)) is not None:
        return render(request, "bodies/turning.html", context | {"done": _done(batch)})
    form = MoveForm(request.POST if request.method == "POST" else None)
    try:
        if request.method == "POST" and form.is_valid() and _is_made(beginning, form, request):
            messages.success(request, _("The change was made. It can be taken back."))
            return HttpResponseRedirect(reverse("bodies:turn", args=(beginning.pk,)))
        change = change_to(beginning, request.user)
    except NotReady as error:
        return render(request, "bodies/turning.html", context | {"problems": error.messages}, status=422)
    ticked = frozenset(request.POST.getlist("take")) if request.method == "POST" else change.advised
    context |= _shown(change, form, ticked, reading)
    return render(request, "bodies/turning.html", context, status=422 if request.method == "POST" else 200)


def _is_made(beginning: Convocation, form: MoveForm, request: StaffRequest) -> bool:
    """Makes the change as it was asked for; the form says why not."""
    ticked = frozenset(request.POST.getlist("take"))
    seen, note = request.POST.get("seen", ""), form.cleaned_data["reason"]
    try:
        turn_convocation(beginning, ticked=ticked, seen=seen, by=request.user, note=note)
    except Refused as refusal:
        form.add_error(None, list(refusal.messages))
        return False
    return True


def _common(beginning: Convocation, reading: Reading) -> dict[str, Any]:
    return {
        "convocation": beginning,
        "title": _("Change to: %(name)s") % {"name": beginning.label_in(reading.language) or beginning},
        "crumbs": [
            Link(capfirst(_("convocations")), list_address(beginning.record_kind())),
            Link(str(beginning), address((beginning.record_kind(), beginning.pk))),
        ],
        "back": address((beginning.record_kind(), beginning.pk)),
    }


def _done(batch: Batch) -> dict[str, str]:
    return {"number": str(batch.pk), "url": reverse("exchange:batch-show", args=(batch.pk,))}


def _shown(change: Change, form: MoveForm, ticked: frozenset[str], reading: Reading) -> dict[str, Any]:
    """What the page prints of a change that can be made."""
    refs = {effect.ref for one in change.found for effect in one.effects if effect.ref}
    reading.want(refs)
    sections = [_section(becomes, change, ticked, reading) for becomes in TITLES]
    return {
        "form": form,
        "seen": change.digest,
        "sections": [section for section in sections if section.groups],
        "when": _days(change, reading),
        "facts": _facts(change, sections, reading),
    }


def _days(change: Change, reading: Reading) -> str:
    """Which convocation ends when, and which begins."""
    turn, language = change.turn, reading.language
    return _("%(ending)s ends on %(last)s, %(beginning)s begins on %(first)s.") % {
        "ending": turn.ending.label_in(language) or turn.ending,
        "last": write_day(turn.last_day(), language, "full"),
        "beginning": turn.beginning.label_in(language) or turn.beginning,
        "first": write_day(turn.first_day, language, "full"),
    }


def _section(becomes: Becomes, change: Change, ticked: frozenset[str], reading: Reading) -> Section:
    groups = []
    for one in change.found:
        lines = [_line(effect, ticked, reading) for effect in one.effects if effect.becomes == becomes]
        if lines:
            groups.append(Group(one.step.key, str(one.step.label), lines))
    return Section(becomes.value, TITLES[becomes], groups)


def _line(effect: Effect, ticked: frozenset[str], reading: Reading) -> Line:
    return Line(
        effect,
        reading.name(*effect.ref) if effect.ref else "",
        reading.other_language(*effect.ref) if effect.ref else "",
        address(effect.ref) if effect.ref else effect.leads_to,
        write_day(effect.day, reading.language) if effect.day else "",
        effect.key in ticked,
    )


def _facts(change: Change, sections: Sequence[Section], reading: Reading) -> list[Fact]:
    language = reading.language
    rows = sum(len(effect.planned) for one in change.found for effect in one.effects)
    counts = [
        Fact(str(section.title), write_number(section.count, language), address=f"#{section.key}")
        for section in sections
        if section.groups
    ]
    return [
        *counts,
        Fact(
            _("To be written"),
            ngettext("%(number)s record", "%(number)s records", rows) % {"number": write_number(rows, language)},
        ),
    ]


def action_of(convocation: Convocation) -> Action:
    """The way to the page."""
    return Action(_("Change of convocation…"), reverse("bodies:turn", args=(convocation.pk,)), kind="primary")
