"""Run as a program in the place of an installation: `prepare N` makes users with sessions, `agree` looks for halves."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

import django

django.setup()

from django.contrib.auth import SESSION_KEY  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.test import Client  # noqa: E402

from interparl.accounts.models import User  # noqa: E402
from interparl.accounts.sessions import SECONDS_BETWEEN_STAMPS  # noqa: E402
from interparl.accounts.stamps import SEEN  # noqa: E402
from interparl.core.kinds import every_record  # noqa: E402
from interparl.core.labels import labels_for  # noqa: E402
from interparl.core.models import Entry, Label, Seal  # noqa: E402
from interparl.core.records import Record  # noqa: E402
from interparl.core.writing import EMPTY, values_of  # noqa: E402
from tests.makers import a_person, a_source  # noqa: E402

# The word by which a form of the tests is known again, with its number.
WORD = re.compile(r"\bW(\d+)\b")
SAID = ("text", "by", "key", "folded", "spoken")


def prepare(number: int) -> list[str | None]:
    """The keys of so many sessions, each of an administrator of his own; a source, and so many persons."""
    a_source("shared")
    keys: list[str | None] = []
    for name in (f"user-{one}" for one in range(number)):
        a_person()
        client = Client(HTTP_HOST="localhost")
        client.force_login(User.objects.create_user(name, f"{name}@example.org", role="administrator"))
        session = client.session
        # So that the next request stamps it.
        session[SEEN] -= 2 * SECONDS_BETWEEN_STAMPS
        session.save()
        keys.append(session.session_key)
    return keys


def halves() -> list[str]:
    """Every place where history, records, labels and sessions do not agree; empty when nothing is half done."""
    wrong: list[str] = []
    entries: dict[tuple[str, int], list[Entry]] = {}
    for entry in Entry.objects.order_by("pk"):
        entries.setdefault((entry.kind, entry.object_id), []).append(entry)
    labels = {(one.kind, one.object_id, one.language): said_by(one) for one in Label.objects.all()}
    for model in every_record():
        for record in model._base_manager.all():
            wrong += _against_history(record, entries.pop((model.record_kind(), record.pk), []))
            wrong += _against_labels(record, labels)
    wrong += [f"{kind} {key} has history and is not there" for kind, key in entries]
    wrong += [f"label is of no record: {kind} {key} ({language})" for kind, key, language in labels]
    wrong += [f"session {one.pk}" for one in Session.objects.all() if SESSION_KEY not in one.get_decoded()]
    return wrong


def numbers() -> list[int]:
    """The numbers of the forms that the history knows."""
    changes = Entry.objects.values_list("changes", flat=True)
    return sorted({int(number) for one in changes for number in WORD.findall(json.dumps(one))})


def listed() -> int:
    """How many entries the seals list, each counted once; raises when one is listed twice."""
    keys = [line.split()[0] for link in Seal.objects.order_by("number") for line in link.listed.splitlines()]
    if len(set(keys)) != len(keys):
        raise ValueError(f"{len(keys) - len(set(keys))} entries are sealed twice")
    return len(keys)


def said_by(label: Label) -> list[Any]:
    """What a label says."""
    return [label.serializable_value(name) for name in SAID]


def _against_history(record: Record, entries: list[Entry]) -> list[str]:
    said: dict[str, Any] = {}
    for entry in entries:
        said |= {name: pair[1] for name, pair in entry.changes.items()}
    name = f"{record.record_kind()} {record.pk}"
    if not entries:
        return [f"{name} has no history"]
    now = {field: value for field, value in values_of(record).items() if field in said or value not in EMPTY}
    return [f"{name}.{field}" for field, value in now.items() if field not in said or said[field] != value]


def _against_labels(record: Record, labels: dict[tuple[str, int, str], list[Any]]) -> list[str]:
    kind = record.record_kind()
    if not type(record).labelled:
        return []
    right = {one.language: said_by(one) for one in labels_for(record, kind)}
    stored = {language: labels.pop((kind, record.pk, language), None) for language in right}
    return [f"label of {kind} {record.pk} ({language})" for language in right if right[language] != stored[language]]


if __name__ == "__main__":
    asked = sys.argv[1] == "prepare"
    found: Any = prepare(int(sys.argv[2])) if asked else {"halves": halves(), "numbers": numbers(), "listed": listed()}
    json.dump(found, sys.stdout, ensure_ascii=False)
