"""A mapping as plain data and as the text of a TOML file, and back: what people save, take out and bring in again."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from typing import Any

from interparl.exchange.rules.mappings import Column, Mapping, Skip, Within, WrongMapping

LONGEST_FILE = 256 * 1024
_BARE = re.compile(r"[A-Za-z0-9_-]+")
# A key of so many parts, as no mapping has one; the reader of TOML takes very long for a key of very many.
_DEEP_KEY = re.compile(rb"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){20}""")


def data_of(mapping: Mapping) -> dict[str, Any]:
    """The mapping as the data that makes the same one again, without its code, kind and names."""
    found: dict[str, Any] = {
        "source": mapping.source,
        "title": mapping.title,
        "url": mapping.url,
        "language": mapping.language,
        "key": list(mapping.key),
        "file": dict(mapping.file),
        "place": dict(mapping.place),
        "constants": dict(mapping.constants),
        "columns": columns_as_data(mapping.columns),
        "skip": _skips_as_data(mapping.skips),
        "lists": _lists_as_data(mapping.lists),
        "partial": mapping.is_partial,
        "own": mapping.is_own,
    }
    return {name: value for name, value in found.items() if value}


def _skips_as_data(skips: Sequence[Skip]) -> list[dict[str, Any]]:
    return [{"from": one.source, "values": list(one.values)} for one in skips]


def _lists_as_data(lists: Sequence[Within]) -> list[dict[str, Any]]:
    """Lists within rows, with the lists within them."""
    return [
        {"from": one.source, "columns": columns_as_data(one.columns)}
        | ({"constants": dict(one.constants)} if one.constants else {})
        | ({"skip": _skips_as_data(one.skips)} if one.skips else {})
        | ({"lists": _lists_as_data(one.lists)} if one.lists else {})
        for one in lists
    ]


def columns_as_data(columns: Sequence[Column]) -> list[dict[str, Any]]:
    """Columns as plain data, what says nothing left out."""
    return [
        {"from": one.source, "to": one.field}
        | {name: value for name, value in _options(one).items() if value}
        | ({"otherwise": one.otherwise} if one.otherwise is not None else {})
        for one in columns
    ]


def _options(column: Column) -> dict[str, Any]:
    return {
        "read": column.read,
        "split": column.split,
        "lang": column.language,
        "scheme": column.scheme,
        "note": column.note,
        "values": dict(column.values),
        "needed": column.is_needed,
    }


def toml_of(data: MappingOf[str, Any]) -> str:
    """The data as the text of a TOML file: lists of objects a line each."""
    lines = []
    for name, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines += [f"{_key(name)} = [", *(f"    {_value(one)}," for one in value), "]"]
        else:
            lines.append(f"{_key(name)} = {_value(value)}")
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(text: str) -> str:
    """A string as TOML writes it: as JSON does, but one more character has to be written by its number."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    if isinstance(value, dict):
        inner = ", ".join(f"{_key(name)} = {_value(one)}" for name, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list):
        return f"[{', '.join(_value(one) for one in value)}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else _text(str(value))


def data_from_toml(data: bytes) -> dict[str, Any]:
    """What a TOML file says. Raises WrongMapping when it is none."""
    if len(data) > LONGEST_FILE:
        raise WrongMapping("", "mapping_too_long")
    if deep := _DEEP_KEY.search(data):
        raise WrongMapping(f"{deep.group()[:40].decode('utf-8', 'replace')}…", "mapping_form")
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as problem:
        raise WrongMapping("", "mapping_not_toml") from problem


def words_of(values: MappingOf[str, str]) -> str:
    """What words stand for, a line each: "deputy chair = deputy"."""
    return "\n".join(f"{word} = {value}" for word, value in values.items())


def values_from(text: str) -> dict[str, str]:
    """What the lines say; a line without a sign of equality says that its words stand for nothing."""
    found = {}
    for line in text.splitlines():
        word, _sign, value = line.partition(" = ") if " = " in line else line.partition("=")
        if word.strip():
            found[word.strip()] = value.strip()
    return found
