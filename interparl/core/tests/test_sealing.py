"""The seals: every entry once, and whatever was done to the history past the gate is named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection

from interparl.core import sealing
from interparl.core.models import Entry, Seal
from interparl.core.sealing import Finding, findings, last_seal, seal
from tests import makers

pytestmark = pytest.mark.django_db

NOON = datetime(2015, 6, 1, 12, tzinfo=UTC)


def sealed(number: int = 3, at: datetime = NOON) -> list[int]:
    """So many countries, each with an entry, and a seal over them; the keys of the entries."""
    with time_machine.travel(at, tick=False):
        for _row in range(number):
            makers.a_country()
        made = seal(at)
    assert made is not None
    return list(made.entries.order_by("pk").values_list("pk", flat=True))


def by_sql(text: str, *values: str | int | None) -> None:
    """What somebody does who has the database and not the program."""
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def test_every_entry_is_sealed_once_when_it_is_sealed_again_and_again() -> None:
    first, second = sealed(), sealed(2, NOON + timedelta(minutes=1))
    assert seal(NOON + timedelta(minutes=2)) is None
    assert (len(first), len(second), Entry.objects.filter(seal=None).count()) == (3, 2, 0)
    links = list(Seal.objects.order_by("number"))
    assert [link.number for link in links] == [1, 2]
    assert (links[0].previous, links[1].previous) == ("", links[0].hash)
    assert last_seal() == links[1]
    assert findings() == []


def test_a_long_list_is_sealed_in_parts_when_there_is_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "LISTED_AT_MOST", 2)
    sealed(5)
    assert [link.entries.count() for link in Seal.objects.order_by("number")] == [2, 2, 1]
    assert findings() == []


def test_nothing_is_sealed_when_another_sealer_was_quicker(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed()
    makers.a_country()
    monkeypatch.setattr(sealing, "last_seal", lambda: None)  # it still sees the chain as it was before
    assert seal(NOON) is None
    assert Entry.objects.filter(seal=None).count() == 1


@pytest.mark.parametrize(
    ("field", "value"), [("actor", "somebody"), ("note", "Other"), ("verb", "ended"), ("object_id", 7), ("row", "9")]
)
def test_one_altered_byte_is_named_when_it_was_sealed(field: str, value: str | int) -> None:
    keys = sealed()
    sealed(1, NOON + timedelta(minutes=1))
    by_sql(f"UPDATE core_entry SET {field} = %s WHERE id = %s", value, keys[1])  # noqa: S608  names of ours
    assert findings() == [Finding("altered", keys[1], 1)]


def test_a_new_digest_helps_nobody_when_the_entry_was_sealed() -> None:
    keys = sealed()
    entry = Entry.objects.get(pk=keys[0])
    entry.note = "Forged"
    by_sql("UPDATE core_entry SET note = %s, digest = %s WHERE id = %s", "Forged", sealing.digest_of(entry), keys[0])
    assert findings() == [Finding("altered", keys[0], 1)]


def test_an_entry_without_its_seal_is_named_when_it_was_taken_out() -> None:
    keys = sealed()
    by_sql("UPDATE core_entry SET seal_id = NULL, note = 'x' WHERE id = %s", keys[2])
    assert findings() == [Finding("altered", keys[2], 1)]


def test_a_removed_entry_is_named_when_it_was_sealed() -> None:
    keys = sealed()
    by_sql("DELETE FROM core_entry WHERE id = %s", keys[0])
    assert findings() == [Finding("removed", keys[0], 1)]


def forged(at: datetime, *, under: Seal | None) -> int:
    """An entry put in with a true digest."""
    entry = Entry(kind="directory.country", object_id=1, verb="changed", changes={}, actor="nobody", at=at, seal=under)
    entry.digest = sealing.digest_of(entry)
    entry.save()
    return entry.pk


def test_an_inserted_entry_is_named_when_it_names_an_old_seal_or_has_an_old_date() -> None:
    sealed()
    sealed(1, NOON + timedelta(minutes=1))
    late = forged(NOON - timedelta(minutes=10), under=None)
    under = forged(NOON, under=Seal.objects.get(number=1))
    assert findings() == [Finding("inserted", under, 1), Finding("inserted", late, 0)]


def test_an_entry_may_be_late_when_its_transaction_was_long() -> None:
    sealed()
    forged(NOON - timedelta(minutes=9), under=None)
    assert findings() == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE core_seal SET hash = 'a' WHERE number = 1",
        "UPDATE core_seal SET previous = 'a' WHERE number = 2",
        "UPDATE core_seal SET number = 7 WHERE number = 3",
    ],
)
def test_a_broken_chain_is_named_when_a_seal_was_altered(change: str) -> None:
    for minute in range(3):
        sealed(1, NOON + timedelta(minutes=minute))
    by_sql(change)
    assert {found.wrong for found in findings()} == {"chain"}


def test_a_forged_list_is_named_when_its_entry_went_with_it() -> None:
    keys = sealed()
    link = Seal.objects.get()
    shorter = "".join(f"{line}\n" for line in link.listed.splitlines() if not line.startswith(f"{keys[0]} "))
    by_sql("UPDATE core_seal SET listed = %s", shorter)
    by_sql("DELETE FROM core_entry WHERE id = %s", keys[0])
    assert findings() == [Finding("chain", 0, 1)]
