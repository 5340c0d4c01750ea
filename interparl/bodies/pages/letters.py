"""The pages of letters that are due: the register, a letter with its text, marking it as sent, planning one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from interparl.bodies import filters, forms
from interparl.bodies.actions import draft_text, letters_to, send_letter, untold
from interparl.bodies.blocks.letters import LETTERS, may_write_to, state_tone
from interparl.bodies.models import LetterDue, Membership
from interparl.bodies.pages.registers import body_pages
from interparl.bodies.workflow import letter_workflow
from interparl.core.addresses import address, list_address
from interparl.core.deed_pages import deed_context, move_page
from interparl.core.forms import LANGUAGE_NAMES
from interparl.core.history import title_of
from interparl.core.labels import labels_of
from interparl.core.pages import RecordPages
from interparl.core.requests import StaffRequest, reading_of
from interparl.core.tables import Column, Columns, Reading
from interparl.core.templatetags.ui_parts import Link
from interparl.core.translated import STATES, in_order, languages
from interparl.core.writing import Planned, Refused, change_many
from interparl.directory.models import Person
from interparl.directory.pages.columns import NOTE, link_column, source_fact


def letter_context(letter: LetterDue, reading: Reading) -> dict[str, Any]:
    """How far it came, and its text in every language."""
    return {
        "state_words": capfirst(reading.choice(letter, "state")),
        "state_tone": state_tone(letter, reading),
        "texts": [
            (code, LANGUAGE_NAMES.get(code, code), part["text"], STATES[part["state"]], _plain_url(letter, code))
            for code in in_order(letter.text)
            if (part := letter.text[code])["text"]
        ],
        "draft_url": _draft_url(letter, reading),
    }


def _plain_url(letter: LetterDue, language: str) -> str:
    return reverse("bodies:letterdue-text", args=(letter.pk, language))


def _draft_url(letter: LetterDue, reading: Reading) -> str:
    """Where the text is drafted, for a letter that has none yet."""
    may = letter.state == LetterDue.State.DUE and letter.may_change(reading.user) and not reading.is_past
    return reverse("bodies:letterdue-draft", args=(letter.pk,)) if may and not letter.text else ""


PARLIAMENT = link_column("parliament", gettext_lazy("To the parliament"), "directory.parliament", "parliament")
ORGANISATION = link_column(
    "organisation", gettext_lazy("To the organisation"), "directory.organisation", "organisation"
)

letter_pages = RecordPages(
    model=LetterDue,
    form=forms.LetterDueForm,
    filters=filters.LetterDueFilters,
    icon="document",
    workflow=letter_workflow,
    related=("parliament", "organisation", "body", "convocation", "source"),
    context=letter_context,
    columns=Columns(
        (
            Column(
                "label",
                gettext_lazy("Letter"),
                lambda d, r: r.name("bodies.letterdue", d.pk),
                sort="label",
                refs=lambda d: [("bodies.letterdue", d.pk)],
                address=lambda d: address(("bodies.letterdue", d.pk)),
                spoken=lambda d, r: r.spoken("bodies.letterdue", d.pk),
            ),
            *LETTERS.of[1:],
            link_column("body", gettext_lazy("Body"), "bodies.body", "body"),
            Column("settled_on", gettext_lazy("Sent or dropped on"), lambda d, r: d.settled_on, kind="partial"),
            Column("number", gettext_lazy("Dispatch number"), lambda d, r: d.number, sort="number"),
        )
    ),
    facts=(
        Column("about", gettext_lazy("About"), lambda d, r: r.choice(d, "about"), kind="choice"),
        PARLIAMENT,
        ORGANISATION,
        link_column("body", gettext_lazy("Body"), "bodies.body", "body"),
        link_column("convocation", gettext_lazy("Convocation"), "directory.convocation", "convocation"),
        Column("due_on", gettext_lazy("Due on"), lambda d, r: d.due_on, kind="date"),
        Column("settled_on", gettext_lazy("Sent or dropped on"), lambda d, r: d.settled_on, kind="partial"),
        Column("number", gettext_lazy("Dispatch number"), lambda d, r: d.number),
        NOTE,
        source_fact(),
    ),
)


def letter_move_page(request: StaffRequest, key: int, move: str) -> HttpResponse:
    """A step of a letter; one that is sent gets its day and number, and tells of the members whom it notifies."""
    if move != "send":
        return move_page(letter_pages, request, key, move)
    letter = letter_pages.changeable(request, key)
    if not any(one.name == move for one in letter_workflow.offered(letter, request.user)):
        raise Http404
    reading = reading_of(request)
    told = _told_of(letter, reading)
    is_sent = request.method == "POST"
    form = forms.SendForm(
        request.POST if is_sent else None, initial={"on": reading.day, "number": letter.number}, told=told
    )
    if is_sent and form.is_valid():
        said, named = form.cleaned_data, set(form.cleaned_data.get("told", ()))
        try:
            send_letter(
                letter,
                on=said["on"],
                number=said["number"],
                told=[one for one, _name in told if str(one.pk) in named],
                note=said["reason"],
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.messages))
        else:
            messages.success(request, _("Marked as sent."))
            return HttpResponseRedirect(address((letter_pages.kind, letter.pk)))
    title = _("Sent: %(name)s") % {"name": title_of(letter, reading)}
    context = deed_context(letter_pages, letter, reading, form, title, _("Mark as sent"))
    context["consequence"] = _("Nothing leaves from here: the letter is sent by hand, and this notes that it was.")
    return letter_pages.render(request, "deed", context, 422 if is_sent else 200)


def _told_of(letter: LetterDue, reading: Reading) -> list[tuple[Membership, str]]:
    """The members of whom a letter about appointments tells, by name, as far as this reader notes their steps."""
    if letter.about != LetterDue.About.SEATS or letter.body is None or not reading.user.is_authenticated:
        return []
    body = reading.seen(letter.body)
    rows = untold(body, reading.day, reading.user) if body else []
    mine = [row for row in rows if row.may_change(reading.user)]
    kind = Person.record_kind()
    names = labels_of({(kind, row.person_id) for row in mine}, reading.language, reading.user)
    return [(row, names[kind, row.person_id].text) for row in mine if (kind, row.person_id) in names]


def letter_text_page(request: StaffRequest, key: int, language: str) -> HttpResponse:
    """The text in one language as plain text."""
    letter = letter_pages.get(request, key)
    if not request.user.has_perm(letter_pages.permission("view")):
        raise PermissionDenied
    found = letter.text.get(language) if language in languages() else None
    if not found or not found["text"]:
        raise Http404
    answer = HttpResponse(f"{found['text']}\n", content_type="text/plain; charset=utf-8")
    answer["Content-Language"] = language
    return answer


@require_POST
def letter_draft_page(request: StaffRequest, key: int) -> HttpResponse:
    """Drafts the text of a letter that has none."""
    letter = letter_pages.changeable(request, key)
    if letter.text or letter.state != LetterDue.State.DUE:
        messages.warning(request, _("This letter has a text already, or is no longer due. Nothing was written."))
    else:
        draft_text(letter, by=request.user)
        messages.success(request, _("The text was drafted. Read it before it leaves."))
    return HttpResponseRedirect(address((letter_pages.kind, letter.pk)))


def seats_letter_page(request: StaffRequest, key: int) -> HttpResponse:
    """Plans one letter to the assembly that names all who were appointed to a delegation and are not notified yet."""
    body = body_pages.get(request, key)
    reading = reading_of(request)
    if not may_write_to(body, reading):
        raise PermissionDenied
    organisation = reading.seen(body.organisation)
    if organisation is None:
        raise Http404
    form = forms.DueForm(request.POST if request.method == "POST" else None, initial={"due_on": reading.day})
    if request.method == "POST" and form.is_valid():
        about, day = LetterDue.About.SEATS, form.cleaned_data["due_on"]
        planned = letters_to([organisation], about=about, due_on=day, on=reading.day, by=request.user, body=body)
        if planned and (found := _kept(planned, request, form)):
            return HttpResponseRedirect(address((letter_pages.kind, found.pk)))
        if not planned:
            form.add_error(None, _("Such a letter is due already; it can be changed or marked as sent."))
    names = _names_of(untold(body, reading.day, request.user), reading)
    context = {
        "form": form,
        "deed_title": _("Letter to the assembly: %(name)s") % {"name": body.label_in(reading.language) or body},
        "deed_verb": _("Plan the letter"),
        "deed_keep": _("Back"),
        "consequence": _("It tells of: %(names)s.") % {"names": ", ".join(names)}
        if names
        else _("Nobody waits to be notified; the letter will name nobody."),
        "back": address((body_pages.kind, body.pk)),
        "crumbs": [
            Link(capfirst(_("bodies")), list_address(body_pages.kind)),
            Link(str(body), address((body_pages.kind, body.pk))),
        ],
    }
    return letter_pages.render(request, "deed", context, 422 if request.method == "POST" else 200)


def _kept(planned: list[Planned], request: StaffRequest, form: forms.DueForm) -> LetterDue | None:
    """The one planned letter, written; None with the reason on the form."""
    try:
        change_many(planned, by=request.user)
    except Refused as refusal:
        form.add_error(None, list(refusal.messages))
        return None
    record = planned[0].record
    messages.success(request, _("Planned. Read the text before it leaves."))
    return record if isinstance(record, LetterDue) else None


def _names_of(rows: list[Membership], reading: Reading) -> list[str]:
    kind = Person.record_kind()
    names = labels_of({(kind, row.person_id) for row in rows}, reading.language, reading.user)
    return [names[kind, row.person_id].text for row in rows if (kind, row.person_id) in names]
