"""A system of transliteration: its table, its rules of place, and what it makes of a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from interparl.language.characters import APOSTROPHES

_MARKS = "\u0300-\u036f"
_APOSTROPHES = "".join(sorted(APOSTROPHES - {"ʹ"}))
# A word: letters and their marks; an apostrophe only between letters, else it is a quotation mark.
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}]|[{_APOSTROPHES}](?=[^\W\d_]))*")
_PLAIN_APOSTROPHE = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
# Typed for a Cyrillic і all over the place, and read as one.
_LATIN_I = re.compile(r"(?<=[\u0400-\u04ff])i+|i+(?=[\u0400-\u04ff])", re.IGNORECASE)
_LATIN_I_AS_CYRILLIC = str.maketrans({"i": "і", "I": "І"})
_KEPT_WORDS = 50_000


def with_cyrillic_i(text: str) -> str:
    """The text with a Cyrillic і for each Latin i that stands beside a Cyrillic letter."""
    if "i" not in text and "I" not in text:
        return text
    return _LATIN_I.sub(lambda found: found.group().translate(_LATIN_I_AS_CYRILLIC), text)


@dataclass(frozen=True)
class Source:
    """The document that lays a system down."""

    document: str
    number: str = ""
    year: int = 0
    address: str = ""


@dataclass(frozen=True)
class Rule:
    """What is written for letters (or for several together) in a place: after these, before those, at an end."""

    letters: Mapping[str, str]
    after: str = ""
    before: tuple[str, ...] = ()
    at_start: bool = False
    at_end: bool = False

    def pattern(self) -> str:
        """The rule as a regular expression with one group, for a word in small letters."""
        places = [r"(?<!.)"] if self.at_start else []
        if self.after:
            places.append(f"(?<=[{re.escape(self.after)}])")
        left = f"(?:{'|'.join(places)})" if places else ""
        right = f"(?={'|'.join(map(re.escape, self.before))})" if self.before else ""
        end = r"(?!.)" if self.at_end else ""
        longest_first = sorted(self.letters, key=lambda letters: (-len(letters), letters))
        return f"{left}({'|'.join(map(re.escape, longest_first))}){right}{end}"


@dataclass(frozen=True)
class System:
    """One system: for which languages, from which script into which, by which document, and its table."""

    code: str
    names: Mapping[str, str]
    source: Source
    languages: tuple[str, ...]
    script_from: str
    script_to: str
    letters: Mapping[str, str]
    rules: tuple[Rule, ...] = ()
    _known: dict[tuple[str, bool], str] = field(default_factory=dict, repr=False, compare=False)

    def name_in(self, language: str) -> str:
        """Its name in the language; in English where there is none."""
        return self.names.get(language) or self.names["en"]

    def transliterate(self, text: str) -> str:
        """The text in the other script: what is no letter of the system stays, capitals stay capitals.

        A letter that gives several has one capital in a capitalised word and capitals only in a word of capitals.
        """
        if self.script_from == "Cyrl" and text.isascii():
            return text
        text = _composed(text)
        if "і" in self.letters:
            text = with_cyrillic_i(text)
        shouted = text.isupper() and any(len(word) > 1 for word in _WORD.findall(text))
        return _composed(_WORD.sub(lambda found: self._word(found.group(), shouted=shouted), text))

    def _word(self, word: str, *, shouted: bool) -> str:
        known = self._known.get((word, shouted))
        if known is None:
            known = self._write(word, shouted=shouted)
            if len(self._known) >= _KEPT_WORDS:
                self._known.clear()
            self._known[word, shouted] = known
        return known

    def _write(self, word: str, *, shouted: bool) -> str:
        low = _lower(word)
        if not self._alphabet.intersection(low):
            return word
        plain = low.translate(_PLAIN_APOSTROPHE)
        if word == low:
            return self._small(plain)
        if word.isupper() and (shouted or len(word) > 1):
            return self._small(plain).upper()
        if word[0].isupper() and (len(word) == 1 or word[1:] == low[1:]):
            return _capitalised(self._small(plain))
        return "".join(_cased(piece, word, start, end) for start, end, piece in self._pieces(plain))

    def _small(self, word: str) -> str:
        if self._places:
            word = self._places.sub(lambda found: self._written[(found.lastindex or 0) - 1][found.group()], word)
        return word.translate(self._table)

    def _pieces(self, word: str) -> Iterator[tuple[int, int, str]]:
        done = 0
        for found in self._places.finditer(word) if self._places else ():
            yield from self._singly(word, done, found.start())
            yield found.start(), found.end(), self._written[(found.lastindex or 0) - 1][found.group()]
            done = found.end()
        yield from self._singly(word, done, len(word))

    def _singly(self, word: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        for place in range(start, end):
            yield place, place + 1, self.letters.get(word[place], word[place])

    @cached_property
    def _alphabet(self) -> frozenset[str]:
        of_rules = {letter for rule in self.rules for letters in rule.letters for letter in letters}
        return (frozenset(self.letters) | of_rules) - {"'"}

    @cached_property
    def _table(self) -> dict[int, str]:
        return {ord(letter): written for letter, written in self.letters.items()}

    @cached_property
    def _places(self) -> re.Pattern[str] | None:
        return re.compile("|".join(rule.pattern() for rule in self.rules)) if self.rules else None

    @cached_property
    def _written(self) -> tuple[Mapping[str, str], ...]:
        return tuple(rule.letters for rule in self.rules)


def _composed(text: str) -> str:
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _lower(word: str) -> str:
    """In small letters, as many as the word has: İ alone would become two."""
    low = word.lower()
    return low if len(low) == len(word) else "".join(c.lower() if len(c.lower()) == 1 else c for c in word)


def _capitalised(word: str) -> str:
    return word[:1].upper() + word[1:]


def _cased(piece: str, word: str, start: int, end: int) -> str:
    """The piece for these letters of a word in which capitals and small letters are mixed."""
    if not word[start].isupper():
        return piece
    beside = word[end : end + 1] or word[start - 1 : start]
    return piece.upper() if beside.isupper() or (end - start > 1 and word[start:end].isupper()) else _capitalised(piece)
