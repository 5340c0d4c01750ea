"""Deciding about doubtful rows: whose value counts, what is written as questioned or left out, and applying later."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from interparl.accounts.models import User
from interparl.core.models import Entry, Source
from interparl.core.writing import change
from interparl.directory.models import Convocation, Faction, Mandate, Person
from interparl.exchange.actions import Choice, Decided, apply, choices_for, decide, undo
from interparl.exchange.actions.deciding import last_entry_of_all
from interparl.exchange.models import Batch, Row
from tests.makers import BY, a_user
from tests.valley import ANNA, SEAT, TERM, a_file, applied, dump, looked_at, numbers, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    return a_user("desk_officer")


def edited(born: str = "1971", gender: str = "") -> None:
    with change(Person.objects.get(), by=BY) as held:
        held.born = born
        held.gender = gender or held.gender


def differing(born: str = "1972") -> bytes:
    return a_file(persons=[ANNA | {"birth_date": born}])


def row_of(batch: Batch, record: str = "person") -> Row:
    return batch.rows.get(record=record)


def decided(batch: Batch, decision: str, by: User, record: str = "person", **more: Any) -> Decided:
    return decide(batch, [row_of(batch, record).pk], Choice(decision, **more), by=by)


@pytest.mark.parametrize(
    ("decision", "born", "state"), [("file", "1972", "written"), ("ours", "1971", "written"), ("out", "1971", "out")]
)
def test_a_decided_value_is_written_when_the_import_is_applied(by: User, decision: str, born: str, state: str) -> None:
    applied()
    edited()
    batch = looked_at(differing())
    assert decided(batch, decision, by) == Decided(1)
    apply(batch, by=by)
    row = row_of(batch)
    assert (Person.objects.get().born, row.state, row.decided_by) == (born, state, by)


def test_each_value_is_decided_by_itself_when_several_differ(by: User) -> None:
    applied()
    edited(gender="male")
    batch = looked_at(differing())
    row = row_of(batch)
    assert {name: pair for one in row.records for name, pair in one["asked"].items()} == {
        "born": ["1972", "1971"],
        "gender": ["female", "male"],
    }
    decided(batch, "each", by, fields={"0.born": "file", "0.gender": "ours"})
    apply(batch, by=by)
    person = Person.objects.get()
    assert (person.born, person.gender) == ("1972", "male")


def test_a_row_decided_later_is_written_by_a_further_step_and_taken_back_with_it(by: User) -> None:
    applied()
    edited()
    before = dump()
    batch = applied(a_file(persons=[ANNA | {"birth_date": "1972"}, {"id": "p2", "name": "Jan Lis"}]))
    assert (numbers(batch), Person.objects.count()) == ({"new": 1, "doubtful": 1, "same": 6}, 2)
    assert list(Batch.objects.waiting()) == [batch]
    decide(batch, list(batch.rows.filter(state=Row.State.OPEN).values_list("pk", flat=True)), Choice("file"), by=by)
    assert apply(batch, by=by) == 1
    assert (Person.objects.filter(born="1972").count(), list(Batch.objects.waiting())) == (1, [])
    undo(batch, by=by)
    assert dump() == before


def test_an_applied_import_is_refused_when_nothing_was_decided_since() -> None:
    batch = applied()
    with pytest.raises(ValidationError, match="applied already"):
        apply(batch, by=BY)


def test_rows_that_wait_are_written_with_the_row_they_belong_to_when_it_is_decided(by: User) -> None:
    batch = applied(a_file(events=[TERM | {"end_date": "soon"}]))
    assert {row.record: row.state for row in batch.rows.filter(outcome="doubtful")} == {
        "event": "open",
        "membership": "waiting",
    }
    decided(batch, "write", by, record="event")
    apply(batch, by=by)
    assert (Convocation.objects.count(), Mandate.objects.get().convocation) == (1, Convocation.objects.get())
    assert set(batch.rows.values_list("state", flat=True)) == {"written", "idle"}


def test_rows_that_wait_are_left_out_with_the_row_they_belong_to(by: User) -> None:
    batch = looked_at(a_file(events=[TERM | {"end_date": "soon"}]))
    decided(batch, "out", by, record="event")
    apply(batch, by=by)
    assert (Convocation.objects.count(), Mandate.objects.count()) == (0, 0)
    assert {row.state for row in batch.rows.filter(record__in=("event", "membership"))} == {"out"}


def test_a_backward_row_is_written_as_questioned_when_somebody_says_so(by: User) -> None:
    batch = looked_at(a_file(memberships=[SEAT | {"end_date": "2011"}]))
    assert choices_for(row_of(batch, "membership")) == ["write", "out"]
    decided(batch, "write", by, record="membership")
    apply(batch, by=by)
    mandate = Mandate.objects.get()
    assert (mandate.until, "backwards" in mandate.questioned) == ("2011", True)


def test_a_decision_is_taken_back_until_it_is_written(by: User) -> None:
    applied()
    edited()
    batch = looked_at(differing())
    decided(batch, "file", by)
    decided(batch, "", by)
    row = row_of(batch)
    assert (row.state, row.decision, row.decided_by) == ("open", "", None)
    decided(batch, "ours", by)
    apply(batch, by=by)
    assert decided(batch, "file", by) == Decided(0)


def test_a_decision_that_does_not_fit_leaves_the_row(by: User) -> None:
    applied()
    edited()
    batch = looked_at(differing())
    assert decided(batch, "write", by) == Decided(0, unfit=1)
    assert row_of(batch).state == "open"


def test_what_others_changed_is_looked_at_anew_when_one_decides(by: User) -> None:
    applied()
    edited()
    batch = looked_at(differing())
    seen = last_entry_of_all()
    edited("1973")
    assert decide(batch, [row_of(batch).pk], Choice("file"), by=by, seen=seen) == Decided(0, moved=1)
    row = row_of(batch)
    assert (row.state, row.records[0]["asked"]) == ("open", {"born": ["1972", "1973"]})
    assert decide(batch, [row.pk], Choice("file"), by=by, seen=last_entry_of_all()) == Decided(1)
    apply(batch, by=by)
    assert Person.objects.get().born == "1972"


def test_a_decided_row_waits_anew_when_its_record_was_changed_before_a_further_step(by: User) -> None:
    applied()
    edited()
    batch = applied(differing())
    decided(batch, "file", by)
    edited("1974")
    with pytest.raises(ValidationError, match="since the preview"):
        apply(batch, by=by)
    row = row_of(batch)
    assert (row.state, row.records[0]["asked"], Person.objects.get().born) == (
        "open",
        {"born": ["1972", "1974"]},
        "1974",
    )


def test_a_value_kept_once_is_not_asked_again_when_the_next_edition_says_the_same(by: User) -> None:
    applied()
    edited()
    batch = looked_at(differing())
    decided(batch, "ours", by)
    apply(batch, by=by)
    again = looked_at(differing())
    assert (numbers(again), told(again, "kept_before")) == ({"same": 7}, [("persons[0]", "kept_before")])
    assert numbers(looked_at(differing("1975"))) == {"doubtful": 1, "same": 6}


def test_a_later_edition_takes_over_the_rows_that_wait() -> None:
    applied()
    edited()
    first, second = applied(differing()), applied(differing())
    assert list(Batch.objects.waiting()) == [second]
    undo(second, by=BY)
    assert list(Batch.objects.waiting()) == [first]


def test_the_source_is_there_when_all_rows_wait() -> None:
    batch = applied(
        a_file(persons=[], organizations=[], areas=[], memberships=[], events=[TERM | {"end_date": "soon"}])
    )
    assert (batch.source, Source.objects.filter(key="valley").exists()) == (
        Source.objects.first(),
        bool(numbers(batch)),
    )


def test_an_empty_value_is_filled_when_nobody_ever_set_it() -> None:
    applied(a_file(persons=[{"id": "p1", "name": "Anna Nowak"}]))
    person = Person.objects.get()
    batch = applied(a_file(persons=[ANNA]), name="hill.popolo.json")
    assert (person.born, Person.objects.count(), batch.rows.get(record="person").outcome) == ("", 2, "new")
    edited_file = a_file(persons=[{"id": "p1", "name": "Anna Nowak", "birth_date": "1970"}])
    assert numbers(applied(edited_file)) == {"changed": 1, "same": 6}


def test_decisions_are_refused_when_the_import_was_taken_back(by: User) -> None:
    applied()
    edited()
    batch = applied(differing())
    undo(batch, by=BY)
    with pytest.raises(ValidationError, match="taken back"):
        decided(batch, "file", by)


def test_a_whole_kind_is_decided_at_once_when_asked(by: User) -> None:
    people = [{"id": f"p{number}", "name": f"Anna {number}", "birth_date": "1970"} for number in range(1, 31)]
    applied(a_file(persons=people, memberships=[]))
    for person in Person.objects.all():
        with change(person, by=BY) as held:
            held.born = "1971"
    batch = looked_at(a_file(persons=[one | {"birth_date": "1972"} for one in people], memberships=[]))
    keys = list(batch.rows.filter(told__contains="d:edited").values_list("pk", flat=True))
    assert decide(batch, keys, Choice("file"), by=by) == Decided(30)
    apply(batch, by=by)
    assert set(Person.objects.values_list("born", flat=True)) == {"1972"}


@pytest.mark.django_db(transaction=True)
def test_one_wins_and_the_other_gets_one_message_when_two_apply_one_import() -> None:
    batch = looked_at()
    barrier, said = Barrier(2), list[str]()

    def press() -> None:
        try:
            barrier.wait(timeout=20)
            said.append(str(apply(Batch.objects.get(pk=batch.pk), by=BY)))
        except ValidationError as error:
            said.append(" ".join(error.messages))
        finally:
            connections.close_all()

    pressing = [Thread(target=press) for _one in range(2)]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join(timeout=60)
    written, refused = sorted(said, key=len)
    assert (written.isdigit(), len(said), Person.objects.count(), Faction.objects.count()) == (True, 2, 1, 1)
    assert refused in (
        "Somebody decided or applied something meanwhile. Look again and apply then.",
        "This import was applied already.",
    )
    assert Entry.objects.filter(batch=batch.pk, kind="directory.person").count() == 1
