"""Parts of the common pages, as values for their templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interparl.core.addresses import address, as_of
from interparl.core.exports import FORMATS
from interparl.core.formats import write_number
from interparl.core.history import entries_of, in_words
from interparl.core.kinds import model_of
from interparl.core.known_entries import first_open, open_entries
from interparl.core.listing import Listing, is_of_a_day, sizes
from interparl.core.marks import rank
from interparl.core.models.entries import Entry
from interparl.core.public_rows import kinds_told_with
from interparl.core.records import Dated, Record
from interparl.core.requests import same_page
from interparl.core.tables import Column, Reading, write_value
from interparl.core.templatetags.ui_parts import Action, Fact, Link, TimelineItem
from interparl.core.workflow import Offered

# So many last changes are looked at; those alike at one moment are one line, and so many lines are shown.
HISTORY_LOOKED_AT, HISTORY_ON_PAGE = 40, 6
MOST_CHANGES = 200


def list_context(request: HttpRequest, listing: Listing[Any], new_url: str) -> dict[str, Any]:
    """What the list page shows."""
    exports = [Action(form.upper(), same_page(request, format=form, page=None), icon="export") for form in FORMATS]
    add = [Action(_("Add"), new_url, kind="primary", icon="plus")] if new_url else []
    table = listing.table()
    count = ngettext("%(count)s row", "%(count)s rows", listing.total) % {
        "count": write_number(listing.total, listing.reading.language)
    }
    return {
        "reading": listing.reading,
        "listing": listing,
        "table": table,
        "count_words": count,
        "sizes": sizes(listing),
        "actions": add,
        "more": exports,
        "is_dated": is_of_a_day(listing.found.model),
        "new_url": new_url,
        "everyday_url": same_page(request, days="all", page=None),
        "one_day_url": same_page(request, days=None, page=None),
        "clear_url": request.path if listing.pills() else "",
        "kept_but_day": [pair for pair in listing.kept() if pair[0] != "on"],
        "nothing_found": _("No row matches."),
        "nothing_why": _("The filters leave none of the rows of this day."),
        "clear_label": _("Clear all"),
        "nothing_yet": _("Nothing here on this day."),
        "new_label": _("Add") if new_url else "",
    }


def facts_of(columns: Sequence[Column[Any]], record: Record, reading: Reading) -> list[Fact]:
    """The facts of a record that have a value; an empty one is left out."""
    found = []
    for column in columns:
        if column.load:
            column.load([record], reading)
        words = write_value(column.value(record, reading), column.kind, reading.language)
        if words:
            target = column.address(record) if column.address else ""
            second = column.second(record, reading) if column.second else ""
            spoken = column.spoken(record, reading) if column.spoken else ""
            lang = "" if spoken == reading.language else spoken
            found.append(Fact(str(column.label), words, second, as_of(target, reading), spoken=lang))
    return found


def heading_actions(
    record: Record,
    moves: Sequence[Offered],
    reading: Reading,
    *,
    may_change: bool,
    may_lower: bool = False,
    is_typed: bool = True,
) -> dict[str, list[Action]]:
    """The steps in the heading: the usual move or the change first, the rest under "more".

    What is not typed is not changed either.
    """
    ref = (record.record_kind(), record.pk)
    every = [Action(_("Who sees this"), address(ref, "readers"), icon="people")]
    if record.handed_over:
        every.append(Action(_("Handover file"), as_of(reverse("briefs:handover", args=ref), reading), icon="document"))
    move_actions = _move_actions(ref, moves)
    if not may_change:
        return {"actions": move_actions[:2], "more": [*move_actions[2:], *every]}
    usual = "standard" if any(action.kind == "primary" for action in move_actions) else "primary"
    more = [Action(_("History"), address(ref, "history"), icon="history"), *every]
    if not record.is_pointer:
        more.append(Action(_("Withdraw…") if record.published_on else _("Publish…"), address(ref, "publish")))
    if kinds_told_with(type(record)):
        more.append(Action(_("What the public reads…"), address(ref, "public")))
    if may_lower and rank(record.mark):
        more.append(Action(_("Lower the mark…"), address(ref, "lower")))
    if record.mergeable:
        more.append(Action(_("Merge with another…"), reverse("exchange:merge-with", args=ref)))
    if isinstance(record, Dated) and not record.until:
        more.append(Action(_("End…"), address(ref, "end"), kind="danger"))
    edit = [Action(_("Change"), address(ref, "edit"), kind=usual)] if is_typed else []
    return {
        "actions": [*move_actions[:2], *edit],
        "more": [*move_actions[2:], *more],
    }


def ways_of_a_row(record: Record, reading: Reading, *, may_lower: bool) -> list[Action]:
    """What the heading of a page of its own would offer under "more" for a row that another record's page shows."""
    return heading_actions(record, [], reading, may_change=True, may_lower=may_lower, is_typed=False)["more"]


def _move_actions(ref: tuple[str, int], moves: Sequence[Offered]) -> list[Action]:
    """The moves that are offered; the usual one is the first step."""
    return [
        Action(
            move.label,
            address_of_move(ref, move.name),
            kind="primary" if move.is_usual and not position else "standard",
            refused=move.open_condition,
        )
        for position, move in enumerate(moves)
    ]


def address_of_move(ref: tuple[str, int], name: str) -> str:
    """Where a move is made."""
    return f"{address(ref)}move/{name}/"


@dataclass
class LastChanges:
    """The newest changes of a record and of what hangs on it, newest first; those that the reader may know of."""

    entries: Sequence[Entry]
    reading: Reading

    @cached_property
    def known(self) -> list[Entry]:
        """Those that the reader may know of; asked once."""
        return open_entries(self.entries, self.reading.user)


def last_changes(record: Record, reading: Reading) -> LastChanges:
    """The newest two hundred, asked once for a page; a file of many records keeps none of them."""
    ref = (record.record_kind(), record.pk)
    key = ("last changes", *ref)
    if (kept := reading.memo.get(key)) is None:
        kept = LastChanges(list(entries_of(ref)[:MOST_CHANGES]), reading)
        if not reading.is_whole:
            reading.memo[key] = kept
    found: LastChanges = kept
    return found


def _first_changes(record: Record, reading: Reading) -> list[Entry]:
    """The newest that the reader may know of, out of what another part of the page asked for, where that is enough."""
    ref = (record.record_kind(), record.pk)
    last: LastChanges | None = reading.memo.get(("last changes", *ref))
    if last is not None and (len(last.known) >= HISTORY_LOOKED_AT or len(last.entries) < MOST_CHANGES):
        return last.known[:HISTORY_LOOKED_AT]
    return first_open(entries_of(ref), reading.user, HISTORY_LOOKED_AT)


def history_panel(record: Record, reading: Reading) -> dict[str, Any]:
    """The last changes of a record as a timeline, and the way to all."""
    ref = (record.record_kind(), record.pk)
    entries = _first_changes(record, reading)
    items = []
    for same, group in groupby(
        in_words(entries, reading, in_full=False), key=lambda line: (line.entry.kind, line.verb, line.when, line.actor)
    ):
        alike = list(group)
        line, kind = alike[0], model_of(same[0])
        what = line.what if len(alike) == 1 else f"{kind._meta.verbose_name_plural}, {len(alike)}"
        items.append(
            TimelineItem(
                day=line.when,
                text=_("%(what)s – %(verb)s, %(actor)s")
                % {"what": capfirst(what), "verb": line.verb, "actor": line.actor},
                iso=line.at.isoformat(),
                address=f"{address(ref, 'history')}#entry-{line.entry.pk}",
            )
        )
    links = [Link(_("All changes"), address(ref, "history"))]
    return {"history_items": items[:HISTORY_ON_PAGE], "history_links": links}
