"""The page on which an officer ticks what the public reads of the rows under a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interparl.accounts.models import User
from interparl.core.addresses import address
from interparl.core.described import Described
from interparl.core.formats import write_day
from interparl.core.forms import MoveForm, show_refusal
from interparl.core.history import title_of, told
from interparl.core.kinds import Ref
from interparl.core.public_rows import Told, Wanted, is_public, put_before_the_public, told_rows
from interparl.core.records import Record
from interparl.core.requests import StaffRequest, reading_of
from interparl.core.tables import Reading
from interparl.core.titles import told_ref
from interparl.core.workflow import REASON_MISSING
from interparl.core.writing import Refused

R = TypeVar("R", bound=Record)


class RowsForm(MoveForm):
    """From which day on, and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = gettext_lazy("Published from")
        self.fields["on"].help_text = gettext_lazy("Empty: today.")
        self.fields["reason"].help_text = gettext_lazy("Asked for when a mark falls or something is withdrawn.")


@dataclass(frozen=True)
class Line:
    """One row: its box, what it is called, how it stands."""

    value: str
    name: str
    second: str
    is_ticked: bool
    can_be_switched: bool


@dataclass(frozen=True)
class Group:
    """The rows of one kind, and how many of them may be ticked."""

    kind: str
    title: str
    lines: Sequence[Line]
    number: int


def public_rows_page(pages: Described[R], request: StaffRequest, key: int) -> HttpResponse:
    """Shows what the public reads of the record; what is ticked is published, what is unticked withdrawn."""
    record, reading = pages.changeable(request, key), reading_of(request)
    rows = told_rows(record, request.user)
    sent = request.POST if request.method == "POST" else None
    form = RowsForm(sent)
    ticked = {one.ref for one in rows if one.is_ticked}
    if sent is not None:
        wanted = _wanted(rows, sent.getlist("row"), sent.getlist("all"), sent.get("shown", ""))
        ticked = set(wanted.ticked)
        if form.is_valid() and _is_done(form, wanted, day=reading.day, by=request.user):
            messages.success(request, _done_words(wanted))
            if wanted.moved:
                messages.warning(request, _moved_words(len(wanted.moved)))
            return HttpResponseRedirect(address((pages.kind, record.pk)))
    context = {
        "form": form,
        "record": record,
        "reading": reading,
        "form_title": _("What the public reads of “%(name)s”") % {"name": title_of(record, reading)},
        "own": "" if is_public(record) else _("The public reads none of this before it reads the record itself."),
        "own_url": address((pages.kind, record.pk), "publish"),
        "groups": _groups(rows, ticked, reading),
        "shown": " ".join(f"{_value(one.ref)}={one.stands}" for one in rows),
        "back": address((pages.kind, record.pk)),
        "crumbs": pages.crumbs(record, reading),
    }
    return pages.render(request, "public_rows", context, 422 if sent is not None else 200)


def _value(ref: Ref) -> str:
    return f"{ref[0]}-{ref[1]}"


def _wanted(rows: Sequence[Told], ticked: Sequence[str], whole: Sequence[str], shown: str) -> Wanted:
    """Only what is under the record and may be known of counts, whatever was sent."""
    boxes, kinds = set(ticked), set(whole)
    stood = dict(one.split("=", 1) for one in shown.split() if "=" in one)
    on = {one.ref for one in rows if _value(one.ref) in boxes or (one.ref[0] in kinds and one.can_be_ticked)}
    # A row whose box this reader may not switch is as it was.
    on |= {one.ref for one in rows if one.is_ticked and not one.can_be_switched}
    return Wanted(rows, on, {one.ref: stood[value] for one in rows if (value := _value(one.ref)) in stood})


def _is_done(form: RowsForm, wanted: Wanted, *, day: date, by: User) -> bool:
    """Does it; what is missing or refused stands on the form."""
    reason = form.cleaned_data["reason"]
    if wanted.needs_reason and not reason.strip():
        form.add_error("reason", REASON_MISSING)
        return False
    try:
        put_before_the_public(wanted, on=form.cleaned_data["on"] or day, by=by, reason=reason)
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    return True


def _done_words(wanted: Wanted) -> str:
    on, off = len(wanted.publish), len(wanted.withdraw)
    words = [
        ngettext("%(number)s row was published.", "%(number)s rows were published.", on) % {"number": on} if on else "",
        ngettext("%(number)s row was withdrawn.", "%(number)s rows were withdrawn.", off) % {"number": off}
        if off
        else "",
    ]
    return " ".join(filter(None, words)) or _("Nothing was changed.")


def _moved_words(number: int) -> str:
    return ngettext(
        "%(number)s row was changed by others meanwhile and stayed as it is.",
        "%(number)s rows were changed by others meanwhile and stayed as they are.",
        number,
    ) % {"number": number}


def _groups(rows: Sequence[Told], ticked: set[Ref], reading: Reading) -> list[Group]:
    _want_names(rows, reading)
    found = []
    for kind, several in groupby(rows, key=lambda one: one.ref[0]):
        of_kind = list(several)
        lines = [
            Line(_value(one.ref), _name(one, reading), _state(one, reading), one.ref in ticked, one.can_be_switched)
            for one in of_kind
        ]
        number = sum(one.can_be_ticked and not one.is_ticked for one in of_kind)
        found.append(Group(kind, capfirst(str(of_kind[0].row._meta.verbose_name_plural)), lines, number))
    return found


def _want_names(rows: Sequence[Told], reading: Reading) -> None:
    """One query for the names of all rows, of what tells them apart, and of what they wait for."""
    refs = {ref for one in rows for ref in one.waits_for()}
    for one in rows:
        if type(one.row).labelled:
            refs.add(one.ref)
        elif ref := told_ref(one.row):
            refs.add(ref)
    reading.want(refs)


def _name(one: Told, reading: Reading) -> str:
    label = reading.name(*one.ref) if type(one.row).labelled else told(one.row, reading)
    words = one.row.told_as(reading.language) or label
    return words or f"#{one.row.pk}"


def _state(one: Told, reading: Reading) -> str:
    """How the row stands, in a sentence."""
    row = one.row
    if one.against:
        return str(one.against)
    if not one.is_ticked:
        mark = str(row.get_mark_display())
        if one.falls and not one.may_lower:
            return _("Mark: %(mark)s. Your role does not lower marks.") % {"mark": mark}
        return _("Mark: %(mark)s.") % {"mark": mark} if one.falls else _("Public, not published.")
    if one.is_read:
        return _("The public reads it.")
    waits = [name for kind, key in one.waits_for() if (name := reading.name(kind, key))]
    if waits:
        return _("Published, but the public does not read yet: %(what)s.") % {"what": ", ".join(waits)}
    day = row.published_on
    return _("Published from %(day)s.") % {"day": write_day(day, reading.language, "full")} if day else ""
