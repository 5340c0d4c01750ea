"""The way of each kind of event as tables: which stage leads to which, which may be left out, by when each is due.

The sources are domain 2(a) to 2(e), 2(k), 2(n). Every event begins as an idea, so every way begins with it. What an
area of its own will keep (consents and costs of a trip, promises of talks) has no stage here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from interparl.meetings.models import Event, Kind, Stage
from interparl.meetings.rules.deadlines import working_day

S = Stage
Steps = Mapping[Stage, tuple[Stage, ...]]

# From each stage the next ones, the usual one first; the order of the lines is the order of the way.
STEPS: Mapping[Kind, Steps] = {
    Kind.INCOMING: {
        S.IDEA: (S.PROPOSED,),
        S.PROPOSED: (S.PLANNED, S.APPROVED),
        S.PLANNED: (S.APPROVED,),
        S.APPROVED: (S.INVITED,),
        S.INVITED: (S.ACCEPTED, S.DECLINED),
        S.ACCEPTED: (S.DRAFTING,),
        S.DRAFTING: (S.CLEARANCE,),
        S.CLEARANCE: (S.CLEARED,),
        S.CLEARED: (S.READY,),
        S.READY: (S.UNDER_WAY,),
        S.UNDER_WAY: (S.HELD,),
        S.HELD: (S.REPORTED,),
        S.REPORTED: (S.FOLLOW_UP, S.CLOSED),
        S.FOLLOW_UP: (S.CLOSED,),
        S.CLOSED: (),
    },
    Kind.OUTGOING: {
        S.IDEA: (S.REQUESTED,),
        S.REQUESTED: (S.CHECKED, S.REFUSED),
        S.CHECKED: (S.CONSENTED, S.REFUSED),
        S.CONSENTED: (S.POSITION, S.REFUSED),
        S.POSITION: (S.CONFIRMED, S.REFUSED),
        S.CONFIRMED: (S.ASSIGNED,),
        S.ASSIGNED: (S.BRIEFED,),
        S.BRIEFED: (S.BOOKED,),
        S.BOOKED: (S.UNDER_WAY,),
        S.UNDER_WAY: (S.HELD,),
        S.HELD: (S.REPORTED,),
        S.REPORTED: (S.DISTRIBUTED, S.CLOSED),
        S.DISTRIBUTED: (S.CLOSED,),
        S.CLOSED: (),
    },
    Kind.TALKS: {
        S.IDEA: (S.REQUESTED,),
        S.REQUESTED: (S.CONFIRMED, S.DECLINED),
        S.CONFIRMED: (S.BRIEFED, S.HELD),
        S.BRIEFED: (S.HELD,),
        S.HELD: (S.NOTED,),
        S.NOTED: (S.AGREED,),
        S.AGREED: (S.DISTRIBUTED,),
        S.DISTRIBUTED: (S.CLOSED,),
        S.CLOSED: (),
    },
    Kind.SESSION: {
        S.IDEA: (S.ANNOUNCED,),
        S.ANNOUNCED: (S.CONVENED,),
        S.CONVENED: (S.COMPOSED,),
        S.COMPOSED: (S.REGISTERED,),
        S.REGISTERED: (S.RECEIVED,),
        S.RECEIVED: (S.POSITIONS,),
        S.POSITIONS: (S.IN_SESSION,),
        S.IN_SESSION: (S.RECORDED,),
        S.RECORDED: (S.REPORTED,),
        S.REPORTED: (S.FOLLOW_UP, S.CLOSED),
        S.FOLLOW_UP: (S.CLOSED,),
        S.CLOSED: (),
    },
    Kind.SITTING: {
        S.IDEA: (S.DATED,),
        S.DATED: (S.AGENDA,),
        S.AGENDA: (S.PAPERS,),
        S.PAPERS: (S.PREPARED,),
        S.PREPARED: (S.DRAFT,),
        S.DRAFT: (S.HELD,),
        S.HELD: (S.SIGNED,),
        S.SIGNED: (S.DISTRIBUTED,),
        S.DISTRIBUTED: (S.CONTROL,),
        S.CONTROL: (S.CLOSED,),
        S.CLOSED: (),
    },
    Kind.CONFERENCE: {
        S.IDEA: (S.INVITED,),
        S.INVITED: (S.ACCEPTED, S.DECLINED),
        S.ACCEPTED: (S.LEVEL,),
        S.LEVEL: (S.COMPOSED,),
        S.COMPOSED: (S.THEMES,),
        S.THEMES: (S.COMMENTED, S.UNDER_WAY),
        S.COMMENTED: (S.UNDER_WAY,),
        S.UNDER_WAY: (S.ADOPTED, S.FOLLOW_UP),
        S.ADOPTED: (S.FOLLOW_UP,),
        S.FOLLOW_UP: (S.CLOSED,),
        S.CLOSED: (),
    },
    Kind.OBSERVATION: {
        S.IDEA: (S.INVITED,),
        S.INVITED: (S.ACCEPTED, S.DECLINED),
        S.ACCEPTED: (S.NOMINATED,),
        S.NOMINATED: (S.ACCREDITED,),
        S.ACCREDITED: (S.BRIEFED,),
        S.BRIEFED: (S.DEPLOYED,),
        S.DEPLOYED: (S.STATED,),
        S.STATED: (S.REPORTED,),
        S.REPORTED: (S.CLOSED,),
        S.CLOSED: (),
    },
    Kind.OTHER: {
        S.IDEA: (S.PLANNED,),
        S.PLANNED: (S.CONFIRMED,),
        S.CONFIRMED: (S.HELD,),
        S.HELD: (S.REPORTED, S.CLOSED),
        S.REPORTED: (S.CLOSED,),
        S.CLOSED: (),
    },
}

# Where one goes back to with a reason: a programme that was not agreed to, a request, a report.
RETURNS: Mapping[Kind, Mapping[Stage, Stage]] = {
    Kind.INCOMING: {S.CLEARANCE: S.DRAFTING, S.CLEARED: S.DRAFTING, S.REPORTED: S.HELD},
    Kind.OUTGOING: {
        S.CHECKED: S.REQUESTED,
        S.CONSENTED: S.REQUESTED,
        S.POSITION: S.REQUESTED,
        S.REPORTED: S.HELD,
    },
}

# The first stage in which it is over: from there on nothing is cancelled or postponed.
OVER_FROM: Mapping[Kind, Stage] = {
    Kind.INCOMING: S.HELD,
    Kind.OUTGOING: S.HELD,
    Kind.TALKS: S.HELD,
    Kind.SESSION: S.RECORDED,
    Kind.SITTING: S.HELD,
    Kind.CONFERENCE: S.ADOPTED,
    Kind.OBSERVATION: S.STATED,
    Kind.OTHER: S.HELD,
}

# Stages in which it takes place or took place: none before its first day. The first three need exact days as well.
UNDER_WAY = frozenset({S.UNDER_WAY, S.IN_SESSION, S.DEPLOYED})
FROM_FIRST_DAY = UNDER_WAY | {S.HELD, S.RECORDED, S.ADOPTED, S.STATED}

# A long way is shown by these stages alone, and by the one in which the event is.
LANDMARKS: Mapping[Kind, tuple[Stage, ...]] = {
    Kind.INCOMING: (
        S.PLANNED, S.INVITED, S.ACCEPTED, S.DRAFTING, S.CLEARANCE, S.CLEARED, S.UNDER_WAY, S.REPORTED, S.CLOSED,
    ),
    Kind.OUTGOING: (
        S.REQUESTED, S.CONSENTED, S.POSITION, S.CONFIRMED, S.ASSIGNED, S.BRIEFED, S.UNDER_WAY, S.REPORTED, S.CLOSED,
    ),
    Kind.SESSION: (
        S.ANNOUNCED, S.CONVENED, S.COMPOSED, S.RECEIVED, S.POSITIONS, S.IN_SESSION, S.RECORDED, S.REPORTED, S.CLOSED,
    ),
    Kind.SITTING: (
        S.DATED, S.AGENDA, S.PAPERS, S.PREPARED, S.DRAFT, S.HELD, S.SIGNED, S.CONTROL, S.CLOSED,
    ),
    Kind.CONFERENCE: (
        S.INVITED, S.ACCEPTED, S.LEVEL, S.COMPOSED, S.THEMES, S.COMMENTED, S.UNDER_WAY, S.ADOPTED, S.CLOSED,
    ),
    Kind.OBSERVATION: (
        S.INVITED, S.ACCEPTED, S.NOMINATED, S.ACCREDITED, S.BRIEFED, S.DEPLOYED, S.STATED, S.REPORTED, S.CLOSED,
    ),
}  # fmt: skip

# Working days before the first day (negative) until a stage is due, and after the last day (positive). The position of
# the ministry 10 days before, the brief 3, the report 5 after: domain 2.2; a session is convened four months before
# (domain 2d); the others are our defaults.
DUE: Mapping[Kind, Mapping[Stage, int]] = {
    Kind.INCOMING: {
        S.APPROVED: -45, S.INVITED: -40, S.ACCEPTED: -25, S.DRAFTING: -20, S.CLEARANCE: -5, S.CLEARED: -3,
        S.READY: -1, S.REPORTED: 5, S.CLOSED: 20,
    },
    Kind.OUTGOING: {
        S.REQUESTED: -30, S.CHECKED: -25, S.CONSENTED: -20, S.POSITION: -10, S.CONFIRMED: -8, S.ASSIGNED: -7,
        S.BRIEFED: -3, S.BOOKED: -2, S.REPORTED: 5, S.DISTRIBUTED: 15, S.CLOSED: 20,
    },
    Kind.TALKS: {S.CONFIRMED: -5, S.BRIEFED: -3, S.NOTED: 2, S.AGREED: 5, S.DISTRIBUTED: 7, S.CLOSED: 10},
    Kind.SESSION: {
        S.CONVENED: -85, S.COMPOSED: -30, S.REGISTERED: -20, S.RECEIVED: -15, S.POSITIONS: -10, S.RECORDED: 2,
        S.REPORTED: 5, S.FOLLOW_UP: 10, S.CLOSED: 30,
    },
    Kind.SITTING: {S.AGENDA: -30, S.PAPERS: -15, S.PREPARED: -10, S.DRAFT: -5, S.DISTRIBUTED: 5, S.CONTROL: 10},
    Kind.CONFERENCE: {
        S.ACCEPTED: -60, S.LEVEL: -50, S.COMPOSED: -30, S.THEMES: -20, S.COMMENTED: -10, S.FOLLOW_UP: 5, S.CLOSED: 20,
    },
    Kind.OBSERVATION: {
        S.ACCEPTED: -30, S.NOMINATED: -25, S.ACCREDITED: -10, S.BRIEFED: -3, S.STATED: 1, S.REPORTED: 5, S.CLOSED: 20,
    },
    Kind.OTHER: {S.CONFIRMED: -5, S.REPORTED: 5, S.CLOSED: 10},
}  # fmt: skip
# Due on the first day itself, and on the last.
DUE_FIRST = UNDER_WAY
DUE_LAST = frozenset({S.HELD, S.SIGNED, S.ADOPTED})


def way_of(kind: str) -> tuple[Stage, ...]:
    """The stages of a kind of event in their order; none for what is no kind."""
    return tuple(STEPS[Kind(kind)]) if kind in Kind.values else ()


def is_over(event: Event) -> bool:
    """Whether it took place: what comes after is the work on its results."""
    way = way_of(event.kind)
    if event.stage not in way:
        return False
    return way.index(Stage(event.stage)) >= way.index(OVER_FROM[Kind(event.kind)])


def planned_days(event: Event) -> dict[Stage, date]:
    """By when each stage of its way is due by default, counted from its days; nothing as long as they are not exact."""
    first, last = event.first_day, event.last_day
    if first is None or last is None or event.kind not in Kind.values:
        return {}
    kind = Kind(event.kind)
    found = {stage: working_day(first if number < 0 else last, number) for stage, number in DUE[kind].items() if number}
    found |= dict.fromkeys(DUE_FIRST, first)
    found |= dict.fromkeys(DUE_LAST, last)
    return {stage: found[stage] for stage in way_of(kind) if stage in found}
