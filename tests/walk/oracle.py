"""Who may know of what: written anew from the department's table of roles, so that the product's own rule can fail.

Nothing here asks `core.rights` or `accounts.roles`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from interparl.accounts.models import User
from interparl.core.days import today

PUBLIC, INTERNAL, OFFICIAL, POINTER = "public", "internal", "official", "pointer"
ORDER = (PUBLIC, INTERNAL, OFFICIAL, POINTER)
EVERY = frozenset(ORDER)
# Role: what it reads everywhere, and what it reads beside that on its own.
READS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "administrator": (EVERY, EVERY),
    "head_of_department": (EVERY, EVERY),
    "auditor": (EVERY, EVERY),
    "leadership": (EVERY - {POINTER}, EVERY - {POINTER}),
    "desk_officer": (frozenset({PUBLIC, INTERNAL}), EVERY),
    "delegation_secretary": (frozenset({PUBLIC, INTERNAL}), EVERY),
    "member": (frozenset({PUBLIC, INTERNAL}), frozenset({PUBLIC, INTERNAL, OFFICIAL})),
    "protocol_officer": (frozenset({PUBLIC, INTERNAL}), frozenset({PUBLIC, INTERNAL})),
    "ministry_liaison": (frozenset({PUBLIC}), frozenset({PUBLIC, INTERNAL, OFFICIAL})),
}
# Registers that a role has no pages of; what is in them may still be told where something known points to it.
CLOSED = frozenset(
    {
        "core.identifier",
        "portal",
        "exchange",
        "directory.retentionrule",
        "directory.retentionhold",
        "directory.erasure",
        "directory.sensitivity",
        "documents.keepingrule",
        "documents.keepinghold",
    }
)
READING_REGISTERS = ("delegation_secretary", "member", "leadership", "protocol_officer", "ministry_liaison")
# Drafts are the department's own; the leadership reads them.
DRAFTS = frozenset({"bodies.candidate", "bodies.draft", "bodies.draftbody", "bodies.draftplace"})
LETTERS = frozenset({"bodies.letterdue"})
# What was said and is to be said is no affair of protocol.
SPEAKING = frozenset({"meetings.talktext", "meetings.statement"})
WITHOUT_PAGES = {
    role: CLOSED
    | (DRAFTS if role != "leadership" else frozenset())
    | (LETTERS if role in ("member", "ministry_liaison") else frozenset())
    | (SPEAKING if role == "protocol_officer" else frozenset())
    for role in READING_REGISTERS
}
# What is asked of others is told to those alone who see to it; the walk asks nothing of its reader.
ASKED = frozenset({"tasks.clearance", "tasks.task"})
ASKED_ALONE = frozenset({"member", "ministry_liaison"})
COUNTRY, ORGANISATION, BODY, PERSON = (
    "directory.country",
    "directory.organisation",
    "bodies.body",
    "directory.person",
)
EVENT = "meetings.event"
# Whose a record may be, by the way to it. A kind that is not here is nobody's own.
OWN: dict[str, dict[str, str | tuple[str, ...]]] = {
    "directory.country": {COUNTRY: "pk"},
    "directory.parliament": {COUNTRY: "country"},
    "directory.organisation": {ORGANISATION: "pk"},
    "directory.rank": {ORGANISATION: "organisation"},
    "directory.status": {ORGANISATION: "organisation"},
    "directory.relation": {ORGANISATION: "organisation"},
    "directory.contactpoint": {PERSON: "person", ORGANISATION: "organisation"},
    "directory.portfolio": {COUNTRY: "country", ORGANISATION: "organisation"},
    "directory.person": {PERSON: "pk", COUNTRY: "country"},
    "directory.personname": {PERSON: "person"},
    "directory.mandate": {PERSON: "person"},
    "directory.office": {PERSON: "person"},
    "directory.affiliation": {PERSON: "person"},
    "directory.retentionhold": {PERSON: "person"},
    "directory.sensitivity": {
        PERSON: ("person", "other_person"),
        COUNTRY: (
            "country",
            "parliament__country",
            "person__country",
            "other_country",
            "other_parliament__country",
            "other_person__country",
        ),
        ORGANISATION: ("organisation", "other_organisation"),
    },
    "directory.erasure": {PERSON: "person"},
    "bodies.body": {BODY: "pk"},
    "bodies.partner": {BODY: "body"},
    "bodies.part": {BODY: "body"},
    "bodies.seat": {BODY: "body"},
    "bodies.membership": {BODY: "body"},
    "bodies.step": {BODY: "membership__body"},
    "bodies.letterdue": {COUNTRY: "parliament__country", ORGANISATION: "organisation", BODY: "body"},
    EVENT: {EVENT: "pk", COUNTRY: "country", ORGANISATION: "organisation", BODY: "body"},
    "meetings.series": {COUNTRY: "country", ORGANISATION: "organisation", BODY: "body"},
    "meetings.seriesday": {COUNTRY: "series__country", ORGANISATION: "series__organisation", BODY: "series__body"},
    **{
        f"meetings.{name}": {
            EVENT: "event",
            COUNTRY: "event__country",
            ORGANISATION: "event__organisation",
            BODY: "event__body",
        }
        for name in (
            "agendaitem booking eventpartner itemperson keptclash outcome participation programmeitem stageday "
            "statement talktext topic track"
        ).split()
    },
}
# What is own as the record is that it belongs to, which may hang on any other.
OWN_LIKE = {"documents.version": "document", "documents.keepinghold": "document"}
# A record without a page of its own hangs on the record whose page shows it; these hang on another all the same.
HANGS_ON = frozenset({"directory.parliament", "directory.chamber", "directory.convocation"})
Ref = tuple[str, int]


@dataclass
class Known:
    """What counts for a reader: the roles in force and what is his own; nobody has no role."""

    name: str
    roles: tuple[str, ...]
    ways: frozenset[str] = frozenset()
    user: User | None = None
    own: set[Ref] = field(default_factory=set)

    @property
    def is_nobody(self) -> bool:
        """Whether he reads as somebody who has not signed in."""
        return not self.roles

    def may_know(self, kind: str, mark: str, published_on: date | None, own: set[Ref]) -> bool:
        """Whether he may know of a record of the kind with that mark and publication in force, own to these."""
        if self.is_nobody:
            return mark == PUBLIC and published_on is not None and published_on <= today()
        if kind in ASKED and ASKED_ALONE.issuperset(self.roles):
            return False
        everywhere = frozenset[str]().union(*(READS[role][0] for role in self.roles))
        on_own = frozenset[str]().union(*(READS[role][1] for role in self.roles))
        return mark in everywhere or (mark in on_own and bool(own & self.own))

    def may_open(self, kind: str) -> bool:
        """Whether there are pages of that kind of record for him."""
        area = kind.partition(".")[0]
        return not self.is_nobody and not all(
            {kind, area} & WITHOUT_PAGES.get(role, frozenset()) for role in self.roles
        )


def highest(*marks: str) -> str:
    """Of several marks the one that counts."""
    return max(marks, key=ORDER.index)
