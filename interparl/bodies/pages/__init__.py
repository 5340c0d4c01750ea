"""The pages of bodies: their registers, their rules, the load of people, the activity of groups."""

from interparl.bodies.pages import (
    drafts,
)
from interparl.bodies.pages.activity import (
    activity_page,
)
from interparl.bodies.pages.drafts import (
    candidate_pages,
    draft_pages,
    drafted_pages,
    place_pages,
)
from interparl.bodies.pages.letters import (
    letter_draft_page,
    letter_move_page,
    letter_pages,
    letter_text_page,
    seats_letter_page,
)
from interparl.bodies.pages.load import (
    load_page,
)
from interparl.bodies.pages.organisation_end import (
    organisation_end_page,
)
from interparl.bodies.pages.registers import (
    body_looked_page,
    body_pages,
    composition_page,
    composition_sheet,
    country_looked_page,
    decision_pages,
    membership_pages,
    part_pages,
    partner_pages,
    replace_page,
    seat_pages,
    step_pages,
)
from interparl.bodies.pages.releasing import (
    release_page,
)
from interparl.bodies.pages.rules import (
    composition_rule_pages,
)
from interparl.bodies.pages.their_change import (
    changed_page,
)
from interparl.bodies.pages.turning import (
    turn_page,
)

__all__ = [
    "activity_page",
    "body_looked_page",
    "body_pages",
    "candidate_pages",
    "changed_page",
    "composition_page",
    "composition_rule_pages",
    "composition_sheet",
    "country_looked_page",
    "decision_pages",
    "draft_pages",
    "drafted_pages",
    "drafts",
    "letter_draft_page",
    "letter_move_page",
    "letter_pages",
    "letter_text_page",
    "load_page",
    "membership_pages",
    "organisation_end_page",
    "part_pages",
    "partner_pages",
    "place_pages",
    "release_page",
    "replace_page",
    "seat_pages",
    "seats_letter_page",
    "step_pages",
    "turn_page",
]
