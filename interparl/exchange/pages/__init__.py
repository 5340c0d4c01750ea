"""The pages of imports: the list, a new file, the check, apply, discard, take back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from interparl.core.requests import StaffRequest, reading_of, require, same_page
from interparl.core.tables import Table
from interparl.core.templatetags.ui_parts import Action, Link, Tab
from interparl.exchange.actions import UNDO, apply, preview, undo
from interparl.exchange.forms import ImportForm, UndoForm
from interparl.exchange.models import Batch, Row
from interparl.exchange.pages import parts

PERMISSION = "exchange.import_files"


def _crumbs() -> list[Link]:
    return [Link(_("Imports"), reverse("exchange:batch-list"))]


def list_page(request: StaffRequest) -> HttpResponse:
    """All imports, the last one first."""
    require(request.user, PERMISSION)
    reading = reading_of(request)
    page = Paginator(Batch.objects.select_related("user").defer("messages"), settings.ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    table = Table(parts.batch_columns, list(page), reading, total=page.paginator.count)
    new_url = reverse("exchange:batch-new")
    context = {
        "table": table,
        "position": _position(page),
        **_neighbours(request, page),
        "actions": [Action(_("Bring a file in"), new_url, kind="primary", icon="import")],
        "new_url": new_url,
    }
    return render(request, "exchange/list.html", context)


def _neighbours(request: StaffRequest, page: Page[Any]) -> dict[str, str]:
    return {
        "previous_url": same_page(request, page=str(page.previous_page_number())) if page.has_previous() else "",
        "next_url": same_page(request, page=str(page.next_page_number())) if page.has_next() else "",
    }


def _position(page: Page[Any]) -> str:
    return _("Rows %(first)s–%(last)s of %(total)s") % {
        "first": page.start_index(),
        "last": page.end_index(),
        "total": page.paginator.count,
    }


def new_page(request: StaffRequest) -> HttpResponse:
    """The form; a file that can be read leads to its check, nothing is written yet."""
    require(request.user, PERMISSION)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = preview(
                form.cleaned_data["kind"],
                file.read(),
                file.name,
                by=request.user,
                source_key=form.cleaned_data["source_key"],
                on=form.cleaned_data["on"],
                options=form.options(),
            )
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return HttpResponseRedirect(parts.batch_address(batch))
    context = {"form": form, "crumbs": _crumbs(), "back": reverse("exchange:batch-list")}
    return render(request, "exchange/new.html", context, status=422 if request.method == "POST" else 200)


def show_page(request: StaffRequest, key: int) -> HttpResponse:
    """The check of a file that was not applied yet; of one that was, what was written."""
    require(request.user, PERMISSION)
    batch = get_object_or_404(Batch.objects.select_related("user", "undoes", "undone_by"), pk=key)
    reading = reading_of(request)
    outcome, record = request.GET.get("outcome", ""), request.GET.get("record", "")
    rows = parts.filtered(batch, outcome, record)
    page = Paginator(rows, settings.ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "batch": batch,
        "is_undo": batch.kind == UNDO,
        "crumbs": _crumbs(),
        "actions": _actions(batch),
        "stages": [] if batch.kind == UNDO else parts.stages_of(batch),
        "state_tone": parts.STATE_TONES[batch.state],
        "facts": parts.facts_of_batch(batch, reading),
        "counted": Row.Outcome.labels,
        "counts": parts.counts_table(batch),
        "tabs": parts.outcome_tabs(request, batch, outcome if outcome in Row.Outcome.values else ""),
        "record_tabs": _record_tabs(request, batch, record),
        "lines": parts.row_lines(batch, list(page), reading),
        "position": _position(page),
        **_neighbours(request, page),
        "messages_found": parts.message_groups(batch, reading),
        **_deeds(batch),
    }
    return render(request, "exchange/show.html", context)


def _record_tabs(request: StaffRequest, batch: Batch, chosen: str) -> list[Tab]:
    by_record = {name: counts for name, counts in batch.counts.get("by_record", {}).items() if any(counts.values())}
    every = Tab(_("All kinds"), same_page(request, record=None, page=None), None, chosen not in by_record)
    return [
        every,
        *(
            Tab(
                parts.record_words(name),
                same_page(request, record=name, page=None),
                sum(counts.values()),
                name == chosen,
            )
            for name, counts in by_record.items()
        ),
    ]


def _actions(batch: Batch) -> list[Action]:
    if batch.state == Batch.State.APPLIED and batch.kind != UNDO:
        return [Action(_("Take back…"), reverse("exchange:batch-undo", args=(batch.pk,)), icon="undo", kind="danger")]
    return []


def _deeds(batch: Batch) -> dict[str, Any]:
    """What applying would do, and whether it may be done."""
    written = batch.counts.get("new", 0) + batch.counts.get("changed", 0) + batch.counts.get("gone", 0)
    waiting, errors = batch.counts.get("doubtful", 0), batch.counts.get("errors", 0)
    return {
        "may_apply": batch.state == Batch.State.PREVIEWED and not errors,
        "is_blocked": batch.state == Batch.State.PREVIEWED and bool(errors),
        "apply_label": ngettext("Apply %(number)s row", "Apply %(number)s rows", written) % {"number": written},
        "waiting_words": ngettext("%(number)s doubtful row waits.", "%(number)s doubtful rows wait.", waiting)
        % {"number": waiting}
        if waiting
        else "",
        "errors_words": ngettext(
            "%(number)s row has an error: nothing can be applied until the file is mended.",
            "%(number)s rows have an error: nothing can be applied until the file is mended.",
            errors,
        )
        % {"number": errors},
    }


@require_POST
def apply_page(request: StaffRequest, key: int) -> HttpResponse:
    """Writes what was checked."""
    require(request.user, PERMISSION)
    batch = get_object_or_404(Batch, pk=key)
    try:
        number = apply(batch, by=request.user)
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
    else:
        words = ngettext("%(number)s record was written.", "%(number)s records were written.", number)
        messages.success(request, words % {"number": number})
    return HttpResponseRedirect(parts.batch_address(batch))


@require_POST
def discard_page(request: StaffRequest, key: int) -> HttpResponse:
    """Forgets a check that was not applied."""
    require(request.user, PERMISSION)
    batch = get_object_or_404(Batch, pk=key, state=Batch.State.PREVIEWED)
    batch.delete()
    messages.success(request, _("Discarded. Nothing was written."))
    return HttpResponseRedirect(reverse("exchange:batch-list"))


def undo_page(request: StaffRequest, key: int) -> HttpResponse:
    """Asks before an import is taken back, with the consequence named, and does it on POST."""
    require(request.user, PERMISSION)
    batch = get_object_or_404(Batch, pk=key, state=Batch.State.APPLIED)
    if batch.kind == UNDO:
        raise Http404
    form = UndoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            undoing = undo(batch, by=request.user, note=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Taken back. The history keeps what was."))
            return HttpResponseRedirect(parts.batch_address(undoing))
    context = {
        "form": form,
        "crumbs": [*_crumbs(), Link(batch.name, parts.batch_address(batch))],
        "deed_title": _("Take the import “%(name)s” back?") % {"name": batch.name},
        "consequence": _(
            "All that it made is removed and all that it changed gets its earlier values. It is refused when somebody "
            "changed one of its records since, or when something points to one."
        ),
        "deed_verb": _("Take back"),
        "deed_keep": _("Keep as it is"),
        "back": parts.batch_address(batch),
    }
    return render(request, "core/deed.html", context, status=422 if request.method == "POST" else 200)
