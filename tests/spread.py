"""Of very many cases of one kind every third is tried by `make test` and on PostgreSQL, the others in the long run.

What holds for every kind of record by one piece of code is tried for all of them before anything lands. A third, the
same ones each time, tells at once whether that code broke, and whether it asks what PostgreSQL does not take.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

OF = 3


def spread(cases: Iterable[Any]) -> list[Any]:
    """The cases as parameters, two of three of them among the long tests; those that carry an id or marks keep them."""
    found = []
    for number, case in enumerate(cases):
        is_param = hasattr(case, "values") and hasattr(case, "marks")
        values, name, marks = (case.values, case.id, case.marks) if is_param else ((case,), None, ())
        found.append(pytest.param(*values, id=name, marks=[*marks, *([pytest.mark.slow] if number % OF else [])]))
    return found
