"""The pages of keeping and erasing: who may, what is shown first, and the way through."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from interparl.accounts.models import User
from interparl.core.writing import values_of
from interparl.directory.models import (
    Erasure,
)
from interparl.exchange.models import Batch
from tests import makers
from tests.erasing import NOON, SECRETS, a_rule, an_erasure, asked, done, somebody, where

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def confirmed(client: Client, user: User) -> Client:
    """The window of that user after the password was given once more."""
    client.force_login(user)
    answer = client.post("/accounts/reauthenticate/", {"password": "a long pass phrase"})
    assert answer.status_code == 302
    return client


def test_an_erasure_goes_its_way_when_two_users_use_the_pages(
    client: Client, officer: User, administrator: User
) -> None:
    person = somebody()
    client.force_login(officer)
    sent = {"person": f"#{person.pk}", "deed": "erase", "basis": "Act 99-Z", "grounds": "Asked", "mark": "internal"}
    answer = client.post("/desk/erasures/new/", sent | {"grade": "stated"})
    erasure = Erasure.objects.get()
    url = f"/desk/erasures/{erasure.pk}/"
    assert (answer.status_code, answer["Location"]) == (302, url)
    page = client.get(url).content.decode()
    assert [word in page for word in ("1947", "zoe.quill@example.org", "What goes for good")] == [True] * 3
    assert client.post(f"{url}ask/").status_code == 302
    assert [client.get(f"{url}{step}/").status_code for step in ("edit", "confirm")] == [403, 302]
    client.force_login(administrator)
    assert client.get(f"{url}confirm/")["Location"].split("?")[0] == "/accounts/reauthenticate/"
    confirmed(client, administrator)
    shown = client.get(f"{url}confirm/")
    assert "zoe.quill@example.org" in shown.content.decode()
    wrong = client.post(f"{url}confirm/", {"number": "0", "seen": shown.context["seen"]})
    assert (wrong.status_code, wrong.context["form"].errors["number"]) == (
        422,
        ["This is not the number of the erasure."],
    )
    right = client.post(f"{url}confirm/", {"number": str(erasure.pk), "seen": shown.context["seen"]})
    assert (right.status_code, right["Location"]) == (302, url)
    assert where(*SECRETS) == set()
    page = client.get(url).content.decode()
    assert ("What went for good" in page, client.get(f"{url}confirm/").status_code) == (True, 404)
    history = client.get(f"/desk/people/{person.pk}/history/")
    assert (history.status_code, "[erased]" in history.content.decode()) == (200, True)


def test_the_pages_refuse_when_the_role_may_not(client: Client, officer: User, member: User) -> None:
    person = somebody()
    erasure = asked(person)
    url = f"/desk/erasures/{erasure.pk}/"
    client.force_login(member)
    assert [client.get(page).status_code for page in ("/desk/erasures/", url, "/desk/retention-rules/")] == [403] * 3
    assert "Holds on erasure" not in client.get(f"/desk/people/{person.pk}/").content.decode()
    confirmed(client, officer)
    assert client.post(f"{url}confirm/", {"number": str(erasure.pk)}).status_code == 403
    assert client.post(f"{url}refuse/", {"reason": "No"}).status_code == 403
    assert client.post("/desk/retention-holds/new/", {}).status_code == 403


def test_an_obstacle_is_said_when_it_is_asked_for(client: Client, officer: User) -> None:
    erasure = an_erasure(somebody(), basis="", grounds="")
    client.force_login(officer)
    answer = client.post(f"/desk/erasures/{erasure.pk}/ask/", follow=True)
    erasure.refresh_from_db()
    assert (erasure.state, "Name a rule, or the legal basis" in answer.content.decode()) == ("draft", True)


def test_the_head_is_told_when_somebody_is_due_and_the_officer_is_not(
    client: Client, officer: User, head: User
) -> None:
    rule = a_rule()
    person = makers.a_mandate(since="2000", until="2004").person
    said = "Personal data are due for erasure: Five years"
    told = []
    for user in (head, officer):
        client.force_login(user)
        told.append(said in client.get("/desk/").content.decode())
    assert told == [True, False]
    client.force_login(head)
    page = client.get(f"/desk/retention-rules/{rule.pk}/").content.decode()
    assert f"/desk/erasures/new/?person={person.pk}&amp;rule={rule.pk}&amp;deed=erase" in page
    assert values_of(rule)["years"] == 5


def test_erased_values_are_not_written_back_when_the_form_was_open(client: Client, officer: User, head: User) -> None:
    person = somebody()
    client.force_login(officer)
    url = f"/desk/people/{person.pk}/edit/"
    form = client.get(url).context["form"]
    sent = {
        "born": "1947-08-23",
        "gender": "female",
        "mark": "internal",
        "grade": "stated",
        "seen": form["seen"].value(),
    }
    done(asked(person), head)
    answer = client.post(url, sent)
    assert answer.status_code == 422
    assert answer.context["form"]["born"].value() == ""
    assert where("1947-08-23") == set()
    assert Batch.objects.count() == 0
