"""The programme, the agenda and the list of participants of an event on paper: what is chosen stands in the address."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.accounts.models import User
from interparl.accounts.roles import INTERNAL, OFFICIAL, PUBLIC
from interparl.bodies.blocks.freezing import Reach
from interparl.core.addresses import address, list_address
from interparl.core.days import DEMONSTRATION_DAY, installation
from interparl.core.history import title_of
from interparl.core.marks import rank
from interparl.core.models import Grade
from interparl.core.reads import note_record
from interparl.core.requests import StaffRequest, reading_of
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Action, Link
from interparl.documents.models import Edition
from interparl.meetings.blocks.freezing import frozen_list
from interparl.meetings.exports import Origin, Wish, as_file, instead_of
from interparl.meetings.forms.printing import DRAFT, PrintForm
from interparl.meetings.models import Event
from interparl.meetings.pages.events import event_pages
from interparl.paper.typeset import NotPrinted

log = logging.getLogger("interparl.meetings")
MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
TITLES = {
    Edition.What.PROGRAMME: gettext_lazy("Print the programme: %(name)s"),
    Edition.What.AGENDA: gettext_lazy("Print the agenda: %(name)s"),
    Edition.What.PARTICIPANTS: gettext_lazy("Print the list of participants: %(name)s"),
}


def print_page(request: StaffRequest, key: int) -> HttpResponse:
    """The choices; with `?format=` the file. What the reader may not know of is not printed."""
    event = event_pages.get(request, key)
    what, reading = request.GET.get("what", Edition.What.PROGRAMME), reading_of(request)
    if what not in TITLES:
        raise Http404
    editions = list(_editions(event, what, reading))
    numbers = [edition.number for edition in editions]
    form = PrintForm(_asked(request, numbers, reading), editions=numbers, is_programme=what == Edition.What.PROGRAMME)
    is_valid, file_form = form.is_valid(), request.GET.get("format", "")
    problem = "" if file_form in ("", *MEDIA) else _("A list is printed as pdf or docx.")
    if not file_form or problem or not is_valid:
        return _page(request, event, what, form, reading, problem)
    data = form.cleaned_data
    wish = Wish(data["languages"], data.get("form", "wall"), data.get("text", "public"))
    origin = _origin(event, what, data["edition"], editions, wish, reading)
    if set(wish.languages) - set(origin.content["title"]):
        form.add_error("languages", _("This edition is not in all of these languages."))
        return _page(request, event, what, form, reading, problem)
    try:
        made = as_file(what, origin, wish, file_form)
    except NotPrinted as failure:
        log.exception("The %s of event %s could not be set", what, event.pk)
        words = _("The file could not be printed: %(reason)s") % {"reason": failure}
        return _page(request, event, what, form, reading, words, 500)
    answer = HttpResponse(made, content_type=MEDIA[file_form])
    name = f"{what}-{event.pk}-{data['edition']}-{wish.form}-{'-'.join(wish.languages)}.{file_form}"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return answer


def _editions(event: Event, what: str, reading: Reading) -> Any:
    """The editions that stand and that the reader may know of, the last first."""
    known = Edition.objects.visible_to(reading.user).about(event.record_kind(), event.pk)
    return known.filter(what=what).by(reading.day).in_force().order_by("-number")


def _asked(request: StaffRequest, numbers: Sequence[int], reading: Reading) -> QueryDict:
    """What the address asks; the reader's language, the last edition, the wall and the public text are preset."""
    data = QueryDict(mutable=True)
    data.update(request.GET)
    codes = [code for several in request.GET.getlist("languages") for code in several.split(",") if code]
    data.setlist("languages", codes if "languages" in request.GET else [reading.language])
    presets = {"edition": str(numbers[0]) if numbers else DRAFT, "form": "wall", "text": "public"}
    for name, value in presets.items():
        data.setdefault(name, value)
    return data


def _origin(event: Event, what: str, asked: str, editions: Sequence[Edition], wish: Wish, reading: Reading) -> Origin:
    """The edition that is asked for, or what stands now as far as the reader may know of it."""
    is_demonstration = DEMONSTRATION_DAY in installation()
    if asked != DRAFT:
        edition = next(one for one in editions if str(one.number) == asked)
        note_record(edition)
        content = _graded(edition.content, is_demonstration=is_demonstration)
        return Origin(content, edition.effective_mark, edition.released_on, edition.number, instead=instead_of(content))
    is_inner = wish.text == "working" or what != Edition.What.PROGRAMME
    every = Reach(OFFICIAL, is_public=False)
    made = frozen_list(event, what, reading, OFFICIAL if is_inner else PUBLIC, reach=every)
    content = _graded(made.frozen.content, is_demonstration=is_demonstration)
    mark = max(made.highest, _least_mark(reading), key=rank)
    return Origin(content, mark, reading.day, instead=instead_of(content))


def _graded(content: dict[str, Any], *, is_demonstration: bool) -> dict[str, Any]:
    """The content, of which all is illustrative in a demonstration."""
    return {**content, "grade": Grade.ILLUSTRATIVE.value} if is_demonstration else content


def _least_mark(reading: Reading) -> str:
    """What a draft of the department is at least."""
    user = reading.user
    return INTERNAL if isinstance(user, User) and INTERNAL in user.rights.marks else PUBLIC


def _page(
    request: StaffRequest,
    event: Event,
    what: str,
    form: PrintForm,
    reading: Reading,
    problem: str = "",
    status: int = 0,
) -> HttpResponse:
    name, here = title_of(event, reading), address((event_pages.kind, event.pk))
    others = [
        Action(capfirst(str(Edition.What(one).label)), f"{request.path}?what={one}") for one in TITLES if one != what
    ]
    context = {
        "form": form,
        "reading": reading,
        "form_title": TITLES[Edition.What(what)] % {"name": name},
        "back": here,
        "what": what,
        "problem": problem,
        "others": others,
        "kept": [(key, value) for key, value in (("on", request.GET.get("on", "")),) if value],
        "crumbs": [Link(capfirst(_("events")), list_address(event_pages.kind)), Link(name, here)],
    }
    return event_pages.render(request, "print", context, status or (400 if problem or form.errors else 200))
