"""After many rows the database counts anew, once, when the transaction is through."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from interparl.core.actors import Actor
from interparl.core.models import Source
from interparl.core.planner import MANY
from interparl.core.translated import written
from interparl.core.writing import Planned, change_many

pytestmark = pytest.mark.django_db
BY = Actor.command("tests")


def write(name: str, number: int) -> None:
    """So many sources, through the gate."""
    title = written({"en": name})
    change_many([Planned(Source(key=f"{name}{at}", title=title, licence="CC0")) for at in range(number)], by=BY)


def counted() -> float:
    """How many sources PostgreSQL's planner believes that there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'core_source'")
        return float(cursor.fetchone()[0])


def test_the_database_counts_anew_once_when_many_rows_were_written(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True) as called:
        write("first", MANY)
        write("second", MANY)
    if connection.vendor == "postgresql":
        assert (len(called), counted()) == (1, 2 * MANY)
    else:
        assert called == []


def test_the_database_does_not_count_after_few_rows(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True) as called:
        write("few", 10)
    assert called == []
