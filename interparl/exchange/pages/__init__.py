"""The pages of imports: the list, a new file, the check, apply, discard, take back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from interparl.core.requests import StaffRequest, reading_of, require, same_page
from interparl.core.tables import Table
from interparl.core.templatetags.ui_parts import Action, Link, Tab
from interparl.exchange.actions import UNDO, undo
from interparl.exchange.actions.deeds import is_deed, may_undo
from interparl.exchange.actions.merging import MERGE, batches_open_to
from interparl.exchange.actions.progress import forget, held
from interparl.exchange.actions.starting import start
from interparl.exchange.forms import UndoForm
from interparl.exchange.models import Batch
from interparl.exchange.pages import merging, parts
from interparl.exchange.pages.checking import PERMISSION, crumbs, decide_page, row_page, show_page
from interparl.exchange.pages.doubles import apart_page, doubles_page
from interparl.exchange.pages.merge_parts import load_subjects, title_of_batch
from interparl.exchange.pages.reporting import report_page

__all__ = [
    "apart_page",
    "apply_page",
    "decide_page",
    "discard_page",
    "doubles_page",
    "list_page",
    "report_page",
    "row_page",
    "show_page",
    "undo_page",
]


def list_page(request: StaffRequest) -> HttpResponse:
    """All imports, the last one first."""
    require(request.user, PERMISSION)
    reading = reading_of(request)
    only_waiting = bool(request.GET.get("waiting"))
    batches = Batch.objects.waiting() if only_waiting else Batch.objects.all()
    if source := request.GET.get("source", ""):
        batches = batches.filter(source_key=source[:60])
    batches = batches.filter(batches_open_to(request.user)).select_related("user", "undoes").defer("messages", "tally")
    page = Paginator(batches, settings.ROWS_A_PAGE).get_page(request.GET.get("page"))
    load_subjects(page, reading)
    table = Table(parts.batch_columns, list(page), reading, total=page.paginator.count)
    new_url = reverse("exchange:batch-new")
    context = {
        "table": table,
        "position": _position(page),
        **_neighbours(request, page),
        "actions": [
            Action(_("Bring a file in"), new_url, kind="primary", icon="import"),
            Action(_("Take out"), reverse("directory:take-out"), icon="export"),
            Action(_("Mappings"), reverse("exchange:savedmapping-list")),
            Action(_("Possible doubles"), reverse("exchange:doubles")),
        ],
        "tabs": [
            Tab(_("All imports"), reverse("exchange:batch-list"), None, not only_waiting),
            Tab(_("With rows that wait"), f"{reverse('exchange:batch-list')}?waiting=1", None, only_waiting),
        ],
        "only_waiting": only_waiting,
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


@require_POST
def apply_page(request: StaffRequest, key: int) -> HttpResponse:
    """Writes what was checked."""
    require(request.user, PERMISSION)
    batch = get_object_or_404(Batch.objects.defer("messages"), pk=key)
    try:
        number = start(batch, by=request.user)
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
        return HttpResponseRedirect(parts.batch_address(batch))
    if number is not None:
        words = ngettext("%(number)s record was written.", "%(number)s records were written.", number)
        messages.success(request, words % {"number": number})
    return HttpResponseRedirect(parts.batch_address(batch))


@require_POST
def discard_page(request: StaffRequest, key: int) -> HttpResponse:
    """Forgets a check that was not applied."""
    require(request.user, PERMISSION)
    batch = get_object_or_404(Batch.objects.defer("messages"), pk=key)
    with held(batch.pk) as is_mine, transaction.atomic():
        deleted = Batch.objects.select_for_update().filter(pk=key, state=Batch.State.PREVIEWED) if is_mine else None
        if deleted is None or not deleted.delete()[0]:
            messages.error(request, _("This import is being applied or was applied; it cannot be discarded."))
            return HttpResponseRedirect(parts.batch_address(batch))
    forget(batch.pk)
    messages.success(request, _("Discarded. Nothing was written."))
    return HttpResponseRedirect(reverse("exchange:batch-list"))


def undo_page(request: StaffRequest, key: int) -> HttpResponse:
    """Asks before an import is taken back, with the consequence named, and does it on POST."""
    require(request.user, PERMISSION)
    known = Batch.objects.filter(batches_open_to(request.user))
    batch = get_object_or_404(known, pk=key, state=Batch.State.APPLIED)
    if batch.kind == UNDO:
        raise Http404
    if not may_undo(batch, request.user):
        raise PermissionDenied
    form = UndoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            undoing = undo(batch, by=request.user, note=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Taken back. The history keeps what was."))
            return HttpResponseRedirect(parts.batch_address(undoing))
    reading = reading_of(request)
    load_subjects([batch], reading)
    title, is_import = title_of_batch(batch, reading), batch.kind != MERGE and not is_deed(batch)
    context = {
        "form": form,
        "crumbs": [*crumbs(), Link(title, parts.batch_address(batch))],
        "deed_title": (_("Take the import “%(name)s” back?") if is_import else _("Take this back? %(name)s"))
        % {"name": title},
        "consequence": merging.consequence_of_undo()
        if batch.kind == MERGE
        else _(
            "All that it made is removed and all that it changed gets its earlier values. It is refused when somebody "
            "changed one of its records since, or when something points to one."
        ),
        "deed_verb": _("Take back"),
        "deed_keep": _("Keep as it is"),
        "back": parts.batch_address(batch),
    }
    return render(request, "core/deed.html", context, status=422 if request.method == "POST" else 200)
