"""The worklist: what waits for whom, in which order, and that it is settled in place; the blocks and what is late."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from interparl.accounts.models import User
from interparl.core.addresses import address, list_address, new_address
from interparl.core.blocks import Rows
from interparl.core.days import today
from interparl.core.hooks import every_attention
from interparl.core.removing import remove
from interparl.tasks.blocks import clearances_of, tasks_of
from interparl.tasks.models import Clearance, Task
from interparl.tasks.models.waiting import number_waiting_for
from interparl.tasks.workflow import clearance_workflow
from tests.makers import a_country, a_reading, a_user, the_home_parliament
from tests.samples import a_record

pytestmark = pytest.mark.django_db
WORKLIST = "/desk/tasks/worklist/"
LATE = date(2012, 1, 2)


def pressed(row: Any, move: str, position: int = 0) -> dict[str, str]:
    """What the button of a row sends."""
    return {"move": f"{row.record_kind()} {row.pk} {move} {position}"}


def test_what_waits_for_the_reader_is_listed_late_first(client: Client, member: User) -> None:
    the_home_parliament(code="BY")
    country = a_country(name="Ruritania")
    about: dict[str, Any] = {"kind": "directory.country", "object_id": country.pk}
    soon = today() + timedelta(days=400)
    task = a_record(Task, owner=member, text="Write a note", due_on=soon)
    a_record(Clearance, asked_of=member, **about)
    late = a_record(Clearance, asked_of=member, step="signed", due_on=LATE, **about)
    for hidden in ({"asked_of": a_user()}, {"asked_office": "Ministry"}, {"asked_of": member, "state": "given"}):
        a_record(Clearance, **hidden)
    a_record(Task, owner=a_user())
    a_record(Task, owner=member, state="done")
    a_record(Clearance, asked_of=member, mark="official")
    client.force_login(member)
    answer = client.get(WORKLIST)
    lines = answer.context["lines"]
    assert [line.what for line in lines] == ["Signed", str(task), "Reviewed"]
    assert [line.is_late for line in lines] == [True, False, False]
    assert (lines[0].about, lines[0].url) == ("Ruritania", address(("tasks.clearance", late.pk)))
    assert "late by" in lines[0].left
    assert "left" in lines[1].left
    assert [step.label for step in lines[0].steps] == ["Give", "Return", "Refuse"]
    assert (number_waiting_for(member), answer.context["calendar_unknown"]) == (3, False)
    [item] = [item for group in answer.context["navigation"] for item in group["items"] if item["url"] == WORKLIST]
    assert (item["count"], item["key"], item["current"]) == (3, "w", True)


def test_the_worklist_says_why_it_is_empty(client: Client, member: User) -> None:
    client.force_login(member)
    page = client.get(WORKLIST).content.decode()
    assert "Nothing waits for you." in page
    assert "No clearance is asked of you" in page


def test_a_step_is_given_in_place_and_the_keys_stay_on_the_row(client: Client, member: User) -> None:
    rows = [a_record(Clearance, asked_of=member, due_on=date(2012, 1, day)) for day in (2, 3)]
    client.force_login(member)
    answer = client.post(WORKLIST, pressed(rows[0], "give", 0))
    assert (answer.status_code, answer["Location"]) == (302, f"{WORKLIST}?row=0")
    rows[0].refresh_from_db()
    assert rows[0].state == "given"
    shown = client.get(answer["Location"])
    assert [line.is_cursor for line in shown.context["lines"]] == [True]
    assert b'class="is-cursor"' in shown.content


def test_a_refusal_asks_for_its_reason_and_comes_back_to_the_list(client: Client, member: User) -> None:
    clearance = a_record(Clearance, asked_of=member)
    client.force_login(member)
    [step] = [one for one in client.get(WORKLIST).context["lines"][0].steps if one.key == "r"]
    assert client.get(step.url).status_code == 200
    assert client.post(step.url, {"reason": ""}).status_code == 422
    answer = client.post(step.url, {"reason": "Not this year"})
    clearance.refresh_from_db()
    assert (answer["Location"], clearance.state) == (f"{WORKLIST}?row=0", "refused")


def test_a_task_is_done_in_place(client: Client, member: User) -> None:
    task = a_record(Task, owner=member)
    client.force_login(member)
    client.post(WORKLIST, pressed(task, "done"))
    task.refresh_from_db()
    assert task.state == "done"


@pytest.mark.parametrize("sent", ["", "x", "tasks.clearance", "core.source 1 give 0", "tasks.clearance 999999 give 0"])
def test_nothing_is_written_when_what_was_sent_does_not_wait(sent: str, client: Client, member: User) -> None:
    client.force_login(member)
    answer = client.post(WORKLIST, {"move": sent}, follow=True)
    assert (answer.status_code, b"does not wait for you any more" in answer.content) == (200, True)


def test_nobody_settles_through_the_list_what_is_asked_of_another(client: Client, officer: User) -> None:
    others = a_record(Clearance, asked_of=a_user())
    client.force_login(officer)
    client.post(WORKLIST, pressed(others, "give"))
    others.refresh_from_db()
    assert others.state == "waiting"


def test_a_move_that_is_no_answer_is_refused(client: Client, member: User) -> None:
    mine = a_record(Clearance, asked_of=member)
    client.force_login(member)
    assert client.post(WORKLIST, pressed(mine, "drop")).status_code == 403


def test_a_later_step_says_that_an_earlier_one_comes_first(client: Client, member: User) -> None:
    about: dict[str, Any] = {"kind": "directory.country", "object_id": a_country().pk}
    a_record(Clearance, asked_of=a_user(), order=1, **about)
    second = a_record(Clearance, asked_of=member, order=2, **about)
    client.force_login(member)
    assert b"An earlier step has to be given or dropped first." in client.get(WORKLIST).content
    answer = client.post(WORKLIST, pressed(second, "give"), follow=True)
    second.refresh_from_db()
    assert (second.state, b"An earlier step has to be" in answer.content) == ("waiting", True)


def test_the_list_asks_as_many_queries_for_many_rows_as_for_few(
    client: Client, officer: User, django_assert_max_num_queries: Any
) -> None:
    counts = []
    client.force_login(officer)
    for number in (2, 12):
        for _row in range(number):
            a_record(Clearance, asked_of=officer)
            a_record(Task, owner=officer)
        client.get(WORKLIST)
        with django_assert_max_num_queries(40) as asked:
            client.get(WORKLIST)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_nothing_is_offered_when_a_past_day_is_read(client: Client, member: User) -> None:
    a_record(Clearance, asked_of=member)
    client.force_login(member)
    [line] = client.get(WORKLIST, {"on": "2014-06-01"}).context["lines"]
    assert list(line.steps) == []


def test_the_page_says_that_our_holidays_are_not_known_when_they_are_not(client: Client, member: User) -> None:
    a_record(Clearance, asked_of=member)
    client.force_login(member)
    assert client.get(WORKLIST).context["calendar_unknown"]


def test_a_member_sees_of_clearances_and_tasks_his_own_alone(client: Client, member: User) -> None:
    mine, others = a_record(Clearance, asked_of=member), a_record(Clearance, asked_of=a_user())
    task, another = a_record(Task, owner=member), a_record(Task, owner=a_user(), text="Hidden")
    client.force_login(member)
    for row, status in ((mine, 200), (others, 404), (task, 200), (another, 404)):
        assert client.get(address((row.record_kind(), row.pk))).status_code == status
        assert row.is_open_to(member) is (status == 200)
    assert {row["id"] for row in client.get(list_address("tasks.task", format="json")).json()["rows"]} == {task.pk}
    assert b"Hidden" not in client.get(reverse("find"), {"q": "hidden"}).content


def test_what_was_removed_is_told_to_a_member_only_when_it_was_asked_of_him(
    client: Client, head: User, member: User
) -> None:
    country = a_country()
    about: dict[str, Any] = {"kind": "directory.country", "object_id": country.pk}
    rows = [a_record(Task, owner=owner, text=words, **about) for owner, words in ((member, "Mine"), (head, "Foreign"))]
    for row in rows:
        remove(row, by=head, note="Twice")
    history = address(("directory.country", country.pk), "history")
    told = {}
    for user in (head, member):
        client.force_login(user)
        page = client.get(history).content
        told[user] = (b"Mine" in page, b"Foreign" in page)
    assert told == {head: (True, True), member: (True, False)}


def test_who_sees_a_clearance_is_told_as_it_is(client: Client, head: User, member: User) -> None:
    clearance = a_record(Clearance, asked_of=member)
    client.force_login(head)
    page = client.get(address(("tasks.clearance", clearance.pk), "readers"))
    assert page.status_code == 200
    assert str(member) in page.content.decode()


@pytest.mark.parametrize("kind", ["tasks.clearance", "tasks.task"])
def test_nothing_is_asked_about_a_record_that_the_officer_may_not_know_of(
    kind: str, client: Client, officer: User
) -> None:
    secret = a_country(mark="official")
    client.force_login(officer)
    sent = {"kind": "directory.country", "step": "signed", "order": "1", "title_en": "Do", "owner": str(officer.pk)}
    sent |= {"asked_of": str(officer.pk), "mark": "internal", "grade": "stated"}
    for key in (secret.pk, 987_654):
        answer = client.post(new_address(kind), sent | {"object_id": str(key)})
        assert (answer.status_code, b"There is no such record." in answer.content) == (422, True)
    assert (Clearance.objects.count(), Task.objects.count()) == (0, 0)


def test_nobody_is_asked_who_may_not_read_it(client: Client, head: User, officer: User) -> None:
    secret = a_country(mark="official")
    client.force_login(head)
    sent = {"kind": "directory.country", "object_id": str(secret.pk), "step": "signed", "order": "1"}
    sent |= {"mark": "internal", "grade": "stated", "asked_of": str(officer.pk)}
    answer = client.post(new_address("tasks.clearance"), sent)
    assert list(answer.context["form"].errors) == ["asked_of"]
    assert client.post(new_address("tasks.clearance"), sent | {"asked_of": str(head.pk)}).status_code == 302


def test_the_blocks_show_the_chain_and_the_open_tasks_to_who_may_know(officer: User, member: User) -> None:
    country = a_country()
    about: dict[str, Any] = {"kind": "directory.country", "object_id": country.pk}
    second = a_record(Clearance, order=2, asked_of=member, **about)
    first = a_record(Clearance, order=1, asked_office="Ministry", **about)
    a_record(Clearance, asked_office="Ministry")
    task = a_record(Task, owner=officer, **about)
    a_record(Task, owner=officer, state="done", **about)
    chain, to_do = clearances_of(country, a_reading(officer)), tasks_of(country, a_reading(officer))
    assert isinstance(chain, Rows)
    assert isinstance(to_do, Rows)
    assert ([row.pk for row in chain.table.rows], [row.pk for row in to_do.table.rows]) == (
        [first.pk, second.pk],
        [task.pk],
    )
    assert "kind=directory.country" in chain.add
    mine = clearances_of(country, a_reading(member))
    assert isinstance(mine, Rows)
    assert ([row.pk for row in mine.table.rows], mine.table.total, mine.add) == ([second.pk], 1, "")
    assert tasks_of(country, a_reading(member)) is None


@pytest.mark.parametrize(
    ("key", "model", "settled"), [("clearances-late", Clearance, "given"), ("tasks-late", Task, "done")]
)
def test_what_is_late_needs_attention_where_it_is_settled(key: str, model: Any, settled: str, officer: User) -> None:
    [rule] = [one for one in every_attention() if one.key == key]
    late = a_record(model, due_on=LATE)
    a_record(model, due_on=LATE, state=settled)
    a_record(model, due_on=None)
    a_record(model, due_on=LATE + timedelta(days=1))
    found = list(rule.narrow(model.objects.visible_to(officer), LATE + timedelta(days=1), officer))
    assert found == [late]
    assert rule.leads_to is not None
    assert rule.leads_to(late) == address((model.record_kind(), late.pk))


def test_the_page_of_a_clearance_offers_its_moves_to_who_is_asked(client: Client, member: User) -> None:
    clearance = a_record(Clearance, asked_of=member)
    client.force_login(member)
    context = client.get(address(("tasks.clearance", clearance.pk))).context
    assert [str(one.label) for one in context["actions"]] == ["Give", "Return"]
    assert "Refuse" in [str(one.label) for one in context["more"]]
    assert client.get(address(("tasks.clearance", clearance.pk), "edit")).status_code == 403
    give = f"{address(('tasks.clearance', clearance.pk))}move/give/"
    assert client.get(f"{give}?on=2014-01-01").status_code == 403
    assert client.post(give, {}).status_code == 302
    clearance.refresh_from_db()
    assert clearance.state == "given"
    assert clearance_workflow.offered(clearance, member) == []
