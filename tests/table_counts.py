"""What the registers hold after an import, counted by kind, to be held against counts of the file itself."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from django.db.models import Q

from interparl.bodies.models import Body, Membership, Part, Partner
from interparl.core.models import Identifier
from interparl.directory.models import (
    Affiliation,
    Chamber,
    ChamberTerm,
    Constituency,
    ContactPoint,
    Convocation,
    Country,
    Faction,
    Mandate,
    Office,
    Organisation,
    Parliament,
    Person,
    PersonName,
)
from tests.independent import (
    countries_count,
    deputies_count,
    europarl_count,
    groups_count,
    popolo_count,
    wikidata_count,
)
from tests.independent.reading import rows

KINDS = {
    "persons": Person,
    "names": PersonName,
    "mandates": Mandate,
    "offices": Office,
    "affiliations": Affiliation,
    "factions": Faction,
    "areas": Constituency,
    "terms": ChamberTerm,
    "convocations": Convocation,
    "chambers": Chamber,
    "parliaments": Parliament,
    "countries": Country,
    "organisations": Organisation,
    "bodies": Body,
    "parts": Part,
    "partners": Partner,
    "memberships": Membership,
}
# Ways of contact that have no kind of their own stand with their name before the value.
OTHERS = ("twitter", "facebook", "instagram")


def stored() -> dict[str, Any]:
    """How many rows of each register there are, and of what sort."""
    contacts = Counter(ContactPoint.objects.values_list("kind", flat=True))
    others = ContactPoint.objects.filter(kind="other").values_list("value", flat=True)
    born = Person.objects.exclude(born="").values_list("born", flat=True)
    schemes = Identifier.objects.filter(kind="directory.person").exclude(scheme__contains=":")
    return {
        **{name: model._base_manager.count() for name, model in KINDS.items()},
        **{f"contacts.{kind}": number for kind, number in contacts.items()},
        **{f"contacts.{name}": sum(1 for value in others if value.startswith(f"{name}: ")) for name in OTHERS},
        "born": dict(Counter(KINDS_OF_DATES[len(date)] for date in born)),
        "died": Person.objects.exclude(died="").count(),
        "genders": dict(Counter(Person.objects.exclude(gender="").values_list("gender", flat=True))),
        "identifiers": dict(Counter(schemes.values_list("scheme", flat=True))),
        "ended": Mandate.objects.exclude(until="").count() + Office.objects.exclude(until="").count(),
        "roles": dict(Counter(Membership.objects.values_list("role", flat=True))),
        "remarks": Membership.objects.exclude(Q(note=None) | Q(note={})).count(),
    }


KINDS_OF_DATES = {4: "year", 7: "month", 10: "day"}


def bundestag(path: Path) -> dict[str, Any]:
    """A term of EveryPolitician: each row is a mandate and a group."""
    found = deputies_count.bundestag(path)
    filled = found["filled"]
    return {
        "persons": found["persons"],
        "mandates": found["rows"],
        "affiliations": found["rows"],
        "factions": len(found["groups"]),
        "areas": found["areas"],
        "terms": 1,
        "chambers": 1,
        "names": found["persons"],
        "contacts.twitter": filled["twitter"],
        "contacts.facebook": filled["facebook"],
        "contacts.photo": filled["image"],
        "ended": filled["end_date"],
        "genders.sum": filled["gender"],
    }


def belarus_2012(path: Path) -> dict[str, Any]:
    """The flat list of one convocation."""
    found = deputies_count.belarus_2012(path)
    filled = found["filled"]
    return {
        "persons": found["persons"],
        "mandates": found["rows"],
        "areas": found["areas"],
        "factions": 0,
        "affiliations": 0,
        "terms": 1,
        "chambers": 1,
        "contacts.email": filled["email"],
        "contacts.voice": filled["phone"],
        "contacts.photo": filled["image"],
        "contacts.url": filled["source"],
        "born": {"day": found["born"]["day"]},
    }


def belarus_2016(path: Path) -> dict[str, Any]:
    """Pages of deputies: a mandate each, offices, ways to reach them."""
    found = deputies_count.belarus_2016(path)
    filled = found["filled"]
    return {
        **dict.fromkeys(("persons", "names", "mandates"), found["rows"]),
        "areas": found["constituencies"],
        "offices": found["roles"],
        "born": {"day": found["born"]},
        "contacts.email": filled["email"],
        "contacts.photo": filled["image"],
        "contacts.url": filled["website"] + filled["source"],
        "chambers": 1,
        "parliaments": 1,
        "countries": 1,
    }


def portugal(path: Path) -> dict[str, Any]:
    """Deputies with their situations: who sat has a mandate for each time."""
    found = deputies_count.portugal(path)
    return {
        "persons": found["persons"],
        "names": found["persons"] + found["second_names"],
        "mandates": sum(number for name, number in found["situations"].items() if name.startswith("Efetivo")),
        "affiliations": sum(found["group_periods"].values()),
        "factions": found["groups"],
        "areas": found["areas"],
        "offices": sum(found["offices"].values()),
        "terms": found["terms"],
        "identifiers": {"parlamento-pt": found["rows"]},
    }


def europarl(path: Path) -> dict[str, Any]:
    """Members of the European Parliament; several addresses may stand in one cell."""
    found = europarl_count.members(path)
    table = rows(path, "cp1252")
    links = ("mep_homepage", "mep_twitter", "mep_facebook_page", "mep_facebook_profile", "mep_instagram")
    pages = [
        {part.strip() for name in (*links, "mep_URI") for part in row[name].split(";") if part.strip()} for row in table
    ]
    return {
        **dict.fromkeys(("persons", "names", "mandates"), found["rows"]),
        "terms": 1,
        "chambers": 1,
        "parliaments": 1,
        # The Union itself is the country of its parliament.
        "countries": len(found["citizenships"]) + 1,
        "contacts.email": found["emails"],
        "contacts.photo": found["filled"]["mep_image"],
        "contacts.url": sum(map(len, pages)),
        "born": {"day": found["births"]},
        "died": found["deaths"],
        "genders": found["genders"],
    }


def positions(path: Path) -> dict[str, Any]:
    """Who held which position: an office each."""
    found = wikidata_count.positions(path)
    return {
        "persons": found["persons"],
        "names": found["persons"] + found["several_names"],
        "offices": found["rows"],
        "mandates": 0,
        "ended": found["rows"] - found["ends"]["none"],
        "identifiers": {"wikidata": found["persons"]},
    }


def house(path: Path) -> dict[str, Any]:
    """Of a table of positions, the seats in the lower house of Belarus."""
    return _seats_called("House of Representatives", path)


def council(path: Path) -> dict[str, Any]:
    """Those in its upper house; some name their convocation."""
    return _seats_called("Council of the Republic", path)


def supreme_soviet(path: Path) -> dict[str, Any]:
    """Those in the parliament before."""
    return _seats_called("Supreme Soviet", path)


def _seats_called(words: str, path: Path) -> dict[str, Any]:
    found = wikidata_count.positions(path, of=words)
    terms = sum("convocation" in position for position in found["positions"])
    return {
        "persons": found["persons"],
        "names": found["persons"] + found["several_names"],
        "mandates": found["rows"],
        "offices": 0,
        "ended": found["rows"] - found["ends"]["none"],
        "identifiers": {"wikidata": found["persons"]},
        "convocations": terms,
        "terms": terms,
        **dict.fromkeys(("chambers", "parliaments", "countries"), 1),
    }


def seats(path: Path) -> dict[str, Any]:
    """Members of one chamber: a mandate each; who has no id is told by the name."""
    found, table = wikidata_count.members(path), rows(path)
    known = {row["item"] for row in table if row["item"]}
    unknown = {" ".join(row["itemLabel"].split()).casefold() for row in table if not row["item"]}
    return {
        "persons": len(known) + len(unknown),
        "mandates": found["rows"],
        "ended": found["rows"] - found["ends"]["none"],
        "identifiers": {"wikidata": len(known)},
    }


def people(path: Path) -> dict[str, Any]:
    """People with the precision of their birth."""
    found = wikidata_count.people(path)
    return {
        "persons": found["persons"],
        "born": {kind: number for kind, number in found["born"].items() if kind in KINDS_OF_DATES.values()},
        "genders": {kind: number for kind, number in found["genders"].items() if kind},
        "identifiers": {"wikidata": found["persons"]},
    }


def listed(path: Path) -> dict[str, Any]:
    """Ids and names alone; a row without an id is somebody of that name."""
    table = rows(path)
    key = next(iter(table[0]))
    known = {row[key] for row in table if row[key]}
    return {"persons": len(known) + len({row["name"] for row in table if not row[key]}), "mandates": 0}


def index(path: Path) -> dict[str, Any]:
    """Countries, a parliament each, its chambers and their terms."""
    found = countries_count.legislatures(path)
    return {
        "countries": found["countries"],
        "parliaments": found["countries"],
        "chambers": found["chambers"],
        "terms": found["terms"],
        "convocations": found["terms"],
    }


def popolo(path: Path) -> dict[str, Any]:
    """A Popolo file: all that hangs on its persons, and its seats."""
    found, counted = popolo_count.kept_parts(path), popolo_count.counts(path)
    contacts = found["contacts"]
    voices = {kind: contacts.get(kind, 0) for kind in ("phone", "cell", "voice", "mobile")}
    return {
        "persons": counted["person"],
        "terms": counted["event"],
        "areas": counted["area"],
        "names": found["names"],
        "genders": found["genders"],
        "identifiers": found["identifiers"],
        "born": {KINDS_OF_DATES[length]: number for length, number in found["born"].items()},
        "died": found["died"],
        "contacts.email": contacts.get("email", 0),
        "contacts.voice": sum(voices.values()),
        "contacts.fax": contacts.get("fax", 0),
        **{f"contacts.{name}": contacts.get(name, 0) for name in OTHERS},
        "contacts.url": found["pages"],
        "contacts.photo": found["pictures"],
    }


def register(path: Path) -> dict[str, Any]:
    """The British register: a body each, with the part of the parliament."""
    found = groups_count.uk_register(path)
    return {"bodies": found["bodies"], "parts": found["bodies"], "parliaments": 1, "persons": 0}


def register_members(path: Path) -> dict[str, Any]:
    """Officers and members of the British groups; who has no id is told by the name."""
    found = groups_count.uk_members(path)
    return {
        "persons": found["persons_by_id"] + found["names_without_id"],
        "memberships": found["memberships"],
        "identifiers": found["distinct_identifiers"],
    }


def group(path: Path) -> dict[str, Any]:
    """One British group."""
    return _groups(groups_count.uk_group(path))


def wales(path: Path) -> dict[str, Any]:
    """The groups of Wales."""
    return _groups(groups_count.wales(path))


def _groups(found: dict[str, Any]) -> dict[str, Any]:
    return {name: found[name] for name in ("bodies", "persons", "memberships")}


def portugal_groups(path: Path) -> dict[str, Any]:
    """Friendship groups and delegations of Portugal."""
    found = groups_count.portugal_groups(path)
    return {name: found[name] for name in ("bodies", "memberships")} | {"persons": found["members_without_id"]}
