"""The pages of the directory."""

from interparl.directory.pages.organisations import (
    contact_point_pages,
    organisation_pages,
    portfolio_pages,
    rank_pages,
    relation_pages,
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
    "chamber_pages",
    "chamber_term_pages",
    "constituency_pages",
    "contact_point_pages",
    "convocation_pages",
    "country_pages",
    "election_pages",
    "faction_pages",
    "mandate_pages",
    "office_pages",
    "organisation_pages",
    "parliament_pages",
    "person_name_pages",
    "person_pages",
    "portfolio_pages",
    "rank_pages",
    "relation_pages",
    "status_pages",
]
