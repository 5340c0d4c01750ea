"""The pages of the directory."""

from interparl.directory.pages.erasures import (
    ask_page,
    confirm_page,
    erasure_pages,
    refuse_page,
    retention_hold_pages,
    retention_rule_pages,
)
from interparl.directory.pages.organisations import (
    contact_point_pages,
    organisation_pages,
    portfolio_pages,
    rank_pages,
    relation_pages,
    sensitivity_pages,
    status_pages,
)
from interparl.directory.pages.parliaments import (
    chamber_pages,
    chamber_term_pages,
    convocation_pages,
    country_pages,
    election_pages,
    parliament_pages,
)
from interparl.directory.pages.people import (
    affiliation_pages,
    constituency_pages,
    faction_pages,
    mandate_pages,
    office_pages,
    person_name_pages,
    person_pages,
)

__all__ = [
    "affiliation_pages",
    "ask_page",
    "chamber_pages",
    "chamber_term_pages",
    "confirm_page",
    "constituency_pages",
    "contact_point_pages",
    "convocation_pages",
    "country_pages",
    "election_pages",
    "erasure_pages",
    "faction_pages",
    "mandate_pages",
    "office_pages",
    "organisation_pages",
    "parliament_pages",
    "person_name_pages",
    "person_pages",
    "portfolio_pages",
    "rank_pages",
    "refuse_page",
    "relation_pages",
    "retention_hold_pages",
    "retention_rule_pages",
    "sensitivity_pages",
    "status_pages",
]
