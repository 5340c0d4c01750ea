"""The pages of a record that ask before a deed: to end, publish, withdraw, lower, take back, move.

Each is one of the pages that `RecordPages` describes and gets that description first.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.accounts.roles import RISING
from interparl.core.addresses import address, list_address, page_of
from interparl.core.described import Described
from interparl.core.forms import EndForm, LowerForm, MoveForm
from interparl.core.history import entries_of, in_words, may_take_back, revert, title_of
from interparl.core.known_entries import may_view, open_entries
from interparl.core.models import Entry
from interparl.core.public_rows import told_rows
from interparl.core.records import Dated, Record
from interparl.core.requests import StaffRequest, reading_of, require
from interparl.core.tables import Reading
from interparl.core.workflow import Asked, Offered
from interparl.core.writing import Refused, change

R = TypeVar("R", bound=Record)


def end_page(pages: Described[R], request: StaffRequest, key: int) -> HttpResponse:
    """Ends the record on a day, with a reason."""
    record = pages.changeable(request, key)
    if not isinstance(record, Dated):
        raise Http404
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            with change(record, by=request.user, verb="ended", note=form.cleaned_data["note"]) as held:
                held.until = type(record)._meta.get_field("until").to_python(form.cleaned_data["until"])  # type: ignore[union-attr]
        except Refused as refusal:
            for name, errors in refusal.error_dict.items() if hasattr(refusal, "error_dict") else ():
                form.add_error(name if name in form.fields else None, errors)
        else:
            messages.success(request, _("Ended."))
            return HttpResponseRedirect(address(page_of(record)))
    reading = reading_of(request)
    context = deed_context(
        pages, record, reading, form, _("End “%(name)s”?") % {"name": title_of(record, reading)}, _("End")
    )
    context["consequence"] = _("It stays readable on its own days and is no longer counted after them.")
    return pages.render(request, "deed", context, 422 if request.method == "POST" else 200)


def deed_context(pages: Described[R], record: R, reading: Reading, form: Any, title: str, verb: Any) -> dict[str, Any]:
    """What a page shows that asks before a deed."""
    back = address(page_of(record))
    return {
        "form": form,
        "record": record,
        "deed_title": title,
        "deed_verb": verb,
        "deed_keep": _("Keep as it is"),
        "back": back,
        "crumbs": pages.crumbs(record, reading),
    }


@transaction.atomic
def change_along(record: Record, values: dict[str, Any], *, by: User, verb: str, note: str) -> None:
    """Sets values on a record, and on the rows that go along with it and stood as it did; raises Refused.

    So a person who is published has a name; a name with a mark or a day of its own keeps these.
    """
    stood = record.mark, record.published_on
    along = [row for row in record.going_along() if (row.mark, row.published_on) == stood]
    for one in (record, *along):
        with change(one, by=by, verb=verb, note=note) as held:
            for name, value in values.items():
                setattr(held, name, value)


def publish_page(pages: Described[R], request: StaffRequest, key: int) -> HttpResponse:
    """Publishes a public record from today on, or withdraws it, with a reason."""
    record = pages.changeable(request, key)
    reading = reading_of(request)
    if record.is_pointer:
        raise Http404
    is_published = record.published_on is not None
    form = MoveForm(request.POST if request.method == "POST" else None, needs_reason=is_published)
    if request.method == "POST" and form.is_valid():
        verb = "withdrawn" if is_published else "published"
        try:
            day = None if is_published else (form.cleaned_data["on"] or reading.day)
            change_along(record, {"published_on": day}, by=request.user, verb=verb, note=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, list(refusal.messages))
        else:
            return HttpResponseRedirect(
                address(page_of(record)) if is_published else _after_publishing(record, request.user)
            )
    title = _("Withdraw “%(name)s” from publication?") if is_published else _("Publish “%(name)s”?")
    context = deed_context(
        pages,
        record,
        reading,
        form,
        title % {"name": title_of(record, reading)},
        _("Withdraw") if is_published else _("Publish"),
    )
    context["consequence"] = (
        _("The public page and the open data no longer show it or count it.")
        if is_published
        else _("The public page and the open data show it and count it, once its mark is public.")
    )
    return pages.render(request, "deed", context, 422 if request.method == "POST" else 200)


def _after_publishing(record: Record, user: User) -> str:
    """Where a record is shown; first where its rows are ticked, when some wait for that."""
    waiting = (one.can_be_ticked and not one.is_ticked for one in told_rows(record, user))
    return address((record.record_kind(), record.pk), "public") if any(waiting) else address(page_of(record))


def lower_page(pages: Described[R], request: StaffRequest, key: int) -> HttpResponse:
    """Gives the record a lower mark, with a reason; for who may lower marks (design 8.8)."""
    record = pages.changeable(request, key)
    require(request.user, "core.lower_mark")
    reading = reading_of(request)
    lower = RISING[: RISING.index(record.mark)] if not record.is_pointer else ()
    if not lower:
        raise Http404
    form = LowerForm(request.POST if request.method == "POST" else None, lower=lower)
    if request.method == "POST" and form.is_valid():
        try:
            lowered = {"mark": form.cleaned_data["mark"]}
            change_along(record, lowered, by=request.user, verb="lowered", note=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, list(refusal.messages))
        else:
            messages.success(request, _("The mark was lowered."))
            return HttpResponseRedirect(address(page_of(record)))
    title = _("Lower the mark of “%(name)s”?") % {"name": title_of(record, reading)}
    context = deed_context(pages, record, reading, form, title, _("Lower the mark"))
    context["consequence"] = _("More people may read it and what hangs on it from now on. The reason is kept.")
    return pages.render(request, "deed", context, 422 if request.method == "POST" else 200)


def revert_page(pages: Described[R], request: StaffRequest, key: int, entry: int) -> HttpResponse:
    """Takes one change back: shows what that means, and does it on POST."""
    record = pages.changeable(request, key)
    found = entries_of((pages.kind, record.pk)).filter(pk=entry).first()
    # Of one that is not there, or in a register that is closed to him, as much is asked as of one that is hidden.
    if found is not None and not may_view(found.kind, request.user):
        found = None
    shown = open_entries([found or Entry(kind=pages.kind, object_id=record.pk)], request.user)
    if found is None or not shown:
        raise Http404
    if not may_take_back(found, request.user):
        raise PermissionDenied
    reading = reading_of(request)
    form = MoveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            revert(found, by=request.user, note=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, list(refusal.messages))
        else:
            messages.success(request, _("Taken back."))
            gone = not pages.model._base_manager.filter(pk=key).exists()
            return HttpResponseRedirect(list_address(pages.kind) if gone else address((pages.kind, key), "history"))
    context = deed_context(pages, record, reading, form, _("Take this change back?"), _("Take back"))
    context |= {"line": in_words(shown, reading)[0], "back": address((pages.kind, record.pk), "history")}
    return pages.render(request, "deed", context, 422 if request.method == "POST" else 200)


def move_page(pages: Described[R], request: StaffRequest, key: int, move: str) -> HttpResponse:
    """Makes a move of the workflow, with its reason."""
    record = pages.get(request, key)
    if reading_of(request).is_past:
        raise PermissionDenied
    found = _offered(pages, record, request.user, move)
    if found is None or pages.workflow is None:
        if not record.may_change(request.user):
            raise PermissionDenied
        raise Http404
    form = MoveForm(request.POST if request.method == "POST" else None, needs_reason=found.asks_for_reason)
    if request.method == "POST" and form.is_valid():
        day, seen = form.cleaned_data["on"] or reading_of(request).day, request.POST.getlist("seen")
        asked = Asked(request.user, day, form.cleaned_data["reason"], frozenset(seen))
        try:
            pages.workflow.make(move, record, asked)
        except Refused as refusal:
            form.add_error(None, list(refusal.messages))
            # What is open may have changed since, and only what is shown now is overridden next.
            found = _offered(pages, record, request.user, move) or found
        else:
            return HttpResponseRedirect(address(page_of(record)))
    reading = reading_of(request)
    context = deed_context(pages, record, reading, form, f"{found.label}: {title_of(record, reading)}", found.label)
    context |= {"consequence": found.consequence, "awaited": found.awaited}
    return pages.render(request, "deed", context, 422 if request.method == "POST" else 200)


def _offered(pages: Described[R], record: R, user: User, move: str) -> Offered | None:
    """The move of that name, if this user is offered it now."""
    offered = pages.workflow.offered(record, user) if pages.workflow else []
    return next((one for one in offered if one.name == move), None)
