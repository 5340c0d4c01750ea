"""What a reader should know of a Popolo file whose records are well formed: names, days and terms that meet oddly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from interparl.exchange.rules.fields import first_day, last_day
from interparl.exchange.rules.findings import Findings
from interparl.exchange.rules.popolo import (
    PopoloEvent,
    PopoloMembership,
    PopoloOrganization,
    PopoloPerson,
    membership_span,
)
from interparl.language.folding import fold

Span: TypeAlias = tuple[str | None, str | None]
_OPEN = "…"


def check_persons(persons: Sequence[PopoloPerson], findings: Findings) -> None:
    """Different people with one name or one outside key; a life that ends before it begins."""
    names: dict[str, PopoloPerson] = {}
    keys: dict[tuple[str, str], PopoloPerson] = {}
    for person in persons:
        if person.birth and person.death and last_day(person.death) < first_day(person.birth):
            findings.add(person.place, "note", "dies_before_birth", since=person.birth, until=person.death)
        if person.repeats:
            continue
        namesake = names.setdefault(person.name.casefold(), person)
        if namesake.id != person.id and person.name:
            findings.add(person.place, "note", "same_name", name=person.name, earlier=namesake.place)
        for one in person.identifiers:
            holder = keys.setdefault((one.scheme, one.identifier), person)
            if holder.id != person.id and one.scheme:
                key = f"{one.scheme}:{one.identifier}"
                findings.add(person.place, "note", "same_identifier", identifier=key, earlier=holder.place)


def check_organizations(organizations: Sequence[PopoloOrganization], findings: Findings) -> None:
    """Organisations of one kind whose names differ at most in case, spaces and signs; stand-ins for "not known"."""
    names: dict[tuple[str, str], PopoloOrganization] = {}
    for one in organizations:
        if one.repeats:
            continue
        if one.is_unknown:
            findings.add(one.place, "note", "unknown_organization", name=one.name)
            continue
        alike = names.setdefault((one.classification, fold(one.name).replace(" ", "")), one)
        if alike.id != one.id:
            findings.add(one.place, "note", "alike_organization", name=one.name, earlier=alike.place)


def check_events(events: Iterable[PopoloEvent], findings: Findings) -> None:
    """Events that end before they begin."""
    for event in events:
        if event.since and event.until and last_day(event.until) < first_day(event.since):
            findings.add(event.place, "doubtful", "ends_before_start", since=event.since, until=event.until)


def check_terms(events: Sequence[PopoloEvent], findings: Findings) -> None:
    """Terms of one legislature that certainly overlap: told at the later one, with the days that both cover."""
    latest: dict[str, PopoloEvent] = {}
    dated = (one for one in events if one.is_term and not one.repeats and (one.since or one.until))
    for term in sorted(dated, key=_start):
        earlier = latest.setdefault(term.organization_id, term)
        if earlier is term:
            continue
        if common := _common_days((earlier.since, earlier.until), (term.since, term.until)):
            since, until = common
            findings.add(term.place, "note", "terms_overlap", other=earlier.name, since=since, until=until)
        if _end(term) > _end(earlier):
            latest[term.organization_id] = term


def check_memberships(
    memberships: Sequence[PopoloMembership], events: Mapping[str, PopoloEvent], findings: Findings
) -> None:
    """Memberships without days, with days the wrong way round, outside of their term, or one over another."""
    held: dict[tuple[str, str, str], list[tuple[PopoloMembership, Span]]] = defaultdict(list)
    for membership in memberships:
        span = membership_span(membership, events)
        if membership.since and membership.until and last_day(membership.until) < first_day(membership.since):
            days = {"since": membership.since, "until": membership.until}
            findings.add(membership.place, "doubtful", "ends_before_start", **days)
        elif membership.period_id in events:
            _check_term(membership, events[membership.period_id], findings)
        if span == (None, None):
            findings.add(membership.place, "note", "no_dates")
        if not membership.repeats:
            # By term: terms that overlap are told once, not again for each member who sat in both. By post: an office
            # stands beside a seat.
            place = membership.organization_id, f"{membership.period_id}|{membership.post_id}"
            held[membership.person_id, *place].append((membership, span))
    for several in held.values():
        _check_together(several, findings)


def _check_together(several: list[tuple[PopoloMembership, Span]], findings: Findings) -> None:
    """Each that certainly shares a day with the one before that lasts longest."""
    several.sort(key=lambda one: _first_certain(one[1]))
    longest, lasting = several[0]
    for membership, span in several[1:]:
        if _common_days(lasting, span):
            findings.add(membership.place, "note", "memberships_overlap", other=longest.place)
        if _last_certain(span) > _last_certain(lasting):
            longest, lasting = membership, span


def _check_term(membership: PopoloMembership, term: PopoloEvent, findings: Findings) -> None:
    since, until = membership.since, membership.until
    starts_early = since and term.since and last_day(since) < first_day(term.since)
    ends_late = until and term.until and first_day(until) > last_day(term.until)
    ends_early = until and term.since and last_day(until) < first_day(term.since)
    starts_late = since and term.until and first_day(since) > last_day(term.until)
    if ends_early or starts_late:
        key = "wholly_outside_term"
    elif starts_early or ends_late:
        key = "partly_outside_term"
    else:
        return
    findings.add(membership.place, "note", key, since=since or _OPEN, until=until or _OPEN, term=term.name)


def _start(event: PopoloEvent) -> tuple[date, str]:
    return _first_certain((event.since, event.until)), event.id


def _end(event: PopoloEvent) -> date:
    return _last_certain((event.since, event.until))


def _first_certain(span: Span) -> date:
    return last_day(span[0]) if span[0] else date.min


def _last_certain(span: Span) -> date:
    return first_day(span[1]) if span[1] else date.max


def _common_days(one: Span, other: Span) -> tuple[str, str] | None:
    """The first and last day that both certainly cover, None for none."""
    start = max(_first_certain(one), _first_certain(other))
    end = min(_last_certain(one), _last_certain(other))
    if start > end:
        return None
    return (_OPEN if start == date.min else start.isoformat(), _OPEN if end == date.max else end.isoformat())
