"""Values of a Popolo file that was taken out of an Interparl, with what stands in it beside Popolo."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from interparl.core.translated import languages
from interparl.directory.exports.popolo_people import NAME_PARTS, PARTS
from interparl.directory.imports.known_names import NAME, SAME_NAME
from interparl.directory.imports.popolo_keys import LONGEST_SCHEME
from interparl.exchange.actions import Key, Wanted
from interparl.exchange.rules import PopoloOrganization, PopoloPerson
from interparl.exchange.rules.fields import Fields
from interparl.exchange.rules.findings import Findings

CONTACT_KINDS = {"email": "email", "phone": "voice", "fax": "fax", "address": "address", "url": "url", "photo": "photo"}
SAME_CONTACT = ("kind", "value")


def names_of(one: PopoloPerson, key: Key) -> Iterator[Wanted]:
    """Every name of a person."""
    for raw in objects_in(one.raw, "other_names"):
        text = line(raw, "name")
        if not text:
            continue
        values: dict[str, Any] = {
            "person": key,
            "text": text,
            "language": line(raw, "lang"),
            "script": line(raw, "script"),
            "kind": line(raw, "kind") or "known-as",
            **{own: line(raw, NAME_PARTS[own]) for own in PARTS},
            **days_of(raw, line(raw, "start_date"), line(raw, "end_date")),
        }
        if raw.get("is_preferred") is True:
            values["is_preferred"] = True
        if note := texts_of(raw, "note"):
            values["note"] = note
        yield Wanted(NAME, values, whole="person", same_by=SAME_NAME, pair_by=("kind",))


def contacts_of(whole: str, key: Key, one: PopoloPerson | PopoloOrganization) -> Iterator[Wanted]:
    """Contact details, web pages and pictures."""
    found: list[tuple[str, str, Mapping[str, Any]]] = []
    for raw in objects_in(one.raw, "contact_details"):
        told, value = line(raw, "type"), line(raw, "value")
        kind = CONTACT_KINDS.get(told, "other")
        found.append((kind, value if kind != "other" or told in ("", "other") else f"{told}: {value}", raw))
    found += [("url", line(raw, "url"), raw) for raw in objects_in(one.raw, "links")]
    found += [("photo", line(raw, "url"), raw) for raw in objects_in(one.raw, "images")]
    for kind, value, about in found:
        if not value:
            continue
        days = days_of(about, line(about, "valid_from"), line(about, "valid_through"))
        values: dict[str, Any] = {whole: key, "kind": kind, "value": value, **days}
        if note := texts_of(about, "note"):
            values["note"] = note
        yield Wanted("directory.contactpoint", values, whole=whole, same_by=SAME_CONTACT, pair_by=("kind",))


def objects_in(raw: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects of a list; what is none was told by the reader."""
    several = raw.get(name)
    return [one for one in several if isinstance(one, dict)] if isinstance(several, list) else []


def line(raw: Mapping[str, Any], name: str) -> str:
    """A tidy line of text, as the reader tidies it; what it found odd it has told."""
    return Fields(dict(raw), "", Findings(), "note").text(name)


def said(raw: Mapping[str, Any], name: str) -> dict[str, str]:
    """The texts of an object within the object."""
    found = raw.get(name)
    return {key: line(found, key) for key in found} if isinstance(found, dict) else {}


def texts_of(raw: Mapping[str, Any], name: str) -> dict[str, str]:
    """A text in the languages that this installation has."""
    found = raw.get("texts")
    several = found.get(name) if isinstance(found, dict) else None
    if not isinstance(several, dict):
        return {}
    reader = Fields(several, "", Findings(), "note")
    read = reader.paragraph if name == "note" else reader.text
    return {code: text for code in languages() if code in several and (text := read(code))}


def days_of(raw: Mapping[str, Any], since: str | None, until: str | None) -> dict[str, str]:
    """The days, in our own notation where the file has it."""
    own = said(raw, "dates")
    return {"since": own.get("since") or since or "", "until": own.get("until") or until or ""}


def elsewhere(raw: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The identifiers elsewhere; keys of the other database's sources, told by their colon, are left."""
    found = [(line(one, "scheme"), line(one, "identifier")) for one in objects_in(raw, "identifiers")]
    return tuple(
        dict.fromkeys(
            (scheme[:LONGEST_SCHEME], value) for scheme, value in found if scheme and value and ":" not in scheme
        )
    )
