"""Counts of lists of visits, delegations, an agenda, sittings: read as they stand. Standard library only."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from tests.independent.reading import document

# Countries as the places of these lists spell them.
_PLACES = {
    "Angola": "AO",
    "angola": "AO",
    "Arábia Saudita": "SA",
    "Bélgica": "BE",
    "Bósnia Herzegóvina": "BA",
    "Brasil": "BR",
    "Cabo Verde": "CV",
    "Coreia do Sul": "KR",
    "Dinamarca": "DK",
    "Egipto": "EG",
    "Egito": "EG",
    "Eslovénia": "SI",
    "Espanha": "ES",
    "Estados Unidos da América": "US",
    "EUA": "US",
    "Grécia": "GR",
    "Itália": "IT",
    "Japão": "JP",
    "Jordânia": "JO",
    "Macau": "MO",
    "México": "MX",
    "Mónaco": "MC",
    "Países Baixos": "NL",
    "Polónia": "PL",
    "Reino Unido": "GB",
    "São Tomé e Príncipe": "ST",
}
_BLOCK = re.compile(r"\n\s*\n")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_LABEL = re.compile(r'"\w+, (\d{1,2}) (\w+) (\d{4})"@en')


def visits(path: Path) -> dict[str, Any]:
    """Visits or delegations of Portugal.

    `twice`: rows that say all the same as an earlier one, but for the id. `places`: the first country that the place
    names, of rows whose place names one. `members`: how often each id takes part; `guests`: names without an id.
    """
    table = document(path)
    told = [tuple(sorted((key, str(value)) for key, value in row.items() if key != "Id")) for row in table]
    people = [each for row in table for each in row["Participantes"]]
    starts = [_day(row["DataInicio"]) for row in table]
    days = [(_day(row["DataFim"] or row["DataInicio"]) - _day(row["DataInicio"])).days + 1 for row in table]
    return {
        "rows": len(table),
        "ids": len({row["Id"] for row in table}),
        "twice": len(told) - len(set(told)),
        "years": dict(Counter(start.year for start in starts)),
        "kinds": dict(Counter(row.get("Tipo", "") for row in table)),
        "days": sum(days),
        "days_twice": sum(number for at, number in enumerate(days) if told[at] in told[:at]),
        "places": dict(Counter(filter(None, (_country(row["Local"]) for row in table)))),
        "without_place": sum(1 for row in table if not row["Local"].strip()),
        "members": dict(Counter(each["Id"] for each in people if each["Id"])),
        "guests": sorted(each["Nome"].strip() for each in people if not each["Id"]),
    }


def _day(text: str) -> date:
    day, month, year = (int(part) for part in text.split(maxsplit=1)[0].split("/"))
    return date(year, month, day)


def _country(place: str) -> str:
    found = sorted((at, code) for name, code in _PLACES.items() if (at := place.find(name)) >= 0)
    return found[0][1] if found else ""


def agenda(path: Path) -> dict[str, Any]:
    """The agenda of Portugal: `timed` have an hour, `ending` an end that is one, `meetings` a number."""
    table = document(path)
    return {
        "rows": len(table),
        "sections": dict(Counter(row["Section"] for row in table)),
        "timed": sum(1 for row in table if row["EventStartTime"] and not row["AllDayEvent"]),
        "ending": sum(1 for row in table if row["EventEndTime"] not in (None, "23:59:00")),
        "meetings": sum(1 for row in table if row["ReuNumero"]),
        "texts": sum(1 for row in table if row["InternetText"]),
        "days": dict(Counter(row["EventStartDate"] for row in table)),
    }


def sittings(path: Path) -> dict[str, Any]:
    """Plenary sittings: their days as the English label says them, not as the moments do; the places, the parts."""
    blocks = _BLOCK.split(path.read_text("utf-8"))
    own = [block for block in blocks if re.search(r"had_activity_type\s+aut-event:EP_PLENARY_SITTING\b", block)]
    parts = [block for block in blocks if re.search(r"had_activity_type\s+aut-event:EP_MEETING_PART\b", block)]
    labels = [found.groups() for one in own if (found := _LABEL.search(one))]
    days = [date(int(year), _MONTHS.index(month) + 1, int(day)) for day, month, year in labels]
    return {
        "rows": len(own),
        "days": sorted(day.isoformat() for day in days),
        "months": dict(Counter(day.month for day in days)),
        "places": dict(Counter(re.findall(r"hasLocality\s+<[^>]*/([A-Z]{3})_", "\n".join(own)))),
        "parts": len(parts),
        "parts_of": sorted(len(set(re.findall(r"/(CMTG-[^>]+)>", one))) for one in own),
    }
