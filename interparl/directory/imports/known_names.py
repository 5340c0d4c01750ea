"""Names of people as wanted records, held against those that the source brought before.

So a table in another language adds names instead of changing them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from interparl.core.models import Identifier
from interparl.directory.imports.popolo_keys import Keys
from interparl.directory.models import PersonName
from interparl.exchange.actions import Key, Wanted
from interparl.language.scripts import NO_SCRIPT, UNLISTED_SCRIPT, script_of

PERSON, NAME = "directory.person", "directory.personname"
SAME_NAME = ("text", "language", "kind")
BY_LANGUAGE = ("kind", "language")
BY_TEXT = ("kind", "text")


class KnownNames:
    """The stored names of the people of one source."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._ids: dict[str, int] | None = None
        self._names: dict[tuple[int, str], list[tuple[str, str]]] = defaultdict(list)

    def wanted(
        self, key: Key, text: str, language: str, kind: str, more: Mapping[str, Any], *, any_kind: bool = False
    ) -> Wanted:
        """The name of the person with that key; `more` are its parts and days. `any_kind`: the file tells no kinds."""
        script = script_of(text)
        language, kind, pair_by = self._settled(key, text, language, kind, any_kind=any_kind)
        values: dict[str, Any] = {
            "person": key,
            "text": text,
            "language": language,
            "script": "" if script in (NO_SCRIPT, UNLISTED_SCRIPT) else script,
            "kind": kind,
            **more,
        }
        return Wanted(NAME, values, whole="person", same_by=SAME_NAME, pair_by=pair_by)

    def _settled(
        self, key: Key, text: str, language: str, kind: str, *, any_kind: bool
    ) -> tuple[str, str, tuple[str, ...]]:
        """In which language and as which kind the name stands here, and by what it is held against the source's others.

        The same name in another language says nothing new: it stays as it is. A name of which nobody told the language
        gets the one of the file. Where the file does not tell kinds, one of any kind is the same.
        """
        stored = self._stored(key, text)
        alike = [one for one in stored if one[1] == kind] or (stored if any_kind else [])
        if not alike:
            return language, kind, BY_LANGUAGE
        same = next((one for one in alike if one[0] == language), None)
        if same is None and ("", kind) in alike:
            return language, kind, BY_TEXT
        return (*(same or alike[0]), BY_LANGUAGE)

    def _stored(self, key: Key, text: str) -> list[tuple[str, str]]:
        """Languages and kinds of the names of that text."""
        if self._ids is None:
            held = Identifier.objects.of(PERSON, self._keys.scheme("person"))
            self._ids = dict(held.values_list("value", "object_id"))
            rows = PersonName.objects.filter(person__in=held.values("object_id")).order_by("pk")
            for one, name, kind, language in rows.values_list("person", "text", "kind", "language"):
                self._names[one, name].append((language, kind))
        person = self._ids.get(key[2]) if key[1] == self._keys.scheme("person") else None
        return self._names.get((person, text), []) if person else []
