"""The card of a country whose side has changed: what changed, what follows, and writing what was chosen of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interparl.bodies import forms
from interparl.bodies.actions import TheirChange, write_their_change
from interparl.bodies.actions.their_change import ProposedEnd, ProposedLetter
from interparl.bodies.blocks.letters import may_see
from interparl.bodies.blocks.their_change import changed_lines
from interparl.bodies.models import Body, LetterDue
from interparl.core.addresses import address, as_of
from interparl.core.formats import write_day, write_partial
from interparl.core.requests import StaffRequest, reading_of, require
from interparl.core.tables import Reading
from interparl.core.writing import Refused
from interparl.directory.blocks.parts import span_words
from interparl.directory.models import Convocation, Country, Parliament
from interparl.directory.pages import country_pages

# A letter of congratulation is due so many days from today, unless another day is written.
DUE_IN = timedelta(days=7)


@dataclass(frozen=True)
class Choice:
    """Something that may be chosen to be written; without a key it is only told."""

    key: str
    title: str
    second: str
    url: str = ""
    is_chosen: bool = False


def changed_page(request: StaffRequest, key: int) -> HttpResponse:
    """What changed on the other side and what follows; writes what was chosen on POST."""
    require(request.user, country_pages.permission("view"))
    country, reading = country_pages.get(request, key), reading_of(request)
    is_sent = request.method == "POST"
    if is_sent and (reading.is_past or not may_see(reading)):
        raise PermissionDenied
    form = forms.FollowForm(request.POST if is_sent else None, initial={"due_on": reading.day + DUE_IN})
    chosen = set(request.POST.getlist("chosen"))
    if is_sent and form.is_valid() and _written(request, country, reading, form, chosen):
        return HttpResponseRedirect(address((country_pages.kind, country.pk)))
    plan = TheirChange.of(country, reading.day, reading.user)
    context = _context(plan, reading, chosen if is_sent else plan.keys())
    context |= {"form": form, "crumbs": country_pages.crumbs(country, reading)}
    return render(request, "bodies/their_change.html", context, status=422 if is_sent else 200)


def _written(
    request: StaffRequest, country: Country, reading: Reading, form: forms.FollowForm, chosen: set[str]
) -> bool:
    said = form.cleaned_data
    try:
        batch = write_their_change(
            country, reading.day, chosen, due_on=said["due_on"], note=said["note"], by=request.user
        )
    except Refused as refusal:
        form.add_error(None, list(refusal.messages))
        return False
    words = [
        ngettext("%(number)s letter is due.", "%(number)s letters are due.", batch.counts["letters"])
        % {"number": batch.counts["letters"]},
        ngettext("%(number)s group was ended.", "%(number)s groups were ended.", batch.counts["ended"])
        % {"number": batch.counts["ended"]},
        _("It can be taken back under “Imports”, No. %(number)s.") % {"number": batch.pk},
    ]
    messages.success(request, " ".join(words))
    return True


def _context(plan: TheirChange, reading: Reading, chosen: set[str]) -> dict[str, Any]:
    refs = {(Body.record_kind(), body.pk) for body in (*plan.ours, *plan.lapsed)}
    refs |= {(Body.record_kind(), _body_of(one).pk) for one in plan.ends}
    refs |= {(Convocation.record_kind(), one.convocation.pk) for one in plan.ends}
    refs |= {(Parliament.record_kind(), one.parliament.pk) for one in plan.letters}
    refs |= {(country_pages.kind, plan.country.pk)}
    reading.want(refs)
    name = reading.name(country_pages.kind, plan.country.pk)
    letters = [_letter(one, reading, chosen) for one in plan.letters] if may_see(reading) else []
    ends = [_end(one, reading, chosen) for one in plan.ends]
    may_write = not reading.is_past and _may_write(plan, reading)
    return {
        "title": _("Their side has changed: %(name)s") % {"name": name},
        "reading": reading,
        "lines": changed_lines(plan.changed, reading),
        "letters": letters,
        "ends": ends,
        "lapsed": [_told(body, reading) for body in plan.lapsed],
        "ours": [_told(body, reading) for body in plan.ours],
        "may_write": may_write and any(one.key for one in (*letters, *ends)),
        "back": as_of(address((country_pages.kind, plan.country.pk)), reading),
        "past_words": write_day(reading.day, reading.language, "full") if reading.is_past else "",
    }


def _may_write(plan: TheirChange, reading: Reading) -> bool:
    """Whether the reader may write letters to that side."""
    drafts = [LetterDue(parliament=one.parliament) for one in plan.letters]
    rows = [_body_of(one) for one in plan.ends]
    return any(draft.may_do("add", reading.user) for draft in drafts) or any(
        row.may_change(reading.user) for row in rows
    )


def _body_of(one: ProposedEnd) -> Body:
    return one.host if isinstance(one.host, Body) else one.host.body


def _letter(one: ProposedLetter, reading: Reading, chosen: set[str]) -> Choice:
    to = reading.name(Parliament.record_kind(), one.parliament.pk)
    title = f"{capfirst(str(LetterDue.About(one.about).label))}: {to}"
    if one.existing is None:
        return Choice(one.key, title, "", is_chosen=one.key in chosen)
    state = str(LetterDue.State(one.existing.state).label)
    day = write_day(one.existing.due_on, reading.language)
    second = _("%(state)s, due on %(day)s") % {"state": capfirst(state), "day": day}
    return Choice("", title, second, address((LetterDue.record_kind(), one.existing.pk)))


def _end(one: ProposedEnd, reading: Reading, chosen: set[str]) -> Choice:
    body = _body_of(one)
    number = sum(row.is_open_to(reading.user) for row in one.ends.memberships.ending)
    words = {
        "convocation": reading.name(Convocation.record_kind(), one.convocation.pk),
        "day": write_partial(one.convocation.until, reading.language),
    }
    second = _("%(convocation)s ended on %(day)s") % words
    seats = ngettext("%(number)s membership ends with it", "%(number)s memberships end with it", number)
    name = reading.name(Body.record_kind(), body.pk)
    title = name if isinstance(one.host, Body) else _("Their part in: %(name)s") % {"name": name}
    url = as_of(address((Body.record_kind(), body.pk)), reading)
    return Choice(one.key, title, f"{second} · {seats % {'number': number}}", url, one.key in chosen)


def _told(body: Body, reading: Reading) -> Choice:
    url = as_of(address((Body.record_kind(), body.pk)), reading)
    return Choice("", reading.name(Body.record_kind(), body.pk), span_words(body, reading), url)
