"""Many at once, and the machine that dies: no half change, every entry sealed once, the history whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from http.client import HTTPException
from itertools import islice
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from interparl.core.days import now
from interparl.core.models import Label
from interparl.core.translated import languages
from tests import agreeing
from tests.makers import a_country, a_person, a_source
from tests.serving import Browser, Place, Server, address_in, is_postgresql, own_cluster, served, told

CLIENTS, KILLS = 200, 10
PROCESSES, SECONDS = 8, 60
# So many forms are answered before the server is killed.
ANSWERED_FIRST = 40
COMMON = {"mark": "internal", "grade": "stated"}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An empty installation on the database that the run of tests is about."""
    folder = tmp_path / "folder"
    folder.mkdir()
    with database(tmp_path) as address:
        yield Place(folder, address, logs=tmp_path)


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """The address of an empty database: a file, or one of a cluster of its own."""
    if not is_postgresql():
        yield f"sqlite:///{folder / 'interparl.sqlite3'}"
        return
    with own_cluster() as cluster:
        told(cluster, "CREATE DATABASE under_load")
        yield address_in(cluster, "under_load")


def form(number: int) -> tuple[str, dict[str, str]]:
    """The address and the values of a form: one of three kinds in turn, the second on a record that all write to."""
    word = f"W{number}"
    person = f"#{number % CLIENTS + 1}"
    match number % 3:
        case 0:
            return "/desk/sources/new/", {"key": f"source-{number}", "title_en": word, "mark": "internal"}
        case 1:
            return "/desk/sources/1/edit/", {"key": "shared", "title_en": word, "mark": "internal"}
        case _:
            return "/desk/names/new/", {
                "person": person,
                "family": word,
                "kind": "official",
                "language": "en",
                **COMMON,
            }


def killed_amid(server: Server, sessions: list[str], first: int) -> dict[int, int]:
    """All clients send a form at once, the server is killed when some have their answers; their statuses by number."""

    def send(number: int, session: str) -> tuple[int, int]:
        return number, Browser(server.port, session).post(*form(number)).status

    with ThreadPoolExecutor(len(sessions)) as pool:
        sent = [pool.submit(send, number, session) for number, session in enumerate(sessions, first)]
        for _ in islice(as_completed(sent), ANSWERED_FIRST):
            pass
        server.kill()
    assert [one for one in sent if not isinstance(one.exception(), OSError | HTTPException | None)] == []
    return dict(one.result() for one in sent if one.exception() is None)


@pytest.mark.slow
@pytest.mark.repeated
def test_nothing_is_half_done_when_the_server_is_killed_amid_two_hundred_writes(place: Place) -> None:
    assert place.command("seal").returncode == 0
    sessions = json.loads(place.program("tests.agreeing", "prepare", str(CLIENTS)))
    answered: dict[int, int] = {}
    for kill in range(KILLS):
        with served(place) as server:
            done = killed_amid(server, sessions, kill * CLIENTS)
        assert 0 < len(done) < CLIENTS
        answered |= done
        found = json.loads(place.program("tests.agreeing", "agree"))
        assert found["halves"] == []
        assert answered.keys() - set(found["numbers"]) == set()
        assert json.loads(place.command("check-audit", "--json").stdout)["findings"] == []
    assert set(answered.values()) == {302}
    assert place.command("seal").returncode == 0
    audit = json.loads(place.command("check-audit", "--json").stdout)
    assert (audit["findings"], audit["sealed"]) == ([], audit["entries"])
    with served(place) as server:
        officer = Browser(server.port, sessions[0])
        assert officer.post(*form(KILLS * CLIENTS)).status == 302
        assert officer.get("/desk/people/1/").status == 200


@pytest.mark.slow
@pytest.mark.repeated
def test_every_entry_is_sealed_once_when_two_hundred_write_and_one_seals(place: Place) -> None:
    assert place.command("seal").returncode == 0
    shared = str(CLIENTS // PROCESSES)
    done = json.loads(place.program("tests.writing", str(PROCESSES), shared, str(SECONDS)))
    assert place.command("seal").returncode == 0
    looking = place.begin("tests.agreeing", "agree")
    audit = json.loads(place.command("check-audit", "--json").stdout)
    found = json.loads(looking.communicate()[0])
    print(f"{done} and {audit['seals']} seals")  # noqa: T201  how it went
    made = done["made"]
    assert made > CLIENTS
    assert done["rounds"] > 0
    assert (audit["findings"], audit["entries"], audit["sealed"]) == ([], made, made)
    assert (found["halves"], found["listed"]) == ([], made)


def test_the_looking_finds_it_when_something_is_half_done(db: None) -> None:
    source, person, country = a_source("s"), a_person(), a_country()
    assert agreeing.halves() == []
    Session.objects.create(session_key="half", session_data="half", expire_date=now())
    Label.objects.filter(kind="directory.person", language="ru").update(text="Another")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_source SET licence = 'CC0' WHERE id = %s", [source.pk])
        cursor.execute("DELETE FROM directory_country WHERE id = %s", [country.pk])
        cursor.execute("DELETE FROM core_entry WHERE kind = 'directory.personname'")
    gone = [f"label is of no record: directory.country {country.pk} ({language})" for language in languages()]
    assert sorted(agreeing.halves()) == sorted(
        [
            f"core.source {source.pk}.licence",
            f"directory.country {country.pk} has history and is not there",
            f"directory.personname {person.names.get().pk} has no history",
            f"label of directory.person {person.pk} (ru)",
            "session half",
            *gone,
        ]
    )
