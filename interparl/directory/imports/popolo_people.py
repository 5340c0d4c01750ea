"""People of a Popolo file: names, ways to reach them, identifiers elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from interparl.directory.imports.popolo_keys import Keys
from interparl.exchange.actions import Key, Wanted
from interparl.exchange.rules import Finding, PopoloContact, PopoloFile, PopoloName, PopoloPerson
from interparl.language.scripts import NO_SCRIPT, UNLISTED_SCRIPT, script_of

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
NAME_KEYS = ("text", "language", "kind")


class People:
    """Turns persons into wanted records."""

    def __init__(self, file: PopoloFile, keys: Keys, language: str, findings: list[Finding]) -> None:
        self.keys = keys
        self.language = language
        self.findings = findings
        self._known = {person.id for person in file.persons if person.id}
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
        person = Wanted(
            "directory.person",
            {"gender": gender, "born": one.birth or "", "died": one.death or ""},
            key=key,
            also=self.keys.elsewhere(one, self.findings),
        )
        return [person, *self._names(one, key), *contacts("person", key, one.contacts)]

    def _names(self, one: PopoloPerson, key: Key) -> Iterable[Wanted]:
        family, given = one.name_parts(upper_first=self._upper_first) or ("", "")
        parts = {"family": family, "given": given, "patronymic": one.patronymic}
        names = [self._name(key, one.name, self.language, "official", parts)]
        names += [self._other_name(key, other) for other in one.other_names]
        # A name that says the same as an earlier one, in the same language, adds nothing.
        first: dict[tuple[str, str], Wanted] = {}
        for name in names:
            first.setdefault((name.values["text"], name.values["language"]), name)
        return first.values()

    def _other_name(self, key: Key, other: PopoloName) -> Wanted:
        kind = "former" if other.until or is_former(other.note) else "known-as"
        language = other.language if len(other.language) <= LONGEST_LANGUAGE else ""
        parts = {"family": other.family, "given": other.given, "patronymic": ""}
        days = {"since": other.since or "", "until": other.until or ""}
        return self._name(key, other.name, language or self.language, kind, parts | days)

    def _name(self, key: Key, text: str, language: str, kind: str, more: dict[str, str]) -> Wanted:
        script = script_of(text)
        values: dict[str, Any] = {
            "person": key,
            "text": text,
            "language": language,
            "script": "" if script in (NO_SCRIPT, UNLISTED_SCRIPT) else script,
            "kind": kind,
            **more,
        }
        return Wanted("directory.personname", values, whole="person", same_by=NAME_KEYS, pair_by=("kind",))


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
