"""Every address as every reader, with records planted that he may not know of: they are found by nobody else.

Each record of each kind has words that stand nowhere else. A reader asks for every address with what he may know of in
place, then again with the rest planted: no answer may change by a byte, and no hidden word may stand in any. The walk
grows by itself: kinds of record and addresses come from the product's own tables.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from interparl.accounts.models import User
from interparl.core import page_parts, pages
from interparl.core.addresses import address
from interparl.core.kept import SHELF
from interparl.core.kinds import every_record
from interparl.core.models import Entry
from interparl.directory.models import Portfolio
from tests.makers import a_country, a_user, kept
from tests.walk.addresses import every_one, is_compared, of_ones_own, routes
from tests.walk.alike import not_alike, searched
from tests.walk.answers import Answer, ask, difference, mailed_words
from tests.walk.finding import not_found
from tests.walk.oracle import OWN
from tests.walk.planted import INTERNALLY, OFFICIALLY, UNPUBLISHED, World, tomorrow
from tests.walk.readers import READERS, Reader, take_up

NOWHERE = "/en/bodies/nothing/"
pytestmark = pytest.mark.django_db
# Who sees nothing, some and most: these walk on PostgreSQL as well.
ON_BOTH = ("nobody", "ministry liaison", "desk officer")
every_reader = pytest.mark.parametrize(
    "reader",
    [
        pytest.param(reader, id=name.replace(" ", "-"), marks=[pytest.mark.repeated] if name in ON_BOTH else [])
        for name, reader in READERS.items()
    ],
)
# Small, so that hidden rows would push known ones off a page.
ROWS, CHANGES = 5, 8
MORNING = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _small_pages(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Few rows to a page, nothing kept of earlier tests, and no log of the refusals that the walk asks for."""
    settings.ROWS_A_PAGE = ROWS
    monkeypatch.setattr(pages, "HISTORY_PAGE", CHANGES)
    monkeypatch.setattr(page_parts, "HISTORY_LOOKED_AT", CHANGES)
    SHELF.clear()
    logging.disable(logging.WARNING)
    # Time stands still, for a session notes each minute that it is in use, which is a query more.
    with time_machine.travel(MORNING, tick=False):
        yield
    logging.disable(logging.NOTSET)
    SHELF.clear()


def planted_for(reader: Reader) -> tuple[World, Client]:
    """The ground, the reader with what is his own, and all that he may know of; what he may not waits."""
    world = World(reader.known())
    world.lay_ground()
    client = reader.enter(world)
    world.prepare("full", OFFICIALLY)
    for known in (True, False):
        world.plant(known=known)
    world.bring_in()
    world.prepare_pointing()
    for level in (INTERNALLY, UNPUBLISHED, *([("public", tomorrow())] if world.reader.is_nobody else [])):
        world.prepare("full", level)
    for level in (INTERNALLY, OFFICIALLY):
        world.prepare("full", level, is_removed=True)
        if world.reader.ways:
            world.prepare("own", level)
    world.prepare("bare", OFFICIALLY)
    world.prepare_under()
    take_up(world, world.plant(known=True))
    if connection.vendor == "postgresql":
        # Of what an open transaction wrote the planner knows nothing, and thousands of searches follow.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_word, search_key, search_spelling, search_posting")
    # What a reader is told whose access has ended stands on the next page that he is shown: on none that is compared.
    client.get("/desk/")
    client.get(NOWHERE)
    return world, client


def asked_of(client: Client, addresses: list[str]) -> dict[str, Answer]:
    """The answer to each address."""
    return {address: ask(client, address) for address in addresses}


def told(answers: dict[str, Answer], hidden: dict[str, str]) -> list[str]:
    """Where a hidden word stands, and of what it is."""
    return [
        f"{address} tells {hidden[word]}"
        for address, answer in answers.items()
        for word in sorted(answer.words() & hidden.keys())
    ]


def changed(before: dict[str, Answer], after: dict[str, Answer]) -> list[str]:
    """What answers otherwise than before."""
    return [f"{address}: {differs}" for address in before if (differs := difference(before[address], after[address]))]


@pytest.mark.slow
@every_reader
def test_each_record_is_found_by_those_who_may_and_by_nobody_else_when_every_address_is_asked(reader: Reader) -> None:
    world, client = planted_for(reader)
    addresses = of_ones_own(world) if reader.is_variant else every_one(world)
    before = asked_of(client, [one for one in addresses if is_compared(one)] if world.waiting else [])
    world.plant(known=False)
    after = asked_of(client, addresses)
    hidden = world.hidden_words()
    assert told(before, hidden) + told(after, hidden) == []
    assert changed(before, after) == []
    assert mailed_words() & hidden.keys() == set()
    if not reader.way:
        assert not_alike(world, client) == []
        assert searched(world, client) == []
    assert not_found(world, client) == []


def test_each_way_of_being_somebody_s_own_is_told_when_a_kind_has_one() -> None:
    declared = {model.record_kind(): dict(model.own_through) for model in every_record() if model.own_through}
    assert declared == OWN, "Say in tests/walk/oracle.py whose own such a record is."


def test_every_address_has_a_name_when_the_walk_looks_for_it() -> None:
    names = [route.name for route in routes()]
    assert [name for name in names if not name.rpartition(":")[2]] == []
    assert len(names) == len(set(names))


def test_nobody_takes_back_what_he_may_not_change_when_it_hangs_on_what_he_may(client: Client, officer: User) -> None:
    country = a_country()
    portfolio = kept(Portfolio(country=country, user=a_user()))
    entry = Entry.objects.get(kind="directory.portfolio", object_id=portfolio.pk)
    client.force_login(officer)
    history = address(("directory.country", country.pk), "history")
    assert client.get(f"{history}{entry.pk}/revert/").status_code == 403
    assert client.post(f"{history}{entry.pk}/revert/", {"reason": "Mine"}).status_code == 403
    assert Portfolio.objects.filter(pk=portfolio.pk).exists()
    assert [line.revert_url for line in client.get(history).context["lines"] if line.entry == entry] == [""]
