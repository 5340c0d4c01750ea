"""Who may do what: one readable table of data, from role to rights (design 3, domain 4.2).

A permission is named `area.action_record`, as Django names them; `*` stands for any word. `marks` may be read
everywhere, `own_marks` only on what is the user's own: the countries and organisations of his portfolio, the bodies
that he sits in, his own person. `permissions` are held everywhere, `own_permissions` only on bodies whose secretary he
is, neither where `withheld`. The table is checked at start: a name that fits no permission is an error (`core.checks`).
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PUBLIC, INTERNAL, OFFICIAL, POINTER = "public", "internal", "official", "pointer"
# From the lowest to the highest; of a record and of what it hangs on the highest counts.
RISING = (PUBLIC, INTERNAL, OFFICIAL, POINTER)


@dataclass(frozen=True)
class Role:
    """One role: its name for people, the marks that it may read, the permissions it holds (patterns).

    With `needs_mandate` the access ends on the last day of the person's mandate.
    """

    key: str
    title: str | Promise
    marks: frozenset[str]
    permissions: tuple[str, ...] = ()
    own_marks: frozenset[str] = frozenset()
    own_permissions: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    needs_mandate: bool = False

    def may(self, permission: str) -> bool:
        """Whether this role holds the permission everywhere."""
        return _fits(permission, self.permissions) and not _fits(permission, self.withheld)

    def may_own(self, permission: str) -> bool:
        """Whether it holds the permission at least on what is the user's own to keep."""
        is_own = _fits(permission, self.own_permissions) and not _fits(permission, self.withheld)
        return self.may(permission) or is_own

    def touches(self, area: str) -> bool:
        """Whether it holds any permission of the area."""
        return any(pattern.split(".")[0] in (area, "*") for pattern in (*self.permissions, *self.own_permissions))


@lru_cache(maxsize=4096)
def _fits(permission: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(permission, pattern) for pattern in patterns)


class Rights:
    """The rights of several roles held at once: what any of them allows."""

    def __init__(self, roles: tuple[Role, ...]) -> None:
        self.roles = roles
        self.marks = frozenset[str]().union(*(role.marks for role in roles))
        self.own_marks = frozenset[str]().union(*(role.own_marks for role in roles)) - self.marks

    def may(self, permission: str) -> bool:
        """Whether one of the roles holds the permission everywhere."""
        return any(role.may(permission) for role in self.roles)

    def may_own(self, permission: str) -> bool:
        """Whether one of them holds it at least on what is the user's own to keep."""
        return any(role.may_own(permission) for role in self.roles)

    def touches(self, area: str) -> bool:
        """Whether one of them holds any permission of the area."""
        return any(role.touches(area) for role in self.roles)


REGISTERS = ("directory", "bodies", "meetings", "documents", "tasks")
READ_REGISTERS = (*(f"{area}.view_*" for area in REGISTERS), "core.view_source", "core.view_pointer")
KEEP_REGISTERS = (
    *(f"{area}.{action}_*" for area in REGISTERS for action in ("view", "add", "change", "delete")),
    *(f"core.{action}_{name}" for action in ("view", "add", "change") for name in ("source", "identifier", "pointer")),
    "core.change_translation",
    "core.view_readers",
    "exchange.*",
    "portal.*",
)
# Who looks after what decides who may read it, so an officer does not write it himself.
GIVING_RIGHTS = tuple(f"directory.{action}_portfolio" for action in ("add", "change", "delete"))
# Who decides how long personal data are kept; whom it concerns, the readers of the registers need not know.
KEEPING = tuple(
    f"directory.{action}_{name}"
    for action in ("add", "change", "delete")
    for name in ("retentionrule", "retentionhold")
)
# Who decides how long documents are kept, and removes what is in them.
DISCARDING = (
    *(
        f"documents.{action}_{name}"
        for action in ("add", "change", "delete")
        for name in ("keepingrule", "keepinghold")
    ),
    "documents.delete_version",
    "documents.delete_document",
    "documents.delete_edition",
)
# Who must not meet whom: said to nobody but the department.
SENSITIVE = ("directory.*_sensitivity",)
# What takes place is written by the department, by protocol, and by a secretary for his own bodies.
MEETING = tuple(f"meetings.{action}_*" for action in ("add", "change", "delete"))
# Protocol keeps who comes, when and where; agendas and what is adopted are for those whose matter they are.
RECEIVING = tuple(
    f"meetings.{action}_{name}"
    for action in ("add", "change", "delete")
    for name in (
        "booking",
        "event",
        "eventpartner",
        "itemperson",
        "keptclash",
        "participation",
        "programmeitem",
        "resource",
        "sittingday",
        "stageday",
        "track",
    )
)
# An officer who prepares an event goes on with a reason where something is open, and sends its lists out; that it takes
# place, and what is in its programme, is approved by others (domain 2a, 2b).
DIRECTING = ("meetings.override_event", "meetings.release_event")
APPROVING = ("meetings.approve_event",)
# What was said there, and what is to be said, is no affair of protocol (domain 4.2).
SPEAKING = ("meetings.*_talktext", "meetings.*_statement")
# Letters that have to go out are the work of the department's own people.
WRITING = ("bodies.*_letterdue",)
ERASING = (
    *(f"directory.*_{name}" for name in ("retentionrule", "retentionhold", "erasure")),
    *(f"documents.*_{name}" for name in ("keepingrule", "keepinghold")),
)
# Clearances and tasks are the department's own affair: everybody else knows of those alone that are asked of him.
OVERSEEING = ("tasks.oversee_clearance",)
KEEP_TASKS = tuple(f"tasks.{action}_{name}" for name in ("clearance", "task") for action in ("add", "change"))
# What the head of a department does beside keeping the registers.
LEADING = (
    "directory.confirm_erasure",
    "core.lower_mark",
    "accounts.*_acting",
    "bodies.approve_draft",
    "bodies.turn_convocation",
    "tasks.settle_clearance",
    *APPROVING,
)
# Compositions that are only thought of, and who wishes for what: the department's own affair.
DRAFTING = tuple(f"bodies.*_{name}" for name in ("candidate", "draft", "draftbody", "draftplace"))
WITHIN = frozenset({PUBLIC, INTERNAL})
RESTRICTED = frozenset({OFFICIAL, POINTER})

ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        Role("administrator", _("Administrator"), WITHIN | RESTRICTED, ("*",)),
        Role(
            "head_of_department",
            _("Head of department"),
            WITHIN | RESTRICTED,
            (*KEEP_REGISTERS, *OVERSEEING, *DIRECTING, *LEADING),
        ),
        Role(
            "desk_officer",
            _("Desk officer"),
            WITHIN,
            (*KEEP_REGISTERS, *OVERSEEING, *DIRECTING),
            own_marks=RESTRICTED,
            withheld=(*GIVING_RIGHTS, *KEEPING, *DISCARDING),
        ),
        Role(
            "delegation_secretary",
            _("Delegation secretary"),
            WITHIN,
            (*READ_REGISTERS, *OVERSEEING, "core.view_readers", "bodies.add_decision"),
            own_marks=RESTRICTED,
            own_permissions=(
                *(f"bodies.{action}_*" for action in ("add", "change", "delete")),
                *MEETING,
                *DIRECTING,
                "documents.add_document",
                "documents.change_document",
                "documents.add_edition",
                "documents.change_edition",
                *KEEP_TASKS,
            ),
            withheld=(*ERASING, *SENSITIVE, *DRAFTING),
        ),
        Role(
            "member",
            _("Member of parliament"),
            WITHIN,
            READ_REGISTERS,
            own_marks=frozenset({OFFICIAL}),
            withheld=(*ERASING, *SENSITIVE, *WRITING, *DRAFTING),
            needs_mandate=True,
        ),
        Role(
            "leadership",
            _("Leadership"),
            WITHIN | {OFFICIAL},
            (*READ_REGISTERS, *OVERSEEING, *APPROVING),
            withheld=(*ERASING, *SENSITIVE),
        ),
        Role(
            "protocol_officer",
            _("Protocol officer"),
            WITHIN,
            (
                *READ_REGISTERS,
                *OVERSEEING,
                *KEEP_TASKS,
                *(f"directory.{action}_contactpoint" for action in ("add", "change", "delete")),
                *RECEIVING,
                "bodies.change_letterdue",
            ),
            withheld=(*ERASING, *SENSITIVE, *DRAFTING, *SPEAKING),
        ),
        Role(
            "ministry_liaison",
            _("Ministry liaison"),
            frozenset({PUBLIC}),
            READ_REGISTERS,
            own_marks=frozenset({INTERNAL, OFFICIAL}),
            withheld=(*ERASING, *SENSITIVE, *WRITING, *DRAFTING),
        ),
        Role(
            "auditor",
            _("Auditor"),
            WITHIN | RESTRICTED,
            (*READ_REGISTERS, *OVERSEEING, "core.view_*", "exchange.view_*", "portal.view_*", "accounts.view_*"),
        ),
    )
}

# The reader who has not signed in. He reads what is public and published, and holds no permission.
NOBODY = Role("public", _("Public"), frozenset({PUBLIC}))


NO_RIGHTS = Rights((NOBODY,))


@cache
def rights_of(*keys: str) -> Rights:
    """The rights of these roles together."""
    return Rights(tuple(ROLES[key] for key in keys))
