"""How alike two words, and what was asked and a spelling that is kept, are: from 0 to 1.

A word is compared three ways: as it is written, as it is written in Latin letters, and as it sounds. What sounds alike
counts most; the spelling decides between words that do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from interparl.language.name_keys import name_keys
from interparl.language.sounds import skeleton, sounds

SAME, GIVEN, SOUND, STEM, BEGINNING, INITIAL = 1.0, 0.95, 0.97, 0.88, 0.9, 0.6
LEAST = 0.65
# What another spelling takes away from words that sound the same: the fewer the consonants, the less the sound says.
_DOUBT = (0.5, 0.5, 0.4, 0.3, 0.22)
_LITTLE_DOUBT = 0.16

_PLAIN = dict(
    zip(
        "абвгдезийклмнопрстуфхыэіў",
        (
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "z",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "h",
            "y",
            "e",
            "i",
            "u",
        ),
        strict=True,
    )
) | {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia", "є": "ie"}


@lru_cache(maxsize=65536)
def plain(word: str) -> str:
    """A folded word in plain Latin letters, for comparing spellings across alphabets."""
    return "".join([_PLAIN.get(letter, letter) for letter in word])


def like(asked: str, known: str, notations: Sequence[str] = ()) -> float:
    """How alike two folded words are; `notations` are those of the known one where they are at hand."""
    if asked == known:
        return SAME
    if asked.isdigit() or known.isdigit():
        return 0.0
    if len(asked) == 1:
        return INITIAL if sounds(asked)[0][:1] == sounds(known)[0][:1] or known.startswith(asked) else 0.0
    notations = notations or sounds(known)
    if not name_keys(asked).isdisjoint(name_keys(known)):
        return max(GIVEN + 0.02 * _spelled(asked, known), _by_sound(asked, known, notations))
    return max(_by_sound(asked, known, notations), _by_beginning(asked, known, notations))


def _by_sound(asked: str, known: str, notations: Sequence[str]) -> float:
    spelled, own = _spelled(asked, known), sounds(asked)
    same = [left for left in own if left in notations]
    if same:
        consonants = len(skeleton(same[0]))
        return SOUND - (1 - spelled) * (_DOUBT[consonants] if consonants < len(_DOUBT) else _LITTLE_DOUBT)
    best = max(_near(left, right) for left in own for right in notations)
    return (0.75 * best + 0.25 * spelled) * SOUND


def _spelled(asked: str, known: str) -> float:
    return max(OSA.normalized_similarity(asked, known), OSA.normalized_similarity(plain(asked), plain(known)))


@lru_cache(maxsize=65536)
def _near(left: str, right: str) -> float:
    whole = OSA.normalized_similarity(left, right)
    return 0.5 * whole + 0.5 * OSA.normalized_similarity(skeleton(left), skeleton(right))


def _by_beginning(asked: str, known: str, notations: Sequence[str]) -> float:
    if len(asked) >= 2 and known.startswith(asked):
        return BEGINNING + 0.08 * len(asked) / len(known)
    chains = [chain for notation in sounds(asked) if len(chain := skeleton(notation)) > 1] if len(asked) >= 4 else []
    if any(skeleton(right).startswith(chain) for chain in chains for right in notations):
        own = plain(asked)
        return BEGINNING - 0.3 + 0.28 * OSA.normalized_similarity(own, plain(known)[: len(own)])
    return 0.0


@dataclass(frozen=True)
class Match:
    """How a spelling answers what was asked: the likeness of each word asked, and what of the spelling is left over."""

    score: float
    found: tuple[float, ...]


def match(asked: Sequence[str], known: Sequence[str], near: Sequence[Mapping[int, float]]) -> Match:
    """The words asked laid over those of one spelling, each of which answers one word at most, the best first.

    `near` says for each known word which of those asked, by place, it is like and how much. The score is the part of
    what was asked that was found, less a little for what of the spelling was not asked.
    """
    pairs = sorted(
        (-likeness, at, place)
        for place, several in enumerate(near)
        for at, likeness in several.items()
        if likeness >= LEAST or len(asked[at]) == 1
    )
    found, taken = [0.0] * len(asked), set[int]()
    for minus, at, place in pairs:
        if not found[at] and place not in taken:
            found[at] = -minus
            taken.add(place)
    weights = [weight_of(word) for word in asked]
    share = sum(one * weight for one, weight in zip(found, weights, strict=True)) / sum(weights)
    left = sum(weight_of(other) for place, other in enumerate(known) if place not in taken)
    whole = sum(weight_of(other) for other in known) or 1.0
    return Match(share * (1 - 0.06 * left / whole), tuple(found))


@lru_cache(maxsize=65536)
def weight_of(word: str) -> float:
    """What a word counts: an initial and a particle little, a patronymic less than a name."""
    return 0.3 if len(word) == 1 else 0.5 if len(word) == 2 else 0.6 if is_patronymic(word) else 1.0


@lru_cache(maxsize=65536)
def is_patronymic(word: str) -> bool:
    """Whether a folded word ends like a patronymic."""
    return len(word) > 5 and plain(word).endswith(_PATRONYMIC)


_PATRONYMIC = (
    "ovich",
    "evich",
    "avich",
    "iavich",
    "ovna",
    "evna",
    "auna",
    "iauna",
    "ouna",
    "euna",
    "ichna",
    "inichna",
    "avna",
    "ovych",
)
