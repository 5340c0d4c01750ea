"""Addresses of the directory."""

from django.urls import path

from interparl.core.requests import staff
from interparl.directory import pages
from interparl.directory.pages.taking_out import take_out_page

app_name = "directory"
urlpatterns = [
    *pages.country_pages.urls("countries/"),
    *pages.parliament_pages.urls("parliaments/"),
    *pages.chamber_pages.urls("chambers/"),
    *pages.convocation_pages.urls("convocations/"),
    *pages.chamber_term_pages.urls("chamber-terms/"),
    *pages.election_pages.urls("elections/"),
    *pages.organisation_pages.urls("organisations/"),
    *pages.rank_pages.urls("ranks/"),
    *pages.status_pages.urls("statuses/"),
    *pages.relation_pages.urls("relations/"),
    *pages.sensitivity_pages.urls("sensitivities/"),
    *pages.person_pages.urls("people/"),
    *pages.person_name_pages.urls("names/"),
    *pages.constituency_pages.urls("constituencies/"),
    *pages.mandate_pages.urls("mandates/"),
    *pages.office_pages.urls("offices/"),
    *pages.faction_pages.urls("factions/"),
    *pages.affiliation_pages.urls("affiliations/"),
    *pages.contact_point_pages.urls("contacts/"),
    *pages.portfolio_pages.urls("portfolios/"),
    *pages.retention_rule_pages.urls("retention-rules/"),
    *pages.retention_hold_pages.urls("retention-holds/"),
    *pages.erasure_pages.urls("erasures/"),
    path("take-out/", staff(take_out_page), name="take-out"),
    path("erasures/<int:key>/ask/", staff(pages.ask_page), name="erasure-ask"),
    path("erasures/<int:key>/confirm/", staff(pages.confirm_page), name="erasure-confirm"),
    path("erasures/<int:key>/refuse/", staff(pages.refuse_page), name="erasure-refuse"),
]
