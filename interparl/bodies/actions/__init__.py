"""Deeds that touch several records of bodies, each in one transaction."""

from interparl.bodies.actions.approving import (
    Approval,
    approval_of,
    approve,
    batch_of,
    batches_of,
    take_back,
)
from interparl.bodies.actions.changes_there import (
    changes_in,
)
from interparl.bodies.actions.drafting import (
    add_bodies,
    keep_wishes,
    leave_out,
    place_person,
    planned_draft,
    take_out,
)
from interparl.bodies.actions.letters import (
    draft_text,
    letters_to,
    send_letter,
    untold,
)
from interparl.bodies.actions.organisation_end import (
    OrganisationEnd,
    end_organisation,
)
from interparl.bodies.actions.proposing import (
    Outcome,
    is_at_work,
    outcome_of,
    propose,
    start,
)
from interparl.bodies.actions.releasing import release_composition
from interparl.bodies.actions.replacing import (
    NEEDS_A_DAY,
    replace_member,
)
from interparl.bodies.actions.their_change import (
    TheirChange,
    write_their_change,
)

__all__ = [
    "NEEDS_A_DAY",
    "Approval",
    "OrganisationEnd",
    "Outcome",
    "TheirChange",
    "add_bodies",
    "approval_of",
    "approve",
    "batch_of",
    "batches_of",
    "changes_in",
    "draft_text",
    "end_organisation",
    "is_at_work",
    "keep_wishes",
    "leave_out",
    "letters_to",
    "outcome_of",
    "place_person",
    "planned_draft",
    "propose",
    "release_composition",
    "replace_member",
    "send_letter",
    "start",
    "take_back",
    "take_out",
    "untold",
    "write_their_change",
]
