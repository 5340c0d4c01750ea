"""The pages of drafts: their registers, by hand, by proposal, compared, approved; and what people wish for."""

from interparl.bodies.pages.drafts.approving import approve_page, take_back_page
from interparl.bodies.pages.drafts.comparing import compare_page
from interparl.bodies.pages.drafts.placing import drafted_page
from interparl.bodies.pages.drafts.proposing import propose_page
from interparl.bodies.pages.drafts.registers import candidate_pages, draft_pages, drafted_pages, place_pages
from interparl.bodies.pages.drafts.showing import add_page, draft_page
from interparl.bodies.pages.drafts.wishes import whose_page, wishes_page

__all__ = [
    "add_page",
    "approve_page",
    "candidate_pages",
    "compare_page",
    "draft_page",
    "draft_pages",
    "drafted_page",
    "drafted_pages",
    "place_pages",
    "propose_page",
    "take_back_page",
    "whose_page",
    "wishes_page",
]
