"""Every change there was, whoever made it and whatever it was made to, each with the seal that it lies under."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from interparl.administration.auditing.asking import ChangesAsked, filters_of, kind_words, paged, record_kinds
from interparl.administration.users.history import MODELS, account_lines
from interparl.core.addresses import address
from interparl.core.formats import write_moment
from interparl.core.history import VERBS, FieldChange, Line, lines
from interparl.core.models import Entry, Seal
from interparl.core.requests import StaffRequest, reading_of, require
from interparl.core.tables import Reading

PERMISSION = "core.view_entry"


@dataclass(frozen=True)
class Told:
    """A line of history, where its record is, and under which seal it lies (0 for none yet)."""

    line: Line
    url: str
    seal: int

    @property
    def seal_words(self) -> str:
        """The seal in words."""
        return _("Seal %(number)s") % {"number": self.seal} if self.seal else _("Not yet sealed")


def changes_page(request: StaffRequest) -> HttpResponse:
    """All changes, newest first."""
    require(request.user, PERMISSION)
    reading = reading_of(request)
    asked = ChangesAsked(request.GET)
    found = asked.narrowed(Entry.objects.select_related("user").order_by("-pk"))
    entries, around = paged(request, found, reading)
    context = {
        "reading": reading,
        "told": told(entries, reading),
        **around,
        **filters_of(asked, request, reading),
    }
    return render(request, "administration/changes.html", context)


def told(entries: Sequence[Entry], reading: Reading) -> list[Told]:
    """These entries in words, in their order; of records only those that the reader may know of."""
    kinds = record_kinds()
    found = {line.entry.pk: line for line in lines([one for one in entries if one.kind in kinds], reading)}
    accounts = [one for one in entries if one.kind in MODELS]
    found |= {line.entry.pk: line for line in account_lines(accounts, reading)}
    found |= {one.pk: _bare_line(one, reading) for one in entries if one.kind not in kinds | MODELS.keys()}
    numbers = dict(Seal.objects.filter(pk__in={one.seal_id for one in entries}).values_list("pk", "number"))
    return [
        Told(found[one.pk], address((one.kind, one.object_id)), numbers.get(one.seal_id or 0, 0))
        for one in entries
        if one.pk in found
    ]


def _bare_line(entry: Entry, reading: Reading) -> Line:
    """An entry of a kind that nobody here knows, as an earlier or later version of the program left it."""
    return Line(
        entry=entry,
        verb=str(VERBS.get(entry.verb, entry.verb)),
        what=f"{kind_words(entry.kind)} {entry.object_id}",
        at=entry.at,
        when=write_moment(entry.at, reading.language),
        actor=str(entry.user) if entry.user else entry.actor,
        note=entry.note,
        changes=[FieldChange(name, _plain(before), _plain(after)) for name, (before, after) in entry.changes.items()],
    )


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
