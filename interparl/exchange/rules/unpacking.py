"""From bytes to JSON: gzip with a limit, UTF-8, UTF-16 and UTF-32 with or without a mark, and one clear refusal."""

from __future__ import annotations

import gzip
import json
import math
import re
import zlib
from collections import Counter
from dataclasses import dataclass
from io import BytesIO

from interparl.exchange.rules.findings import Json, UnreadableFile

_GZIP_SIGNATURE = b"\x1f\x8b"  # RFC 1952, 2.3.1
_LONGEST_NUMBER = 18  # digits that every database keeps as a whole number
# Possessive, and content with a missing end quote, so that no text makes it slow.
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
# JSON can name what no database stores as text: U+0000 and halves of surrogate pairs.
_UNSTORABLE_ESCAPE = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
REPLACEMENT = "\ufffd"
# Nesting that a file may have as a whole; beyond it, decoding itself is refused.
_DEEPEST = 100
# Values take far more room than their signs: a register has one in about twenty characters.
_MOST_VALUES = 4_000_000


@dataclass(frozen=True)
class JsonDocument:
    """What the file holds, with the keys that some object names twice (the last value stands)."""

    value: Json
    repeated_keys: frozenset[str]
    repeated_at_top: frozenset[str]


def unpack(data: bytes, *, limit: int) -> bytes:
    """The bytes themselves, or those in a gzip; never more than `limit` bytes are unpacked.

    Raises UnreadableFile: too_large, damaged_archive, empty.
    """
    if data.startswith(_GZIP_SIGNATURE):
        try:
            with gzip.GzipFile(fileobj=BytesIO(data)) as packed:
                data = packed.read(limit + 1)
        except (OSError, EOFError, zlib.error) as problem:
            raise UnreadableFile("damaged_archive") from problem
    if len(data) > limit:
        raise UnreadableFile("too_large", params={"limit": limit})
    if not data or data.isspace():
        raise UnreadableFile("empty")
    return data


def decode_text(data: bytes) -> str:
    """The text in UTF-8, UTF-16 or UTF-32 without its byte order mark. Raises UnreadableFile: not_text, empty."""
    encoding = json.detect_encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as problem:
        before = data[: problem.start].decode(encoding, "replace")
        raise _refusal("not_text", before, len(before)) from problem
    text = text.removeprefix("\ufeff")
    if not text or text.isspace():
        raise UnreadableFile("empty")
    return text


def read_json(text: str) -> JsonDocument:
    """The document. Tolerant where others are loose: NaN is null, huge numbers stay text, U+0000 becomes U+FFFD.

    Raises UnreadableFile: with line and column not_json, too_deep; else too_many_values.
    """
    repeated: list[frozenset[str]] = [frozenset()]
    every: set[str] = set()

    def build(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        built = dict(pairs)
        repeated[0] = frozenset()
        if len(built) != len(pairs):
            times = Counter(name for name, _ in pairs)
            repeated[0] = frozenset(name for name in built if times[name] > 1)
            every.update(repeated[0])
        return built

    refuse_crowd(text)
    _refuse_depth(text)
    try:
        value: Json = json.loads(
            text, object_pairs_hook=build, parse_int=_whole, parse_float=_fraction, parse_constant=_nothing
        )
    except json.JSONDecodeError as problem:
        raise _refusal("not_json", text, problem.pos) from problem
    if _UNSTORABLE_ESCAPE.search(text):
        value = _storable(value)
    # The outermost object is built last.
    return JsonDocument(value, frozenset(every), repeated[0] if isinstance(value, dict) else frozenset())


def _whole(digits: str) -> Json:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits


def _fraction(digits: str) -> Json:
    number = float(digits)
    return number if math.isfinite(number) else digits


def _nothing(_name: str) -> None:
    return None


def refuse_crowd(text: str) -> None:
    """Raises UnreadableFile for more lists, objects and values than the memory is to hold."""
    if text.count("[") + text.count("{") + text.count(",") > _MOST_VALUES:
        raise UnreadableFile("too_many_values", params={"most": _MOST_VALUES})


def _refuse_depth(text: str) -> None:
    # A file with fewer brackets than the limit cannot be too deep: no need to look at each.
    if text.count("[") + text.count("{") <= _DEEPEST:
        return
    depth = 0
    for token in _TOKEN.finditer(text):
        mark = token.group()
        if mark in "[{":
            depth += 1
            if depth > _DEEPEST:
                raise _refusal("too_deep", text, token.start())
        elif mark in "]}":
            depth -= 1


def _storable(value: Json) -> Json:
    if isinstance(value, str):
        return _UNSTORABLE.sub(REPLACEMENT, value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_UNSTORABLE.sub(REPLACEMENT, key): _storable(item) for key, item in value.items()}
    return value


def _refusal(key: str, text: str, position: int) -> UnreadableFile:
    line = text.count("\n", 0, position) + 1
    column = position - (text.rfind("\n", 0, position) + 1) + 1
    return UnreadableFile(key, f"{line}:{column}", {"line": line, "column": column})
