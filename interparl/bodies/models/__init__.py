"""Bodies: what the parliament has formed, with whom, and who sits there."""

from interparl.bodies.models.bodies import Body, Decision, Part, Partner, Seat
from interparl.bodies.models.memberships import Membership, Step

__all__ = ["Body", "Decision", "Membership", "Part", "Partner", "Seat", "Step"]
