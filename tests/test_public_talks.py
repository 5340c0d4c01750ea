"""The talks on the public page of the demonstration, and counted from its files without the product."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client

from interparl.config.demo import load_demo
from interparl.core.kept import SHELF
from interparl.meetings.models import Event
from interparl.portal.blocks import TALKS
from interparl.portal.measures import facts_on
from tests.independent import talks_count

DAYS = ("2014-05-15", "2014-05-16", "2014-05-29", "2014-05-31", "2014-06-01")
STANDS_ON = "2014-06-01"


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demonstration, loaded once for all tests here and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        SHELF.clear()
        load_demo(STANDS_ON)
        yield
        transaction.set_rollback(True)
    SHELF.clear()


@pytest.mark.parametrize("day", DAYS)
def test_the_numbers_are_those_of_the_files_when_counted_on_a_day(loaded: None, day: str) -> None:
    facts = facts_on(date.fromisoformat(day), AnonymousUser(), "en")
    assert facts.as_data()["talks"] == {kind: len(codes) for kind, codes in talks_count.talks(day).items()}


def test_each_number_leads_to_as_many_rows_when_the_overview_is_read(loaded: None) -> None:
    page = Client().get("/en/").content.decode()
    counted = talks_count.talks(STANDS_ON)
    assert sum(map(len, counted.values())) >= 4
    for kind, codes in counted.items():
        address = f"/en/lists/{TALKS[kind].key}/"
        rows = Client().get(f"{address}?format=json").json()["rows"]
        assert len(rows) == len(codes)
        assert (f'<a href="{address}">{len(codes)} round' in page) is bool(codes)


def test_a_day_to_come_tells_no_more_than_the_day_itself_when_it_is_asked_for(loaded: None) -> None:
    coming = Event.objects.filter(since_earliest__gte=STANDS_ON, mark="public", published_on__lte=STANDS_ON)
    assert coming.exists() or Event.objects.filter(since_earliest__gte=STANDS_ON).exists()
    now, later = (
        Client().get(f"/en/lists/events/?format=json&on={day}").json()["rows"] for day in (STANDS_ON, "2199-01-01")
    )
    assert [row for row in later if row["since"] >= STANDS_ON and (row["begins"] or row["place"] or row["kind"])] == []
    assert later == now


def test_the_heaviest_pages_are_light_when_the_demonstration_is_read(loaded: None) -> None:
    busiest = Event.objects.filter(mark="public").order_by("-items", "pk").first()
    addresses = ["", "lists/events/", "countries/LT/", "countries/VN/", "bodies/wg-5-lt/", f"events/{busiest.pk}/"]  # type: ignore[union-attr]
    for language in ("en", "ru", "be"):
        for address in addresses:
            answer = Client().get(f"/{language}/{address}?on={STANDS_ON}")
            assert answer.status_code in (200, 404)
            assert len(answer.content) < 150_000
