"""Who may do what: one readable table of data, from role to rights.

A permission is named `area.action_record`, as Django names them; `*` stands for any word. Which marks a role may
read is here too. The table is checked at start: a name that fits no record is an error (`core.checks`).
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PUBLIC, INTERNAL = "public", "internal"


@dataclass(frozen=True)
class Role:
    """One role: its name for people, the marks it may read and the permissions it holds (patterns)."""

    key: str
    title: str | Promise
    marks: frozenset[str]
    permissions: tuple[str, ...]

    def may(self, permission: str) -> bool:
        """Whether this role holds the permission."""
        return any(fnmatchcase(permission, pattern) for pattern in self.permissions)


REGISTERS = ("directory", "bodies")

ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        Role("administrator", _("Administrator"), frozenset({PUBLIC, INTERNAL}), ("*",)),
        Role(
            "desk_officer",
            _("Desk officer"),
            frozenset({PUBLIC, INTERNAL}),
            (
                *(f"{area}.{action}_*" for area in REGISTERS for action in ("view", "add", "change", "delete")),
                "core.view_*",
                "core.add_*",
                "core.change_*",
                "exchange.*",
                "portal.*",
            ),
        ),
        Role(
            "member",
            _("Member of parliament"),
            frozenset({PUBLIC, INTERNAL}),
            (*(f"{area}.view_*" for area in REGISTERS), "core.view_*"),
        ),
    )
}

# The reader who has not signed in. He reads what is public and published, and holds no permission.
NOBODY = Role("public", _("Public"), frozenset({PUBLIC}), ())
