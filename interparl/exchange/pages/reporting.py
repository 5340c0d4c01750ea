"""What an edition changed beside the one before it: as a page, JSON and CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from interparl.core.exports import Sheet, download
from interparl.core.formats import write_day
from interparl.core.kinds import model_of
from interparl.core.requests import StaffRequest, reading_of, require, same_page
from interparl.core.templatetags.ui_parts import Action, Fact, Link
from interparl.exchange.actions.reports import Changes, earlier_edition, report_of, report_rows
from interparl.exchange.models import Batch
from interparl.exchange.pages.checking import PERMISSION, batch_of, crumbs
from interparl.exchange.pages.parts import batch_address, record_words

SHOWN = 50
KEYS = ("kind", "what", "name", "before", "after")


def report_page(request: StaffRequest, key: int) -> HttpResponse:
    """The report between two editions; rows about what the reader may not know of are left out."""
    require(request.user, PERMISSION)
    batch, reading = batch_of(request, key), reading_of(request)
    earlier = earlier_edition(batch)
    rows = batch.rows.order_by("pk").iterator(chunk_size=500) if earlier else []
    report = report_of(rows, reader=request.user, language=reading.language)
    form = request.GET.get("format", "")
    if form in ("csv", "xlsx", "json"):
        told = report_rows(report) if form == "json" else _in_words(report)
        return download(_sheet(batch, earlier, told), form)
    context = {
        "batch": batch,
        "crumbs": [*crumbs(), Link(batch.name, batch_address(batch))],
        "earlier": earlier,
        "earlier_url": batch_address(earlier) if earlier else "",
        "earlier_day": write_day(earlier.on, reading.language) if earlier and earlier.on else "",
        "kinds": [
            (capfirst(record_words(record)), _lists(changes), _fields(changes)) for record, changes in report.items()
        ],
        "actions": [
            Action(form.upper(), same_page(request, format=form), icon="export") for form in ("csv", "xlsx", "json")
        ]
        if earlier
        else [],
    }
    return render(request, "exchange/report.html", context)


def _words() -> dict[str, str]:
    """What happened to an object of the file, in the reader's language."""
    return {
        "new": pgettext("of an edition", "New"),
        "gone": pgettext("of an edition", "Gone"),
        "renamed": pgettext("of an edition", "Renamed"),
        "changed": pgettext("of an edition", "Changed"),
    }


def _lists(changes: Changes) -> list[tuple[str, int, list[str], int]]:
    """The lists of one kind: what they hold, how many, the first of them, and how many more there are."""
    words, found = _words(), []
    for what, several in (
        ("new", [one["name"] for one in changes.new]),
        ("gone", [one["name"] for one in changes.gone]),
        ("renamed", [f"{one['from']} → {one['to']}" for one in changes.renamed]),
    ):
        if several:
            found.append((words[what], len(several), several[:SHOWN], max(0, len(several) - SHOWN)))
    return found


def _fields(changes: Changes) -> list[Fact]:
    """The fields that changed, that of most rows first, each with the number of rows."""
    ordered = sorted(changes.changed.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Fact(_field_words(changes, name), str(number)) for name, number in ordered]


def _field_words(changes: Changes, name: str) -> str:
    """What a field is called; one of a part with what the part is, and what tells parts apart by that alone."""
    kind, column = changes.columns[name]
    model = model_of(kind)
    label = str(model._meta.get_field(column).verbose_name)  # type: ignore[union-attr]  # a column
    if "." not in name:
        return capfirst(label)
    part = capfirst(str(model._meta.verbose_name))
    return part if column == model.told_by else f"{part}: {label}"


def _in_words(report: Mapping[str, Changes]) -> list[tuple[str, ...]]:
    """The rows of the report for a sheet that people read."""
    words = _words()
    return [
        (
            capfirst(record_words(kind)),
            words[what],
            _field_words(report[kind], name) if what == "changed" else name,
            before,
            after,
        )
        for kind, what, name, before, after in report_rows(dict(report))
    ]


def _sheet(batch: Batch, earlier: Batch | None, rows: Sequence[Sequence[str]]) -> Sheet:
    return Sheet(
        name=f"import-{batch.pk}-report",
        about=[(_("File"), batch.name), (_("Earlier edition"), earlier.name if earlier else "–")],
        keys=KEYS,
        headings=[_("Kind in the file"), _("What happened"), _("Name or field"), _("Before"), _("After")],
        rows=rows,
    )
