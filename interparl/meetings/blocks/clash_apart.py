"""Parties that must not meet: in one event, or in two that are in one place at one time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from interparl.core.kinds import Ref
from interparl.core.tables import Reading
from interparl.meetings.actions.occupied import town_of
from interparl.meetings.blocks.clash_facts import event_of, parties_of
from interparl.meetings.blocks.clash_parts import Asked, Found, Words, clash_of
from interparl.meetings.blocks.columns import days_of
from interparl.meetings.models import Event
from interparl.meetings.rules import clashes as rules
from interparl.meetings.rules.clashes import ClashKind

EVENT = "meetings.event"
# The kinds of parties, each with what names it of a participation and of a further partner.
COLUMNS: dict[str, tuple[str, str]] = {
    "directory.person": ("person", ""),
    "directory.country": ("country", "country"),
    "directory.parliament": ("parliament", ""),
    "directory.organisation": ("organisation", ""),
}


def apart(asked: Asked) -> Iterator[Found]:
    """Told to those alone who may read who must not meet whom."""
    event, facts = asked.event, asked.facts
    if not facts["apart"]:
        return
    here = _parties([], facts["part"], facts["partner"])[event.pk]
    here |= {("directory.country", event.country_id or 0), ("directory.organisation", event.organisation_id or 0)}
    outside: list[tuple[Any, Ref]] = []
    for one in facts["apart"]:
        first, other = _of(one)
        if first in here and other in here:
            yield _found(one, asked, None)
        elif first in here or other in here:
            outside.append((one, other if first in here else first))
    if outside:
        yield from _elsewhere(asked, outside)


def _of(sensitivity: Any) -> tuple[Ref, Ref]:
    return (sensitivity.first_kind, sensitivity.first), (sensitivity.other_kind, sensitivity.other)


def _elsewhere(asked: Asked, outside: list[tuple[Any, Ref]]) -> Iterator[Found]:
    """Events of the other parties that are where this one is, when it is."""
    if asked.event.where_id is None or asked.event.is_remote:
        return
    there = {
        one.key: one
        for one in asked.facts["there"]
        if one.where == asked.event.where_id and not one.is_remote and one.key not in asked.facts.related
    }
    near = [event for event in map(event_of, there.values()) if _meet(asked.event, event)]
    near.sort(key=lambda event: (event.since_earliest or date.min, event.pk))
    if not near:
        return
    found = parties_of([event.pk for event in near], asked.reading.user)
    parties = _parties([there[event.pk] for event in near], found.get("part", ()), found.get("partner", ()))
    for sensitivity, other in outside:
        for event in near:
            if other in parties[event.pk]:
                yield _found(sensitivity, asked, event)


def _meet(mine: Event, other: Event) -> bool:
    """Whether two events are in one place at one time; a town that is not known may be the same."""
    towns = {rules.place_key(town, "") for town in (town_of(mine.place), town_of(other.place)) if town}
    if len(towns) > 1:
        return False
    if not (mine.begins_at and mine.ends_at and other.begins_at and other.ends_at):
        return True
    return bool(mine.begins_at < other.ends_at and other.begins_at < mine.ends_at)


def _parties(events: Iterable[Any], people: Iterable[Any], partners: Iterable[Any]) -> dict[int, set[Ref]]:
    """Who is in each event, of every kind."""
    found: dict[int, set[Ref]] = defaultdict(set)
    for one in events:
        found[one.key] |= {("directory.country", one.country or 0), ("directory.organisation", one.organisation or 0)}
    for kind, (person, partner) in COLUMNS.items():
        for several, column in ((people, person), (partners, partner)):
            for one in several if column else ():
                found[one.event].add((kind, getattr(one, column) or 0))
    return found


def _found(sensitivity: Any, asked: Asked, other: Event | None) -> Found:
    first, second = _of(sensitivity)
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

    refs = (("directory.sensitivity", sensitivity.key), *([meets] if meets else []))
    names = frozenset({first, second, *([meets] if meets else [])})
    concerns = frozenset(
        ("meetings.participation", one.key) for one in asked.facts["part"] if _is_of(one, (first, second))
    )
    return Found(clash_of(ClashKind.APART, day, *refs), words, names=names, concerns=concerns, meets=meets)


def _is_of(one: Any, parties: Iterable[Ref]) -> bool:
    return any(getattr(one, COLUMNS[kind][0]) == key for kind, key in parties)
