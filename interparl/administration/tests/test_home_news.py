"""What is new on the desk's first page: the reader's own countries and bodies, each with how much is new."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import User
from interparl.core.addresses import address
from interparl.core.looks import look
from interparl.core.models import Entry
from interparl.core.records import Record
from interparl.core.writing import change
from interparl.directory.models import Portfolio
from tests import makers

pytestmark = pytest.mark.django_db


def news_on(client: Client, user: User) -> list[tuple[str, str]]:
    """What the first page shows as new: names and numbers."""
    client.force_login(user)
    page: Any = client.get("/desk/")
    assert page.status_code == 200
    return [(row.title, row.second) for row in page.context["news"]]


def seen(user: User, record: Record) -> None:
    look(user, (record.record_kind(), record.pk), Entry.objects.latest("pk").pk)


def test_the_countries_and_bodies_of_a_portfolio_stand_there_when_something_is_new(
    client: Client, officer: User
) -> None:
    country, quiet, foreign = makers.a_country(name="Alba"), makers.a_country(name="Borea"), makers.a_country()
    for one in (country, quiet):
        makers.kept(Portfolio(user=officer, country=one))
    body = makers.a_body(name="Group", countries=[country])
    for record in (country, quiet, body):
        seen(officer, record)
    assert news_on(client, officer) == []
    makers.a_parliament(foreign)
    with change(country, by=officer) as held:
        held.alpha3 = "ALB"
    makers.a_membership(body, makers.a_person("Example"))
    # The part, the membership; around the country the change as well.
    assert news_on(client, officer) == [("Alba", "3 changes"), ("Group", "2 changes")]
    page = client.get("/desk/").content.decode()
    assert f'href="{address(("directory.country", country.pk))}#looked"' in page


def test_a_deputy_has_looks_of_his_own(client: Client, officer: User) -> None:
    deputy = makers.a_user()
    country = makers.a_country(name="Alba")
    makers.kept(Portfolio(user=officer, deputy=deputy, country=country))
    seen(officer, country)
    assert news_on(client, officer) == []
    assert news_on(client, deputy) == [("Alba", "2 changes")]


def test_a_body_that_the_reader_may_not_know_of_is_not_named_when_he_sits_in_it(client: Client) -> None:
    user = makers.a_user("protocol_officer")
    person = makers.a_person(user=user)
    for one in (makers.a_body(name="Open"), makers.a_body(name="Hidden", mark="official")):
        makers.a_membership(one, person)
    assert [name for name, _number in news_on(client, user)] == ["Open"]


def test_the_first_page_asks_as_many_queries_when_a_portfolio_is_larger(client: Client, officer: User) -> None:
    client.force_login(officer)
    numbers = []
    for _round in range(2):
        for _row in range(3):
            country = makers.a_country()
            makers.kept(Portfolio(user=officer, country=country))
            makers.a_membership(makers.a_body(countries=[country]))
        client.get("/desk/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/desk/")
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
