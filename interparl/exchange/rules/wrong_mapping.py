"""What is wrong with the data of a mapping."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# Values in one another, and numbers; lists within lists within lists, and their columns, need ten.
_DEEPEST, _LARGEST = 20, 10**15


class WrongMapping(ValueError):
    """The data is no mapping: `place` names where in it, `key` what is wrong (see messages), `params` the values."""

    def __init__(self, place: str, key: str, **params: str) -> None:
        super().__init__(place, key, params)
        self.place = place
        self.key = key
        self.params: Mapping[str, str] = params


def refuse_unstorable(data: Any, place: str = "", *, depth: int = 0) -> None:
    """Refuses signs and numbers that no database keeps, and endless nesting. Raises WrongMapping."""
    is_number = isinstance(data, (int, float)) and not -_LARGEST < data < _LARGEST
    if depth > _DEEPEST or is_number or (isinstance(data, str) and _UNSTORABLE.search(data)):
        raise WrongMapping(place, "mapping_form")
    if isinstance(data, dict):
        for key, value in data.items():
            refuse_unstorable(key, place)
            refuse_unstorable(value, f"{place}.{str(key)[:60]}".strip("."), depth=depth + 1)
    elif isinstance(data, (list, tuple)):
        for at, one in enumerate(data):
            refuse_unstorable(one, f"{place}[{at}]", depth=depth + 1)
