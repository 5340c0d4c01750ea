"""The moves of events: one for each stage that a way leads to, and those that leave the way or come back to it.

A state is the kind and the stage, "talks:held", so that a move is offered only where the way of that kind has it. A
move that several kinds share is one row and one address; where it may be made, and which is the usual one, the tables
of `ways` say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.db import transaction
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from interparl.core.days import today
from interparl.core.history import VERBS
from interparl.core.rights import Reader
from interparl.core.tables import Words
from interparl.core.workflow import NOT_FROM_HERE, Asked, Move, Workflow
from interparl.core.writing import Refused, change
from interparl.exchange.actions.merging import quietly
from interparl.meetings.models import Booking, Event, Kind, Participation, Stage, StageDay
from interparl.meetings.models.kinds import NOT_ON, OFF
from interparl.meetings.workflow.readiness import awaited_for, missing_for
from interparl.meetings.workflow.ways import FROM_FIRST_DAY, OVER_FROM, RETURNS, STEPS, way_of

PERMISSION = "meetings.change_event"
# Who approves is not who prepares (domain 2a, 2b); and notes of talks are for those who may read them (domain 4.2).
APPROVE = "meetings.approve_event"
NOTING = "meetings.change_talktext"
IN_FUTURE = _("This day is still to come. A step is noted on the day on which it was taken, or after it.")
BEFORE_FIRST = _("This day lies before the first day of the event.")
S = Stage


def verb_of(stage: str) -> str:
    """What the step to a stage is called in the history."""
    return f"event-{stage}"


# In the history a step is called as the stage that it leads to.
VERBS.update({verb_of(stage.value): stage.label for stage in Stage})
VERBS.update(
    {
        "event-returned": pgettext_lazy("event", "returned"),
        "event-resumed": pgettext_lazy("event", "taken up again"),
        "event-restarted": pgettext_lazy("event", "begun anew"),
    }
)

# What the button says. Of two that may follow a stage the nearer stands first.
LABELS: dict[Stage, tuple[str, Words]] = {
    S.PROPOSED: ("propose", pgettext_lazy("move of an event", "Propose")),
    S.PLANNED: ("plan", pgettext_lazy("move of an event", "Put into the plan")),
    S.REQUESTED: ("request", pgettext_lazy("move of an event", "Request")),
    S.ANNOUNCED: ("announce", pgettext_lazy("move of an event", "Mark as announced")),
    S.DATED: ("agree-date", pgettext_lazy("move of an event", "Agree the date")),
    S.APPROVED: ("approve-invitation", pgettext_lazy("move of an event", "Approve the invitation")),
    S.INVITED: ("invite", pgettext_lazy("move of an event", "Note the invitation")),
    S.ACCEPTED: ("accept", pgettext_lazy("move of an event", "Mark as accepted")),
    S.DRAFTING: ("draft-programme", pgettext_lazy("move of an event", "Draft the programme")),
    S.CLEARANCE: ("send-for-clearance", pgettext_lazy("move of an event", "Send for clearance")),
    S.CLEARED: ("approve-programme", pgettext_lazy("move of an event", "Approve the programme")),
    S.READY: ("confirm-logistics", pgettext_lazy("move of an event", "Confirm the logistics")),
    S.CHECKED: ("check", pgettext_lazy("move of an event", "Mark as checked")),
    S.CONSENTED: ("consent", pgettext_lazy("move of an event", "Note the consents")),
    S.POSITION: ("ask-for-position", pgettext_lazy("move of an event", "Ask for a position")),
    S.CONFIRMED: ("confirm", pgettext_lazy("move of an event", "Confirm")),
    S.ASSIGNED: ("assign", pgettext_lazy("move of an event", "Issue the assignment")),
    S.CONVENED: ("convene", pgettext_lazy("move of an event", "Mark as convened")),
    S.LEVEL: ("choose-level", pgettext_lazy("move of an event", "Choose the level")),
    S.COMPOSED: ("compose", pgettext_lazy("move of an event", "Compose the delegation")),
    S.NOMINATED: ("nominate", pgettext_lazy("move of an event", "Nominate the observers")),
    S.ACCREDITED: ("accredit", pgettext_lazy("move of an event", "Mark as accredited")),
    S.BRIEFED: ("brief", pgettext_lazy("move of an event", "Mark the brief as ready")),
    S.BOOKED: ("book", pgettext_lazy("move of an event", "Mark travel as booked")),
    S.REGISTERED: ("register", pgettext_lazy("move of an event", "Mark as registered")),
    S.RECEIVED: ("receive-documents", pgettext_lazy("move of an event", "Note the documents")),
    S.POSITIONS: ("clear-positions", pgettext_lazy("move of an event", "Mark positions as cleared")),
    S.AGENDA: ("exchange-agenda", pgettext_lazy("move of an event", "Exchange the agenda")),
    S.PAPERS: ("ready-papers", pgettext_lazy("move of an event", "Mark papers as ready")),
    S.PREPARED: ("prepare", pgettext_lazy("move of an event", "Mark our part as prepared")),
    S.DRAFT: ("exchange-draft", pgettext_lazy("move of an event", "Exchange the draft protocol")),
    S.THEMES: ("settle-themes", pgettext_lazy("move of an event", "Settle themes and slots")),
    S.COMMENTED: ("comment", pgettext_lazy("move of an event", "Comment on the draft declaration")),
    S.UNDER_WAY: ("begin", pgettext_lazy("move of an event", "Mark as under way")),
    S.IN_SESSION: ("open-session", pgettext_lazy("move of an event", "Mark as in session")),
    S.DEPLOYED: ("deploy", pgettext_lazy("move of an event", "Mark as deployed")),
    S.HELD: ("hold", pgettext_lazy("move of an event", "Mark as held")),
    S.RECORDED: ("record-results", pgettext_lazy("move of an event", "Record the results")),
    S.STATED: ("state", pgettext_lazy("move of an event", "Note the statement")),
    S.ADOPTED: ("adopt", pgettext_lazy("move of an event", "Note the declaration")),
    S.SIGNED: ("sign", pgettext_lazy("move of an event", "Mark the protocol as signed")),
    S.NOTED: ("note", pgettext_lazy("move of an event", "Note the talks")),
    S.AGREED: ("agree", pgettext_lazy("move of an event", "Agree the note")),
    S.REPORTED: ("report", pgettext_lazy("move of an event", "Note the report")),
    S.DISTRIBUTED: ("distribute", pgettext_lazy("move of an event", "Mark as distributed")),
    S.CONTROL: ("control", pgettext_lazy("move of an event", "Put decisions under control")),
    S.FOLLOW_UP: ("follow-up", pgettext_lazy("move of an event", "Open the follow-up")),
    S.CLOSED: ("close", pgettext_lazy("move of an event", "Close")),
    S.DECLINED: ("decline", pgettext_lazy("move of an event", "Mark as declined")),
    S.REFUSED: ("refuse", pgettext_lazy("move of an event", "Refuse")),
}
# A kind in which somebody else takes the step has a row of its own.
OF_KIND: dict[tuple[Kind, Stage], tuple[str, Words]] = {
    (Kind.OUTGOING, S.CONFIRMED): ("approve-visit", pgettext_lazy("move of an event", "Approve the visit")),
    (Kind.TALKS, S.DISTRIBUTED): (
        "distribute-record",
        pgettext_lazy("move of an event", "Mark the record as distributed"),
    ),
}
TAKEN_BY: dict[str, str] = {
    "approve-invitation": APPROVE,
    "approve-programme": APPROVE,
    "approve-visit": APPROVE,
    "refuse": APPROVE,
    "note": NOTING,
    "agree": NOTING,
    "distribute-record": NOTING,
}
CONSEQUENCES: dict[Stage, Words] = {
    S.CLEARANCE: _("From now on the programme waits for those who have to agree to it."),
    S.DECLINED: _("It will not take place. The reason is kept, and it can be taken up again."),
    S.REFUSED: _("It will not take place. The reason is kept, and it can be taken up again."),
    S.CLOSED: _("The work on it is done. It can be opened again with a reason."),
}


def state_of(event: Event) -> str:
    """Its kind and its stage."""
    return f"{event.kind}:{event.stage}"


def _states(kind: Kind, *stages: Stage) -> set[str]:
    return {f"{kind.value}:{stage.value}" for stage in stages}


def _leading_to(stage: Stage, kinds: Iterable[Kind]) -> frozenset[str]:
    """The states from which the ways of these kinds lead to the stage."""
    return frozenset().union(
        *(_states(kind, source) for kind in kinds for source, next_ in STEPS[kind].items() if stage in next_)
    )


def _not_over() -> frozenset[str]:
    """The states in which an event is still to come or under way."""
    found: set[str] = set()
    for kind in Kind:
        way = way_of(kind)
        found |= _states(kind, *way[: way.index(OVER_FROM[kind])])
    return frozenset(found)


def _every(*stages: Stage) -> frozenset[str]:
    return frozenset().union(*(_states(kind, *stages) for kind in Kind))


def _astray() -> frozenset[str]:
    """Stages that the way of the kind does not have: the kind was corrected when it had come so far."""
    return frozenset().union(*(_states(kind, *(set(Stage) - {*way_of(kind), *NOT_ON})) for kind in Kind))


def _step(event: Event, asked: Asked, target: Stage, *, verb: str = "", leaves: bool = False) -> None:
    """Writes the stage and the day on which it was reached; one that leaves the way keeps where it stood."""
    seen = event.stage
    if asked.day > today():
        raise Refused(IN_FUTURE)
    if target in FROM_FIRST_DAY and event.since_earliest and asked.day < event.since_earliest:
        raise Refused(BEFORE_FIRST)
    with transaction.atomic():
        with change(
            event, by=asked.by, verb=verb or verb_of(target.value), note=asked.reason, without=asked.without
        ) as held:
            if held.stage != seen:
                # Somebody else moved it meanwhile.
                raise Refused(NOT_FROM_HERE, params={"move": str(target.label)})
            stood = held.stage if held.stage not in NOT_ON else held.stage_before
            held.stage, held.stage_before = target, stood if leaves else ""
        _note_days(event, asked, target)


def _note_days(event: Event, asked: Asked, target: Stage) -> None:
    """The day of the stage; stages that come after it on the way are reached no more."""
    way = way_of(event.kind)
    later = {*way[way.index(target) + 1 :], *NOT_ON} if target in way else set()
    rows = {row.stage: row for row in StageDay.objects.filter(event=event)}
    noted = {row: "" for stage, row in rows.items() if row.reached_on and stage in later}
    row = rows.get(target) or StageDay(event=event, stage=target, grade=event.grade)
    for one, day in (*noted.items(), (row, asked.day.isoformat())):
        # Of a day that is marked higher who moves the event need not know.
        is_open = one.pk is None or one.is_open_to(asked.by)
        with change(one, by=asked.by if is_open else quietly(asked.by), note=asked.reason) as held:
            held.reached_on = day


def _reach(target: Stage) -> Callable[[Event, Asked], None]:
    return lambda event, asked: _step(event, asked, target, leaves=target in NOT_ON)


def _go_back(event: Event, asked: Asked) -> None:
    _step(event, asked, RETURNS[Kind(event.kind)][Stage(event.stage)], verb="event-returned")


def _resume(event: Event, asked: Asked) -> None:
    stood = Stage(event.stage_before) if event.stage_before in way_of(event.kind) else Stage.IDEA
    _step(event, asked, stood, verb="event-resumed")


def _reopen(event: Event, asked: Asked) -> None:
    before = way_of(event.kind)[-2]
    reached = StageDay.objects.filter(event=event).exclude(reached_on="").values_list("stage", flat=True)
    passed = [stage for stage in way_of(event.kind)[:-1] if stage in set(reached)]
    _step(event, asked, passed[-1] if passed else before, verb="event-resumed")


def _restart(event: Event, asked: Asked) -> None:
    _step(event, asked, Stage.IDEA, verb="event-restarted")


def _what_cancelling_does(event: Event, reader: Reader) -> str:
    """What is freed and who is to be told, as far as the reader may know."""
    bookings = Booking.objects.visible_to(reader).filter(event=event)
    freed = bookings.count()
    told = Participation.objects.visible_to(reader).counted().filter(event=event).count()
    keepers = bookings.exclude(resource__keeper=None).values("resource__keeper").distinct().count()
    said = [gettext("Its days are free again, and it is in no count of contacts. The reason is kept.")]
    if freed:
        words = ngettext(
            "%(number)s booking of a room, a car or an interpreter is freed.",
            "%(number)s bookings of rooms, cars and interpreters are freed.",
            freed,
        )
        said.append(words % {"number": freed})
    if told:
        words = ngettext(
            "%(number)s person who takes part has to be told.",
            "%(number)s people who take part have to be told.",
            told,
        )
        said.append(words % {"number": told})
    if keepers:
        words = ngettext(
            "%(number)s person who keeps what was booked has to be told.",
            "%(number)s people who keep what was booked have to be told.",
            keepers,
        )
        said.append(words % {"number": keepers})
    return " ".join(said)


def _forward(stage: Stage, name: str, label: Words, kinds: Iterable[Kind]) -> Move[Event]:
    permission = TAKEN_BY.get(name, PERMISSION)
    return Move(
        name,
        label,
        _leading_to(stage, kinds),
        stage.value,
        permission,
        _reach(stage),
        missing=missing_for(stage),
        awaits=awaited_for(stage),
        needs_reason=stage in OFF,
        consequence=CONSEQUENCES.get(stage, ""),
        is_usual=stage not in OFF,
        action="approve" if permission == APPROVE else "change",
    )


def _all_forward() -> Iterator[Move[Event]]:
    for stage, (name, label) in LABELS.items():
        apart = {kind: row for (kind, one), row in OF_KIND.items() if one == stage}
        yield _forward(stage, name, label, [kind for kind in Kind if kind not in apart])
        yield from (_forward(stage, *row, [kind]) for kind, row in apart.items())


RETURN_SOURCES = frozenset().union(*(_states(kind, *found) for kind, found in RETURNS.items()))

MOVES: tuple[Move[Event], ...] = (
    *_all_forward(),
    Move(
        "return",
        pgettext_lazy("move of an event", "Return"),
        RETURN_SOURCES,
        "",
        PERMISSION,
        _go_back,
        needs_reason=True,
        consequence=_("It goes back to be worked on. The reason is kept."),
    ),
    Move(
        "resume",
        pgettext_lazy("move of an event", "Take up again"),
        _every(Stage.POSTPONED),
        "",
        PERMISSION,
        _resume,
        is_usual=True,
        consequence=_("It goes on where it stood before, and takes its days again."),
    ),
    Move(
        "revive",
        pgettext_lazy("move of an event", "Take up again"),
        _every(*OFF),
        "",
        PERMISSION,
        _resume,
        needs_reason=True,
        consequence=_("It goes on where it stood before, and takes its days again."),
    ),
    Move(
        "reopen",
        pgettext_lazy("move of an event", "Open again"),
        _every(Stage.CLOSED),
        "",
        PERMISSION,
        _reopen,
        needs_reason=True,
        consequence=_("It stands again at the stage before it was closed."),
    ),
    Move(
        "restart",
        pgettext_lazy("move of an event", "Begin anew"),
        _astray(),
        Stage.IDEA.value,
        PERMISSION,
        _restart,
        needs_reason=True,
        consequence=_("An event of this kind has no such stage. It stands again as an idea; its history stays."),
    ),
    Move(
        "postpone",
        pgettext_lazy("move of an event", "Postpone"),
        _not_over(),
        Stage.POSTPONED.value,
        PERMISSION,
        _reach(Stage.POSTPONED),
        needs_reason=True,
        consequence=_("It takes nobody’s time until it is taken up again. People and bookings stay as they are."),
    ),
    Move(
        "cancel",
        pgettext_lazy("move of an event", "Cancel"),
        _not_over() | _every(Stage.POSTPONED) | _astray(),
        Stage.CANCELLED.value,
        PERMISSION,
        _reach(Stage.CANCELLED),
        needs_reason=True,
        consequence=_what_cancelling_does,
    ),
)

event_workflow: Workflow[Event] = Workflow(
    state=state_of,
    titles={f"{kind.value}:{stage.value}": stage.label for kind in Kind for stage in Stage},
    moves=MOVES,
)
