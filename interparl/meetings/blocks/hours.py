"""A day by the hour, as values: sittings, events, items of programmes, times that say no more than "busy"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from interparl.core.reads import note_rows
from interparl.core.records import Record
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Link
from interparl.core.translated import shown
from interparl.meetings.blocks.calendar import CHAMBER, Item, Seen, side_words
from interparl.meetings.blocks.columns import EVENT, hours_of
from interparl.meetings.models import ProgrammeItem

# So much of a text stands in a line of a day.
LONGEST = 160


@dataclass(frozen=True)
class HourLine:
    """A line of a day. `kind`: "sitting", "ours", "theirs", "neutral", "busy" or "part" (an item of a programme)."""

    hours: str
    label: str
    kind: str
    begins: str = ""
    second: str = ""
    side: str = ""
    address: str = ""
    spoken: str = ""
    moves: tuple[Link, ...] = ()
    row: Record | None = None


def lines_of(seen: Seen, day: date, reading: Reading, programme: Sequence[HourLine] = ()) -> list[HourLine]:
    """Everything of the day: what takes all of it first, the rest by the hour on the clock of its place."""
    lines = [*_sittings(seen, day, reading), *(_line(item, day) for item in seen.on(day)), *programme]
    return sorted(lines, key=lambda line: line.begins)


def _sittings(seen: Seen, day: date, reading: Reading) -> list[HourLine]:
    return [
        HourLine(
            hours=hours_of(row),
            label=_("Sitting: %(chamber)s") % {"chamber": name},
            kind="sitting",
            begins=row.begins[:5],
            second=shown(row.subject, reading.language).text,
            row=row,
        )
        for row in seen.sittings.get(day, ())
        if (name := reading.name(CHAMBER, row.chamber_id))
    ]


def _line(item: Item, day: date) -> HourLine:
    is_first = item.first == day
    number = {"day": (day - item.first).days + 1, "days": (item.last - item.first).days + 1}
    place = _("day %(day)s of %(days)s") % number if item.first != item.last else ""
    begins = item.begins if is_first else ""
    hours = item.hours if item.first == item.last else begins
    moves = (Link(_("Move…"), f"{item.shift}?since={item.first.isoformat()}"),) if item.shift else ()
    return HourLine(
        hours=hours,
        label=item.label,
        kind=item.side,
        begins=begins,
        second=" · ".join(filter(None, [place, item.second])),
        side=side_words(item.side),
        address=item.address,
        spoken=item.spoken,
        moves=moves,
        row=item.event,
    )


def programme_lines(events: Collection[int], day: date, reading: Reading) -> list[HourLine]:
    """The items of that day in the programmes of these events, as far as this reader may know of them; one query."""
    if not events:
        return []
    found = ProgrammeItem.objects.visible_to(reading.user).filter(day=day, event__in=sorted(events))
    rows = list(found.defer("public_text", "note", "way_by").in_order())
    note_rows(rows)
    return [
        HourLine(
            hours=hours_of(row),
            label=_first_line(shown(row.text, reading.language).text),
            kind="part",
            begins=row.begins[:5] or "~",
            second=" · ".join(
                filter(None, [shown(row.place, reading.language).text, reading.name(EVENT, row.event_id)])
            ),
            spoken=_other(row, reading),
            row=row,
        )
        for row in rows
    ]


def _other(row: ProgrammeItem, reading: Reading) -> str:
    found = shown(row.text, reading.language)
    return found.language if found.is_fallback else ""


def _first_line(text: str) -> str:
    line = text.strip().partition("\n")[0].strip()
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rstrip()}…"
