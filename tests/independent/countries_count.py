"""Counts of the index of countries with their legislatures and terms. Standard library only."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

from tests.independent.reading import document, kinds_of_dates, repeated, ways_of_no_end


def legislatures(path: Path) -> dict[str, Any]:
    """Countries, their chambers and terms.

    A code that is not two letters of ISO 3166-1 is `odd`: two letters after a hyphen or three (GB-SCT, GG-ALD), and XK.
    `two_chambers`: countries with more than one. Starts and ends are those of the terms.
    """
    countries = document(path)
    chambers = [chamber for country in countries for chamber in country["legislatures"]]
    terms = [term for chamber in chambers for term in chamber["legislative_periods"]]
    codes = [country["code"] for country in countries]
    return {
        "countries": len(countries),
        "codes": len(set(codes)),
        "repeated_codes": repeated(codes),
        "odd": sorted(code for code in codes if not re.fullmatch("[A-Z]{2}", code) or code == "XK"),
        "chambers": len(chambers),
        "two_chambers": sum(1 for country in countries if len(country["legislatures"]) > 1),
        "chamber_names": len({chamber["name"] for chamber in chambers}),
        "terms": len(terms),
        "terms_without_name": sum(1 for term in terms if not term.get("name")),
        "starts": kinds_of_dates(term.get("start_date") for term in terms),
        "ends": kinds_of_dates(term.get("end_date") for term in terms),
        "no_end": ways_of_no_end(terms, "end_date"),
        "persons": sum(chamber["person_count"] for chamber in chambers),
        "terms_per_chamber": dict(Counter(len(chamber["legislative_periods"]) for chamber in chambers)),
    }
