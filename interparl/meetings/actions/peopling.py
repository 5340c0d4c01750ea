"""Who takes part in an item of a programme and what is booked for it, kept together."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from interparl.accounts.models import User
from interparl.core.actors import Actor
from interparl.core.removing import remove
from interparl.core.writing import change
from interparl.meetings.models import Booking, ItemPerson, Participation, ProgrammeItem, Resource


def keep_item(
    item: ProgrammeItem,
    *,
    people: Sequence[Participation],
    resources: Sequence[Resource],
    known: tuple[Sequence[ItemPerson], Sequence[Booking]],
    by: User | Actor,
) -> int:
    """Makes these people and resources those of the item; returns how many rows came or went.

    `known` are the rows that whoever asks was shown: others stay as they are. All of it is written, or nothing.
    """
    rows, bookings = known
    asked, wanted = {one.pk for one in people}, {one.pk for one in resources}
    gone = [
        *(row for row in rows if row.participation_id not in asked),
        *(row for row in bookings if row.resource_id not in wanted),
    ]
    there, taken = {row.participation_id for row in rows}, {row.resource_id for row in bookings}
    shared = {"event": item.event, "item": item, "mark": item.mark}
    new = [
        *(ItemPerson(participation=one, **shared) for one in people if one.pk not in there),
        *(Booking(resource=one, day=item.day, **shared) for one in resources if one.pk not in taken),
    ]
    with transaction.atomic():
        for row in gone:
            remove(row, by=by)
        for record in new:
            with change(record, by=by):
                pass
    return len(gone) + len(new)
