"""Addresses of bodies."""

from django.urls import (
    path,
)

from interparl.bodies import (
    pages,
)
from interparl.core.requests import (
    staff,
)
from interparl.directory.pages import (
    organisation_pages,
)

app_name = "bodies"
# In place of the page of the directory, which ends an organisation alone; of its other pages none is needed here.
ENDS = organisation_pages.urls("organisations/", end=pages.organisation_end_page)
urlpatterns = [
    *(pattern for pattern in ENDS if pattern.name == "organisation-end"),
    path("load/", staff(pages.load_page), name="load"),
    path("activity/", staff(pages.activity_page), name="activity"),
    path("countries/<int:key>/changed/", staff(pages.changed_page), name="country-changed"),
    path("countries/<int:key>/looked/", staff(pages.country_looked_page), name="country-looked"),
    path("bodies/<int:key>/looked/", staff(pages.body_looked_page), name="body-looked"),
    path("convocations/<int:key>/turn/", staff(pages.turn_page), name="turn"),
    path("bodies/<int:key>/composition/", staff(pages.composition_page), name="body-composition"),
    path("bodies/<int:key>/editions/new/", staff(pages.release_page), name="body-release"),
    path("memberships/<int:key>/replace/", staff(pages.replace_page), name="membership-replace"),
    *pages.body_pages.urls("bodies/"),
    *pages.decision_pages.urls("decisions/"),
    *pages.partner_pages.urls("partners/"),
    *pages.part_pages.urls("parts/"),
    *pages.seat_pages.urls("seats/"),
    *pages.membership_pages.urls("memberships/"),
    *pages.step_pages.urls("steps/"),
    *pages.composition_rule_pages.urls("rules/"),
    *pages.letter_pages.urls("letters/", move=pages.letter_move_page),
    path("letters/<int:key>/draft/", staff(pages.letter_draft_page), name="letterdue-draft"),
    path("letters/<int:key>/text/<slug:language>/", staff(pages.letter_text_page), name="letterdue-text"),
    path("bodies/<int:key>/letter/", staff(pages.seats_letter_page), name="body-letter"),
    path("drafts/<int:key>/add/", staff(pages.drafts.add_page), name="draft-add"),
    path("drafts/<int:key>/propose/", staff(pages.drafts.propose_page), name="draft-propose"),
    path("drafts/<int:key>/compare/", staff(pages.drafts.compare_page), name="draft-compare"),
    path("drafts/<int:key>/approve/", staff(pages.drafts.approve_page), name="draft-approve"),
    path("drafts/<int:key>/take-back/", staff(pages.drafts.take_back_page), name="draft-take-back"),
    path("wishes/of/", staff(pages.drafts.whose_page), name="wishes-whose"),
    path("wishes/of/<int:convocation>/<int:person>/", staff(pages.drafts.wishes_page), name="wishes-of"),
    *pages.draft_pages.urls("drafts/", show=pages.drafts.draft_page),
    *pages.drafted_pages.urls("drafted/", show=pages.drafts.drafted_page),
    *pages.place_pages.urls("places/"),
    *pages.candidate_pages.urls("wishes/"),
]
