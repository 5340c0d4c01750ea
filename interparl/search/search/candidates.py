"""From words that are alike to spellings that hold them: the rarest words first, and no more than can be weighed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from interparl.core.kinds import Ref
from interparl.core.labels import readable
from interparl.core.rights import Reader
from interparl.language.likeness import weight_of
from interparl.search.search.index import MOST_LOOKED_AT, NONE, Held, held, held_within, spellings
from interparl.search.search.words import Alike

# A word that stands in more spellings is common: those of a rarer word are looked through for it.
COMMON = 1000
# So many spellings are weighed at most.
MOST = 200
# So many of the likest words are looked for beside one another where all are common.
LIKEST = 20

Groups = Mapping[str, Sequence[Alike]]


# A spelling: kind and id of its record, and its own id.
Place = tuple[str, int, int]


class Candidate(NamedTuple):
    """A spelling to weigh."""

    kind: str
    key: int
    text: str
    folded: str


def may_lack(way: Sequence[str]) -> int:
    """How many of the words asked a spelling may do without: a patronymic, a second name."""
    return max(0, sum(len(word) > 1 for word in way) - 1) // 2


def candidates(way: Sequence[str], groups: Groups, user: Reader, kinds: Collection[str]) -> list[Candidate]:
    """Spellings of records of these kinds that the reader may know of, those that hold the most of what was asked."""
    alike = {word: [one.pk for one in groups[word]] for word in dict.fromkeys(way) if word in groups}
    # One more than counts: too many, whichever they are, when the words are common.
    rows = {word: held(keys, kinds, COMMON + 1) for word, keys in alike.items()}
    rare = {word: several for word, several in rows.items() if len(several) <= COMMON}
    if rare:
        # Those of the rare words that hold the common ones as well.
        holding = list({spelling for several in rare.values() for _kind, _key, spelling, _word in several})
        rows = rare | {word: held_within(holding, keys) for word, keys in alike.items() if word not in rare}
        places = _weighed(rows, groups, least=len(alike) - may_lack(way))
    else:
        places = _weighed(_of_common(alike, kinds), groups, least=1)
    order = sorted(places, key=lambda one: (-places[one], one))[:MOST_LOOKED_AT]
    known = known_of({(kind, key) for kind, key, _spelling in order}, kinds, user)
    chosen = [spelling for kind, key, spelling in order if (kind, key) in known][:MOST]
    return [Candidate(*row) for row in spellings(chosen)]


def known_of(refs: Collection[Ref], kinds: Collection[str], user: Reader) -> set[Ref]:
    """Those that the reader may know of; one question, even when there are none."""
    return readable(refs or [(min(kinds), NONE)], user)


def _weighed(rows: Mapping[str, Sequence[Held]], groups: Groups, *, least: int) -> dict[Place, float]:
    """Each spelling that holds so many of these words with how much of what was asked it holds."""
    weights: dict[Place, list[float]] = {}
    for word, several in rows.items():
        own = weight_of(word)
        likeness = {one.pk: one.likeness * own for one in groups[word]}
        best: dict[Place, float] = {}
        for kind, key, spelling, pk in several:
            place = (kind, key, spelling)
            if likeness[pk] > best.get(place, 0.0):
                best[place] = likeness[pk]
        for place, weight in best.items():
            weights.setdefault(place, []).append(weight)
    return {place: sum(found) for place, found in weights.items() if len(found) >= least}


def _of_common(alike: Mapping[str, Sequence[int]], kinds: Collection[str]) -> dict[str, list[Held]]:
    """Where every word is common: spellings of the likest words of the first, that hold the second if there is one."""
    if not alike:
        return {}
    first, *others = alike
    if not others:
        return {first: _likest_first(alike[first], kinds)}
    likest, beside = alike[first][:LIKEST], alike[others[0]][:LIKEST]
    return {first: held(likest, kinds, COMMON, beside=beside, in_order=True)}


def _likest_first(words: Sequence[int], kinds: Collection[str]) -> list[Held]:
    """Spellings of the likest words, a few words at a time, until there are as many as are looked at."""
    found: list[Held] = []
    start, number = 0, 1
    while start < len(words) and len(found) < MOST_LOOKED_AT:
        found += held(words[start : start + number], kinds, MOST_LOOKED_AT, in_order=True)
        start, number = start + number, number * 4
    return found
