"""Words of the index that are like those asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from interparl.core.kinds import Ref
from interparl.language.likeness import LEAST, STEM, like
from interparl.language.name_keys import STEM as STEM_SIGN
from interparl.language.name_keys import joined, name_keys, pieces_of, slip_keys, sound_keys, stem_keys
from interparl.language.sounds import skeleton, sounds
from interparl.search.search.index import (
    MOST_LOOKED_AT,
    Row,
    first_held,
    words_by_key,
    words_called,
    words_sounding,
    words_spelled,
)

MOST_OF_A_BEGINNING = 300
SHORTEST_TO_CUT, LONGEST_TO_CUT, MOST_PIECES = 6, 40, 400
# Beginnings are looked for by sound as well once so many letters and consonants stand.
LETTERS, CONSONANTS = 4, 2

# Of records those that the reader may know of; one question, whatever there is.
KnownOf = Callable[[Collection[Ref]], Collection[Ref]]
# What was found to begin like these words: one search asks for it more than once.
Begun = dict[tuple[str, ...], list[tuple[Row, str]]]


class Alike(NamedTuple):
    """A word of the index that is like one asked for."""

    pk: int
    text: str
    likeness: float


def alike(asked: Mapping[str, str], begun: Begun, *, with_slips: bool) -> dict[str, list[Alike]]:
    """For each folded word asked for those that are like it, the likest first; initials are left out beside words.

    Each is given with the word as it was written, for its stem. `begun` is empty at first and goes from turn to turn.
    """
    words = {word: written for word, written in asked.items() if len(word) > 1 or word.isdigit()} or dict(asked)
    if not words:
        return {}
    pool = _pool(words, begun, with_slips=with_slips)
    found = {}
    for word in words:
        several = [
            Alike(pk, text, likeness)
            for (pk, text, notations), is_a_form in pool[word].items()
            if (likeness := max(STEM * is_a_form, like(word, text, notations.split()))) >= LEAST
        ]
        found[word] = sorted(several, key=lambda one: (-one.likeness, one.text, one.pk))
    return found


def _pool(words: Mapping[str, str], begun: Begun, *, with_slips: bool) -> dict[str, dict[Row, bool]]:
    """For each word those that share a key with it or begin like it, and whether by its stem; three questions."""
    wanted: dict[str, list[str]] = {}
    for word, written in words.items():
        keys = sound_keys(sounds(word)) | stem_keys(written) | name_keys(word)
        for key in keys | slip_keys(sounds(word)) if with_slips else keys:
            wanted.setdefault(key, []).append(word)
    pool: dict[str, dict[Row, bool]] = {word: {} for word in words}
    for key, pk, text, notations in words_by_key(wanted):
        for word in wanted[key]:
            pool[word][pk, text, notations] = key[0] == STEM_SIGN or pool[word].get((pk, text, notations), False)
    # A number is found whole or not at all.
    beginning = tuple(word for word in words if not word.isdigit())
    if beginning not in begun:
        begun[beginning] = list(_beginning(beginning))
    for row, word in begun[beginning]:
        pool[word].setdefault(row, False)
    return pool


def _beginning(words: Sequence[str]) -> Iterator[tuple[Row, str]]:
    """Those that begin with the letters of a word asked for, or sound so from the beginning, the shortest first."""
    if not words:
        return
    most = MOST_OF_A_BEGINNING * len(words)
    for row in words_spelled(words, most):
        yield from ((row, word) for word in words if row[1].startswith(word))
    chains = {
        chain: word
        for word in words
        if len(word) >= LETTERS
        for notation in sounds(word)
        if len(chain := skeleton(notation)) >= CONSONANTS
    }
    if chains:
        for row in words_sounding(list(chains), most):
            own = [skeleton(notation) for notation in row[2].split()]
            for chain, word in chains.items():
                if any(one.startswith(chain) for one in own):
                    yield row, word


def rejoined(asked: Sequence[str], kinds: Collection[str], known_of: KnownOf) -> list[list[str]]:
    """The words asked with those run together parted, and neighbours run together, as records of these kinds have them.

    They are those that the reader may know of, for how a word is read would tell of others.
    """
    pieces = {piece for word in asked if len(word) >= SHORTEST_TO_CUT for piece in _substrings(word[:LONGEST_TO_CUT])}
    there = dict(words_called(pieces.union(joined(asked))))
    longest = sorted(there, key=lambda word: (-len(there[word]), word))[:MOST_PIECES]
    held = first_held(longest, kinds, MOST_LOOKED_AT)
    open_ones = known_of({(kind, key) for kind, key, _spelling, _word in held})
    known = {there[word] for kind, key, _spelling, word in held if (kind, key) in open_ones}
    ways = []
    cut = [piece for word in asked for piece in pieces_of(word, known) or [word]]
    if cut != list(asked):
        ways.append(cut)
    for at, pair in enumerate(joined(asked)):
        if pair in known:
            ways.append([*asked[:at], pair, *asked[at + 2 :]])
    return ways


def _substrings(word: str) -> set[str]:
    places = range(len(word))
    return {word[start:end] for start in places for end in range(start + 2, len(word) + 1)} - {word}
