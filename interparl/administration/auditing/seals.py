"""The chain of seals, its last hash for keeping elsewhere, and whether the history agrees with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Length, Replace
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.administration.auditing.asking import paged
from interparl.core.formats import write_moment, write_number
from interparl.core.models import Seal
from interparl.core.requests import StaffRequest, reading_of, require
from interparl.core.sealing import counts, findings
from interparl.core.tables import Column, Columns, Reading, Table

PERMISSION = "core.view_seal"
# So many findings are named; who finds more needs no more to know that the history was rewritten.
NAMED = 200


@dataclass(frozen=True)
class SealRow:
    """A seal without the list that it covers, which is long."""

    number: int
    at: datetime
    entries: int
    hash: str


seal_columns: Columns[Any] = Columns(
    (
        Column("number", gettext_lazy("Seal"), lambda row, _reading: row.number),
        Column("at", gettext_lazy("When"), lambda row, reading: write_moment(row.at, reading.language)),
        Column("entries", gettext_lazy("Entries"), lambda row, _reading: row.entries, kind="number"),
        Column("hash", gettext_lazy("Hash"), lambda row, _reading: row.hash),
    )
)


def seals_page(request: StaffRequest) -> HttpResponse:
    """The seals, newest first; on POST the whole history is read again and what does not agree is named."""
    require(request.user, PERMISSION)
    reading = reading_of(request)
    # Every line of the list ends with a line end.
    lines = Length("listed") - Length(Replace(F("listed"), Value("\n"), Value("")))
    found = Seal.objects.order_by("-number").annotate(lines=lines)
    rows, around = paged(request, found.values_list("number", "at", "lines", "hash"), reading)
    table = Table.of(seal_columns, [SealRow(*row) for row in rows], reading, caption=_("Seals"))
    context: dict[str, Any] = {
        "reading": reading,
        "table": table,
        "last": Seal.objects.order_by("-number").values_list("hash", flat=True).first(),
        **around,
    }
    if request.method == "POST":
        context |= _verified(reading)
    return render(request, "administration/seals.html", context)


def _verified(reading: Reading) -> dict[str, Any]:
    """What reading the whole history again has shown."""
    found = findings()
    numbers = {name: write_number(number, reading.language) for name, number in counts().items()}
    whole = _("The history is whole: %(entries)s entries, %(sealed)s of them under %(seals)s seals.") % numbers
    return {
        "is_verified": True,
        "whole_words": "" if found else whole,
        "findings": [str(one) for one in found[:NAMED]],
        "findings_words": _("What does not agree: %(number)s") % {"number": write_number(len(found), reading.language)},
        "is_cut": len(found) > NAMED,
        "named": NAMED,
    }
