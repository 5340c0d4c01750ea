"""Which of very many cases are tried again on the second database: every third, the same ones each time.

What holds for every kind of record by one piece of code is tried for every kind on SQLite; on PostgreSQL a third of the
kinds tells whether that code asks a question that it does not take.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, TypeVar

import pytest

T = TypeVar("T")
OF = 3


def thinned(cases: Sequence[T]) -> list[T]:
    """All cases, or on PostgreSQL every third."""
    is_second = os.environ.get("INTERPARL_TEST_DATABASE", "sqlite") == "postgresql"
    return list(cases[::OF]) if is_second else list(cases)


def spread(cases: Sequence[str]) -> list[Any]:
    """All cases, two of three of them among the long tests; so PostgreSQL has every third."""
    return [
        pytest.param(case, marks=() if number % OF == 0 else (pytest.mark.slow,)) for number, case in enumerate(cases)
    ]
