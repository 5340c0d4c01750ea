"""Where a record's page is; filled by `RecordPages`, so that the mechanism can link without knowing areas."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlencode

from django.urls import get_script_prefix, reverse

from interparl.core.kinds import Ref
from interparl.core.records import Record
from interparl.core.tables import Reading

_names: dict[str, str] = {}


def remember(kind: str, name: str) -> None:
    """A kind of record has pages whose route names begin so: "directory:person"."""
    _names[kind] = name


def address(ref: Ref, page: str = "show", **query: str) -> str:
    """The address of a page of that record, with a query; "" when its kind has no pages."""
    name = _names.get(ref[0])
    if name is None:
        return ""
    before, after = _around_the_key(f"{name}-{page}", get_script_prefix())
    found = f"{before}{ref[1]}{after}"
    return f"{found}?{urlencode(query)}" if query else found


@cache
def _around_the_key(route: str, _prefix: str) -> tuple[str, str]:
    """What stands before and after the key in the addresses of a route; a list links a page for every row."""
    before, _key, after = reverse(route, args=(0,)).rpartition("/0/")
    return f"{before}/", f"/{after}"


def list_address(kind: str, /, **query: str) -> str:
    """The address of the list of a kind of record; "" when it has none."""
    name = _names.get(kind)
    if name is None:
        return ""
    found = reverse(f"{name}-list")
    return f"{found}?{urlencode(query)}" if query else found


def new_address(kind: str, /, **initial: str) -> str:
    """The address of the form for a new record, with what is known already."""
    name = _names.get(kind)
    if name is None:
        return ""
    found = reverse(f"{name}-new")
    return f"{found}?{urlencode(initial)}" if initial else found


def page_of(record: Record) -> Ref:
    """The record whose page shows this one: its whole, or itself."""
    return (None if record.has_own_page else record.whole) or (record.record_kind(), record.pk)


def as_of(found: str, reading: Reading) -> str:
    """The address with the day that is read, when that is not today."""
    if not reading.is_past or not found:
        return found
    return f"{found}{'&' if '?' in found else '?'}on={reading.day.isoformat()}"
