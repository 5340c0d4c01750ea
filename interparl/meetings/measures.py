"""What is counted of meetings for a body or an organisation in a period: events, statements, talks, outcomes.

An event counts in the period in which it may begin, once its first day is there and it was not called off; so does what
hangs on it. A delegation is a body: what it did in a year is its measures for that year.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy, pgettext_lazy

from interparl.bodies.models import Body
from interparl.core.days import today
from interparl.core.hooks import measure_of
from interparl.core.rights import Reader
from interparl.directory.models import Organisation
from interparl.meetings.models import NOT_ON, Event, Kind, Outcome, Statement

Counted = Callable[[Sequence[int], date, date, Reader], dict[int, int]]
HELD = gettext_lazy("Events held")
SPEECHES = pgettext_lazy("noun", "Statements delivered")
TALKS = gettext_lazy("Talks held in the margins")
OUTCOMES = gettext_lazy("Outcomes adopted")


def held(first: date, last: date, reader: Reader) -> QuerySet[Event]:
    """Events that took place in the period, as far as the reader may know."""
    begun = Q(since_earliest__lte=min(last, today())) & Q(since_latest__gte=first)
    return Event.objects.visible_to(reader).exclude(stage__in=NOT_ON).filter(begun)


def _by(name: str, rows: QuerySet[Event] | QuerySet[Statement], keys: Sequence[int]) -> dict[int, int]:
    found = rows.filter(**{f"{name}__in": keys}).order_by()
    return dict(found.values_list(name).annotate(number=Count("pk", distinct=True)))


def _events(name: str) -> Counted:
    def count(keys: Sequence[int], first: date, last: date, reader: Reader) -> dict[int, int]:
        """Events of the record itself that were held."""
        return _by(name, held(first, last, reader), keys)

    return count


def _speeches(name: str) -> Counted:
    def count(keys: Sequence[int], first: date, last: date, reader: Reader) -> dict[int, int]:
        """Statements delivered at its events."""
        events = held(first, last, reader)
        found = Statement.objects.visible_to(reader).filter(state=Statement.State.DELIVERED, event__in=events)
        return _by(f"event__{name}", found, keys)

    return count


def _talks(name: str) -> Counted:
    def count(keys: Sequence[int], first: date, last: date, reader: Reader) -> dict[int, int]:
        """Talks that were held in the margins of its events."""
        talks = held(first, last, reader).filter(kind=Kind.TALKS)
        return _by(f"within__{name}", talks.filter(within__in=Event.objects.visible_to(reader)), keys)

    return count


for _model, _name in ((Body, "body"), (Organisation, "organisation")):
    measure_of(_model, "events", HELD)(_events(_name))
    measure_of(_model, "speeches", SPEECHES)(_speeches(_name))
    measure_of(_model, "talks", TALKS)(_talks(_name))


@measure_of(Body, "outcomes", OUTCOMES)
def outcomes_of(bodies: Sequence[int], first: date, last: date, reader: Reader) -> dict[int, int]:
    """Outcomes that the body adopted in the period, by the earliest day that their date allows."""
    found = Outcome.objects.visible_to(reader).filter(
        body__in=bodies, adopted_earliest__gte=first, adopted_earliest__lte=last
    )
    return dict(found.order_by().values_list("body").annotate(number=Count("pk")))
