"""Finding the people that a table about bodies names: by id in the source, by id elsewhere, by the exact name."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.conf import settings

from interparl.core.models import Identifier, Label
from interparl.directory.imports.popolo_keys import Keys
from interparl.exchange.actions import Key
from interparl.exchange.actions.tables import NAMED
from interparl.exchange.rules.mapped import Value
from interparl.exchange.rules.names import name_key
from interparl.language.folding import fold

PERSON = "directory.person"
Ref = int | Key


class People:
    """The people of the database and of the file; a few queries, whatever the number of rows.

    Whom somebody meant by a name (option `named`, 0 for nobody here) comes before all that is called so.
    """

    def __init__(self, keys: Keys, options: Mapping[str, str], *, by_name: bool) -> None:
        """`by_name`: somebody without an id is whoever alone is called so here; else only whom the source brought."""
        self._is_by_name = by_name
        named = json.loads(options.get(NAMED) or "{}")
        self._meant: dict[str, int] = named.get("person", {})
        held = Identifier.objects.of(PERSON, keys.scheme("person"))
        self._by_id = dict(held.values_list("value", "object_id"))
        # Those whom this source brought, with their ids in it.
        self.ours = {key: value for value, key in self._by_id.items()}
        self._here: dict[str, Ref] = {}
        self._elsewhere: dict[str, dict[str, Ref]] = {}
        self._by_name: dict[str, set[int]] | None = None
        self._called: dict[int, str] | None = None

    def add(self, value: str, identifiers: Iterable[Value], key: Key) -> None:
        """Somebody whom the file brings."""
        self._here[value] = key
        for one in identifiers:
            self._of_scheme(scheme_of(one)).setdefault(one.text, key)

    def find(self, value: str, identifiers: Iterable[Value], name: str) -> Ref | None:
        """The person with that id in the source, or with one of the ids elsewhere, or, without an id, of that name."""
        if value:
            if value in self._here:
                return self._here[value]
            if value in self._by_id:
                return self._by_id[value]
        for one in identifiers:
            if (held := self._of_scheme(scheme_of(one)).get(one.text)) is not None:
                return held
        return None if value else self._named(name)

    def name_of(self, ref: Ref) -> str:
        """What somebody who is stored is called."""
        if not isinstance(ref, int):
            return ""
        labels = Label.objects.filter(kind=PERSON, language=settings.LANGUAGE_CODE)
        if self._called is None:
            # Two columns of keys instead of a list of thousands in one query.
            self._called = {key: text for key, text in labels.values_list("object_id", "text") if key in self.ours}
        if ref not in self._called:
            self._called[ref] = labels.filter(object_id=ref).values_list("text", flat=True).first() or ""
        return self._called[ref]

    def _of_scheme(self, scheme: str) -> dict[str, Ref]:
        if scheme not in self._elsewhere:
            held = Identifier.objects.of(PERSON, scheme).values_list("value", "object_id")
            self._elsewhere[scheme] = dict(held)
        return self._elsewhere[scheme]

    def _named(self, name: str) -> Ref | None:
        text, value = fold(name), name_key(name)
        if not text:
            return None
        if meant := self._meant.get(text):
            return meant
        for known in (self._here, self._by_id):
            if value in known:
                return known[value]
        if text in self._meant or not self._is_by_name:
            return None
        if self._by_name is None:
            self._by_name = defaultdict(set)
            for label, by, key in Label.objects.filter(kind=PERSON).values_list("text", "by", "object_id"):
                self._by_name[fold(label)].add(key)
                self._by_name[fold(by)].add(key)
        found = self._by_name.get(text, set())
        return next(iter(found)) if len(found) == 1 else None


def scheme_of(value: Value) -> str:
    """In which scheme an id elsewhere is one: as the mapping says, else the heading; a colon is for our own schemes."""
    return (value.column.scheme or value.column.source).replace(":", "-").lower()
