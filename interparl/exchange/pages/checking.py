"""The check of a file: its rows with filters, and deciding about them row by row or for a whole kind."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from interparl.core.requests import StaffRequest, reading_of, require, same_page
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Action, Link
from interparl.exchange.actions import UNDO, Choice, Decided, decide
from interparl.exchange.actions.deciding import CHANGEABLE, last_entry_of_all
from interparl.exchange.actions.deeds import is_deed
from interparl.exchange.actions.merging import batches_open_to, moved_by
from interparl.exchange.actions.progress import Progress, progress_of
from interparl.exchange.actions.tallies import Tallied, summed, tallied
from interparl.exchange.models import Batch, Row
from interparl.exchange.pages import parts
from interparl.exchange.pages.deeds import deed_page
from interparl.exchange.pages.filtering import Filters
from interparl.exchange.pages.merge_parts import STATE_TONES
from interparl.exchange.pages.merging import merged_page
from interparl.exchange.pages.row_markup import UNDECIDED, rows_markup
from interparl.exchange.pages.rows import decided_words, decision_words, row_lines

PERMISSION = "exchange.import_files"
LONGEST_RAW = 20_000


def crumbs() -> list[Link]:
    """The way above the pages of an import."""
    return [Link(_("Imports"), reverse("exchange:batch-list"))]


def batch_of(request: StaffRequest, key: int) -> Batch:
    """A batch that the reader may know of, without its thousands of messages; raises Http404."""
    known = Batch.objects.filter(batches_open_to(request.user)).defer("messages")
    return get_object_or_404(known.select_related("user", "undoes", "undone_by", "source"), pk=key)


def show_page(request: StaffRequest, key: int) -> HttpResponse:
    """The check of a file that was not applied yet; of one that was, what was written and what still waits."""
    require(request.user, PERMISSION)
    batch, reading = batch_of(request, key), reading_of(request)
    if moved := moved_by(batch):
        return merged_page(request, batch, moved, crumbs())
    if is_deed(batch):
        return deed_page(request, batch, crumbs())
    progress = progress_of(batch.pk)
    is_running = progress is not None and progress.is_running
    context = {
        "batch": batch,
        "is_undo": batch.kind == UNDO,
        "crumbs": crumbs(),
        "actions": _actions(batch),
        "stages": [] if batch.kind == UNDO else parts.stages_of(batch, is_running=is_running),
        "state_tone": STATE_TONES[batch.state],
        "facts": parts.facts_of_batch(batch, reading),
        "counted": Row.Outcome.labels,
        "counts": parts.counts_table(batch),
        **_progress(batch, progress),
    }
    if batch.kind != UNDO:
        rows = tallied(batch)
        asked = Filters.of(request.GET, rows)
        context |= {
            **_deeds(batch, rows, is_running=is_running),
            "reasons": parts.reason_groups(request, rows, asked),
            "tab_rows": parts.filter_tabs(request, rows, asked),
            "clear_url": request.path if asked.query() else "",
            **_rows(request, batch, rows, asked, reading),
        }
    return render(request, "exchange/show.html", context)


def _actions(batch: Batch) -> list[Action]:
    if batch.kind == UNDO:
        return []
    found = [Action(_("What changed"), reverse("exchange:batch-report", args=(batch.pk,)), icon="report")]
    if batch.state == Batch.State.APPLIED:
        undo = reverse("exchange:batch-undo", args=(batch.pk,))
        found.append(Action(_("Take back…"), undo, icon="undo", kind="danger"))
    return found


def _progress(batch: Batch, progress: Progress | None) -> dict[str, Any]:
    """How far applying is, or why it failed."""
    if progress is None:
        return {}
    if progress.is_running:
        words = _("Writing: %(done)s of %(total)s") % {"done": progress.done, "total": progress.total}
        share = progress.done * 100 // max(progress.total, 1)
        return {"is_running": True, "progress_share": share, "progress_words": words}
    failed = progress.failed or ([] if batch.state == Batch.State.APPLIED else [_("It broke off before the end.")])
    return {"failed": " ".join([_("Nothing was written."), *failed])} if failed else {}


def _deeds(batch: Batch, rows: Sequence[Tallied], *, is_running: bool) -> dict[str, Any]:
    """What applying would do, and whether it may be done."""
    counted = summed(rows, lambda row: row.state)
    ready, waiting, errors = counted[Row.State.READY], counted[Row.State.OPEN], batch.counts.get("errors", 0)
    following = counted[Row.State.WAITING]
    is_previewed = batch.state == Batch.State.PREVIEWED
    may_apply = (is_previewed and not errors) or (batch.state == Batch.State.APPLIED and ready > 0)
    words = [
        ngettext("%(number)s row waits for a decision.", "%(number)s rows wait for a decision.", waiting)
        if waiting
        else "",
        ngettext("%(follow)s row waits for another one.", "%(follow)s rows wait for others.", following)
        if following
        else "",
    ]
    return {
        "may_apply": may_apply and not is_running,
        "may_discard": is_previewed and not is_running,
        "is_previewed": is_previewed,
        "is_blocked": is_previewed and bool(errors),
        "apply_label": ngettext("Apply %(number)s row", "Apply %(number)s rows", ready) % {"number": ready},
        "waiting_words": " ".join(filter(None, words)) % {"number": waiting, "follow": following},
        "errors_words": ngettext(
            "%(number)s row has an error: nothing can be applied until the file is mended.",
            "%(number)s rows have an error: nothing can be applied until the file is mended.",
            errors,
        )
        % {"number": errors},
    }


def _rows(
    request: HttpRequest, batch: Batch, rows: Sequence[Tallied], asked: Filters, reading: Reading
) -> dict[str, Any]:
    total, size = asked.number(rows), settings.ROWS_A_PAGE
    last = max(1, -(-total // size))
    page = min(max(1, _number(request.GET.get("page", ""))), last)
    start = (page - 1) * size
    keys = list(asked.narrow(batch, rows).values_list("pk", flat=True)[start : start + size])
    found = sorted(batch.rows.filter(pk__in=keys), key=lambda row: row.pk)
    lines = row_lines(batch, found, reading)
    is_open = batch.state in (Batch.State.PREVIEWED, Batch.State.APPLIED)
    may_decide = is_open and any(line.choices for line in lines)
    undecided = sum(row.number for row in rows if row.state in CHANGEABLE) if may_decide else 0
    return {
        "lines": lines,
        "rows_markup": rows_markup(lines, may_decide=bool(undecided)),
        "position": _("Rows %(first)s–%(last)s of %(total)s")
        % {"first": min(start + 1, total), "last": min(start + size, total), "total": total},
        "previous_url": same_page(request, page=str(page - 1)) if page > 1 else "",
        "next_url": same_page(request, page=str(page + 1)) if page < last else "",
        "may_decide": bool(undecided),
        "bulk_decisions": [pair for pair in decision_words(reading).items() if pair[0] != Row.Decision.EACH],
        "all_label": ngettext("Decide %(number)s row of this list", "Decide all %(number)s rows of this list", total)
        % {"number": total},
        "kept": [(name, value) for name, value in vars(asked).items() if value],
        "page": page if page > 1 else "",
        "seen": last_entry_of_all() if undecided else 0,
    }


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1


@require_POST
def decide_page(request: StaffRequest, key: int) -> HttpResponse:
    """Keeps decisions: of single rows, of the ticked ones, or of all in the list with its filters."""
    require(request.user, PERMISSION)
    batch = batch_of(request, key)
    rows = tallied(batch)
    asked = Filters.of(request.POST, rows)
    scope, seen = request.POST.get("scope", ""), _number(request.POST.get("seen", ""))
    wanted: dict[str, list[int]] = {}
    if scope == "all":
        every = asked.narrow(batch, rows).filter(state__in=CHANGEABLE)
        wanted[request.POST.get("bulk", "")] = list(every.values_list("pk", flat=True))
    elif scope == "ticked":
        wanted[request.POST.get("bulk", "")] = [_number(one) for one in request.POST.getlist("row")]
    else:
        for name, value in request.POST.items():
            if name.startswith("row-") and value:
                wanted.setdefault(str(value), []).append(_number(name.removeprefix("row-")))
    _decide(request, batch, wanted, seen)
    query = asked.query(request.POST.get("page", "") if _number(request.POST.get("page", "")) > 1 else "")
    return HttpResponseRedirect(f"{parts.batch_address(batch)}{query}#rows")


def _decide(request: StaffRequest, batch: Batch, wanted: dict[str, list[int]], seen: int) -> None:
    total = Decided(0)
    for decision, keys in wanted.items():
        if decision not in (*Row.Decision.values, UNDECIDED) or decision == Row.Decision.EACH:
            messages.error(request, _("Say what is to be decided."))
            return
        choice = Choice("" if decision == UNDECIDED else decision)
        try:
            one = decide(batch, keys, choice, by=request.user, seen=seen)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return
        total = Decided(total.number + one.number, total.unfit + one.unfit, total.moved + one.moved)
    tell(request, total)


def tell(request: StaffRequest, found: Decided) -> None:
    """Says what became of a decision."""
    if found.number:
        words = ngettext("%(number)s row was decided.", "%(number)s rows were decided.", found.number)
        messages.success(request, words % {"number": found.number})
    if found.unfit:
        words = ngettext(
            "The decision does not fit %(number)s row; it stays as it was.",
            "The decision does not fit %(number)s rows; they stay as they were.",
            found.unfit,
        )
        messages.warning(request, words % {"number": found.unfit})
    if found.moved:
        words = ngettext(
            "The record of %(number)s row was changed while you looked. Look at its values again.",
            "The records of %(number)s rows were changed while you looked. Look at their values again.",
            found.moved,
        )
        messages.warning(request, words % {"number": found.moved})
    if not (found.number or found.unfit or found.moved):
        messages.info(request, _("No row was chosen, so nothing was decided."))


def row_page(request: StaffRequest, key: int, row: int) -> HttpResponse:
    """One row: both values side by side, the records that look like it, its raw source, and the decision."""
    require(request.user, PERMISSION)
    batch, reading = batch_of(request, key), reading_of(request)
    found = get_object_or_404(batch.rows.select_related("decided_by"), pk=row)
    line = row_lines(batch, [found], reading)[0]
    if not line.own_url:
        raise Http404
    if request.method == "POST":
        return _decide_one(request, batch, found)
    raw = found.prepared.get("raw")
    context = {
        "batch": batch,
        "line": line,
        "title": line.name or found.place,
        "crumbs": [*crumbs(), Link(batch.name, parts.batch_address(batch))],
        "raw": json.dumps(raw, ensure_ascii=False, indent=2)[:LONGEST_RAW] if raw else "",
        "decided_words": decided_words(found, reading),
        "has_asked": bool(line.asked),
        "may_decide": bool(line.choices) and batch.state in (Batch.State.PREVIEWED, Batch.State.APPLIED),
        "plain_choices": [one for one in line.choices if one[0] != Row.Decision.SAME],
        "may_undecide": bool(found.decision),
        "seen": last_entry_of_all(),
        "back": parts.batch_address(batch),
    }
    return render(request, "exchange/row.html", context)


def _decide_one(request: StaffRequest, batch: Batch, row: Row) -> HttpResponse:
    value, seen = request.POST.get("decision", ""), _number(request.POST.get("seen", ""))
    same = None
    if value.startswith("same-"):
        value, same = Row.Decision.SAME, _number(value.removeprefix("same-"))
        if same not in {pk for pk, _by in row.prepared.get("alike", ())}:
            value = ""
    fields = {
        name.removeprefix("field-"): side
        for name, side in request.POST.items()
        if name.startswith("field-") and side in (Row.Decision.FILE, Row.Decision.OURS)
    }
    if value in Row.Decision.values or value == UNDECIDED:
        choice = Choice("" if value == UNDECIDED else value, fields, same)
        try:
            tell(request, decide(batch, [row.pk], choice, by=request.user, seen=seen))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    else:
        messages.error(request, _("Say what is to be decided."))
    return HttpResponseRedirect(reverse("exchange:batch-row", args=(batch.pk, row.pk)))
