"""The rows behind what is counted of a delegation's work, so that a number and the list behind it are the same.

Whose work: a delegation's (a body), all that is done in an organisation, or what was done at one session or conference.
An event counts in the period in which it may begin, once its first day is there and it was not called off; so does what
hangs on it. An office counts when it is held in the assembly, or in a part of it, by somebody who sits for our
parliament in the delegation while he holds it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.utils.translation import gettext_lazy, pgettext_lazy

from interparl.bodies.models import Body, Membership, Part
from interparl.core.days import HOME_PARLIAMENT, installation, today
from interparl.core.known_entries import may_view
from interparl.core.records import Record
from interparl.core.rights import Reader
from interparl.core.tables import Words
from interparl.directory.models import Office, Organisation
from interparl.meetings.models import NOT_ON, Event, Kind, Statement

EVENTS, SPEECHES, TALKS, OFFICES = "events", "speeches", "talks", "offices"
TITLES: Mapping[str, Words] = {
    EVENTS: gettext_lazy("Events held"),
    SPEECHES: pgettext_lazy("noun", "Statements delivered"),
    TALKS: gettext_lazy("Talks held in the margins"),
    OFFICES: gettext_lazy("Offices held in the assembly"),
}
MODELS: Mapping[str, type[Record]] = {EVENTS: Event, SPEECHES: Statement, TALKS: Event, OFFICES: Office}
# Bodies that speak for our parliament in an organisation.
DELEGATIONS = (Body.Kind.DELEGATION, Body.Kind.NATIONAL_GROUP, Body.Kind.OCCASIONAL_DELEGATION)


@dataclass(frozen=True)
class Work:
    """Whose work is counted, from which day to which, as far as one reader may know; of a session, until the last day.

    What belongs to a session is its own, whatever the first day; offices count that are held on its days.
    """

    host: Body | Organisation | Event
    first: date
    last: date
    reader: Reader

    @property
    def name(self) -> str:
        """How an event points to a body or an organisation."""
        return "body" if isinstance(self.host, Body) else "organisation"

    @property
    def delegation(self) -> Q:
        """Which bodies it is done by."""
        host = self.host
        if isinstance(host, Body):
            return Q(pk=host.pk)
        if isinstance(host, Organisation):
            return Q(organisation=host.pk, kind__in=DELEGATIONS)
        if host.body_id is not None:
            return Q(pk=host.body_id)
        return Q(organisation=host.organisation_id, kind__in=DELEGATIONS) if host.organisation_id else Q(pk__in=())


def held(first: date, last: date, reader: Reader) -> QuerySet[Event]:
    """Events that took place in the period, as far as the reader may know."""
    begun = Q(since_earliest__lte=min(last, today())) & Q(since_latest__gte=first)
    return Event.objects.visible_to(reader).exclude(stage__in=NOT_ON).filter(begun)


def _events(work: Work) -> QuerySet[Any]:
    """A session is held once, by itself."""
    found = held(work.first, work.last, work.reader)
    return found.filter(pk=work.host.pk) if isinstance(work.host, Event) else found.filter(**{work.name: work.host.pk})


def _speeches(work: Work) -> QuerySet[Any]:
    found = Statement.objects.visible_to(work.reader).filter(state=Statement.State.DELIVERED)
    if isinstance(work.host, Event):
        return found.filter(event=work.host.pk)
    return found.filter(event__in=_events(work).values("pk"))


def _talks(work: Work) -> QuerySet[Any]:
    if isinstance(work.host, Event):
        talks = Event.objects.visible_to(work.reader).exclude(stage__in=NOT_ON).filter(kind=Kind.TALKS)
        return talks.filter(within=work.host.pk, since_earliest__lte=work.last)
    of = Event.objects.visible_to(work.reader).filter(**{work.name: work.host.pk})
    return held(work.first, work.last, work.reader).filter(kind=Kind.TALKS, within__in=of.values("pk"))


def seats(first: date, last: date, reader: Reader) -> QuerySet[Membership]:
    """Who sits for our parliament in the period, as far as the reader may know; nobody where it is not set."""
    home = installation().get(HOME_PARLIAMENT, "")
    ours = Part.objects.visible_to(reader).filter(parliament__code=home).values("pk")
    return Membership.objects.visible_to(reader).meeting(first, last).filter(part__in=ours)


def _offices(work: Work) -> QuerySet[Any]:
    first, last = work.first, work.last
    if isinstance(work.host, Event):
        first, last = work.host.since_earliest or first, work.host.until_latest or last
    bodies = Body.objects.visible_to(work.reader).filter(work.delegation, organisation__isnull=False)
    in_it = Q(body__organisation=OuterRef("organisation")) | Q(body__organisation=OuterRef("organisation__parent"))
    sitting = seats(first, last, work.reader).filter(in_it, person=OuterRef("person"), body__in=bodies.values("pk"))
    return Office.objects.visible_to(work.reader).meeting(first, last).filter(Exists(sitting))


ROWS: Mapping[str, Callable[[Work], QuerySet[Any]]] = {
    EVENTS: _events,
    SPEECHES: _speeches,
    TALKS: _talks,
    OFFICES: _offices,
}


def rows_of(what: str, work: Work) -> QuerySet[Any]:
    """What was counted, none of it for who may not open the register of such rows."""
    found: QuerySet[Any] = ROWS[what](work)
    return found if may_view(MODELS[what].record_kind(), work.reader) else found.none()


def numbers_of(every: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows each of these has; one query."""
    parts = [_number(key, rows) for key, rows in every.items()]
    if not parts:
        return {}
    found: Any = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return dict.fromkeys(every, 0) | dict(found)


def _number(key: str, rows: QuerySet[Any]) -> Any:
    named: Any = rows.order_by().annotate(counted=Value(key, output_field=TextField()))
    return named.values_list("counted").annotate(number=Count("pk"))


def offices_by(group: str, bodies: Q, first: date, last: date, reader: Reader) -> dict[int, int]:
    """By body, or by organisation, how many offices its members held in the assembly; one query."""
    offices = Office.objects.visible_to(reader).meeting(first, last)
    known = Body.objects.visible_to(reader).filter(bodies)
    in_it = Q(person__offices__organisation=F("body__organisation"))
    in_it |= Q(person__offices__organisation__parent=F("body__organisation"))
    found = seats(first, last, reader).filter(
        in_it, body__in=known.values("pk"), person__offices__in=offices.values("pk")
    )
    return dict(found.order_by().values_list(group).annotate(number=Count("person__offices", distinct=True)))
