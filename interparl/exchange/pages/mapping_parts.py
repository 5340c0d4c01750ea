"""A mapping on a page: its columns and values as lines of a form, and what was typed in them as plain data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from interparl.core.hooks import every_importer
from interparl.exchange.rules.mapping_data import values_from, words_of
from interparl.exchange.rules.mappings import LONGEST_TEXT, LONGEST_WORDS, PLACES

BLANK_LINES = 2
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
Data = dict[str, Any]

DATES = frozenset({"born", "died", "since", "until"})
NAMES = frozenset({"name", "person", "other_name"})
MAILS = frozenset({"email"})
# Of these fields a language can be told, a scheme (whose ids they are), or a remark that goes with each value.
SPOKEN = frozenset({"other_name"})
OF_A_SCHEME = frozenset({"identifier", "contact"})
REMARKED = frozenset({"other_name", "website", "link", "source"})

READ_AS_DATE: dict[str, Promise] = {
    "date": _("as the column tells"),
    "day-first": _("the day first"),
    "month-first": _("the month first"),
}
READ_AS_NAME: dict[str, Promise] = {
    "": _("as it stands"),
    "given-first": _("given name first: Anna Nowak"),
    "family-first": _("surname first: Nowak Anna"),
    "family-comma": _("surname, comma, given name: Nowak, Anna"),
    "family-capitals": _("surname in capitals: NOWAK Anna"),
}
READ_AS_MAIL: dict[str, Promise] = {"mail": _("as an address"), "": _("as it stands")}
READ_AS_TEXT: dict[str, Promise] = {
    "": _("as it stands"),
    "date": _("as a date, in the order of its column"),
    "day-first": _("as a date, the day first"),
    "month-first": _("as a date, the month first"),
    "mail": _("as an address of mail"),
    "web": _("as an address of the web"),
}
PLACE_WORDS: dict[str, Promise] = {
    "country.code": _("code of the country"),
    "country.name": _("name of the country"),
    "parliament.code": _("code of the parliament"),
    "parliament.name": _("name of the parliament"),
    "chamber.id": _("id of the chamber in the source"),
    "chamber.code": _("code of the chamber"),
    "chamber.called": _("name of the chamber"),
    "chamber.kind": _("kind of the chamber"),
    "term.id": _("id of the term"),
    "term.name": _("name of the term"),
    "term.since": _("first day of the term"),
    "term.until": _("last day of the term"),
    "organisation.id": _("id of the organisation"),
    "organisation.name": _("name of the organisation"),
    "people": _("people who are not known here (“make”: make them)"),
    "members": _("all rows are members of the chamber (yes)"),
}


class Typed:
    """What a form sent, each value as one line that can be kept."""

    def __init__(self, sent: QueryDict) -> None:
        self._sent = sent

    def line(self, name: str) -> str:
        """The value, without what no database keeps; "" for none."""
        return _UNSTORABLE.sub("", " ".join(self._sent.get(name, "").split("\n")))[:LONGEST_TEXT].strip("\r ")

    def text(self, name: str) -> str:
        """A value of several lines."""
        return _UNSTORABLE.sub("", self._sent.get(name, ""))[:LONGEST_WORDS]

    def lines(self, name: str) -> list[str]:
        """The lines that hold something."""
        return [line.strip()[:LONGEST_TEXT] for line in self.text(name).splitlines() if line.strip()]

    def is_ticked(self, name: str) -> bool:
        """Whether the box was ticked."""
        return bool(self._sent.get(name))

    def number(self, name: str, most: int) -> int:
        """How many lines were sent, at most so many."""
        found = self._sent.get(name, "")
        return min(int(found), most) if found.isascii() and found.isdigit() and len(found) < 6 else 0


@dataclass(frozen=True)
class Choice:
    """One line of a list to choose from."""

    value: str
    label: str | Promise
    is_chosen: bool


def choices(found: Mapping[str, Any], chosen: str) -> list[Choice]:
    """The lines of a list; what was chosen and is not among them stands at its end."""
    lines = [Choice(value, label, value == chosen) for value, label in found.items()]
    return lines if any(one.is_chosen for one in lines) else [*lines, Choice(chosen, chosen, is_chosen=True)]


@dataclass(frozen=True)
class Use:
    """One column and the field that it fills, as lines of the form whose names begin with `prefix`."""

    prefix: str
    source: str
    field: str
    label: str
    fields: Sequence[Choice]
    readings: Sequence[Choice] = ()
    split: str = ""
    lang: str = ""
    scheme: str = ""
    note: str = ""
    words: str = ""
    otherwise: str = ""
    has_otherwise: bool = False
    is_needed: bool = False
    told: str = ""
    is_doubtful: bool = False
    has_lang: bool = False
    has_scheme: bool = False
    has_note: bool = False

    @property
    def is_set(self) -> bool:
        """Whether something is said beyond how such a field is read anyway."""
        return bool(self.split or self.lang or self.scheme or self.note or self.words or self.has_otherwise)


@dataclass(frozen=True)
class Pair:
    """What holds for every row, or where the table belongs: a name to choose and its value."""

    prefix: str
    names: Sequence[Choice]
    value: str


def field_words(kind: str) -> dict[str, str]:
    """The fields of a kind of table, as people call them; an empty one before them."""
    return {"": "–"} | {name: str(label) for name, label in every_importer()[kind].fields.items()}


def use_line(prefix: str, column: Data, kind: str, *, told: str = "", is_doubtful: bool = False) -> Use:
    """The lines of one column; `told` says why its dates are read as they are."""
    name, words = str(column.get("to", "")), field_words(kind)
    return Use(
        prefix=prefix,
        source=str(column.get("from", "")),
        field=name,
        label=words.get(name, name) if name else "",
        fields=choices(words, name),
        readings=choices(_readings(name), str(column.get("read", ""))) if name else (),
        split=column.get("split", ""),
        lang=column.get("lang", ""),
        scheme=column.get("scheme", ""),
        note=column.get("note", ""),
        words=words_of(column.get("values", {})),
        otherwise=column.get("otherwise") or "",
        has_otherwise="otherwise" in column,
        is_needed=bool(column.get("needed")),
        told=told,
        is_doubtful=is_doubtful,
        has_lang=name in SPOKEN or bool(column.get("lang")),
        has_scheme=name in OF_A_SCHEME or bool(column.get("scheme")),
        has_note=name in REMARKED or bool(column.get("note")),
    )


def _readings(field: str) -> Mapping[str, Promise]:
    if field in DATES:
        return READ_AS_DATE
    if field in NAMES:
        return READ_AS_NAME
    return READ_AS_MAIL if field in MAILS else READ_AS_TEXT


def usual_reading(field: str) -> str:
    """How a field is read when nobody says otherwise."""
    return next(iter(_readings(field)))


def typed_use(sent: Typed, prefix: str, source: str = "", before: Data | None = None) -> Data | None:
    """The column that the lines describe; None when they name no heading or no field.

    A field that was just chosen has no lines of its own yet, so it is read as such a field usually is, and keeps
    nothing that was said `before` of another.
    """
    source, field = source or sent.line(f"{prefix}-from"), sent.line(f"{prefix}-to")
    if not source or not field:
        return None
    if sent.line(f"{prefix}-of") != field:
        if before and before.get("to") == field:
            return before
        return {"from": source, "to": field} | ({"read": read} if (read := usual_reading(field)) else {})
    found: Data = {"from": source, "to": field}
    for key in ("read", "lang", "scheme", "note"):
        if value := sent.line(f"{prefix}-{key}"):
            found[key] = value
    # Blanks around it are a part of a sign.
    if split := sent.text(f"{prefix}-split").splitlines()[:1]:
        found["split"] = split[0][:LONGEST_TEXT]
    if values := values_from(sent.text(f"{prefix}-values")):
        found["values"] = values
    if sent.is_ticked(f"{prefix}-other"):
        found["otherwise"] = sent.line(f"{prefix}-otherwise")
    if sent.is_ticked(f"{prefix}-needed"):
        found["needed"] = True
    return found


def use_lines(prefix: str, columns: Sequence[Data], kind: str) -> list[Use]:
    """Lines for these columns, and empty ones for more."""
    every = [*columns, *[{}] * BLANK_LINES]
    return [use_line(f"{prefix}{at}", column, kind) for at, column in enumerate(every)]


def typed_uses(sent: Typed, prefix: str, most: int) -> list[Data]:
    """All columns of lines that have their headings typed."""
    number = sent.number(f"{prefix}-number", most)
    return [found for at in range(number) if (found := typed_use(sent, f"{prefix}{at}"))]


def pair_lines(prefix: str, values: Mapping[str, str], words: Mapping[str, Any]) -> list[Pair]:
    """Lines for these values, and empty ones for more."""
    every = [*values.items(), *[("", "")] * BLANK_LINES]
    return [Pair(f"{prefix}{at}", choices(words, name), value) for at, (name, value) in enumerate(every)]


def typed_pairs(sent: Typed, prefix: str, most: int) -> dict[str, str]:
    """The values by name; a line without a name or a value says nothing."""
    found: dict[str, str] = {}
    for at in range(sent.number(f"{prefix}-number", most)):
        name, value = sent.line(f"{prefix}{at}-name"), sent.line(f"{prefix}{at}-value")
        if name and value:
            found[name] = value
    return found


def place_pairs(place: Mapping[str, Any]) -> dict[str, str]:
    """Where a table belongs, as values by name: "country.code"."""
    found: dict[str, str] = {}
    for name, value in place.items():
        inner = {f"{name}.{key}": one for key, one in value.items()} if isinstance(value, dict) else {name: value}
        found |= {key: "yes" if one is True else str(one) for key, one in inner.items() if one}
    return found


def place_from(pairs: Mapping[str, str]) -> Data:
    """The same as data; an unknown name stays, so that it is refused with its place."""
    found: Data = {}
    for name, value in pairs.items():
        whole, _dot, key = name.partition(".")
        if key and PLACES.get(whole):
            found.setdefault(whole, {})[key] = value
        else:
            found[name] = value != "" if name == "members" else value
    return found
