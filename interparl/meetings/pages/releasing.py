"""The page on which a list of an event is released: the list, what changed since the last, whom that concerns."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interparl.accounts.models import User
from interparl.accounts.roles import POINTER, PUBLIC, RISING
from interparl.bodies.blocks.freezing import STRANGER
from interparl.core.addresses import address, list_address
from interparl.core.formats import write_number
from interparl.core.forms import show_refusal
from interparl.core.history import title_of
from interparl.core.marks import rank
from interparl.core.requests import StaffRequest, reading_of
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Link
from interparl.core.writing import Refused
from interparl.documents.blocks import comparison_with, shown_edition
from interparl.documents.models import Edition
from interparl.documents.rules.editions import digest_of
from interparl.meetings.actions.releasing import last_number, release_list
from interparl.meetings.blocks.concerned import concerned
from interparl.meetings.blocks.editions import EDITION, last_in_force, release_address
from interparl.meetings.blocks.freezing import Made, frozen_list
from interparl.meetings.forms.releasing import EventReleaseForm
from interparl.meetings.models import Event
from interparl.meetings.pages.events import event_pages

TITLES = {
    Edition.What.PROGRAMME: gettext_lazy("Release the programme: %(name)s"),
    Edition.What.AGENDA: gettext_lazy("Release the agenda: %(name)s"),
    Edition.What.PARTICIPANTS: gettext_lazy("Release the list of participants: %(name)s"),
}


def release_page(request: StaffRequest, key: int) -> HttpResponse:
    """Shows the list of `?what=` that would go out, and releases it when it is still the one that was shown."""
    event = event_pages.get(request, key)
    what = request.GET.get("what", Edition.What.PROGRAMME)
    if what not in TITLES:
        raise Http404
    reading = reading_of(request)
    if not release_address(event, what, reading):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    marks = [mark for mark in RISING if rank(mark) >= rank(event.effective_mark) and mark in _readable(request.user)]
    initial = {"mark": event.effective_mark, "is_published": event.is_open_to(STRANGER)}
    form = EventReleaseForm(sent, marks=marks, initial=initial)
    is_valid = form.is_valid()
    mark = (form.cleaned_data.get("mark") if sent is not None else None) or event.effective_mark
    made = frozen_list(event, what, reading, mark)
    if sent is not None and is_valid and (edition := _released(form, event, what, made, reading)):
        messages.success(request, _("Edition %(number)s was released.") % {"number": edition.number})
        return HttpResponseRedirect(address((EDITION, edition.pk)))
    form.show_with(digest_of(made.frozen.content), last_number(event, what))
    context = _context(event, what, form, reading) | _preview(event, what, made, reading)
    return event_pages.render(request, "release", context, 422 if sent is not None else 200)


def _readable(user: User) -> frozenset[str]:
    """The marks with which this user may release a list."""
    return (user.rights.marks | user.rights.own_marks) - {POINTER}


def _released(form: EventReleaseForm, event: Event, what: str, made: Made, reading: Reading) -> Edition | None:
    """The edition; None, with the reason on the form, when it is another list than was shown, or may not go out."""
    data, user = form.cleaned_data, reading.user
    if not isinstance(user, User):
        return None
    after = data["after"] or 0
    if data["seen"] != digest_of(made.frozen.content) and after == last_number(event, what):
        form.add_error(None, _("The list below is not the one that you were shown. Look at it, then release it."))
        return None
    is_programme = what == Edition.What.PROGRAMME
    participants = frozen_list(event, Edition.What.PARTICIPANTS, reading, data["mark"]) if is_programme else None
    try:
        return release_list(
            event,
            made.frozen,
            what=what,
            as_of=reading.day,
            after=after,
            participants=participants.frozen if participants else None,
            sent_to=data["sent_to"],
            reason=data["reason"],
            is_published=data["is_published"] and made.frozen.mark == PUBLIC,
            again=data["again"],
            by=user,
        )
    except Refused as refusal:
        show_refusal(form, refusal)
    return None


def _context(event: Event, what: str, form: EventReleaseForm, reading: Reading) -> dict[str, Any]:
    name, here = title_of(event, reading), address((event_pages.kind, event.pk))
    return {
        "form": form,
        "reading": reading,
        "form_title": TITLES[Edition.What(what)] % {"name": name},
        "back": here,
        "crumbs": [Link(capfirst(_("events")), list_address(event_pages.kind)), Link(name, here)],
        "takes_participants": what == Edition.What.PROGRAMME,
    }


def _preview(event: Event, what: str, made: Made, reading: Reading) -> dict[str, Any]:
    """The list as it would be frozen, beside the last edition, and whom the changes concern."""
    content = made.frozen.content
    draft = Edition(kind=event_pages.kind, object_id=event.pk, what=what, content=content, as_of=reading.day)
    draft.prepare()
    last = last_in_force(event, what, reading)
    words = ngettext(
        "%(number)s row stands above this mark and is left out.",
        "%(number)s rows stand above this mark and are left out.",
        made.left_out,
    )
    told = None
    if last is not None and what == Edition.What.PROGRAMME:
        told = concerned(event, comparison_with(last, draft), content["rows"], reading)
    return {
        "shown": shown_edition(draft, last, reading),
        "concerned": told if told is not None and len(told) else None,
        "left_out": words % {"number": write_number(made.left_out, reading.language)} if made.left_out else "",
    }
