"""Turtle, the way in which linked data are written: what a file says of each thing, with the line where it says so.

The whole language of W3C's recommendation is read, and nothing beyond it; nothing is fetched, an address is only a
name. The common library keeps neither lines nor order and needs a hundred times the size of a file (docs/decisions).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, NoReturn, TypeVar
from urllib.parse import urljoin

from interparl.exchange.rules.findings import UnreadableFile
from interparl.exchange.rules.unpacking import REPLACEMENT

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
MOST_VALUES, DEEPEST = 1_000_000, 50
_BLANK = re.compile(r"(?:[ \t\r\n]++|#[^\r\n]*+)*+")
_TOKEN = re.compile(
    r"""
    (?P<iri><(?:[^\x00-\x20<>"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)
    |(?P<text>\"{3}(?:[^"\\]++|\\.|"(?!""))*+\"{3}|'{3}(?:[^'\\]++|\\.|'(?!''))*+'{3}
        |"(?:[^"\\\r\n]++|\\.)*+"|'(?:[^'\\\r\n]++|\\.)*+')
    |(?P<at>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)
    |(?P<typed>\^\^)
    |(?P<blank>_:\w[\w\u00b7-]*+(?:\.++[\w\u00b7-]++)*+)
    |(?P<number>[+-]?(?:\d++\.\d*+[eE][+-]?\d++|\d*+\.\d++(?:[eE][+-]?\d++)?|\d++(?:[eE][+-]?\d++)?))
    |(?P<name>(?:[^\W\d_][\w\u00b7-]*+(?:\.++[\w\u00b7-]++)*+)?:
        (?:(?:\.++(?=[\w:%\\\u00b7-]))?(?:[\w:\u00b7-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]))*+)
    |(?P<word>[A-Za-z]++)
    |(?P<sign>[][().;,])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_LAST_CODE = 0x10FFFF
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_BEGINS = re.compile(
    r"(?:\s++|#[^\r\n]*+)*+(?:@(?:prefix|base)\s|prefix\s++\S*:\s*+<|base\s++<[^<>\s]*+>"
    r"|<[a-z][a-z0-9+.-]*+:[^<>\s]++>\s++(?:a\s|<|[\w-]*+:))",
    re.IGNORECASE,
)


class Thing(NamedTuple):
    """A thing that a file names: its address, or a name within the file (“_:b1”)."""

    address: str


class Text(NamedTuple):
    """A value that is no thing: its text, and its language where one is told."""

    text: str
    language: str = ""


Value = Thing | Text
Found = TypeVar("Found")


@dataclass
class Described:
    """What the file says of one thing, by the address of the property; `line` is where it first does."""

    address: str
    line: int
    values: dict[str, list[Value]] = field(default_factory=dict)


class _Token(NamedTuple):
    kind: str
    text: str
    at: int


def is_turtle(text: str) -> bool:
    """Whether the text begins as Turtle does."""
    return bool(_BEGINS.match(text))


def read_turtle(text: str) -> dict[str, Described]:
    """All things of which the file says something, in its order, by their addresses.

    Raises UnreadableFile with line and column: not_turtle, prefix_unknown, too_deep; else too_many_values.
    """
    return _Reader(text).read()


class _Reader:
    """Goes through the text once, one token ahead."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: dict[str, Described] = {}
        self.prefixes: dict[str, str] = {}
        self.base = ""
        self._count = self._nameless = self._depth = 0
        self._line, self._counted = 1, 0
        self.token = _Token("", "", 0)
        self._next(0)

    def read(self) -> dict[str, Described]:
        while self.token.kind != "end":
            if not self._directive():
                self._statement()
        return self.found

    def _next(self, at: int | None = None) -> _Token:
        """Steps to the next token; returns the one that was."""
        before = self.token
        begin = before.at + len(before.text) if at is None else at
        blank = _BLANK.match(self.text, begin)
        begin = blank.end() if blank else begin
        found = _TOKEN.match(self.text, begin)
        if found:
            self.token = _Token(found.lastgroup or "", found.group(), begin)
        elif begin == len(self.text):
            self.token = _Token("end", "", begin)
        else:
            self._refuse(begin)
        return before

    def _refuse(self, at: int, key: str = "not_turtle", **params: str) -> NoReturn:
        line = self.text.count("\n", 0, at) + 1
        column = at - (self.text.rfind("\n", 0, at) + 1) + 1
        raise UnreadableFile(key, f"{line}:{column}", {"line": line, "column": column, **params})

    def _expect(self, kind: str, text: str = "") -> _Token:
        if self.token.kind != kind or (text and self.token.text != text):
            self._refuse(self.token.at)
        return self._next()

    def _is(self, *signs: str) -> bool:
        return self.token.kind == "sign" and self.token.text in signs

    def _directive(self) -> bool:
        """A prefix or base, in either of the two ways to write it."""
        kind, text, _at = self.token
        word = text.removeprefix("@").lower()
        if kind not in ("at", "word") or word not in ("prefix", "base") or (kind == "at" and text != f"@{word}"):
            return False
        self._next()
        if word == "base":
            self.base = self._address(self._expect("iri"))
        else:
            name = self._expect("name")
            if not name.text.endswith(":") or name.text.count(":") > 1:
                self._refuse(name.at)
            self.prefixes[name.text[:-1]] = self._address(self._expect("iri"))
        if kind == "at":
            self._expect("sign", ".")
        return True

    def _statement(self) -> None:
        begins_nameless = self._is("[")
        described = self._described(self._line_of(self.token.at), self._subject())
        if not (begins_nameless and self._is(".")):
            self._properties(described)
        self._expect("sign", ".")

    def _line_of(self, at: int) -> int:
        """Counts on from where it was asked last; statements come in order."""
        self._line += self.text.count("\n", self._counted, at)
        self._counted = at
        return self._line

    def _described(self, line: int, thing: Thing) -> Described:
        return self.found.setdefault(thing.address, Described(thing.address, line))

    def _subject(self) -> Thing:
        if self._is("["):
            return self._nested(self._within)
        if self._is("("):
            self._nested(self._collection)
            return self._new()
        return self._thing()

    def _thing(self) -> Thing:
        token = self.token
        if token.kind == "iri":
            return Thing(self._address(self._next()))
        if token.kind == "name":
            return Thing(self._named(self._next()))
        if token.kind == "blank":
            return Thing(self._next().text)
        return self._refuse(token.at)

    def _properties(self, described: Described) -> None:
        while True:
            is_type = self.token.kind == "word" and self.token.text == "a"
            if is_type:
                self._next()
            elif self.token.kind not in ("iri", "name"):
                self._refuse(self.token.at)
            values = described.values.setdefault(TYPE if is_type else self._thing().address, [])
            self._objects(values)
            if not self._is(";"):
                return
            while self._is(";"):
                self._next()
            if self._is(".", "]"):
                return

    def _objects(self, values: list[Value]) -> None:
        while True:
            if self._is("("):
                values += self._nested(self._collection)
            else:
                values.append(self._object())
            if not self._is(","):
                return
            self._next()

    def _object(self) -> Value:
        self._count += 1
        if self._count > MOST_VALUES:
            raise UnreadableFile("too_many_values", params={"most": MOST_VALUES})
        kind, text, at = self.token
        if self._is("["):
            return self._nested(self._within)
        if kind == "text":
            return self._literal(self._next())
        if kind == "number" or (kind == "word" and text in ("true", "false")):
            self._next()
            return Text(text)
        if kind == "word":
            self._refuse(at)
        return self._thing()

    def _literal(self, token: _Token) -> Text:
        marks = 3 if token.text[:3] in ('"""', "'''") and len(token.text) >= 6 else 1
        text = self._unescaped(token.text[marks:-marks], token.at, is_text=True)
        if self.token.kind == "at":
            return Text(text, self._next().text[1:].lower())
        if self.token.kind == "typed":
            self._next()
            if self.token.kind not in ("iri", "name"):
                self._refuse(self.token.at)
            self._thing()
        return Text(text)

    def _nested(self, read: Callable[[], Found]) -> Found:
        self._depth += 1
        if self._depth > DEEPEST:
            self._refuse(self.token.at, "too_deep")
        found = read()
        self._depth -= 1
        return found

    def _within(self) -> Thing:
        """A thing without an address, described where it is named."""
        line = self._line_of(self.token.at)
        self._next()
        thing = self._new()
        if not self._is("]"):
            self._properties(self._described(line, thing))
        self._expect("sign", "]")
        return thing

    def _collection(self) -> list[Value]:
        self._next()
        found: list[Value] = []
        while not self._is(")"):
            if self._is("("):
                found += self._nested(self._collection)
            else:
                found.append(self._object())
        self._next()
        return found

    def _new(self) -> Thing:
        self._nameless += 1
        return Thing(f"_:#{self._nameless}")

    def _address(self, token: _Token) -> str:
        address = self._unescaped(token.text[1:-1], token.at)
        try:
            return urljoin(self.base, address) if self.base else address
        except ValueError:
            return self._refuse(token.at)

    def _named(self, token: _Token) -> str:
        prefix, _colon, local = token.text.partition(":")
        if prefix not in self.prefixes:
            self._refuse(token.at, "prefix_unknown", prefix=prefix[:60])
        return self.prefixes[prefix] + re.sub(r"\\(.)", r"\1", local)

    def _unescaped(self, text: str, at: int, *, is_text: bool = False) -> str:
        """The text with the characters that it writes by their numbers; what no database stores becomes U+FFFD."""

        def plain(found: re.Match[str]) -> str:
            code = found.group(1) or found.group(2)
            if code and int(code, 16) <= _LAST_CODE:
                return chr(int(code, 16))
            if code or not is_text or found.group(3) not in _PLAIN:
                self._refuse(at)
            return _PLAIN[found.group(3)]

        return _UNSTORABLE.sub(REPLACEMENT, _ESCAPE.sub(plain, text) if "\\" in text else text)
