"""Keeps the index in step with the labels: in the transaction in which a record is called otherwise, so is it found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import cast

from django.db import connection
from django.db.models import QuerySet

from interparl.language.likeness import is_patronymic
from interparl.language.name_keys import asked_words, name_keys, slip_keys, sound_keys, stem_keys, word_pairs
from interparl.language.sounds import sounds
from interparl.search.models import LONGEST_SPELLING, LONGEST_WORD, Key, Posting, Spelling, Word

CHUNK = 500
MANY = 2000


class IndexKeeper:
    """Told by the labels what records are called (`core.labels`)."""

    def filled(self, kind: str, texts: Mapping[int, Sequence[str]]) -> None:
        """These records are called so from now on."""
        keep(kind, texts)

    def forgotten(self, kind: str, keys: Collection[int]) -> None:
        """These records are no more."""
        keep(kind, dict.fromkeys(keys, ()))

    def emptied(self) -> None:
        """All is told anew: a newer version may make other keys."""
        for model in (Posting, Spelling, Key, Word):
            model._base_manager.all()._raw_delete(connection.alias)


def keep(kind: str, texts: Mapping[int, Sequence[str]]) -> None:
    """Makes the index hold these spellings of these records and no others; what already stands is left alone."""
    keys = list(texts)
    for start in range(0, len(keys), MANY):
        _keep_part(kind, {key: spellings_of(texts[key]) for key in keys[start : start + MANY]})


def spellings_of(texts: Iterable[str]) -> dict[str, str]:
    """The spellings to keep, each with its folded form.

    Of those that hold the same words in another order the first is kept; one that differs from another by its
    patronymic alone goes with that.
    """
    found: dict[tuple[str, ...], tuple[str, str]] = {}
    for text in texts:
        folded = " ".join(word[:LONGEST_WORD] for word in asked_words(text))[:LONGEST_SPELLING]
        if folded:
            found.setdefault(tuple(sorted(folded.split())), (text[:LONGEST_SPELLING], folded))
    held = [set(words) for words in found]
    return {
        text: folded
        for words, (text, folded) in found.items()
        if not any(set(words) < other and all(map(is_patronymic, other - set(words))) for other in held)
    }


def _keep_part(kind: str, wanted: Mapping[int, Mapping[str, str]]) -> None:
    stored = Spelling.objects.filter(kind=kind, object_id__in=list(wanted)).values_list("pk", "object_id", "text")
    gone, known = [], set[tuple[int, str]]()
    for pk, key, text in stored:
        if text in wanted[key] and (key, text) not in known:
            known.add((key, text))
        else:
            gone.append(pk)
    new = [
        Spelling(kind=kind, object_id=key, text=text, folded=folded)
        for key, spellings in wanted.items()
        for text, folded in spellings.items()
        if (key, text) not in known
    ]
    left = _taken_out(gone)
    if new:
        _put_in(new)
    _sweep(left - {word for spelling in new for word in spelling.folded.split()})


def _taken_out(gone: Sequence[int]) -> set[str]:
    """Drops these spellings; the words that they held."""
    words: set[str] = set()
    for start in range(0, len(gone), CHUNK):
        part = gone[start : start + CHUNK]
        held = Spelling.objects.filter(pk__in=part)
        words.update(word for folded in held.values_list("folded", flat=True) for word in folded.split())
        Posting.objects.filter(spelling__in=part)._raw_delete(connection.alias)
        held._raw_delete(connection.alias)
    return words


def _put_in(new: Sequence[Spelling]) -> None:
    made = Spelling.objects.bulk_create(new, batch_size=CHUNK)
    # Where a spelling was cut, its last word is none of the text.
    written = {folded: one for spelling in made for folded, one in word_pairs(spelling.text)}
    ids = _ids_of({word: written.get(word, word) for spelling in made for word in spelling.folded.split()})
    postings = [
        (ids[word], spelling.pk, spelling.kind, spelling.object_id)
        for spelling in made
        for word in dict.fromkeys(spelling.folded.split())
    ]
    _write("INSERT INTO search_posting (word_id, spelling_id, kind, object_id) VALUES (%s, %s, %s, %s)", postings)


def _ids_of(words: Mapping[str, str]) -> dict[str, int]:
    """The keys of these folded words, each given with the word as it is written; those not there yet are made."""
    ids: dict[str, int] = {}
    asked = sorted(word[:LONGEST_WORD] for word in words)
    for start in range(0, len(asked), CHUNK):
        held = Word.objects.filter(text__in=asked[start : start + CHUNK]).order_by("-pk")
        ids.update({text: pk for pk, text in _held(held.values_list("pk", "text"))})
    made = [Word(text=word, sounds=" ".join(sounds(word))) for word in asked if word not in ids]
    Word.objects.bulk_create(made, batch_size=CHUNK)
    keys = [
        (key[:LONGEST_WORD], word.pk) for word in made for key in keys_of(word.text, words.get(word.text, word.text))
    ]
    _write("INSERT INTO search_key (text, word_id) VALUES (%s, %s)", keys)
    return ids | {word.text: word.pk for word in made}


def _write(statement: str, rows: Sequence[tuple[int | str, ...]]) -> None:
    """Many small rows that nobody asks for afterwards: making a record of each takes longer than all the rest."""
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def keys_of(word: str, written: str) -> set[str]:
    """All keys of a folded word: how it sounds, one letter less of that, its stem, the name that it is a form of."""
    notations = sounds(word)
    return sound_keys(notations) | slip_keys(notations) | stem_keys(written) | name_keys(word)


def _held(rows: QuerySet[Word, tuple[int, str]]) -> Iterable[tuple[int, str]]:
    """These words, which nobody sweeps away before this transaction ends.

    Readers of one word do not wait for each other, so the lock is that of a foreign key, which Django does not offer.
    SQLite has one writer at a time and needs none.
    """
    if connection.vendor != "postgresql":
        return rows
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} FOR KEY SHARE", params)
        return cast("list[tuple[int, str]]", cursor.fetchall())


def _sweep(words: Collection[str]) -> None:
    """Drops those of these words that no spelling holds any more; one that another writer holds is in use."""
    asked = sorted(words)
    for start in range(0, len(asked), CHUNK):
        free = Word.objects.filter(text__in=asked[start : start + CHUNK])
        ids = list(free.select_for_update(skip_locked=True).values_list("pk", flat=True))
        used = set(Posting.objects.filter(word__in=ids).values_list("word", flat=True).distinct())
        gone = [pk for pk in ids if pk not in used]
        if gone:
            Key.objects.filter(word__in=gone)._raw_delete(connection.alias)
            Word.objects.filter(pk__in=gone)._raw_delete(connection.alias)
