"""What is counted of meetings for a body or an organisation in a period: events, statements, talks, offices, outcomes.

A delegation is a body: what it did in a year is its measures for that year. The rows behind each number are told in
`counted`; the number leads to them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from interparl.bodies.models import Body
from interparl.core.hooks import measure_of
from interparl.core.known_entries import may_view
from interparl.core.rights import Reader
from interparl.directory.models import Organisation
from interparl.meetings.measures.counted import (
    DELEGATIONS,
    EVENTS,
    MODELS,
    OFFICES,
    SPEECHES,
    TALKS,
    TITLES,
    held,
    offices_by,
)
from interparl.meetings.models import Event, Kind, Outcome, Statement

Counted = Callable[[Sequence[int], date, date, Reader], dict[int, int]]
OUTCOMES = gettext_lazy("Outcomes adopted")


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


def _offices(name: str) -> Counted:
    def count(keys: Sequence[int], first: date, last: date, reader: Reader) -> dict[int, int]:
        """Offices that our people held in the assembly while they sat in the delegation."""
        if name == "body":
            return offices_by("body", Q(pk__in=keys), first, last, reader)
        bodies = Q(organisation__in=keys, kind__in=DELEGATIONS)
        return offices_by("body__organisation", bodies, first, last, reader)

    return count


COUNTS: dict[str, Callable[[str], Counted]] = {
    EVENTS: _events,
    SPEECHES: _speeches,
    TALKS: _talks,
    OFFICES: _offices,
}


def _for_readers(what: str, count: Counted) -> Counted:
    """Nothing is counted for who may not open the register of such rows."""

    def counted(keys: Sequence[int], first: date, last: date, reader: Reader) -> dict[int, int]:
        return count(keys, first, last, reader) if may_view(MODELS[what].record_kind(), reader) else {}

    return counted


def counted_address(name: str, key: int, what: str, first: date | None = None, last: date | None = None) -> str:
    """The list of the rows behind a number of an event, a body or an organisation."""
    found = reverse("meetings:counted", args=(name, key, what))
    days = {"since": first.isoformat(), "until": last.isoformat()} if first and last else {}
    return f"{found}?{urlencode(days)}" if days else found


def _leading(name: str, what: str) -> Callable[[int, date, date], str]:
    return lambda key, first, last: counted_address(name, key, what, first, last)


for _model, _name in ((Body, "body"), (Organisation, "organisation")):
    for _what, _count in COUNTS.items():
        # An office is held: it tells how much there is, not that something happened.
        measure_of(_model, _what, TITLES[_what], is_standing=_what == OFFICES, leads_to=_leading(_name, _what))(
            _for_readers(_what, _count(_name))
        )


@measure_of(Body, "outcomes", OUTCOMES)
def outcomes_of(bodies: Sequence[int], first: date, last: date, reader: Reader) -> dict[int, int]:
    """Outcomes that the body adopted in the period, by the earliest day that their date allows."""
    found = Outcome.objects.visible_to(reader).filter(
        body__in=bodies, adopted_earliest__gte=first, adopted_earliest__lte=last
    )
    return dict(found.order_by().values_list("body").annotate(number=Count("pk")))
