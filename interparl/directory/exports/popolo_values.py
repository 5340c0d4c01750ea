"""Values as Popolo writes them: days, texts in several languages, ids."""

from __future__ import annotations

import re
from typing import Any

from interparl.core.dates import PartialDate
from interparl.core.translated import shown, texts_of

Json = dict[str, Any]
PLAIN_DAY = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)


def popolo_day(text: str, *, is_end: bool = False) -> str:
    """The date as Popolo knows dates: a year, month or day; "" for an open one.

    Of what lies between two days the month or year that has both, else the last day of an end, the first of a start:
    what ended somewhen never seems to last.
    """
    if not text or PLAIN_DAY.fullmatch(text):
        return text
    known = PartialDate.parse(text)
    earliest = known.earliest.isoformat() if known.earliest else ""
    latest = known.latest.isoformat() if known.latest else ""
    if not earliest or not latest:
        return latest if is_end else earliest
    common = [part for part, other in zip(earliest.split("-"), latest.split("-"), strict=True) if part == other]
    is_prefix = bool(common) and earliest.startswith("-".join(common)) and latest.startswith("-".join(common))
    if is_prefix:
        return "-".join(common)
    return latest if is_end else earliest


def put_days(made: Json, row: Json, since: str = "start_date", until: str = "end_date") -> None:
    """The first and last day; what Popolo cannot say exactly stands beside it in our own notation, under `dates`."""
    for own, name in (("since", since), ("until", until)):
        put_day(made, name, row[own], own, is_end=own == "until")


def put_day(made: Json, name: str, text: str, own: str, *, is_end: bool = False) -> None:
    """One date, and its exact notation where Popolo has none."""
    if day := popolo_day(text, is_end=is_end):
        made[name] = day
    if text and text != day:
        made.setdefault("dates", {})[own] = text


def put_texts(made: Json, row: Json, language: str, **names: str) -> None:
    """Texts in the language of the file, and in all of theirs under `texts`; `names` are ours by those of Popolo."""
    for name, own in names.items():
        texts = texts_of(row[own])
        if texts:
            made[name] = shown(row[own], language).text
            made.setdefault("texts", {})[own.rpartition("__")[2]] = texts


def put_other_names(made: Json, row: Json, *fields: str) -> None:
    """The texts of these fields in every language, for whoever reads Popolo alone; the name itself is not repeated."""
    found: list[Json] = []
    for field in fields:
        for code, text in texts_of(row[field]).items():
            one = {"name": text, "lang": code}
            if text != made.get("name") and one not in found:
                found.append(one)
    if found:
        made["other_names"] = found


def put_identifiers(made: Json, known: list[tuple[str, str]], used: str = "") -> None:
    """The keys elsewhere; the one that is the id of the object already (`used`, its scheme) is not repeated."""
    found = [
        {"scheme": scheme, "identifier": value} for scheme, value in known if (scheme, value) != (used, made["id"])
    ]
    if found:
        made["identifiers"] = found


class Ids:
    """The ids of the objects of one list of the file.

    A record that came in from a source has the id that it has there, so that the file can be held against the one that
    came in; else it has ours ("person-17"). Of two with one id, as happens when several sources are taken out together,
    the older record keeps it and the other has ours.
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self.of: dict[tuple[str, int], str] = {}

    def give(self, kind: str, key: int, known: list[tuple[str, str]], record: str) -> tuple[str, str]:
        """The id of a record and the scheme that it is taken from ("" for ours)."""
        for scheme, value in known:
            if scheme.endswith(f":{record}") and value not in self._taken:
                return self._keep(kind, key, value), scheme
        return self.own(kind, key), ""

    def own(self, kind: str, key: int) -> str:
        """Our own id of a record."""
        value = f"{kind.rpartition('.')[2]}-{key}"
        while value in self._taken:
            value += "~"
        return self._keep(kind, key, value)

    def _keep(self, kind: str, key: int, value: str) -> str:
        self._taken.add(value)
        self.of[kind, key] = value
        return value
