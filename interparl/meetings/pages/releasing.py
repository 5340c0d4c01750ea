"""The page on which a list of an event is released: the list, what changed since the last, whom that concerns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interparl.accounts.models import User
from interparl.bodies.blocks.freezing import STRANGER
from interparl.core.formats import write_number
from interparl.core.history import title_of
from interparl.core.requests import StaffRequest, reading_of
from interparl.core.tables import Reading
from interparl.documents.blocks import comparison_with
from interparl.documents.models import Edition
from interparl.documents.pages.releasing import Offer, marks_for, release_answer
from interparl.meetings.actions.releasing import last_number, release_list
from interparl.meetings.blocks.concerned import concerned
from interparl.meetings.blocks.editions import last_in_force, release_address
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
    initial = {"mark": event.effective_mark, "is_published": event.is_open_to(STRANGER)}
    sent = request.POST if request.method == "POST" else None
    marks, last = marks_for(event, request.user), last_number(event, what)
    form = EventReleaseForm(sent, marks=marks, last=last, initial=initial)
    form.is_valid()
    mark = (form.cleaned_data.get("mark") if form.is_bound else None) or event.effective_mark
    made = frozen_list(event, what, reading, mark)
    return release_answer(request, event_pages, _offer(event, what, made, form, reading), form, reading)


def _offer(event: Event, what: str, made: Made, form: EventReleaseForm, reading: Reading) -> Offer:
    """The list as it would be frozen, beside the last edition, and whom the changes concern."""
    content = made.frozen.content
    words = ngettext(
        "%(number)s row stands above this mark and is left out.",
        "%(number)s rows stand above this mark and are left out.",
        made.left_out,
    )
    draft = Edition(kind=event_pages.kind, object_id=event.pk, what=what, content=content, as_of=reading.day)
    draft.prepare()
    last, told = last_in_force(event, what, reading), None
    if last is not None and what == Edition.What.PROGRAMME:
        told = concerned(event, comparison_with(last, draft), content["rows"], reading)
    return Offer(
        event,
        made.frozen,
        draft,
        last,
        lambda given: _release(event, what, made, form, reading, given),
        TITLES[Edition.What(what)] % {"name": title_of(event, reading)},
        words % {"number": write_number(made.left_out, reading.language)} if made.left_out else "",
        _("There is nothing in the list yet."),
        {
            "takes_participants": what == Edition.What.PROGRAMME,
            "concerned": told if told is not None and len(told) else None,
        },
    )


def _release(
    event: Event, what: str, made: Made, form: EventReleaseForm, reading: Reading, given: Mapping[str, Any]
) -> Edition:
    """The next edition, and the participants with a programme; raises Refused."""
    is_programme, mark = what == Edition.What.PROGRAMME, form.cleaned_data["mark"]
    participants = frozen_list(event, Edition.What.PARTICIPANTS, reading, mark).frozen if is_programme else None
    after, by = form.cleaned_data["after"] or 0, reading.user
    if not isinstance(by, User):
        raise PermissionDenied
    told: dict[str, Any] = {"as_of": reading.day, "after": after, "participants": participants, "by": by}
    return release_list(event, made.frozen, what=what, **told, **given)
