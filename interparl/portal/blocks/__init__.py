"""The lists behind the numbers of the public page, and what stands on its pages of events."""

from interparl.portal.blocks.events import (
    EVENTS,
    ON_PAGE,
    countries_of,
    days_words,
    hours_of,
    is_told,
    place_words,
    state_of,
)
from interparl.portal.blocks.lists import BODIES, DATASETS, TALKS, Dataset, edition_words, partner_rows

__all__ = [
    "BODIES",
    "DATASETS",
    "EVENTS",
    "ON_PAGE",
    "TALKS",
    "Dataset",
    "countries_of",
    "days_words",
    "edition_words",
    "hours_of",
    "is_told",
    "partner_rows",
    "place_words",
    "state_of",
]
