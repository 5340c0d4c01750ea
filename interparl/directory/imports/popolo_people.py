"""People of a Popolo file: names, ways to reach them, identifiers elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from interparl.directory.imports.countries import Countries
from interparl.directory.imports.known_names import KnownNames
from interparl.directory.imports.popolo_keys import Keys
from interparl.exchange.actions import Key, Wanted
from interparl.exchange.rules import Finding, PopoloContact, PopoloFile, PopoloName, PopoloPerson
from interparl.exchange.rules.people_table import NAME_LANGUAGE, OFFICIAL

CONTACT_KINDS = {
    "email": "email",
    "e-mail": "email",
    "phone": "voice",
    "voice": "voice",
    "cell": "voice",
    "mobile": "voice",
    "fax": "fax",
    "address": "address",
    "url": "url",
    "website": "url",
}
LONGEST_LANGUAGE = 12


class People:
    """Turns persons into wanted records."""

    def __init__(
        self, file: PopoloFile, keys: Keys, language: str, findings: list[Finding], *, brought: str = ""
    ) -> None:
        """`brought` is the code of a country that the file brings already."""
        self.keys = keys
        self.language = language
        self.findings = findings
        self._known = {person.id for person in file.persons if person.id}
        self._countries = Countries(language, made=brought)
        self._known_names = KnownNames(keys)
        self._upper_first = is_upper_first([person.name for person in file.persons if not person.family])

    def key_of(self, person_id: str) -> Key | None:
        """The key of a person of the file; None when the file has no such person."""
        return self.keys.key("directory.person", "person", person_id) if person_id in self._known else None

    def wanted(self, one: PopoloPerson) -> list[Wanted]:
        """The person, the names and the contacts."""
        key = self.key_of(one.id)
        if key is None:
            return []
        gender = one.gender if one.gender in ("male", "female", "other") else ""
        values: dict[str, Any] = {"gender": gender, "born": one.birth or "", "died": one.death or ""}
        country = self._citizenship(one)
        if country:
            values["country"] = country
        if one.biography:
            values["note"] = {self.language or settings.LANGUAGE_CODE: one.biography}
        person = Wanted("directory.person", values, key=key, also=self.keys.elsewhere(one, self.findings))
        reached = contacts("person", key, one.contacts)
        return [person, *self._names(one, key), *reached, *self._pages(one, key), *self._countries.wanted(country)]

    def _citizenship(self, one: PopoloPerson) -> int | Key | None:
        """The country whose name or code the file gives; told when none is called so."""
        if not one.nationality:
            return None
        found = self._countries.of(one.nationality)
        if found is None:
            self.findings.append(Finding(one.place, "note", "unknown_country", {"code": one.nationality[:60]}))
        return found

    def _pages(self, one: PopoloPerson, key: Key) -> list[Wanted]:
        """Pictures, pages about the person, and pages that the data was taken from."""
        several = [("photo", url, "") for url in one.images]
        several += [("url", link.url, link.note) for link in one.links]
        several += [("url", link.url, link.note or "source") for link in one.sources]
        found: dict[tuple[str, str], Wanted] = {}
        for kind, url, note in several:
            values: dict[str, Any] = {"person": key, "kind": kind, "value": url}
            if note:
                values["note"] = {self.language or settings.LANGUAGE_CODE: note}
            page = Wanted(
                "directory.contactpoint", values, whole="person", same_by=("kind", "value"), pair_by=("kind",)
            )
            found.setdefault((kind, url), page)
        return list(found.values())

    def _names(self, one: PopoloPerson, key: Key) -> Iterable[Wanted]:
        family, given = one.name_parts(upper_first=self._upper_first) or ("", "")
        parts = {"family": family, "given": given, "patronymic": one.patronymic}
        parts |= {"prefix": one.honorific_prefix, "suffix": one.honorific_suffix}
        own = one.extra.get(NAME_LANGUAGE)
        language = own if isinstance(own, str) and len(own) <= LONGEST_LANGUAGE else self.language
        names = [self._known_names.wanted(key, one.name, language, "official", parts)]
        names += [self._other_name(key, other) for other in one.other_names]
        # A name that says the same as an earlier one, in the same language, adds nothing.
        first: dict[tuple[str, str], Wanted] = {}
        for name in names:
            first.setdefault((name.values["text"], name.values["language"]), name)
        return first.values()

    def _other_name(self, key: Key, other: PopoloName) -> Wanted:
        kind = "official" if other.note == OFFICIAL else "known-as"
        if other.until or is_former(other.note):
            kind = "former"
        language = other.language if len(other.language) <= LONGEST_LANGUAGE else ""
        parts = {"family": other.family, "given": other.given, "patronymic": ""}
        days = {"since": other.since or "", "until": other.until or ""}
        return self._known_names.wanted(key, other.name, language or self.language, kind, parts | days)


def contacts(whole: str, key: Key, several: Iterable[PopoloContact]) -> list[Wanted]:
    """Ways to reach the record with that key; a kind that no contact point has is named before the value."""
    found: dict[tuple[str, str], Wanted] = {}
    for one in several:
        kind = CONTACT_KINDS.get(one.type, "other")
        value = one.value if kind != "other" or not one.type else f"{one.type}: {one.value}"
        values = {whole: key, "kind": kind, "value": value}
        contact = Wanted("directory.contactpoint", values, whole=whole, same_by=("kind", "value"), pair_by=("kind",))
        found.setdefault((kind, value), contact)
    return list(found.values())


def is_former(note: str) -> bool:
    """Whether the note of a further name says that it is no longer borne."""
    return any(word in note.lower() for word in ("former", "maiden", "birth", "previous", "old"))


def is_upper_first(names: list[str]) -> bool:
    """Whether the file writes surnames first and in capitals: every name does, and not all are capitals only."""
    words = [name.split() for name in names]
    if not words or not all(len(parts) > 1 and _is_capitals(parts[0]) for parts in words):
        return False
    return any(not parts[-1].isupper() for parts in words)


def _is_capitals(word: str) -> bool:
    return word.isupper() and sum(char.isalpha() for char in word) > 1
