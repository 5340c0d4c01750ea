"""Values of a plan as the database keeps them, and whether they may stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from interparl.core.kinds import model_of
from interparl.core.records import Dated, Record
from interparl.core.translated import DRAFT, TranslatedField, rewritten, written
from interparl.core.writing import EMPTY, plain
from interparl.exchange.actions.plans import Key
from interparl.exchange.actions.stored import Stored
from interparl.exchange.actions.texts import Message


@cache
def columns_of(kind: str) -> dict[str, models.Field[Any, Any]]:
    """The fields of a kind of record by name."""
    return {column.name: column for column in model_of(kind)._meta.concrete_fields}


@cache
def _not_checked(kind: str) -> frozenset[str]:
    """Relations are checked by the database, derived columns by nobody."""
    relations = {name for name, column in columns_of(kind).items() if column.is_relation}
    return frozenset({*relations, *model_of(kind).derived})


def stub(kind: str, key: int) -> Record:
    """A stored record of which only the id is known."""
    record = model_of(kind)()
    record.pk = key
    return record


def says_nothing(value: Any) -> bool:
    """Whether the file gives no value."""
    return value in EMPTY or (isinstance(value, Mapping) and not any(value.values()))


def lacks(here: Any, languages: Sequence[str]) -> bool:
    """Whether a kept value is empty; a text, in these languages."""
    if isinstance(here, Mapping) and languages:
        return not any((here.get(code) or {}).get("text") for code in languages)
    return says_nothing(here)


def kept_now(column: models.Field[Any, Any], record: Record) -> Any:
    """The stored value of a field in the form of history."""
    return plain(column.value_from_object(record))


def to_keep(column: models.Field[Any, Any], value: Any, before: Any, stored: Stored) -> Any:
    """The value as it is to be kept: texts beside other languages, a record not stored yet as a list (its key)."""
    if column.is_relation:
        return None if value is None else stored.pk_of(value) or list(value)
    if isinstance(column, TranslatedField):
        return _text_to_keep(value, before or {})
    if says_nothing(value):
        return None if column.null else column.get_default()
    try:
        return plain(column.to_python(value))
    except ValidationError:
        return value


def _text_to_keep(value: Mapping[str, str], before: dict[str, Any]) -> dict[str, Any]:
    texts = {code: text for code, text in (value or {}).items() if text}
    kept = {code: one["text"] for code, one in before.items()}
    if not before or not texts:
        return dict(written(texts, state=DRAFT))
    if all(kept.get(code) == text for code, text in texts.items()):
        return before
    return dict(rewritten(before, kept | texts, dict.fromkeys(texts, DRAFT)))


def typed(column: models.Field[Any, Any], value: Any) -> Any:
    """A kept value as records hold it: a day as a date; what is none stays for the check of the field."""
    if not isinstance(column, models.DateField):
        return value
    try:
        return column.to_python(value)
    except ValidationError:
        return value


Made = Mapping[Key, Record | int]


def set_kept(record: Record, values: Mapping[str, Any], made: Made | None = None) -> None:
    """Puts kept values on a record; records not stored yet are taken from `made`, or left out without it."""
    columns = columns_of(record.record_kind())
    for name, value in values.items():
        column = columns[name]
        if not column.is_relation:
            setattr(record, name, typed(column, value))
        elif not isinstance(value, list):
            setattr(record, column.attname, value)
        elif made is not None:
            found = made[value[0], value[1], value[2]]
            setattr(record, column.attname if isinstance(found, int) else name, found)


def problems_of(record: Record, place: str) -> list[Message]:
    """What keeps a record with its new values from standing, as reasons of the object at that place."""
    kind = record.record_kind()
    record.prepare()
    found: list[Message] = []
    try:
        record.clean_fields(exclude=_not_checked(kind))
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            params = {"column": [kind, name], "reason": " ".join(messages)}
            found.append(Message(place=place, level="error", key="refused", params=params))
    if isinstance(record, Dated) and record.span.is_backwards:
        days = {"since": record.since, "until": record.until}
        found.append(Message(place=place, level="doubtful", key="backwards", params=days))
    return found


def in_words(value: Any) -> str:
    """A kept value, short, for a sentence."""
    if isinstance(value, dict):
        value = " / ".join(one["text"] for one in value.values())
    elif isinstance(value, list):
        value = value[-1]
    return str("" if value is None else value)[:80]


def stored_values(kind: str, values: Mapping[str, Any], made: Made) -> dict[str, Any]:
    """Kept values as `change_many` sets them on a stored record: relations by id, or as a record made with it."""
    columns = columns_of(kind)
    found: dict[str, Any] = {}
    for name, value in values.items():
        column = columns[name]
        if column.is_relation and isinstance(value, list):
            one = made[value[0], value[1], value[2]]
            found[column.attname if isinstance(one, int) else name] = one
        else:
            found[column.attname if column.is_relation else name] = typed(column, value)
    return found
