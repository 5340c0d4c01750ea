"""What a request or a command asks once: kept until something is written, and not beyond its end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from interparl.accounts.models import User
from interparl.core.command_parts import reader_from
from interparl.core.days import begin_scope, end_scope, installation, once
from interparl.core.models import Setting
from interparl.core.rights import once_for
from interparl.core.writing import Planned, Refused, change, change_many
from tests import makers
from tests.makers import kept

pytestmark = pytest.mark.django_db
KEY = "interval"


class Question:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        """How often it was asked by now."""
        self.times += 1
        return self.times


@pytest.fixture
def scope() -> Iterator[None]:
    """As within a request."""
    begin_scope()
    yield
    end_scope()


def test_outside_of_a_request_each_asks_anew() -> None:
    question = Question()
    assert [once("key", question) for _time in range(3)] == [1, 2, 3]


@pytest.mark.usefixtures("scope")
def test_within_a_request_it_is_asked_once_for_each_key() -> None:
    question = Question()
    assert [once(key, question) for key in ("one", "one", "other", "one")] == [1, 1, 2, 1]
    end_scope()
    assert once("one", question) == 3
    begin_scope()
    assert once("one", question) == 4


@pytest.mark.usefixtures("scope")
def test_readers_without_a_key_do_not_share_what_was_asked() -> None:
    parliament = makers.a_parliament()
    roles = [reader_from(text) for text in ("head_of_department", "public", "protocol_officer")]
    assert {one.pk for one in roles} == {None}
    asked = [once_for(one, ("key",), Question()) for one in roles]
    assert [once_for(one, ("key",), lambda: 2) for one in roles] == asked == [1, 1, 1]
    known = [type(parliament).objects.known_of(parliament.country, one) for one in roles]
    assert known == [[parliament], [], [parliament]]


@pytest.mark.usefixtures("scope")
def test_nothing_that_is_found_is_kept_as_well() -> None:
    asked: list[None] = []
    for _time in range(2):
        assert once("key", lambda: asked.append(None)) is None
    assert len(asked) == 1


@pytest.mark.usefixtures("scope")
def test_after_a_write_all_is_asked_anew(officer: User) -> None:
    question = Question()
    country = makers.a_country()
    assert once("key", question) == 1
    with change(country, by=officer):
        country.alpha3 = "XYZ"
    assert once("key", question) == 2
    change_many([Planned(country, {"alpha3": "ZYX"})], by=officer)
    assert once("key", question) == 3


@pytest.mark.usefixtures("scope")
def test_what_was_asked_within_a_write_that_was_taken_back_is_asked_anew(officer: User) -> None:
    setting = kept(Setting(key=KEY, value="1"))
    assert installation()[KEY] == "1"

    def refused() -> None:
        with change(setting, by=officer):
            setting.value = "2"
            once("key", lambda: 1)
            raise Refused("no")

    with pytest.raises(Refused):
        refused()
    assert (installation()[KEY], once("key", lambda: 2)) == ("1", 2)
    with change(setting, by=officer):
        setting.value = "2"
    assert installation()[KEY] == "2"
