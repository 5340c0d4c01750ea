"""What a page knows of its request: the day in the address, and what is done when it is none."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory

from interparl.accounts.models import User
from interparl.core.addresses import address, list_address
from interparl.core.days import DEMONSTRATION_DAY, today
from interparl.core.exports import FORMATS
from interparl.core.models import Setting
from interparl.core.requests import asked_day, require, same_page
from tests import makers

NONSENSE = {
    "yesterday": "“yesterday” is not a date. Write 2012, 2012-10 or 2012-10-11.",
    "2012": "“2012” is not a date. Write 2012, 2012-10 or 2012-10-11.",
    "2012-10": "“2012-10” is not a date. Write 2012, 2012-10 or 2012-10-11.",
    "..2012-10-11": "“..2012-10-11” is not a date. Write 2012, 2012-10 or 2012-10-11.",
    "0000-01-01": "“0000-01-01” has a year out of reach. Years run from 1000 to 2199.",
    "9999-12-31": "“9999-12-31” has a year out of reach. Years run from 1000 to 2199.",
    "2013-02-29": "“2013-02-29” names a day that no calendar has.",
    "<script>": "“<script>” is not a date. Write 2012, 2012-10 or 2012-10-11.",
    "x" * 99: f"“{'x' * 40}” is not a date. Write 2012, 2012-10 or 2012-10-11.",
}


@pytest.mark.parametrize("text", ["2014-06-01", "1.6.2014", " 01.06.2014 "])
def test_a_day_is_read_when_it_is_exact(text: str) -> None:
    assert asked_day(text) == (date(2014, 6, 1), "")


@pytest.mark.parametrize("text", ["", " "])
def test_no_day_is_asked_when_the_address_has_none(text: str) -> None:
    assert asked_day(text) == (None, "")


@pytest.mark.parametrize(("text", "message"), NONSENSE.items())
def test_what_is_wrong_is_said_when_it_is_no_day(text: str, message: str) -> None:
    assert asked_day(text) == (None, message)


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "message"), NONSENSE.items())
def test_the_page_is_still_there_with_a_message_when_the_day_makes_no_sense(
    text: str, message: str, client: Client, officer: User
) -> None:
    organisation = makers.an_organisation(name="Assembly")
    client.force_login(officer)
    for url in (
        list_address("directory.organisation", on=text),
        address(("directory.organisation", organisation.pk), on=text),
    ):
        answer = client.get(url)
        page = answer.content.decode()
        assert (answer.status_code, "Assembly" in page, "<script>”" in page) == (400, True, False)
        assert answer.context["day_problem"] == message


@pytest.mark.django_db
def test_no_file_is_sent_when_the_day_makes_no_sense(client: Client, officer: User) -> None:
    body = makers.a_body()
    client.force_login(officer)
    for text, message in NONSENSE.items():
        for form in FORMATS:
            for url in (
                list_address("bodies.body", on=text, format=form),
                f"{address(('bodies.body', body.pk))}composition/?{_query(on=text, format=form)}",
            ):
                answer = client.get(url)
                assert (answer.status_code, answer.content.decode()) == (400, message)
                assert answer["Content-Type"] == "text/plain; charset=utf-8"


def _query(**values: str) -> str:
    return list_address("bodies.body", **values).partition("?")[2]


@pytest.mark.django_db
def test_the_message_is_in_the_reader_s_language_when_the_day_makes_no_sense(client: Client, officer: User) -> None:
    client.force_login(officer)
    messages = set()
    for code in ("en", "ru", "be"):
        client.cookies["language"] = code
        messages.add(client.get(list_address("directory.country", on="yesterday")).context["day_problem"])
    assert len(messages) == 3


@pytest.mark.django_db
def test_editing_is_off_when_another_day_is_read(client: Client, officer: User) -> None:
    country = makers.a_country()
    client.force_login(officer)
    now = address(("directory.country", country.pk))
    past = address(("directory.country", country.pk), on="2014-06-01")
    offers = [len(client.get(url).context["actions"]) for url in (now, f"{now}?on={today().isoformat()}", past)]
    assert offers == [1, 1, 0]


@pytest.mark.django_db
def test_today_is_the_day_of_the_demonstration_when_one_is_set() -> None:
    makers.kept(Setting(key=DEMONSTRATION_DAY, value="2014-06-01"))
    assert today() == date(2014, 6, 1)


def test_an_address_keeps_what_is_not_changed_when_it_is_made_anew() -> None:
    request = RequestFactory().get("/desk/", {"a": ["1", "2"], "b": "ў", "c": "3"})
    assert same_page(request, b=None, c="4", d="5", e="") == "/desk/?a=1&a=2&c=4&d=5"
    assert same_page(request, a=None, b=None, c=None) == "/desk/"


def test_a_right_is_required_when_a_page_says_so() -> None:
    require(User(role="desk_officer"), "directory.view_country")
    for user in (User(role="member"), User(role="desk_officer", is_active=False)):
        with pytest.raises(PermissionDenied):
            require(user, "directory.add_country")
