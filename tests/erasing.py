"""People with everything private that can be known, their erasures, and where words of theirs stand."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection

from interparl.accounts.models import User
from interparl.core.models import Entry, Identifier, Label, Pointer
from interparl.core.removing import remove
from interparl.core.translated import written
from interparl.core.writing import change
from interparl.directory.actions import account_of, ask, carry_out
from interparl.directory.models import (
    ContactPoint,
    Erasure,
    Faction,
    Person,
    PersonName,
    RetentionRule,
)
from tests import makers
from tests.makers import BY, kept

DAY = date(2015, 6, 1)
NOON = datetime(2015, 6, 1, 12, tzinfo=UTC)
# Words that stand nowhere else.
SECRETS = ("1947-08-23", "zoe.quill@example.org", "+375 29 7654321", "Quillwhisper", "Квилвиспер", "PP-998877")
NAMES = ("Zephyrine", "Oakenshaw", "Зефирина")


def somebody(**values: Any) -> Person:
    """A person with a name in two languages and everything private that can be known."""
    person = makers.a_person("Oakenshaw", "Zephyrine", born="1947-08-23", **values)
    makers.a_name(person, family="Дубова", given="Зефирина", language="ru")
    with change(person, by=BY, note="Told by Quillwhisper") as held:
        held.note = written({"en": "Quillwhisper said so", "ru": "Квилвиспер"})
    kept(PersonName(person=person, kind="passport", text="ZEPHYRINE QUILLWHISPER", language="en"))
    kept(ContactPoint(person=person, kind="email", value="zoe.quill@example.org"))
    wrong = kept(ContactPoint(person=person, kind="voice", value="+375 29 7654321"))
    remove(wrong, by=BY, note="Mistyped by Quillwhisper")
    kept(Pointer(kind="directory.person", object_id=person.pk, number="PP-998877", place="Safe of Quillwhisper"))
    kept(Identifier(kind="directory.person", object_id=person.pk, scheme="wikidata", value="Q77001"))
    return person


def an_erasure(person: Person, deed: str = "erase", **values: Any) -> Erasure:
    """An erasure on request, in preparation."""
    return kept(Erasure(person=person, deed=deed, **({"basis": "Act 99-Z", "grounds": "Asked in writing"} | values)))


def asked(person: Person, deed: str = "erase", **values: Any) -> Erasure:
    """The same, asked for by a desk officer."""
    erasure = an_erasure(person, deed, **values)
    ask(erasure, by=makers.a_user())
    return erasure


def done(erasure: Erasure, by: User) -> Entry:
    """Carries it out as the second user does who saw the list."""
    return carry_out(erasure, by=by, number=str(erasure.pk), seen=account_of(erasure).digest)


def a_rule(**values: Any) -> RetentionRule:
    """Five years after the last mandate of an office holder private data go."""
    given = {"applies_to": "with", "event": "mandate", "years": 5, "deed": "erase", "basis": "Act 99-Z"} | values
    return kept(RetentionRule(title=written({"en": "Five years"}), **given))


def where(*words: str) -> set[tuple[str, str]]:
    """In which tables which of the words stand, small or capital, as text or escaped in JSON."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  names of tables
            text = "\n".join(str(cell) for row in cursor.fetchall() for cell in row).casefold()
            for word in words:
                escaped = json.dumps(word)[1:-1]
                if word.casefold() in text or escaped.casefold() in text:
                    found.add((table, word))
    return found


def a_faction() -> Faction:
    """A faction of a chamber."""
    return kept(Faction(chamber=makers.a_chamber(), name=written({"en": "Greens"})))


def labels() -> set[str]:
    """What people are called in English."""
    found = Label.objects.filter(kind="directory.person", language="en")
    return set(found.values_list("text", flat=True))
