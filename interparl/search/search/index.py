"""What the index is asked for, in SQL that both databases read.

One search puts a dozen questions to it, each of them short; to build them anew would take longer than the answers.
Nothing here asks what the reader may know of: that is done with what was found (`candidates`, `finder`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, cast

from django.db import connection

# Id, text and sounds of a word.
Row = tuple[int, str, str]
# A word that stands in a spelling: kind and id of the record, the ids of spelling and word.
Held = tuple[str, int, int, int]
# What is kept of a spelling to weigh: kind and id of the record, the text and its folded form.
Kept = tuple[str, int, str, str]
NONE = -1
# So many spellings are looked at for those that the reader may know of.
MOST_LOOKED_AT = 300

_LAST = "\U0010ffff"
_HELD = "SELECT kind, object_id, spelling_id, word_id FROM search_posting WHERE "
_WORDS = "SELECT id, text, sounds FROM search_word WHERE "


def words_by_key(keys: Collection[str]) -> list[tuple[str, int, str, str]]:
    """Each of these keys with the words that have it."""
    sql = (
        "SELECT search_key.text, search_word.id, search_word.text, search_word.sounds FROM search_key"
        " JOIN search_word ON search_word.id = search_key.word_id WHERE search_key.text IN "
    )
    return _asked(sql + _in(keys), _texts(keys))


def words_called(texts: Collection[str]) -> list[tuple[int, str]]:
    """The ids and texts of those of these words that stand in some spelling, whoever may know of it."""
    sql = "SELECT id, text FROM search_word WHERE text IN "
    return _asked(sql + _in(texts), _texts(texts))


def words_spelled(beginnings: Sequence[str], most: int) -> list[Row]:
    """The shortest words that begin with one of these letters."""
    return _asked(_WORDS + _begins("text", len(beginnings)) + _shortest(), [*_bounds(beginnings), most])


def words_sounding(chains: Sequence[str], most: int) -> list[Row]:
    """The shortest words that have a key which begins so."""
    sounding = f"id IN (SELECT word_id FROM search_key WHERE {_begins('text', len(chains))})"  # noqa: S608  our own words
    return _asked(_WORDS + sounding + _shortest(), [*_bounds(chains), most])


def held(
    words: Sequence[int], kinds: Collection[str], most: int, *, beside: Sequence[int] = (), in_order: bool = False
) -> list[Held]:
    """Spellings of records of these kinds that hold one of the words, and one of those `beside` where some are given.

    No more than `most`; in the order of words, kinds and records, or whichever come first.
    """
    sql = f"{_HELD}word_id IN {_in(words)} AND kind IN {_in(kinds)}"
    values: list[str | int] = [*_ids(words), *_texts(kinds)]
    if beside:
        sql += f" AND spelling_id IN (SELECT spelling_id FROM search_posting WHERE word_id IN {_in(beside)})"  # noqa: S608  our own words
        values += beside
    if in_order:
        sql += " ORDER BY word_id, kind, object_id"
    return _asked(f"{sql} LIMIT %s", [*values, most])


def held_within(spellings: Sequence[int], words: Sequence[int]) -> list[Held]:
    """Those of these spellings that hold one of the words."""
    sql = f"{_HELD}spelling_id IN {_in(spellings)} AND word_id IN {_in(words)}"
    return _asked(sql, [*_ids(spellings), *_ids(words)])


def spellings(keys: Sequence[int]) -> list[Kept]:
    """These spellings."""
    sql = "SELECT kind, object_id, text, folded FROM search_spelling WHERE id IN "
    return _asked(sql + _in(keys), _ids(keys))


def first_held(words: Sequence[int], kinds: Collection[str], most: int) -> list[Held]:
    """Of each of these words so many spellings of records of these kinds that hold it, in the order of the records."""
    found = f"{_HELD}word_id = %s AND kind IN {_in(kinds)} ORDER BY kind, object_id LIMIT %s"
    one = f"SELECT * FROM ({found}) AS one"  # noqa: S608  our own words
    values: list[str | int] = []
    for word in _ids(words):
        values += [word, *_texts(kinds), most]
    return _asked(" UNION ALL ".join([one] * max(1, len(words))), values)


def _asked(sql: str, values: Sequence[str | int]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cast("list[Any]", cursor.fetchall())


def _in(values: Collection[object]) -> str:
    return f"({', '.join(['%s'] * max(1, len(values)))})"


def _ids(keys: Sequence[int]) -> list[int]:
    """SQL cannot write an empty list: there is no such record."""
    return list(keys) or [NONE]


def _texts(texts: Collection[str]) -> list[str]:
    return sorted(texts) or [""]


def _begins(column: str, number: int) -> str:
    """The condition that a column begins with one of several texts, by code points, so that its index serves."""
    one = f"{column} LIKE %s" if connection.vendor == "postgresql" else f"({column} >= %s AND {column} < %s)"
    return f"({' OR '.join([one] * number)})"


def _bounds(texts: Iterable[str]) -> list[str]:
    if connection.vendor == "postgresql":
        return [f"{_escaped(text)}%" for text in texts]
    return [bound for text in texts for bound in (text, text + _LAST)]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _shortest() -> str:
    text = 'text COLLATE "C"' if connection.vendor == "postgresql" else "text"
    return f" ORDER BY length(text), {text}, id LIMIT %s"
