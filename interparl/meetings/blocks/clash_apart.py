"""Parties that must not meet: in one event, or in two that are in one place at one time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.core.kinds import Ref
from interparl.core.tables import Reading
from interparl.directory.models import Sensitivity
from interparl.meetings.actions.occupied import town_of
from interparl.meetings.blocks.clash_parts import Asked, Found, Words, clash_of
from interparl.meetings.blocks.columns import days_of
from interparl.meetings.models import Event, EventPartner, Participation
from interparl.meetings.rules import clashes as rules
from interparl.meetings.rules.clashes import ClashKind

PERMISSION = "directory.view_sensitivity"
EVENT = "meetings.event"
# The kinds of parties, each with the column of an event, of a participation and of a further partner that names it.
COLUMNS: dict[str, tuple[str, str, str]] = {
    "directory.person": ("", "person", ""),
    "directory.country": ("country", "country", "country"),
    "directory.parliament": ("", "parliament", "parliament"),
    "directory.organisation": ("organisation", "organisation", ""),
}


def apart(asked: Asked) -> Iterator[Found]:
    """Told to those alone who may read who must not meet whom."""
    user = asked.reading.user
    if asked.days is None or not isinstance(user, User) or not user.has_perm(PERMISSION):
        return
    sensitivities = list(Sensitivity.objects.visible_to(user).meeting(*asked.days).order_by("pk"))
    if not sensitivities:
        return
    here = _parties([asked.event], asked.people, _partners([asked.event.pk], user))[asked.event.pk]
    outside: list[tuple[Sensitivity, Ref, Ref]] = []
    for one in sensitivities:
        first, other = one.parties
        if first in here and other in here:
            yield _found(one, asked, None)
        elif first in here or other in here:
            outside.append((one, *((first, other) if first in here else (other, first))))
    if outside:
        yield from _elsewhere(asked, outside, user)


def _elsewhere(asked: Asked, outside: list[tuple[Sensitivity, Ref, Ref]], user: User) -> Iterator[Found]:
    """Events of the other parties that are where this one is, when it is."""
    wanted = {other for _one, _mine, other in outside}
    events = [one for one in _with(wanted, asked, user) if _meet(asked.event, one)]
    if not events:
        return
    keys = [one.pk for one in events]
    people = list(Participation.objects.visible_to(user).counted().filter(event__in=keys))
    parties = _parties(events, people, _partners(keys, user))
    for sensitivity, _mine, other in outside:
        for event in events:
            if other in parties[event.pk]:
                yield _found(sensitivity, asked, event)


def _with(parties: Iterable[Ref], asked: Asked, user: User) -> list[Event]:
    """The events on these days, in the same country, with one of these parties."""
    of_event, of_person, of_partner = Q(pk__in=()), Q(pk__in=()), Q(pk__in=())
    for kind, key in parties:
        column, person, partner = COLUMNS[kind]
        of_event |= Q(**{column: key}) if column else Q(pk__in=())
        of_person |= Q(**{person: key})
        of_partner |= Q(**{partner: key}) if partner else Q(pk__in=())
    first, last = asked.days or (None, None)
    people = Participation.objects.visible_to(user).counted().filter(of_person).values("event")
    partners = EventPartner.objects.visible_to(user).filter(of_partner).values("event")
    found = Event.objects.visible_to(user).taking_place().meeting(first, last).exclude(pk__in=asked.related)
    found = found.filter(is_remote=False).filter(of_event | Q(pk__in=people) | Q(pk__in=partners))
    return list(found.filter(where=asked.event.where_id).order_by("since_earliest", "pk"))


def _meet(mine: Event, other: Event) -> bool:
    """Whether two events are in one place at one time; a town that is not known may be the same."""
    if mine.where_id is None or mine.is_remote:
        return False
    towns = {rules.place_key(town, "") for town in (town_of(mine.place), town_of(other.place)) if town}
    if len(towns) > 1:
        return False
    if not (mine.begins_at and mine.ends_at and other.begins_at and other.ends_at):
        return True
    return bool(mine.begins_at < other.ends_at and other.begins_at < mine.ends_at)


def _partners(events: Iterable[int], user: User) -> list[EventPartner]:
    return list(EventPartner.objects.visible_to(user).filter(event__in=list(events)))


def _parties(
    events: Iterable[Event], people: Iterable[Participation], partners: Iterable[EventPartner]
) -> dict[int, set[Ref]]:
    """Who is in each event, of every kind."""
    found: dict[int, set[Ref]] = defaultdict(set)
    for kind, (column, person, partner) in COLUMNS.items():
        named: list[tuple[int, int | None]] = []
        if column:
            named += [(one.pk, one.serializable_value(f"{column}_id")) for one in events]
        named += [(one.event_id, one.serializable_value(f"{person}_id")) for one in people]
        if partner:
            named += [(one.event_id, one.serializable_value(f"{partner}_id")) for one in partners]
        for event, key in named:
            if key:
                found[event].add((kind, key))
    return found


def _found(sensitivity: Sensitivity, asked: Asked, other: Event | None) -> Found:
    first, second = sensitivity.parties
    meets = (EVENT, other.pk) if other else None
    begins = asked.days[0] if asked.days else date.min
    day = max(begins, other.since_earliest or begins) if other else begins

    def words(reading: Reading) -> Words:
        said = {"first": reading.name(*first), "second": reading.name(*second), "why": sensitivity.grounds}
        title = _("%(first)s and %(second)s must not meet") % said
        if other is None:
            return Words(title, _("Both are in this event: %(why)s") % said)
        said |= {"event": reading.name(EVENT, other.pk), "days": days_of(other, reading.language)}
        return Words(title, _("One is there at the same time, “%(event)s”, %(days)s: %(why)s") % said)

    refs = (("directory.sensitivity", sensitivity.pk), *([meets] if meets else []))
    names = frozenset({first, second, *([meets] if meets else [])})
    concerns = frozenset(("meetings.participation", one.pk) for one in asked.people if _is_of(one, (first, second)))
    return Found(clash_of(ClashKind.APART, day, *refs), words, names=names, concerns=concerns, meets=meets)


def _is_of(one: Participation, parties: Iterable[Ref]) -> bool:
    return any(one.serializable_value(f"{COLUMNS[kind][1]}_id") == key for kind, key in parties)
