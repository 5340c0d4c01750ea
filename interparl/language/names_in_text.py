"""Names of one or several words found in a text in any of their forms, the longest first."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from interparl.language.folding import fold, words
from interparl.language.name_forms import adjectives_from, forms_of, forms_of_adjective, is_adjective, mutated
from interparl.language.title_words import ARTICLES, GENERIC, GLUE

_WORD = re.compile(r"о-ва?(?!\w)|[^\W_]+(?:['’ʼ`‘´][^\W_]+)*", re.IGNORECASE)
_SHORTENED = {"о ва": "острова", "о в": "остров", "st": "saint", "ste": "sainte", "св": "святои"}
_TOO_COMMON = 4  # a word in the names of as many countries points at none
_JOIN = re.compile(r"[\s\-‐‑–—.&·]*")
_LOOSE = re.compile(r"[\s\-‐‑–—.&·,()/]*")


class FindKind(IntEnum):
    """What was found; the lower stands above where both fit the same words."""

    NAME = 1
    SHORTENED = 2  # a name without what stands in its brackets
    INSTITUTION = 3
    ADJECTIVE = 4
    PART = 5


@dataclass(frozen=True)
class Token:
    """A word of the text: as written, folded, and all that it may stand for."""

    text: str
    folded: str
    meanings: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Find:
    """Words from the first to the last token that name one of the codes."""

    first: int
    last: int
    codes: frozenset[str]
    kind: FindKind
    size: int


@dataclass(frozen=True)
class _Pattern:
    code: str
    kind: FindKind
    words: tuple[frozenset[str], ...]
    exact: str = ""
    loose: bool = False  # a comma or bracket may stand between its words
    turned: bool = False  # one must: “Korea, Republic of”


_Index = Mapping[str, Sequence[_Pattern]]
_Names = tuple[tuple[str, tuple[str, ...]], ...]


def tokens_of(text: str) -> list[Token]:
    """The words of a text in their order."""
    return [_token(found) for found in _WORD.finditer(text)]


def _token(found: re.Match[str]) -> Token:
    text = found.group()
    folded = fold(text)
    folded = _SHORTENED.get(folded, folded)
    meanings = [folded]
    parts = re.split("['’ʼ`‘´]", text)
    if len(parts) == 2:
        head, tail = fold(parts[0]), fold(parts[1])
        meanings += [tail] if len(head) <= 2 else []  # l’Italie
        meanings += [head] if tail == "s" else []  # Romania’s
    return Token(text, folded, tuple(meanings), found.start(), found.end())


def index_of(
    names: Mapping[str, Iterable[str]],
    adjectives: Mapping[str, Iterable[str]],
    institutions: Mapping[str, Iterable[str]],
    *,
    welsh: bool,
) -> _Index:
    """All that may be looked for, by the form of its first word; made once for the same names."""
    return _index(_fixed(names), _fixed(adjectives), _fixed(institutions), welsh)


def _fixed(names: Mapping[str, Iterable[str]]) -> _Names:
    return tuple((code, tuple(several)) for code, several in names.items())


@lru_cache(maxsize=8)
def _index(names: _Names, adjectives: _Names, institutions: _Names, welsh: bool) -> _Index:
    patterns: set[_Pattern] = set()
    for code, several in names:
        for name in several:
            patterns |= _of_name(code, name, FindKind.NAME, welsh=welsh)
    for code, several in institutions:
        for name in several:
            patterns |= _of_name(code, name, FindKind.INSTITUTION, welsh=welsh)
    patterns |= _of_parts(names, welsh=welsh)
    given = dict(adjectives)
    for code, several in names:
        patterns |= _of_adjectives(code, several, given.get(code, ()))
    index: dict[str, list[_Pattern]] = defaultdict(list)
    for pattern in patterns:
        for form in pattern.words[0]:
            index[form].append(pattern)
    return index


def _of_name(code: str, name: str, kind: FindKind, *, welsh: bool) -> set[_Pattern]:
    whole = _content(name)
    if not whole or (fold(whole[0]) in GLUE and not welsh):  # “De Corea” is South Korea in Welsh, of Korea in Spanish
        return set()
    if len(whole) == 1 and whole[0].isupper() and len(whole[0]) > 1:
        return {_Pattern(code, kind, (frozenset({fold(whole[0])}),), exact=whole[0])}
    loose = any(mark in name for mark in ",(/")
    found = {_Pattern(code, kind, _forms(whole, welsh=welsh), loose=loose)}
    outside = _content(re.sub(r"\(.*?\)|[,/].*", " ", name))
    if loose and outside and kind is FindKind.NAME:
        found.add(_Pattern(code, FindKind.SHORTENED, _forms(outside, welsh=welsh)))
    head, of, tail = name.partition(" of ")
    if of and _content(tail):
        turned = _forms([*_content(tail), *_content(head)], welsh=welsh)
        found.add(_Pattern(code, kind, turned, loose=True, turned=True))
    return found


def _content(name: str) -> list[str]:
    """The words of a name that must stand in a title, as written: no articles at its start, no “and”, no “of”."""
    several = [_expanded(found.group()) for found in _WORD.finditer(name)]
    while len(several) > 1 and fold(several[0]) in ARTICLES:
        del several[0]
    return several[:1] + [word for word in several[1:] if fold(word) not in GLUE]


def _expanded(word: str) -> str:
    return _SHORTENED.get(fold(word), word)


def _forms(several: Sequence[str], *, welsh: bool) -> tuple[frozenset[str], ...]:
    return tuple(forms_of(word) | (mutated(word) if welsh else frozenset()) for word in several)


def _of_parts(names: _Names, *, welsh: bool) -> set[_Pattern]:
    """The telling words of longer names: Korea, Congo, Bosnia. Islands and saints have none."""
    wholes = [(code, _content(name)) for code, several in names for name in several]
    told = Counter(word for word, _ in {(fold(word), code) for code, whole in wholes for word in whole})
    found = set()
    for code, whole in wholes:
        folded = [fold(word) for word in whole]
        if len(whole) < 2 or any(_is_island(word) for word in folded):
            continue
        for word, plain in zip(whole, folded, strict=True):
            common = plain in GENERIC or told[plain] >= _TOO_COMMON or len(plain) < 4
            if not common and not is_adjective(word):
                found.add(_Pattern(code, FindKind.PART, _forms([word], welsh=welsh)))
    return found


def _is_island(folded: str) -> bool:
    return folded.startswith(("island", "остров", "астрав", "востра", "ilha", "ynys", "isla", "saint", "sao", "сен"))


def _of_adjectives(code: str, names: Iterable[str], given: Iterable[str]) -> set[_Pattern]:
    found = {_adjective(code, adjective) for adjective in given if words(adjective)}
    scripts = {_is_cyrillic(adjective) for adjective in given}
    for name in names:
        whole = _content(name)
        if not whole or whole[-1].isupper() or len(whole) > 2 or _is_cyrillic(name) in scripts:
            continue
        forms = adjectives_from(whole[-1])
        if forms and fold(whole[-1]) not in GENERIC:
            found.add(_Pattern(code, FindKind.ADJECTIVE, (*_forms(whole[:-1], welsh=False), forms)))
    return found


def _adjective(code: str, adjective: str) -> _Pattern:
    several = adjective.split()
    forms = [forms_of(word) for word in several[:-1]]
    return _Pattern(code, FindKind.ADJECTIVE, (*forms, forms_of_adjective(several[-1])))


def _is_cyrillic(text: str) -> bool:
    return re.search("[а-яёіў]", text, re.IGNORECASE) is not None


def finds_in(tokens: Sequence[Token], text: str, index: _Index) -> list[Find]:
    """What is named in the text, in its order, without overlaps: more words first, then the better kind.

    Several codes that fit the same words make one find.
    """
    best: dict[tuple[int, int, int], Find] = {}
    for first in range(len(tokens)):
        for pattern in {each for form in tokens[first].meanings for each in index.get(form, ())}:
            last = _last_of(pattern, tokens, first, text)
            if last is not None:
                key = (first, last, pattern.kind)
                known = best[key].codes if key in best else frozenset()
                best[key] = Find(first, last, known | {pattern.code}, pattern.kind, len(pattern.words))
    chosen: list[Find] = []
    for find in sorted(best.values(), key=lambda each: (-each.size, each.kind, each.first)):
        if all(find.last < other.first or find.first > other.last for other in chosen):
            chosen.append(find)
    return sorted(chosen, key=lambda each: each.first)


def _last_of(pattern: _Pattern, tokens: Sequence[Token], first: int, text: str) -> int | None:
    """The last token of the pattern when it stands in the text from this token on."""
    if pattern.exact and tokens[first].text != pattern.exact:
        return None
    at = first
    for forms in pattern.words[1:]:
        following = _next(forms, tokens, at, text, loose=pattern.loose)
        if following is None:
            return None
        at = following
    between = text[tokens[first].end : tokens[at].start]
    return None if pattern.turned and not any(mark in between for mark in ",(") else at


def _next(forms: frozenset[str], tokens: Sequence[Token], at: int, text: str, *, loose: bool) -> int | None:
    joining = _LOOSE if loose else _JOIN
    for place in range(at + 1, min(at + 4, len(tokens))):
        if not joining.fullmatch(text[tokens[place - 1].end : tokens[place].start]):
            return None
        if forms.intersection(tokens[place].meanings):
            return place
        if tokens[place].folded not in GLUE:
            return None
    return None
