"""The page on which a list of a body is released: the list as it will be frozen, and what changed since the last."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interparl.accounts.models import User
from interparl.accounts.roles import POINTER, PUBLIC, RISING
from interparl.bodies import forms
from interparl.bodies.actions import release_composition
from interparl.bodies.blocks.editions import EDITION, last_in_force, release_address
from interparl.bodies.blocks.freezing import STRANGER, frozen_composition
from interparl.bodies.models import Body
from interparl.bodies.pages.registers import body_pages
from interparl.core.addresses import address, list_address
from interparl.core.formats import write_number
from interparl.core.forms import show_refusal
from interparl.core.history import title_of
from interparl.core.marks import rank
from interparl.core.requests import StaffRequest, reading_of
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Link
from interparl.core.writing import Refused
from interparl.documents.actions import Frozen
from interparl.documents.blocks import shown_edition
from interparl.documents.models import Edition
from interparl.documents.rules.editions import digest_of

# The calendar of the databases begins and ends with these years.
EARLIEST, LATEST = date(1000, 1, 1), date(2199, 12, 31)


def release_page(request: StaffRequest, key: int) -> HttpResponse:
    """Shows the list that would go out, and releases it when it is still the one that was shown."""
    body = body_pages.get(request, key)
    reading = reading_of(request)
    if not release_address(body, reading):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    marks = [mark for mark in RISING if rank(mark) >= rank(body.effective_mark) and mark in _readable(request.user)]
    is_open = body.is_open_to(STRANGER)
    initial = {"as_of": reading.day, "mark": body.effective_mark, "is_published": is_open}
    form = forms.ReleaseForm(sent, marks=marks, initial=initial)
    is_valid = form.is_valid()
    given: dict[str, Any] = form.cleaned_data if sent is not None else initial
    as_of = _day(given.get("as_of"), reading)
    mark = given.get("mark") or body.effective_mark
    frozen, left_out = frozen_composition(body, Reading(request.user, reading.language, as_of), mark)
    if sent is not None and is_valid and (edition := _released(form, body, frozen, request.user)):
        messages.success(request, _("Edition %(number)s was released.") % {"number": edition.number})
        return HttpResponseRedirect(address((EDITION, edition.pk)))
    form.show(digest_of(frozen.content))
    context = _context(body, form, reading) | _preview(body, frozen, left_out, as_of, reading)
    return body_pages.render(request, "release", context, 422 if sent is not None else 200)


def _readable(user: User) -> frozenset[str]:
    """The marks with which this user may release a list."""
    return (user.rights.marks | user.rights.own_marks) - {POINTER}


def _day(given: Any, reading: Reading) -> date:
    return given if isinstance(given, date) and EARLIEST <= given <= LATEST else reading.day


def _released(form: forms.ReleaseForm, body: Body, frozen: Frozen, user: User) -> Edition | None:
    """The edition; None, with the reason on the form, when it is another list than was shown, or may not go out."""
    data = form.cleaned_data
    if data["seen"] != digest_of(frozen.content):
        form.add_error(None, _("The list below is not the one that you were shown. Look at it, then release it."))
        return None
    try:
        return release_composition(
            body,
            frozen,
            as_of=data["as_of"],
            sent_to=data["sent_to"],
            reason=data["reason"],
            is_published=data["is_published"] and frozen.mark == PUBLIC,
            again=data["again"],
            by=user,
        )
    except Refused as refusal:
        show_refusal(form, refusal)
    return None


def _context(body: Body, form: forms.ReleaseForm, reading: Reading) -> dict[str, Any]:
    name, here = title_of(body, reading), address((body_pages.kind, body.pk))
    return {
        "form": form,
        "reading": reading,
        "form_title": _("Release a list: %(name)s") % {"name": name},
        "back": here,
        "crumbs": [Link(capfirst(_("bodies")), list_address(body_pages.kind)), Link(name, here)],
    }


def _preview(body: Body, frozen: Frozen, left_out: int, as_of: date, reading: Reading) -> dict[str, Any]:
    """The list as it would be frozen, beside the last edition."""
    draft = Edition(kind=body_pages.kind, object_id=body.pk, content=frozen.content, as_of=as_of)
    draft.prepare()
    last = last_in_force(body, reading)
    words = ngettext(
        "%(number)s member stands above this mark and is left out.",
        "%(number)s members stand above this mark and are left out.",
        left_out,
    )
    return {
        "shown": shown_edition(draft, last, reading),
        "left_out": words % {"number": write_number(left_out, reading.language)} if left_out else "",
    }
