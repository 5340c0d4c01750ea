"""Bodies: what the parliament has formed, with whom, who sits there, and by which rules."""

from interparl.bodies.models.bodies import Body, Decision, Part, Partner, Seat
from interparl.bodies.models.composition_rules import CompositionRule
from interparl.bodies.models.drafts import Candidate, Draft, DraftBody, DraftPlace
from interparl.bodies.models.letters import LetterDue
from interparl.bodies.models.memberships import Membership, Step

__all__ = [
    "Body",
    "Candidate",
    "CompositionRule",
    "Decision",
    "Draft",
    "DraftBody",
    "DraftPlace",
    "LetterDue",
    "Membership",
    "Part",
    "Partner",
    "Seat",
    "Step",
]
