"""Countries in the titles of groups, committees and delegations: the sure ones, and those that a person must be asked.

A title is never parsed as a sentence. The names that are handed in are looked up in it, the longest first, in any case
and number; then the words around each find are weighed. What could mean something else is a doubt with its reason.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from interparl.language.names_in_text import Find, FindKind, Token, finds_in, index_of, tokens_of
from interparl.language.title_words import (
    AND,
    GENERIC,
    GLUE,
    OF,
    is_direction,
    is_direction_after,
    is_head,
    is_never_a_name,
    is_ordinary,
    is_part,
    is_place,
    is_union,
)


class Reason(StrEnum):
    """Why a country is not sure."""

    SEVERAL = "several"  # several countries have this name
    PART_OF_NAME = "part_of_name"  # only a part of the name stands in the title: Korea
    ADJECTIVE = "adjective"  # only the adjective: Iranian Kurdistan
    SMALL_LETTERS = "small_letters"  # could be an ordinary word
    OTHER_PLACE = "other_place"  # a word beside it makes it another place: Northern Cyprus, Gulf of Oman
    PART_OF_COUNTRY = "part_of_country"  # a region of it
    UNION = "union"  # an organisation named after its members
    INSTITUTION = "institution"  # only the name of a parliament: Knesset


@dataclass(frozen=True)
class Doubt:
    """A country that may be meant, the words of the title that say so, and why that is not enough."""

    code: str
    words: str
    reason: Reason


@dataclass(frozen=True)
class Recognition:
    """The countries of a title in its order, each once, and the doubts; a country is never in both."""

    sure: tuple[str, ...]
    doubtful: tuple[Doubt, ...]


def recognise(
    title: str,
    names: Mapping[str, Iterable[str]],
    language: str,
    *,
    home: str = "",
    adjectives: Mapping[str, Iterable[str]] | None = None,
    institutions: Mapping[str, Iterable[str]] | None = None,
) -> Recognition:
    """The partner countries that a title names.

    `names` holds for each code its names in all languages. Give it those of all the world, not of the partners only:
    that “Northern Ireland” or “Papua New Guinea” is not Ireland or Guinea can be told only by who knows them.
    `language` is that of the title. `home` is the code of one's own country, which is never a partner. Adjectives (a
    part of a compound ends with a hyphen: “Sino-”) are derived for the codes that have none here. Names of
    institutions only ever give a doubt.
    """
    text = unicodedata.normalize("NFC", title)
    tokens = tokens_of(text)
    index = index_of(names, adjectives or {}, institutions or {}, welsh=language.split("-", maxsplit=1)[0] == "cy")
    finds = [find for find in finds_in(tokens, text, index) if not _is_word_of(language, find, tokens)]
    sure: list[str] = []
    doubts: list[tuple[Find, Reason]] = []
    for place, find in enumerate(finds):
        reason = _reason(finds, place, text, tokens, home)
        if reason is None:
            sure.extend(find.codes - {home})
        else:
            doubts.append((find, reason))
    return Recognition(tuple(dict.fromkeys(sure)), _doubts(doubts, {*sure, home}, text, tokens))


def _is_word_of(language: str, find: Find, tokens: Sequence[Token]) -> bool:
    return find.first == find.last and is_never_a_name(tokens[find.first].folded, language.split("-", maxsplit=1)[0])


def _doubts(
    doubts: Sequence[tuple[Find, Reason]], known: set[str], text: str, tokens: Sequence[Token]
) -> tuple[Doubt, ...]:
    """One doubt for each country; none where a country that is known already explains the words."""
    told: dict[str, Doubt] = {}
    for find, reason in doubts:
        if find.codes & (known - {""}):
            continue
        words = text[tokens[find.first].start : tokens[find.last].end]
        for code in sorted(find.codes):
            told.setdefault(code, Doubt(code, words, reason))
    return tuple(told.values())


def _reason(finds: Sequence[Find], place: int, text: str, tokens: Sequence[Token], home: str) -> Reason | None:
    find = finds[place]
    if find.codes == {home}:
        return None
    if find.kind is FindKind.INSTITUTION:
        return Reason.INSTITUTION
    if find.kind is FindKind.PART:
        return Reason.PART_OF_NAME
    if len(find.codes) > 1:
        return Reason.SEVERAL
    if find.kind is FindKind.ADJECTIVE:
        return None if _beside_home(finds, place, text, tokens, home) else Reason.ADJECTIVE
    if _may_be_ordinary(find, text, tokens):
        return Reason.SMALL_LETTERS
    return _reason_around(finds, place, text, tokens)


def _reason_around(finds: Sequence[Find], place: int, text: str, tokens: Sequence[Token]) -> Reason | None:
    """What the words beside a name make of it."""
    find = finds[place]
    before, after = _before(find, text, tokens), _after(find, text, tokens)
    governing, further = _governing(find, text, tokens)
    if is_direction(before) or is_direction_after(after) or is_place(after) or is_place(governing):
        return Reason.OTHER_PLACE
    if is_part(governing) or is_part(further) or is_part(before):
        return Reason.PART_OF_COUNTRY
    if _names_a_republic_of_another(finds, place, text, tokens):
        return Reason.OTHER_PLACE
    if is_union(_governing_all(finds, place, text, tokens)):
        return Reason.UNION
    return None


def _beside_home(finds: Sequence[Find], place: int, text: str, tokens: Sequence[Token], home: str) -> bool:
    """Whether a hyphen or dash joins the adjective to one's own country: British-Taiwanese."""
    find = finds[place]
    for other in finds[max(place - 1, 0) : place + 2]:
        first, second = (other, find) if other.first < find.first else (find, other)
        gap = text[tokens[first.last].end : tokens[second.first].start].strip()
        if home and other is not find and other.codes == {home} and gap and gap in "-‐‑–—":
            return True
    return False


def _may_be_ordinary(find: Find, text: str, tokens: Sequence[Token]) -> bool:
    words = tokens[find.first : find.last + 1]
    if len([word for word in words if word.folded not in GLUE]) > 1 and any(word.text[0].isupper() for word in words):
        return False
    head = find.first > 0 and is_head(tokens[find.first - 1].folded)
    word = words[0]
    if word.text[0].lower() == word.text[0].upper():
        return False
    if text.upper() == text or text.lower() == text:
        return not head and is_ordinary(word.folded, in_capitals=text.upper() == text)
    if not any(char.isupper() for each in words for char in each.text):
        return True
    return find.first == 0 and is_ordinary(word.folded, in_capitals=True)


def _before(find: Find, text: str, tokens: Sequence[Token]) -> str:
    """The word right before, when nothing but a space or hyphen stands between; “” for none."""
    if find.first == 0:
        return ""
    word = tokens[find.first - 1]
    return word.folded if text[word.end : tokens[find.first].start] in {" ", "-", "\N{NO-BREAK SPACE}"} else ""


def _after(find: Find, text: str, tokens: Sequence[Token]) -> str:
    """The word right after, “of” and “do” skipped; “” for none."""
    at = find.last + 1
    start = tokens[find.last].end
    while at < len(tokens) and text[start : tokens[at].start].strip(" (") == "":
        if tokens[at].folded not in GLUE - AND:
            return tokens[at].folded
        start, at = tokens[at].end, at + 1
    return ""


def _governing(find: Find, text: str, tokens: Sequence[Token]) -> tuple[str, str]:
    """The word that the name depends on, little words skipped, and the one before it; “” for none.

    Gulf of Oman; Region in Iraq; провинция Шаньдун Китая.
    """
    at, end = find.first - 1, tokens[find.first].start
    while at >= 0 and not text[tokens[at].end : end].strip():
        word = tokens[at].folded
        if word not in (GLUE - AND) | {"in", "yn", "в", "у", "no", "na"} and not is_head(word):
            near = at > 0 and not text[tokens[at - 1].end : tokens[at].start].strip()
            return word, tokens[at - 1].folded if near else ""
        end, at = tokens[at].start, at - 1
    return "", ""


def _governing_all(finds: Sequence[Find], place: int, text: str, tokens: Sequence[Token]) -> str:
    """The word that a row of names depends on: Union of Belarus and Russia."""
    while place > 0:
        between = tokens[finds[place - 1].last + 1 : finds[place].first]
        gap = text[tokens[finds[place - 1].last].end : tokens[finds[place].first].start].strip()
        joined = any(word.folded in AND for word in between) or gap == ","
        if not joined or any(word.folded not in GLUE and not is_head(word.folded) for word in between):
            break
        place -= 1
    return _governing(finds[place], text, tokens)[0]


def _is_turned(find: Find, text: str, tokens: Sequence[Token]) -> bool:
    """“Korea, Republic of” ends with the kind of state without naming another."""
    return any(mark in text[tokens[find.first].end : tokens[find.last].start] for mark in ",(")


def _names_a_republic_of_another(finds: Sequence[Find], place: int, text: str, tokens: Sequence[Token]) -> bool:
    """“Turkish Republic of Northern Cyprus”, “États-Unis du Mexique”: not the state that the first words name."""
    find = finds[place]
    at = find.last + 1
    words = [token.folded for token in tokens[find.first : at]]
    if len(words) == 1 or at >= len(tokens) or not (is_head(words[-1]) or GENERIC.issuperset(words)):
        return False
    if text[tokens[find.last].end : tokens[at].start].strip() or _is_turned(find, text, tokens):
        return False
    begins_another = place + 1 < len(finds) and finds[place + 1].first == at
    return tokens[at].folded in OF or is_direction(tokens[at].folded) or begins_another
