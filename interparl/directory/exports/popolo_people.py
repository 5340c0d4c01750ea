"""The people of a Popolo file: names, ways to reach them, keys elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from interparl.core.models import Source
from interparl.core.translated import languages
from interparl.directory.exports.asking import Asked, Row, pieces
from interparl.directory.exports.popolo_values import (
    Ids,
    Json,
    put_day,
    put_days,
    put_identifiers,
    put_texts,
)
from interparl.directory.models import Affiliation, ContactPoint, Country, Mandate, Office, Person, PersonName
from interparl.exchange.rules.fields import is_web_address

PERSON = Person.record_kind()
NAME_PARTS = {
    "family": "family_name",
    "given": "given_name",
    "patronymic": "patronymic_name",
    "prefix": "honorific_prefix",
    "suffix": "honorific_suffix",
}
PARTS = tuple(name for name in NAME_PARTS if hasattr(PersonName, name))
CONTACT_TYPES = {
    "email": "email",
    "voice": "phone",
    "fax": "fax",
    "address": "address",
    "url": "url",
    "photo": "photo",
}
# How an import writes a kind of contact that it does not know: "twitter: somebody".
_TOLD_KIND = re.compile(r"([a-z][a-z0-9_-]{0,30}): (.+)", re.ASCII)
_READ_AS_OTHERS = frozenset(
    {"email", "e-mail", "phone", "voice", "cell", "mobile", "fax", "address", "url", "website", "photo", "other"}
)


def people_of(asked: Asked) -> Any:
    """Who sits in the chamber, is in a faction of it or holds an office of it; without a chamber, everybody."""
    found = asked.rows(Person)
    if asked.chamber is None:
        return found
    mandates = asked.rows(Mandate).filter(chamber=asked.chamber).values("person")
    affiliations = asked.rows(Affiliation).filter(faction__chamber=asked.chamber).values("person")
    offices = asked.rows(Office).filter(chamber=asked.chamber).values("person")
    return found.filter(Q(pk__in=mandates) | Q(pk__in=affiliations) | Q(pk__in=offices))


class People:
    """Writes persons, piece by piece."""

    def __init__(self, asked: Asked, ids: Ids) -> None:
        self.asked = asked
        self.ids = ids
        self._countries = {row["pk"]: row["code"] for row in asked.values(asked.rows(Country), "code")}
        self._sources = {row["pk"]: row["url"] for row in asked.values(asked.rows(Source), "url")}

    def objects(self) -> Iterator[Json]:
        """Every person that belongs into the file, in the order of the keys."""
        asked = self.asked
        fields = ("gender", "born", "died", "country", "source")
        for keys in pieces(people_of(asked).order_by("pk").values_list("pk", flat=True)):
            rows = list(asked.values(asked.rows(Person).filter(pk__in=keys), *fields))
            names = asked.grouped(
                asked.rows(PersonName).filter(person__in=keys),
                *("person", "text", *PARTS, "language", "script", "kind", "is_preferred", "since", "until", "note"),
            )
            contacts = contacts_of(asked, "person", keys)
            known = asked.identifiers(PERSON, keys)
            for row in rows:
                key = row["pk"]
                yield self._person(row, names.get(key, []), contacts.get(key, []), known.get(key, []))

    def _person(self, row: Row, names: list[Row], contacts: list[Row], known: list[tuple[str, str]]) -> Json:
        value, scheme = self.ids.give(PERSON, row["pk"], known, "person")
        made: Json = {"id": value, "name": f"#{row['pk']}"}
        if names:
            main = max(names, key=self._preference)
            made["name"] = main["text"]
            put_parts(made, main)
        if row["gender"]:
            made["gender"] = row["gender"]
        put_day(made, "birth_date", row["born"], "born")
        put_day(made, "death_date", row["died"], "died", is_end=True)
        if country := self._countries.get(row["country"]):
            made["national_identity"] = country
        if names:
            made["other_names"] = [self._name(name) for name in names]
        put_identifiers(made, known, scheme)
        put_contacts(made, contacts, self.asked.language)
        if url := self._sources.get(row["source"]):
            made["sources"] = [{"url": url}]
        return made

    def _preference(self, name: Row) -> tuple[Any, ...]:
        """The greatest is the name of the person: in the language of the file or in one that was not told."""
        language = self.asked.language
        others = [code for code in languages() if code != language]
        order = {language: 2, "": 2} | {code: -position for position, code in enumerate(others)}
        rank = order.get(name["language"], -len(others))
        is_known_by = name["kind"] != PersonName.Kind.PASSPORT
        return (is_known_by, rank, *preferred(name)[1:3], name["language"] == language, *preferred(name)[3:])

    def _name(self, name: Row) -> Json:
        made: Json = {"name": name["text"]}
        put_parts(made, name)
        if name["language"]:
            made["lang"] = name["language"]
        put_days(made, name)
        put_texts(made, name, self.asked.language, note="note")
        made.setdefault("note", name["kind"])
        made["kind"] = name["kind"]
        if name["script"]:
            made["script"] = name["script"]
        if name["is_preferred"]:
            made["is_preferred"] = True
        return made


def preferred(name: Row) -> tuple[Any, ...]:
    """Sorts the names of one language as `PersonName.preference` does; those of passports come last."""
    kind = name["kind"]
    is_known_by, is_official = kind != PersonName.Kind.PASSPORT, kind == PersonName.Kind.OFFICIAL
    return is_known_by, name["is_preferred"], is_official, not name["until"], name["pk"]


def put_parts(made: Json, name: Row) -> None:
    """The parts of a name that are known."""
    for own in PARTS:
        if name[own]:
            made[NAME_PARTS[own]] = name[own]


def contacts_of(asked: Asked, whole: str, keys: list[int]) -> dict[int, list[Row]]:
    """The ways to reach these records that the reader may know of."""
    rows = asked.rows(ContactPoint).filter(**{f"{whole}__in": keys})
    return asked.grouped(rows, whole, "kind", "value", "since", "until", "note")


def put_contacts(made: Json, contacts: list[Row], language: str) -> None:
    """Ways to reach someone as contact details, web pages as links, pictures as images."""
    for row in contacts:
        if row["kind"] == "photo" and is_web_address(row["value"]):
            made.setdefault("image", row["value"])
            one: Json = {"url": row["value"]}
            made.setdefault("images", []).append(one)
        elif row["kind"] == "url" and is_web_address(row["value"]):
            one = {"url": row["value"]}
            made.setdefault("links", []).append(one)
        else:
            one = _detail(row)
            made.setdefault("contact_details", []).append(one)
        put_days(one, row, "valid_from", "valid_through")
        put_texts(one, row, language, note="note")


def _detail(row: Row) -> Json:
    if row["kind"] in CONTACT_TYPES:
        return {"type": CONTACT_TYPES[row["kind"]], "value": row["value"]}
    told = _TOLD_KIND.fullmatch(row["value"])
    if told and told[1] not in _READ_AS_OTHERS:
        return {"type": told[1], "value": told[2]}
    return {"type": "other", "value": row["value"]}
