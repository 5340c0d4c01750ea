"""Where a mapping says that its table belongs: country, parliament, chamber, term, organisation; and two more words.

`members = true`: each row is a member of the chamber, also where no column speaks of a seat. `people = "make"`: members
of bodies who are not known are made.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from interparl.exchange.rules.wrong_mapping import WrongMapping

LONGEST = 300
MAKE = "make"
# What may be said of a country, a chamber...; of the others one word.
PLACES: Mapping[str, tuple[str, ...]] = {
    "country": ("code", "name"),
    "parliament": ("code", "name"),
    "chamber": ("id", "code", "called", "kind"),
    "term": ("id", "name", "since", "until"),
    "organisation": ("id", "name"),
    "people": (),
    "members": (),
}
_NEEDED = {"parliament": ("code",), "organisation": ("id", "name")}
_KINDS_OF_CHAMBER = frozenset({"", "lower", "upper", "single"})


def read_place(data: Mapping[str, Any]) -> dict[str, Any]:
    """The same data, when it has this form. Raises WrongMapping."""
    for key, value in data.items():
        place = f"place.{key}"
        if PLACES.get(key):
            _check_part(value, key, place)
        elif key == "members":
            if not isinstance(value, bool):
                raise WrongMapping(place, "mapping_form")
        elif key == "people":
            if value != MAKE:
                raise WrongMapping(place, "mapping_form")
        else:
            raise WrongMapping(place, "mapping_unknown", value=str(key)[:60])
    return dict(data)


def _check_part(value: Any, key: str, place: str) -> None:
    if not isinstance(value, dict):
        raise WrongMapping(place, "mapping_form")
    for name, text in value.items():
        if name not in PLACES[key]:
            raise WrongMapping(f"{place}.{name}", "mapping_unknown", value=str(name)[:60])
        if not isinstance(text, str) or len(text) > LONGEST:
            raise WrongMapping(f"{place}.{name}", "mapping_form")
    for name in _NEEDED.get(key, ()):
        if not value.get(name):
            raise WrongMapping(f"{place}.{name}", "mapping_form")
    if value.get("kind", "") not in _KINDS_OF_CHAMBER:
        raise WrongMapping(f"{place}.kind", "mapping_form")
