"""Addresses of bodies."""

from django.urls import path

from interparl.bodies import pages
from interparl.core.requests import staff

app_name = "bodies"
urlpatterns = [
    path("bodies/<int:key>/composition/", staff(pages.composition_page), name="body-composition"),
    path("memberships/<int:key>/replace/", staff(pages.replace_page), name="membership-replace"),
    *pages.body_pages.urls("bodies/"),
    *pages.decision_pages.urls("decisions/"),
    *pages.partner_pages.urls("partners/"),
    *pages.part_pages.urls("parts/"),
    *pages.seat_pages.urls("seats/"),
    *pages.membership_pages.urls("memberships/"),
    *pages.step_pages.urls("steps/"),
]
