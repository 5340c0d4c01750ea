"""Who read which record for official use, when, and on which page."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.administration.auditing.asking import ReadsAsked, filters_of, kind_words, paged, record_kinds
from interparl.core.addresses import address
from interparl.core.days import today
from interparl.core.exports import FORMATS, Sheet, download
from interparl.core.formats import write_moment
from interparl.core.models import ReadEntry
from interparl.core.requests import StaffRequest, reading_of, require, same_page
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Action

PERMISSION = "core.view_readentry"


def _name(entry: ReadEntry, reading: Reading) -> str:
    """What the record is called; one that is gone, or has no name, has its number."""
    return reading.name(entry.kind, entry.object_id) or f"{kind_words(entry.kind)} {entry.object_id}"


WHO: Column[ReadEntry] = Column("user", gettext_lazy("User"), lambda entry, _reading: str(entry.user))
RECORD: Column[ReadEntry] = Column(
    "record",
    gettext_lazy("Record"),
    _name,
    refs=lambda entry: [(entry.kind, entry.object_id)] if entry.kind in record_kinds() else [],
    address=lambda entry: address((entry.kind, entry.object_id)),
    spoken=lambda entry, reading: reading.other_language(entry.kind, entry.object_id),
)
KIND: Column[ReadEntry] = Column("kind", gettext_lazy("Kind"), lambda entry, _reading: kind_words(entry.kind))
PAGE: Column[ReadEntry] = Column("address", gettext_lazy("Page"), lambda entry, _reading: entry.address)
read_columns: Columns[ReadEntry] = Columns(
    (
        Column("at", gettext_lazy("When"), lambda entry, reading: write_moment(entry.at, reading.language)),
        WHO,
        RECORD,
        KIND,
        PAGE,
    )
)
exported_columns: Columns[ReadEntry] = Columns(
    (
        Column("id", gettext_lazy("id"), lambda entry, _reading: entry.pk),
        Column("at", gettext_lazy("When"), lambda entry, _reading: localtime(entry.at).isoformat(timespec="seconds")),
        WHO,
        RECORD,
        Column("record_kind", gettext_lazy("Kind of record"), lambda entry, _reading: entry.kind),
        Column("record_id", gettext_lazy("Number of the record"), lambda entry, _reading: entry.object_id),
        PAGE,
    )
)


def reads_page(request: StaffRequest) -> HttpResponse:
    """The log of readings, newest first; as a file with `?format=`."""
    require(request.user, PERMISSION)
    reading = reading_of(request)
    asked = ReadsAsked(request.GET)
    found = asked.narrowed(ReadEntry.objects.select_related("user").order_by("-pk"))
    form = request.GET.get("format", "")
    if form in FORMATS:
        return download(_sheet(found, asked, request, reading), form)
    rows, around = paged(request, found, reading)
    context: dict[str, Any] = {
        "reading": reading,
        "table": Table.of(read_columns, rows, reading, caption=_("Readings")),
        "more": [Action(one.upper(), same_page(request, format=one, page=None), icon="export") for one in FORMATS],
        **around,
        **filters_of(asked, request, reading),
    }
    return render(request, "administration/reads.html", context)


def _sheet(found: QuerySet[ReadEntry], asked: ReadsAsked, request: StaffRequest, reading: Reading) -> Sheet:
    """All readings that match."""
    table = Table.of(exported_columns, found, reading)
    about = [(_("Register"), _("Readings of what is for official use"))]
    about += [(str(pill.name), str(pill.value)) for pill in asked.pills(request, reading.language)]
    columns = exported_columns.of
    headings = [str(column.label) for column in columns]
    name = f"readings-{today().isoformat()}"
    return Sheet(name, about, [column.key for column in columns], headings, table.values())
