"""Moves: state, right, reason and readiness are looked at before the deed, in this order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from interparl.accounts.models import User
from interparl.core.models import Source
from interparl.core.rights import Reader
from interparl.core.workflow import Asked, Move, Open, Workflow
from interparl.core.writing import Refused

DAY = date(2014, 6, 1)


@pytest.fixture
def made() -> list[tuple[str, date, str]]:
    """What was done."""
    return []


@pytest.fixture
def workflow(made: list[tuple[str, date, str]]) -> Workflow[Any]:
    """From draft to sent, and back with a reason."""

    def do(name: str) -> Any:
        return lambda record, asked: made.append((f"{name} {record.key}", asked.day, asked.reason))

    return Workflow(
        state=lambda record: record.licence or "draft",
        titles={"draft": "Draft", "sent": "Sent"},
        moves=(
            Move(
                "recall", "Recall", frozenset({"sent"}), "draft", "core.change_source", do("recall"), needs_reason=True
            ),
            Move("drop", "Drop", frozenset({"draft"}), "gone", "core.delete_source", do("drop")),
            Move(
                "send",
                "Send",
                frozenset({"draft"}),
                "sent",
                "core.change_source",
                do("send"),
                is_usual=True,
                missing=lambda record: "" if record.url else "The address is missing.",
                consequence="It is sent.",
            ),
            Move("keep", "Keep", frozenset({"draft", "sent"}), "draft", "core.change_source", do("keep")),
        ),
    )


def user(role: str, *, is_active: bool = True) -> User:
    """Somebody with that role."""
    return User(username=role, role=role, is_active=is_active)


def record(state: str = "", key: str = "one", url: str = "https://example.org") -> Any:
    """A record in that state; the locked one may be changed by nobody."""
    one: Any = Source(key=key, licence=state, url=url)
    if key == "locked":
        one.may_do = lambda _action, _user: False
    return one


@pytest.mark.parametrize(
    ("state", "reader", "names"),
    [
        ("", user("desk_officer"), ["send", "keep"]),
        ("", user("administrator"), ["send", "drop", "keep"]),
        ("sent", user("desk_officer"), ["recall", "keep"]),
        ("gone", user("administrator"), []),
        ("", user("member"), []),
        ("", user("administrator", is_active=False), []),
        ("", AnonymousUser(), []),
    ],
)
def test_the_moves_that_fit_state_and_role_are_offered_when_a_page_asks(
    state: str, reader: Reader, names: list[str], workflow: Workflow[Any]
) -> None:
    assert [one.name for one in workflow.offered(record(state), reader)] == names


def test_what_is_still_open_is_said_when_a_move_is_offered(workflow: Workflow[Any]) -> None:
    [send, _keep] = workflow.offered(record(url=""), user("desk_officer"))
    assert (send.open_condition, send.consequence, send.is_usual) == ("The address is missing.", "It is sent.", True)


@pytest.fixture
def waiting() -> tuple[Workflow[Any], list[Asked]]:
    """Sources are closed; a note and a link ought to be there first. And what the step was asked with."""
    asked: list[Asked] = []

    def awaits(one: Any) -> list[Open]:
        found = [] if one.url else [Open("link", "There is no link.")]
        return [*found, Open("notes", "2 notes are open.", 2)] if one.key == "noted" else found

    move: Move[Any] = Move(
        "close",
        "Close",
        frozenset({"draft"}),
        "closed",
        "core.change_source",
        lambda _one, given: asked.append(given),
        awaits=awaits,
    )
    return Workflow(state=lambda _record: "draft", titles={"draft": "Draft"}, moves=(move,)), asked


def overrider(*, may: bool = True, **values: Any) -> Any:
    """A record whose open conditions its readers may override, or may not."""
    one = record(**values)
    one.may_do = lambda action, _user: may or action != "override"
    return one


def test_what_may_be_overridden_is_offered_with_a_reason(waiting: tuple[Workflow[Any], list[Asked]]) -> None:
    ways, officer = waiting[0], user("desk_officer")
    [found] = ways.offered(overrider(url="", key="noted"), officer)
    assert [one.seen for one in found.awaited] == ["link:1", "notes:2"]
    assert (found.open_condition, found.needs_reason, found.asks_for_reason) == ("", False, True)
    [found] = ways.offered(overrider(may=False, url="", key="noted"), officer)
    assert (found.open_condition, found.awaited) == ("There is no link. 2 notes are open.", ())
    [found] = ways.offered(overrider(), officer)
    assert (found.open_condition, found.awaited, found.asks_for_reason) == ("", (), False)


@pytest.mark.parametrize(
    ("may", "seen", "reason", "refused"),
    [
        (True, {"link:1", "notes:2"}, "Why", []),
        (True, {"link:1", "notes:2", "other:1"}, "Why", []),
        (True, {"link:1", "notes:2"}, " ", ["Write the reason."]),
        (True, {"link:1", "notes:1"}, "Why", ["There is no link.", "2 notes are open."]),
        (True, {"notes:2"}, "Why", ["There is no link.", "2 notes are open."]),
        (True, set(), "Why", ["There is no link.", "2 notes are open."]),
        (False, {"link:1", "notes:2"}, "Why", ["There is no link. 2 notes are open."]),
    ],
)
def test_only_what_was_seen_is_overridden_with_a_reason_by_who_may(
    may: bool, seen: set[str], reason: str, refused: list[str], waiting: tuple[Workflow[Any], list[Asked]]
) -> None:
    ways, made = waiting
    one, asked = overrider(may=may, url="", key="noted"), Asked(user("desk_officer"), DAY, reason, frozenset(seen))
    if not refused:
        ways.make("close", one, asked)
        assert [given.without for given in made] == [("link", "notes")]
        return
    with pytest.raises(Refused) as refusal:
        ways.make("close", one, asked)
    assert (refusal.value.messages, made) == (refused, [])


def test_a_consequence_is_made_of_record_and_reader_only_when_it_is_shown() -> None:
    asked: list[str] = []

    def freed(one: Any, reader: Reader) -> str:
        asked.append(one.key)
        return f"{one.key} is freed, says {reader}."

    move: Move[Any] = Move(
        "drop", "Drop", frozenset({"draft"}), "gone", "core.change_source", lambda *_asked: None, consequence=freed
    )
    ways: Workflow[Any] = Workflow(state=lambda _record: "draft", titles={"draft": "Draft"}, moves=(move,))
    [offered] = ways.offered(record(), user("desk_officer"))
    assert asked == []
    assert str(offered.consequence) == "one is freed, says desk_officer."
    assert asked == ["one"]


def test_no_move_is_offered_when_the_row_may_not_be_changed(workflow: Workflow[Any]) -> None:
    assert workflow.offered(record(key="locked"), user("administrator")) == []


def test_a_move_is_made_once_when_all_is_ready(workflow: Workflow[Any], made: list[Any]) -> None:
    workflow.make("send", record(), Asked(user("desk_officer"), DAY))
    workflow.make("recall", record("sent"), Asked(user("desk_officer"), DAY, "Wrong address"))
    assert made == [("send one", DAY, ""), ("recall one", DAY, "Wrong address")]


@pytest.mark.parametrize(
    ("name", "one", "by", "error"),
    [
        ("send", record(), "member", PermissionDenied),
        ("drop", record(), "desk_officer", PermissionDenied),
        ("nothing", record(), "administrator", PermissionDenied),
        ("send", record(key="locked"), "administrator", PermissionDenied),
        ("send", record("sent"), "desk_officer", "“Send” is not possible now."),
        ("recall", record("sent"), "desk_officer", "Write the reason."),
        ("send", record(url=""), "desk_officer", "The address is missing."),
    ],
)
def test_a_move_is_refused_and_not_made_when_something_stands_against_it(
    name: str, one: Any, by: str, error: Any, workflow: Workflow[Any], made: list[Any]
) -> None:
    with pytest.raises(Refused if isinstance(error, str) else error) as refusal:
        workflow.make(name, one, Asked(user(by), DAY, "  "))
    if isinstance(refusal.value, Refused):
        assert refusal.value.messages == [error]
    assert made == []
