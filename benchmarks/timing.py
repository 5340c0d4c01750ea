"""How long things take, and how many queries."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from time import process_time
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

RUNS = 15


def timed(deeds: Sequence[Callable[[], Any]], runs: int = RUNS) -> list[float]:
    """Median milliseconds of the processor of each, done in turn so that all meet the same machine."""
    times: list[list[float]] = [[] for _one in deeds]
    for run in range(-3, runs):
        for deed, found in zip(deeds, times, strict=True):
            began = process_time()
            deed()
            if run >= 0:
                found.append((process_time() - began) * 1000)
    return [statistics.median(found) for found in times]


def asked(deed: Callable[[], Any]) -> int:
    """How many queries it takes."""
    with CaptureQueriesContext(connection) as queries:
        deed()
    return len(queries)
