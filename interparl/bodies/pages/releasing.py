"""The page on which a list of a body is released: the list as it will be frozen, and what changed since the last."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interparl.accounts.models import User
from interparl.bodies.actions import release_composition
from interparl.bodies.blocks.editions import last_in_force, release_address
from interparl.bodies.blocks.freezing import STRANGER, frozen_composition
from interparl.bodies.models import Body
from interparl.bodies.pages.registers import body_pages
from interparl.core.formats import write_number
from interparl.core.history import title_of
from interparl.core.requests import StaffRequest, reading_of
from interparl.core.tables import Reading
from interparl.documents.actions import Frozen
from interparl.documents.forms import ReleaseForm
from interparl.documents.models import Edition
from interparl.documents.pages.releasing import Offer, marks_for, release_answer

# The calendar of the databases begins and ends with these years.
EARLIEST, LATEST = date(1000, 1, 1), date(2199, 12, 31)


def release_page(request: StaffRequest, key: int) -> HttpResponse:
    """Shows the list that would go out, and releases it when it is still the one that was shown."""
    body = body_pages.get(request, key)
    reading = reading_of(request)
    if not release_address(body, reading):
        raise PermissionDenied
    initial = {"as_of": reading.day, "mark": body.effective_mark, "is_published": body.is_open_to(STRANGER)}
    sent = request.POST if request.method == "POST" else None
    form = ReleaseForm(sent, marks=marks_for(body, request.user), initial=initial)
    form.is_valid()
    given: dict[str, Any] = form.cleaned_data if form.is_bound else initial
    as_of = _day(given.get("as_of"), reading)
    mark = given.get("mark") or body.effective_mark
    frozen, left_out = frozen_composition(body, Reading(request.user, reading.language, as_of), mark)
    return release_answer(request, body_pages, _offer(body, frozen, left_out, form, as_of, reading), form, reading)


def _day(given: Any, reading: Reading) -> date:
    return given if isinstance(given, date) and EARLIEST <= given <= LATEST else reading.day


def _offer(body: Body, frozen: Frozen, left_out: int, form: ReleaseForm, as_of: date, reading: Reading) -> Offer:
    """The list as it would be frozen, beside the last edition."""
    words = ngettext(
        "%(number)s member stands above this mark and is left out.",
        "%(number)s members stand above this mark and are left out.",
        left_out,
    )
    return Offer(
        body,
        frozen,
        Edition(kind=body_pages.kind, object_id=body.pk, content=frozen.content, as_of=as_of),
        last_in_force(body, reading),
        lambda given: _release(body, frozen, form.cleaned_data["as_of"], reading, given),
        _("Release a list: %(name)s") % {"name": title_of(body, reading)},
        words % {"number": write_number(left_out, reading.language)} if left_out else "",
        _("Nobody sat here on this day."),
    )


def _release(body: Body, frozen: Frozen, as_of: date, reading: Reading, given: Mapping[str, Any]) -> Edition:
    """The next edition; raises Refused."""
    if not isinstance(reading.user, User):
        raise PermissionDenied
    return release_composition(body, frozen, as_of=as_of, by=reading.user, **given)
