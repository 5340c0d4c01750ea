"""The keys of clashes: the same wherever the database is, and silent about what the reader may not know of."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.core.management import call_command

from interparl.accounts.models import User
from interparl.meetings.apps import salt_clashes
from interparl.meetings.attention import with_clashes
from interparl.meetings.models import ClashSalt, Event, KeptClash
from interparl.meetings.tests.test_clashes import found, two_talks
from interparl.meetings.tests.test_occupying import takes_part
from tests.makers import a_person, a_user, kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    """Who may change everything that is not restricted."""
    return a_user("desk_officer")


def test_a_clash_stays_kept_when_the_database_is_brought_back_under_another_secret_key(
    officer: User, settings: Any
) -> None:
    mine, other = two_talks(a_person())
    for event in (mine, other):
        [clash] = found(event, officer)
        kept(KeptClash(event=event, key=clash.key, reason="He leaves earlier"))
    settings.SECRET_KEY = "another key, as on another machine"  # noqa: S105
    assert [one.reason for event in (mine, other) for one in found(event, officer)] == ["He leaves earlier"] * 2
    day = mine.first_day
    assert day is not None
    assert list(with_clashes(Event.objects.all(), day, officer)) == []


def test_the_secret_of_clashes_is_made_once_and_stays_after_an_upgrade() -> None:
    before = list(ClashSalt.objects.values_list("value", flat=True))
    assert [len(value) for value in before] == [64]
    call_command("migrate", verbosity=0, interactive=False)
    assert list(ClashSalt.objects.values_list("value", flat=True)) == before
    ClashSalt.objects.all().delete()
    salt_clashes(using="default")
    [anew] = ClashSalt.objects.values_list("value", flat=True)
    assert anew not in before


def test_a_key_is_another_one_under_another_secret(officer: User) -> None:
    mine, _other = two_talks(a_person())
    [before] = found(mine, officer)
    ClashSalt.objects.update(value="0" * 64)
    [after] = found(mine, officer)
    assert before.key != after.key
    assert before.key.rpartition("-")[0] == after.key.rpartition("-")[0]


def guesses(person: int, event: int) -> set[int]:
    """What somebody would try who wants to know which event it is: its number, and digests of all that he can know."""
    said = (
        f"{event}",
        f"directory.person.{person}.{event}",
        f"interparl.meetings.clashdirectory.person.{person}.{event}",
    )
    digests = [getattr(hashlib, name)(one.encode()).digest() for one in said for name in ("md5", "sha1", "sha256")]
    return {event, *(int.from_bytes(digest[:6]) for digest in digests)}


def test_a_key_tells_nothing_of_a_hidden_event_and_is_the_same_for_every_reader(officer: User) -> None:
    person, another = a_person(), a_person()
    mine, other = two_talks(person, mark="official")
    takes_part(mine, another)
    takes_part(other, another)
    hidden, seen = found(mine, officer), found(mine, a_user("head_of_department"))
    assert {one.key for one in hidden} == {one.key for one in seen}
    numbers = [int(one.key.rpartition("-")[2]) for one in hidden]
    # Nor do two keys tell that it is the same event in which both of them are.
    assert len(set(numbers)) == 2
    every: set[Any] = guesses(person.pk, other.pk) | guesses(another.pk, other.pk)
    assert every.isdisjoint(numbers)
