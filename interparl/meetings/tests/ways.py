"""The ways of events as the tests have them, copied by hand, and events that are ready for any step."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from interparl.core.days import today
from interparl.core.writing import change
from interparl.meetings.models import (
    AgendaItem,
    Event,
    Level,
    Outcome,
    Participation,
    ProgrammeItem,
    Stage,
    TalkText,
    Topic,
)
from tests.makers import BY, a_decision
from tests.samples import a_record

# Copied from domain 2 by hand: what may be done from each stage and where it leads; nothing here is read from the code.
STOP = "postpone>postponed cancel>cancelled"
BACK_TO_WORK = "reopen>"
WAYS: dict[str, dict[str, str]] = {
    "incoming-visit": {
        "idea": f"propose>proposed {STOP}",
        "proposed": f"plan>planned approve-invitation>invitation-approved {STOP}",
        "planned": f"approve-invitation>invitation-approved {STOP}",
        "invitation-approved": f"invite>invited {STOP}",
        "invited": f"accept>accepted decline>declined {STOP}",
        "accepted": f"draft-programme>drafting {STOP}",
        "drafting": f"send-for-clearance>clearance {STOP}",
        "clearance": f"approve-programme>cleared return>drafting {STOP}",
        "cleared": f"confirm-logistics>ready return>drafting {STOP}",
        "ready": f"begin>under-way {STOP}",
        "under-way": f"hold>held {STOP}",
        "held": "report>reported",
        "reported": "follow-up>follow-up close>closed return>held",
        "follow-up": "close>closed",
        "closed": "reopen>follow-up",
    },
    "outgoing-visit": {
        "idea": f"request>requested {STOP}",
        "requested": f"check>checked refuse>refused {STOP}",
        "checked": f"consent>consented refuse>refused return>requested {STOP}",
        "consented": f"ask-for-position>position refuse>refused return>requested {STOP}",
        "position": f"approve-visit>confirmed refuse>refused return>requested {STOP}",
        "confirmed": f"assign>assigned {STOP}",
        "assigned": f"brief>briefed {STOP}",
        "briefed": f"book>booked {STOP}",
        "booked": f"begin>under-way {STOP}",
        "under-way": f"hold>held {STOP}",
        "held": "report>reported",
        "reported": "distribute>distributed close>closed return>held",
        "distributed": "close>closed",
        "closed": "reopen>distributed",
    },
    "talks": {
        "idea": f"request>requested {STOP}",
        "requested": f"confirm>confirmed decline>declined {STOP}",
        "confirmed": f"brief>briefed hold>held {STOP}",
        "briefed": f"hold>held {STOP}",
        "held": "note>noted",
        "noted": "agree>agreed",
        "agreed": "distribute-record>distributed",
        "distributed": "close>closed",
        "closed": "reopen>distributed",
    },
    "session": {
        "idea": f"announce>announced {STOP}",
        "announced": f"convene>convened {STOP}",
        "convened": f"compose>composed {STOP}",
        "composed": f"register>registered {STOP}",
        "registered": f"receive-documents>received {STOP}",
        "received": f"clear-positions>positions {STOP}",
        "positions": f"open-session>in-session {STOP}",
        "in-session": f"record-results>recorded {STOP}",
        "recorded": "report>reported",
        "reported": "follow-up>follow-up close>closed",
        "follow-up": "close>closed",
        "closed": "reopen>follow-up",
    },
    "sitting": {
        "idea": f"agree-date>dated {STOP}",
        "dated": f"exchange-agenda>agenda {STOP}",
        "agenda": f"ready-papers>papers {STOP}",
        "papers": f"prepare>prepared {STOP}",
        "prepared": f"exchange-draft>draft-protocol {STOP}",
        "draft-protocol": f"hold>held {STOP}",
        "held": "sign>signed",
        "signed": "distribute>distributed",
        "distributed": "control>control",
        "control": "close>closed",
        "closed": "reopen>control",
    },
    "conference": {
        "idea": f"invite>invited {STOP}",
        "invited": f"accept>accepted decline>declined {STOP}",
        "accepted": f"choose-level>level-chosen {STOP}",
        "level-chosen": f"compose>composed {STOP}",
        "composed": f"settle-themes>themes {STOP}",
        "themes": f"comment>commented begin>under-way {STOP}",
        "commented": f"begin>under-way {STOP}",
        "under-way": f"adopt>adopted follow-up>follow-up {STOP}",
        "adopted": "follow-up>follow-up",
        "follow-up": "close>closed",
        "closed": "reopen>follow-up",
    },
    "observation": {
        "idea": f"invite>invited {STOP}",
        "invited": f"accept>accepted decline>declined {STOP}",
        "accepted": f"nominate>nominated {STOP}",
        "nominated": f"accredit>accredited {STOP}",
        "accredited": f"brief>briefed {STOP}",
        "briefed": f"deploy>deployed {STOP}",
        "deployed": f"state>stated {STOP}",
        "stated": "report>reported",
        "reported": "close>closed",
        "closed": "reopen>reported",
    },
    "other": {
        "idea": f"plan>planned {STOP}",
        "planned": f"confirm>confirmed {STOP}",
        "confirmed": f"hold>held {STOP}",
        "held": "report>reported close>closed",
        "reported": "close>closed",
        "closed": "reopen>reported",
    },
}
OFF_THE_WAY = {
    "postponed": "resume>idea cancel>cancelled",
    "cancelled": "revive>idea",
    "declined": "revive>idea",
    "refused": "revive>idea",
}
ASTRAY = "restart>idea cancel>cancelled"
WITH_REASON = {"postpone", "cancel", "decline", "refuse", "return", "revive", "reopen", "restart"}
# Who prepares does not approve (domain 2a, 2b); what was said is no affair of protocol (domain 4.2).
APPROVALS = {"approve-invitation", "approve-programme", "approve-visit", "refuse"}
NOTES = {"note", "agree", "distribute-record"}
NOT_HIS: dict[str, set[str]] = {
    "administrator": set(),
    "head_of_department": set(),
    "desk_officer": APPROVALS,
    "protocol_officer": APPROVALS | NOTES,
}
EVERY_STAGE = [stage.value for stage in Stage]
CASES = [(kind, stage) for kind in WAYS for stage in EVERY_STAGE]


def expected(kind: str, stage: str) -> dict[str, str]:
    """The moves from the stage, each with the stage that it leads to."""
    row = WAYS[kind].get(stage) or OFF_THE_WAY.get(stage) or ASTRAY
    return dict(one.split(">") for one in row.split())


def may_make(role: str, move: str) -> bool:
    """Whether users of the role take that step at all."""
    return move in APPROVALS if role == "leadership" else move not in NOT_HIS.get(role, {move})


def an_event(kind: str, stage: str = "idea", days: int = 0, **values: Any) -> Event:
    """An event of so many days ago that is ready for every step."""
    first = today() - timedelta(days=days)
    made: Event = a_record(
        Event,
        **{"kind": kind, "stage": stage, "since": first.isoformat(), "until": first.isoformat(), **values},
    )
    return made


def everything(event: Event) -> Event:
    """The event with all that a step may ask for."""
    with change(event, by=BY) as held:
        held.decided_by = a_decision()
        held.level = Level.SPEAKER
    day = event.since_earliest
    a_record(ProgrammeItem, event=event, day=day)
    a_record(Participation, event=event, function=Participation.Function.HEAD)
    a_record(AgendaItem, event=event, series=None, state=AgendaItem.State.DISCUSSED)
    a_record(Topic, event=event)
    a_record(Outcome, event=event, kind=Outcome.Kind.DECLARATION)
    a_record(TalkText, event=event, kind=TalkText.Kind.RECORD)
    return event
