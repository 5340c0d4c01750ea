"""People of an event: many added from a list, one side put in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.accounts.models import User
from interparl.core.actors import Actor
from interparl.core.history import VERBS
from interparl.core.translated import written
from interparl.core.writing import Planned, Refused, change_many
from interparl.directory.models import Country, Person
from interparl.meetings.models import Event, Participation

VERBS.update({"ordered": gettext_lazy("put in order")})
FUNCTION, CAPACITY = Participation.Function, Participation.Capacity
# In what capacity people of these functions come; all others in the one that was chosen.
CAPACITIES: dict[str, str] = {
    FUNCTION.ADVISER: CAPACITY.OFFICIAL,
    FUNCTION.SECRETARY: CAPACITY.STAFF,
    FUNCTION.INTERPRETER: CAPACITY.STAFF,
    FUNCTION.PRESS: CAPACITY.STAFF,
    FUNCTION.ESCORT: CAPACITY.STAFF,
}


@dataclass(frozen=True)
class Coming:
    """Somebody of a list who is to take part: a person, or a name alone; `line` is where he stands in the list."""

    line: int
    name: str
    person: Person | None
    function: str
    role: str


def add_people(
    event: Event,
    coming: Sequence[Coming],
    *,
    country: Country | None,
    language: str,
    capacity: str = CAPACITY.PARLIAMENTARIAN,
    by: User | Actor,
) -> int:
    """Adds all of them to one side of the event, after those who stand there, in the order of the list.

    Returns how many there are. Raises Refused, with the line, when one of them cannot stand; then nobody is added.
    """
    with transaction.atomic():
        # Two lists at once follow each other.
        Event.objects.select_for_update().get(pk=event.pk)
        stands = Participation.objects.filter(event=event, country=country).aggregate(last=Max("order"))["last"] or 0
        planned = [
            Planned(
                Participation(
                    event=event,
                    person=one.person,
                    printed_name="" if one.person else one.name,
                    country=country,
                    function=one.function,
                    capacity=CAPACITIES.get(one.function, capacity),
                    role=written({language: one.role}),
                    order=stands + place,
                ),
                row=_("Line %(number)s") % {"number": one.line},
            )
            for place, one in enumerate(coming, 1)
        ]
        return change_many(planned, by=by)


def put_in_order(event: Event, keys: Sequence[int], *, by: User | Actor) -> int:
    """Gives these people of the event the places 1, 2, 3 …; returns how many changed place.

    Raises Refused when one of them is no longer there.
    """
    with transaction.atomic():
        held = Participation.objects.filter(event=event).in_bulk(list(keys))
        if len(held) != len(keys):
            raise Refused([_("The list has changed meanwhile. Look at it, then put it in order again.")])
        planned = [Planned(held[key], {"order": place}) for place, key in enumerate(keys, 1)]
        return change_many(planned, by=by, verb="ordered")
