"""What came back: the answer as bytes that can be compared, and all its words, however they were packed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core import mail
from django.db import connection
from django.test import Client

from tests.walk.addresses import AS_PART
from tests.walk.recipes import TOKEN

# What differs from answer to answer by intention.
CHANGING = re.compile(rb'(csrfmiddlewaretoken" value=|X-CSRFToken":\s*|nonce=)"[^"]*"')
UNCOMPARED = frozenset({"Set-Cookie"})
PART = {"HX-Request": "true"}


@dataclass(frozen=True)
class Answer:
    """One answer without what changes each time; `body` is unpacked where it was a workbook."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def words(self) -> set[str]:
        """Every planted word in the body and in the headers."""
        text = b"\n".join([self.body, *(f"{name}: {value}".encode() for name, value in self.headers)])
        return {word.decode().lower() for word in TOKEN.findall(text)}

    def without(self, *echoes: str) -> Answer:
        """The same without words or keys that only repeat what was asked."""
        echo = re.compile(rf"(?<!\d)(?:{'|'.join(echoes)})(?!\d)")
        headers = [(name, echo.sub("ECHO", value)) for name, value in self.headers]
        body = re.sub(echo.pattern.encode(), b"ECHO", self.body)
        return Answer(self.status, _sized(headers), body)


def _sized(headers: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Without the length, which follows from what is left out of the body."""
    return tuple(pair for pair in headers if pair[0] != "Content-Length")


def ask(client: Client, address: str) -> Answer:
    """The answer to a GET; to an address that ends so, as htmx asks."""
    plain = address.removesuffix(AS_PART)
    given: Any = client.get(plain, headers=PART if plain != address else {})
    body = given.getvalue() if given.streaming else given.content
    headers_kept = sorted((name, value) for name, value in given.items() if name not in UNCOMPARED)
    if body[:2] == b"PK":
        body, headers_kept = _unpacked(body), list(_sized(headers_kept))
    return Answer(given.status_code, tuple(headers_kept), CHANGING.sub(b"", body))


def _unpacked(body: bytes) -> bytes:
    """The parts of a workbook; when it was made is left out."""
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return b"\n".join(packed.read(name) for name in sorted(packed.namelist()) if name != "docProps/core.xml")


def ask_and_count(client: Client, address: str) -> tuple[Answer, int]:
    """The answer, and how many queries it took."""
    asked: list[str] = []

    def counted(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    # Not by the log of the connection, which holds no more than some thousands.
    with connection.execute_wrapper(counted):
        answer = ask(client, address)
    return answer, len(asked)


def difference(before: Answer, after: Answer) -> str:
    """Where two answers first differ, for a person who looks for the reason; "" where they are the same."""
    if before == after:
        return ""
    if before.status != after.status:
        return f"{before.status} and {after.status}"
    for one, other in zip(before.headers, after.headers, strict=False):
        if one != other and one[0] not in ("Content-Length", "ETag"):
            return f"{one} and {other}"
    pairs = enumerate(zip(before.body, after.body, strict=False))
    at = next((place for place, (one, other) in pairs if one != other), min(len(before.body), len(after.body)))
    around = slice(max(0, at - 60), at + 60)
    return f"{before.body[around]!r} and {after.body[around]!r}"


def mailed_words() -> set[str]:
    """Every planted word in what was mailed."""
    text = b"\n".join(one.message().as_bytes() for one in mail.outbox)
    return {word.decode().lower() for word in TOKEN.findall(text)}
