"""Counts of chambers' own lists of deputies, each in a form of its own. Standard library only."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

from tests.independent.reading import document, filled, kinds_of_dates, namesakes, repeated, rows, ways_of_no_end

_MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()


def belarus_2012(path: Path) -> dict[str, Any]:
    """The flat list of the fifth convocation: a row is a deputy with one mandate and one constituency.

    `numbers`: rows whose area says a number (“No. 90 (Mogilev region)”); `regions`: by the text of that
    bracket, runs of blanks made one.
    """
    table = rows(path)
    found = [re.search(r"No\.?\s*(\d+)\s*\((.+?)\)?\s*$", row["area"]) for row in table]
    return {
        "rows": len(table),
        "persons": len({row["id"] for row in table}),
        "namesakes": namesakes((row["id"], row["name"]) for row in table),
        "areas": len({row["area_id"] for row in table}),
        "numbers": sum(1 for each in found if each),
        "regions": dict(Counter(" ".join(each.group(2).split()) for each in found if each)),
        "parties": dict(Counter(row["party_id"] for row in table)),
        "filled": filled(table, ("phone", "email", "birth_date", "image", "party", "source")),
        "trunk_prefix": sum(1 for row in table if row["phone"].startswith("8 (")),
        "born": kinds_of_dates(row["birth_date"] for row in table),
        "new_year": sum(1 for row in table if row["birth_date"].endswith("-01-01")),
    }


def belarus_2016(path: Path) -> dict[str, Any]:
    """Deputies of the sixth convocation as their pages stood: a row is a deputy.

    A birth date is words (“Родилась 2 января 1965 года”); `born` counts those that say day, month and year, `women`
    and `men` go by the verb. Roles are parted by “|”. A constituency is a name and a number after “№”.
    """
    table = rows(path)
    phrases = [row["birth_phrase_ru"].strip() for row in table]
    return {
        "rows": len(table),
        "persons": len({row["slug"] for row in table}),
        "namesakes": namesakes((row["slug"], row["name_ru"]) for row in table),
        "born": sum(1 for phrase in phrases if born(phrase)),
        "no_birth": sum(1 for phrase in phrases if not phrase),
        "unread_birth": sum(1 for phrase in phrases if phrase and not born(phrase)),
        "women": sum(1 for phrase in phrases if phrase.startswith("Родилась")),
        "men": sum(1 for phrase in phrases if phrase.startswith("Родился")),
        "roles": sum(len(roles(row)) for row in table),
        "distinct_roles": len({role for row in table for role in roles(row)}),
        "constituencies": len({row["constituency"] for row in table if "№" in row["constituency"]}),
        "filled": filled(table, ("email", "website", "image", "source", "constituency", "roles_ru")),
        "mixed_case_emails": sum(1 for row in table if row["email"] != row["email"].lower()),
        "name_parts": dict(Counter(len(row["name_ru"].split()) for row in table)),
    }


def born(phrase: str) -> str:
    """The day of a Russian phrase as ISO 8601; “” when it says none."""
    found = re.search(r"(\d{1,2})\s+([а-я]+)\s+(\d{4})", phrase.lower())
    if found is None or found.group(2) not in _MONTHS:
        return ""
    return f"{found.group(3)}-{_MONTHS.index(found.group(2)) + 1:02}-{int(found.group(1)):02}"


def roles(row: dict[str, str]) -> list[str]:
    """The roles of a deputy, one after another."""
    return [role.strip() for role in row["roles_ru"].split("|") if role.strip()]


def bundestag(path: Path) -> dict[str, Any]:
    """A term of the Bundestag as one table: a row is a mandate, a person may have several.

    `particles`: persons with a small word inside the name (von, de, van, zu).
    """
    table = rows(path)
    names = {row["id"]: row["name"] for row in table}
    return {
        "rows": len(table),
        "persons": len(names),
        "repeated_persons": repeated(row["id"] for row in table),
        "repeated": repeated(tuple(row.values()) for row in table),
        "namesakes": namesakes(names.items()),
        "groups": dict(Counter(row["group_id"] for row in table)),
        "areas": len({row["area_id"] for row in table if row["area_id"]}),
        "filled": filled(table, ("email", "twitter", "facebook", "image", "gender", "start_date", "end_date")),
        "no_end": ways_of_no_end(table, "end_date"),
        "particles": sum(1 for name in names.values() if any(word.islower() for word in name.split()[1:-1])),
    }


def portugal(path: Path) -> dict[str, Any]:
    """Deputies of a Portuguese legislature: all who stood on the lists, with their situations one after another.

    Persons by DepCadId. `situations`: all periods by their name. `now`: persons by the situation without an end, the
    latest begun first when there are several. `ever_sat`: persons with any situation that begins “Efetivo”, who held
    the seat on some day. Groups are the periods in DepGP. Ids are floats in the file.
    """
    given = document(path)
    deputies = given["Deputados"]
    situations = [each for deputy in deputies for each in deputy["DepSituacao"] or []]
    offices = [each for deputy in deputies for each in deputy["DepCargo"] or []]
    return {
        "rows": len(deputies),
        "persons": len({deputy["DepCadId"] for deputy in deputies}),
        "namesakes": namesakes((str(deputy["DepCadId"]), deputy["DepNomeCompleto"]) for deputy in deputies),
        "second_names": sum(1 for each in deputies if each["DepNomeParlamentar"] != each["DepNomeCompleto"]),
        "areas": len(given["CirculosEleitorais"]),
        "areas_used": len({deputy["DepCPId"] for deputy in deputies}),
        "groups": len(given["GruposParlamentares"]),
        "group_periods": dict(Counter(each["gpSigla"] for deputy in deputies for each in deputy["DepGP"] or [])),
        "situations": dict(Counter(each["sioDes"] for each in situations)),
        "situation_periods": len(situations),
        "now": dict(Counter(_now(deputy["DepSituacao"] or []) for deputy in deputies)),
        "ever_sat": sum(1 for each in deputies if any(s["sioDes"].startswith("Efetivo") for s in each["DepSituacao"])),
        "offices": dict(Counter(each["carDes"] for each in offices)),
        "terms": len(given["SessoesLegislativas"]),
        "no_end": ways_of_no_end(situations, "sioDtFim"),
        "float_ids": sum(1 for deputy in deputies if isinstance(deputy["DepCadId"], float)),
    }


def _now(situations: list[dict[str, Any]]) -> str:
    holding = [each for each in situations if not each["sioDtFim"]]
    return max(holding, key=lambda each: str(each["sioDtInicio"]))["sioDes"] if holding else ""
