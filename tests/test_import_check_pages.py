"""The pages of a check: filters, deciding by forms, one row, possible doubles, what waits, progress."""

from __future__ import annotations

from html import unescape
from time import monotonic, sleep
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import User
from interparl.core.models import Entry, Source
from interparl.core.writing import change
from interparl.directory.models import Person
from interparl.exchange.actions import apply, preview, starting
from interparl.exchange.actions.progress import Teller, forget, held, progress_of
from interparl.exchange.blocks import came_from
from interparl.exchange.models import Batch, Distinct, Row
from tests.makers import BY, a_person, a_reading, a_user
from tests.valley import ANNA, a_file, applied, looked_at

pytestmark = pytest.mark.django_db
PEOPLE = [{"id": f"p{number}", "name": f"Anna {number}", "birth_date": "1970"} for number in range(1, 61)]


def doubtful(number: int = 3) -> Batch:
    """A check with so many people whose birth was edited here."""
    people = PEOPLE[:number]
    applied(a_file(persons=people, memberships=[]))
    for person in Person.objects.all():
        with change(person, by=BY) as held_person:
            held_person.born = "1971"
    return looked_at(a_file(persons=[one | {"birth_date": "1972"} for one in people], memberships=[]))


def shown(desk: Client, batch: Batch, query: str = "") -> str:
    answer = desk.get(f"/desk/imports/{batch.pk}/{query}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def pressed(desk: Client, batch: Batch, **asked: Any) -> str:
    seen = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
    answer = desk.post(f"/desk/imports/{batch.pk}/decide/", {"seen": seen, **asked}, follow=True)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def states(batch: Batch) -> list[str]:
    return list(batch.rows.filter(record="person").values_list("state", flat=True))


def test_both_values_stand_side_by_side_with_place_and_raw_source(desk: Client) -> None:
    batch = doubtful(1)
    page = shown(desk, batch, "?state=open")
    assert all(words in page for words in ("1971", "1972", "persons[0]", "take the file’s values"))
    row = batch.rows.get(record="person")
    page = unescape(desk.get(f"/desk/imports/{batch.pk}/rows/{row.pk}/").content.decode())
    assert all(words in page for words in ("1971", "1972", '"birth_date": "1972"', "Take each value as marked"))


def test_the_way_has_the_same_steps_when_a_table_is_checked_as_when_it_was_handed_in(desk: Client) -> None:
    table = preview("people-csv", b"id,name,remark\n1,Anna Nowak,x\n", "list.csv", by=BY)
    page = desk.get(f"/desk/imports/{table.pk}/")
    labels = [str(step.label) for step in desk.get("/desk/imports/new/").context["stages"]]
    assert [(str(step.label), step.state) for step in page.context["stages"]] == list(
        zip(labels, ("done", "done", "now", "planned"), strict=True)
    )
    assert [step.state for step in desk.get(f"/desk/imports/{applied().pk}/").context["stages"]] == [
        *("done", "skipped", "done", "done")
    ]


def test_a_row_without_a_name_is_called_by_its_place(desk: Client) -> None:
    table = preview("people-csv", b"id,name,remark\n1,Anna Nowak,x\n", "list.csv", by=BY)
    assert [line.name for line in desk.get(f"/desk/imports/{table.pk}/").context["lines"]] == [
        "Anna Nowak",
        "The whole file",
    ]


def test_rows_are_fewer_when_filtered_by_reason(desk: Client) -> None:
    batch = doubtful()
    assert "Anna 1" in shown(desk, batch, "?told=edited")
    assert ("Anna 1" in shown(desk, batch, "?told=edited&outcome=same"), "Anna 1" in shown(desk, batch, "?told=x")) == (
        False,
        True,
    )


def test_pages_of_fifty_follow_the_order_of_the_file(desk: Client) -> None:
    batch = doubtful(60)
    first, second = shown(desk, batch, "?record=person"), shown(desk, batch, "?record=person&page=2")
    assert ("Rows 1–50 of 60" in first, "Rows 51–60 of 60" in second) == (True, True)
    assert (">Anna 51<" in first, ">Anna 51<" in second, ">Anna 1<" in second) == (False, True, False)


def test_single_rows_are_decided_by_their_selects(desk: Client, officer: User) -> None:
    batch = doubtful()
    first, second, _third = batch.rows.filter(record="person")
    page = pressed(desk, batch, scope="each", **{f"row-{first.pk}": "file", f"row-{second.pk}": "out"})
    assert ("2 rows were decided." in page, states(batch)) == (True, ["ready", "out", "open"])
    first.refresh_from_db()
    assert first.decided_by == officer
    pressed(desk, batch, scope="each", **{f"row-{second.pk}": "undecided"})
    assert states(batch) == ["ready", "open", "open"]


def test_ticked_rows_are_decided_together(desk: Client) -> None:
    batch = doubtful()
    keys = list(batch.rows.filter(record="person").values_list("pk", flat=True))
    pressed(desk, batch, scope="ticked", bulk="ours", row=keys[:2])
    assert states(batch) == ["ready", "ready", "open"]


def test_all_of_a_kind_are_decided_with_one_press(desk: Client) -> None:
    batch = doubtful(60)
    page = pressed(desk, batch, scope="all", bulk="file", told="edited")
    assert ("60 rows were decided." in page, set(states(batch))) == (True, {"ready"})
    desk.post(f"/desk/imports/{batch.pk}/apply/")
    assert set(Person.objects.values_list("born", flat=True)) == {"1972"}


def test_nothing_is_decided_when_nothing_is_said(desk: Client) -> None:
    batch = doubtful()
    assert "Say what is to be decided." in pressed(desk, batch, scope="all", bulk="")
    assert "No row was chosen" in pressed(desk, batch, scope="ticked", bulk="file")
    assert set(states(batch)) == {"open"}


def test_each_value_of_a_row_is_decided_on_its_page(desk: Client) -> None:
    batch = doubtful(1)
    row = batch.rows.get(record="person")
    address = f"/desk/imports/{batch.pk}/rows/{row.pk}/"
    seen = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
    desk.post(address, {"decision": "each", "field-0.born": "file", "seen": seen})
    row.refresh_from_db()
    assert (row.decision, row.state, row.decided["fields"]) == ("each", "ready", {"0.born": "file"})
    assert "Decided:" in unescape(desk.get(address).content.decode())


def test_a_look_alike_is_chosen_on_the_page_of_its_row(desk: Client) -> None:
    person = a_person("Nowak", "Anna")
    batch = looked_at(a_file(persons=[{"id": "p1", "name": "Anna Nowak"}]))
    row = batch.rows.get(record="person")
    assert "Records that look like it" in unescape(
        desk.get(f"/desk/imports/{batch.pk}/rows/{row.pk}/").content.decode()
    )
    seen = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
    for pk in (person.pk + 1, person.pk):
        desk.post(f"/desk/imports/{batch.pk}/rows/{row.pk}/", {"decision": f"same-{pk}", "seen": seen})
    row.refresh_from_db()
    assert (row.target_id, row.decision) == (person.pk, "same")


def test_a_row_about_what_one_may_not_know_of_is_not_there(desk: Client) -> None:
    batch = doubtful(1)
    with change(Person.objects.get(), by=BY) as held_person:
        held_person.mark = "official"
    row = batch.rows.get(record="person")
    assert desk.get(f"/desk/imports/{batch.pk}/rows/{row.pk}/").status_code == 404
    assert "Anna 1" not in shown(desk, batch)
    pressed(desk, batch, scope="all", bulk="file", told="edited")
    assert states(batch) == ["open"]


def test_pages_are_refused_when_a_member_asks(client: Client, member: User) -> None:
    batch = doubtful(1)
    row = batch.rows.get(record="person")
    client.force_login(member)
    for path in (f"{batch.pk}/rows/{row.pk}/", f"{batch.pk}/report/", "doubles/"):
        assert client.get(f"/desk/imports/{path}").status_code == 403
    for path in (f"{batch.pk}/decide/", f"{batch.pk}/rows/{row.pk}/", "doubles/apart/"):
        assert client.post(f"/desk/imports/{path}").status_code == 403


def test_what_waits_stands_on_the_home_page_and_in_the_list(desk: Client) -> None:
    batch = doubtful(1)
    words = "Doubtful rows wait in imports"
    assert words not in unescape(desk.get("/desk/").content.decode())
    desk.post(f"/desk/imports/{batch.pk}/apply/")
    home = unescape(desk.get("/desk/").content.decode())
    assert (words in home, "/desk/imports/?waiting=1&source=valley" in home) == (True, True)
    listed = desk.get("/desk/imports/?waiting=1&source=valley").content.decode()
    assert f'href="/desk/imports/{batch.pk}/"' in listed
    pressed(desk, batch, scope="all", bulk="file", state="open")
    desk.post(f"/desk/imports/{batch.pk}/apply/")
    assert (Person.objects.get().born, words in unescape(desk.get("/desk/").content.decode())) == ("1972", False)


def test_two_are_told_apart_on_the_page_of_doubles(desk: Client, officer: User) -> None:
    one, two = a_person("Nowak", "Anna"), a_person("Nowak", "Anna")
    page = unescape(desk.get("/desk/imports/doubles/?kind=directory.person").content.decode())
    assert (f"/desk/merge/directory.person/{one.pk}/{two.pk}/" in page, "Called alike." in page) == (True, True)
    assert all(f"No. {pk}" in page for pk in (one.pk, two.pk))
    desk.post("/desk/imports/doubles/apart/", {"kind": "directory.person", "pk": [two.pk, one.pk]})
    assert Distinct.objects.get().user == officer
    page = desk.get("/desk/imports/doubles/?kind=directory.person").content.decode()
    assert "No two records of this kind look the same." in page


@pytest.mark.parametrize("pk", [["1"], ["1", "x"], ["1", "999999"], []])
def test_nothing_is_told_apart_when_two_are_not_there(desk: Client, pk: list[str]) -> None:
    assert desk.post("/desk/imports/doubles/apart/", {"kind": "directory.person", "pk": pk}).status_code == 404


def test_history_and_page_of_a_record_tell_the_file_and_the_row(desk: Client) -> None:
    batch = applied(a_file(persons=[ANNA]), on=None)
    with change(Source.objects.get(), by=BY) as source:
        source.licence = "CC BY 4.0"
    person = Person.objects.get()
    history = unescape(desk.get(f"/desk/people/{person.pk}/history/").content.decode())
    assert (f"Import {batch.pk}, persons[0]" in history, f'href="/desk/imports/{batch.pk}/"' in history) == (True, True)
    page = unescape(desk.get(f"/desk/people/{person.pk}/").content.decode())
    assert all(words in page for words in ("Brought in from files", "valley.popolo.json", "CC BY 4.0", "persons[0]"))


def test_a_value_edited_since_no_longer_counts_as_the_files(officer: User) -> None:
    applied(a_file(persons=[{"id": "p1", "name": "Anna Nowak", "birth_date": "1970"}]))
    person = Person.objects.get()

    def fields() -> list[str]:
        found = came_from(person, a_reading(officer))
        return str(found.facts[0].label).split(", ") if found else []

    assert "Born" in fields()
    with change(person, by=BY) as held_person:
        held_person.born = "1971"
    assert ("Born" in fields(), "Name of a person" in fields()) == (False, True)


def test_queries_stay_as_many_when_many_rows_are_doubtful(desk: Client) -> None:
    few = doubtful(2)
    counts = []
    for batch in (few, few):
        with CaptureQueriesContext(connection) as queries:
            shown(desk, batch, "?state=open")
        counts.append(len(queries))
    many = looked_at(a_file(persons=[one | {"birth_date": "1972"} for one in PEOPLE], memberships=[]))
    with CaptureQueriesContext(connection) as queries:
        shown(desk, many, "?record=person")
    assert len(queries) <= counts[1] + 1


def test_the_check_loads_no_messages(desk: Client) -> None:
    batch = doubtful(2)
    with CaptureQueriesContext(connection) as queries:
        shown(desk, batch)
    assert [query["sql"] for query in queries if '"exchange_batch"."messages"' in query["sql"]] == []


def test_the_page_shows_how_far_applying_is_and_why_it_failed(desk: Client) -> None:
    batch = looked_at()
    with held(batch.pk) as is_mine:
        teller = Teller(batch.pk, 200)
        teller.more(50)
        teller.expect(200)
        page = shown(desk, batch)
        assert (is_mine, "Writing: 50 of 200" in page, 'http-equiv="refresh"' in page) == (True, True, True)
        said = unescape(desk.post(f"/desk/imports/{batch.pk}/apply/", follow=True).content.decode())
        assert "being applied at this moment" in said
        desk.post(f"/desk/imports/{batch.pk}/discard/")
        assert Batch.objects.filter(pk=batch.pk).exists()
    broken = shown(desk, batch)
    assert ("It broke off before the end." in broken, 'http-equiv="refresh"' in broken) == (True, False)
    teller.fail(["The disk is full."])
    assert "Nothing was written. The disk is full." in shown(desk, batch)
    forget(batch.pk)
    assert progress_of(batch.pk) is None


@pytest.mark.django_db(transaction=True)
def test_a_large_import_is_written_beside_the_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "AT_ONCE", 10)
    client.force_login(a_user("desk_officer"))
    batch = looked_at(a_file(persons=PEOPLE, memberships=[]))
    assert client.post(f"/desk/imports/{batch.pk}/apply/").status_code == 302
    limit = monotonic() + 60
    while Batch.objects.get(pk=batch.pk).state != "applied" and monotonic() < limit:
        sleep(0.1)
    while progress_of(batch.pk) is not None and monotonic() < limit:
        sleep(0.1)
    assert (Person.objects.count(), progress_of(batch.pk)) == (60, None)


def test_nothing_is_written_and_it_is_said_why_when_applying_fails_in_the_middle(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = looked_at(a_file(persons=PEOPLE))
    entries = Entry.objects.count()

    def fails(_number: int) -> None:
        if Person.objects.exists():
            raise ValidationError("The disk is full.")

    with pytest.raises(ValidationError, match="disk is full"):
        apply(batch, by=BY, tell=fails)
    assert (Entry.objects.count(), Person.objects.count(), Batch.objects.get(pk=batch.pk).state) == (
        entries,
        0,
        "previewed",
    )
    assert set(batch.rows.values_list("state", flat=True)) <= {"ready", "idle"}
    assert Row.objects.filter(state="written").count() == 0
