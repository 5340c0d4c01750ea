"""From words that are alike to records: spellings that hold the rarest of them, weighed by how like they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import QuerySet

from interparl.core.finding import Hit, Hits
from interparl.core.kinds import Ref
from interparl.core.records import Record
from interparl.core.rights import Reader
from interparl.language.likeness import Match, like, match
from interparl.language.name_keys import asked_words, parted, word_pairs
from interparl.search.models import Posting
from interparl.search.search.candidates import MOST, Candidate, Groups, candidates, known_of, may_lack
from interparl.search.search.index import NONE
from interparl.search.search.words import Begun, KnownOf, alike, rejoined

R = TypeVar("R", bound=Record)
MOST_WORDS = 12
GOOD, LEAST_SCORE, LEAST_WHOLE = 0.85, 0.55, 0.7
LEAST_IN_LISTS, LEAST_OF_A_SLIP = 0.8, 0.7


@dataclass(frozen=True)
class Answer:
    """The best spelling of a record, and how it answers."""

    score: float
    text: str
    is_sure: bool


class IndexFinder:
    """The finder of this room."""

    def hits(self, query: str, user: Reader, *, kinds: Collection[str], only: str = "", limit: int = 50) -> Hits:
        """The best, ties by kind and key; a slip of the pen is thought of when nothing good is found otherwise."""
        best: dict[Ref, Answer] = {}
        if not kinds:
            return Hits()
        written = dict(word_pairs(query))
        begun: Begun = {}
        is_cut = False
        for ways, with_slips in _turns(query, kinds, lambda refs: known_of(refs, kinds, user)):
            asked = {word: written.get(word, word) for way in ways for word in way}
            groups = alike(asked, begun, with_slips=with_slips)
            found, was_cut = _answers(ways, groups, user, kinds)
            is_cut |= was_cut
            for ref, answer in found.items():
                if ref not in best or answer.score > best[ref].score:
                    best[ref] = answer
            if any(answer.score >= GOOD for answer in best.values()):
                break
        order = sorted(best.items(), key=lambda one: (-one[1].score, one[0]))
        shown = [one for one in order if not only or one[0][0] == only][:limit]
        counts = Counter(kind for kind, _key in best)
        return Hits(
            [Hit(kind, key, answer.score, answer.text, answer.is_sure) for (kind, key), answer in shown],
            dict(sorted(counts.items(), key=lambda one: (-one[1], one[0]))),
            is_cut=is_cut,
        )

    def matching(self, found: QuerySet[R], query: str) -> QuerySet[R]:
        """Those that have a word like each asked for; slips are thought of when there is none."""
        kind = found.model._meta.label_lower
        written = dict(word_pairs(query))
        begun: Begun = {}

        def own(refs: Collection[Ref]) -> set[Ref]:
            return {
                (kind, key) for key in found.filter(pk__in=[key for _kind, key in refs]).values_list("pk", flat=True)
            }

        for ways, with_slips in _turns(query, [kind], own):
            least = LEAST_OF_A_SLIP if with_slips else LEAST_IN_LISTS
            for way in ways:
                rows = found
                asked = {word: written.get(word, word) for word in way}
                for words in alike(asked, begun, with_slips=with_slips).values():
                    ids = [one.pk for one in words if one.likeness >= least] or [NONE]
                    rows = rows.filter(pk__in=Posting.objects.filter(kind=kind, word__in=ids).values("object_id"))
                if rows.exists():
                    return rows
        return found.none()


def _turns(query: str, kinds: Collection[str], own: KnownOf) -> Iterator[tuple[list[list[str]], bool]]:
    """The ways to read what was typed, the plainest first; and whether slips of the pen are thought of.

    Which words he may know of is asked only when the plainest way has not answered: that is long to say.
    """
    plain = asked_words(query)[:MOST_WORDS]
    if not plain:
        return
    yield [plain], False
    ways = [plain]
    for way in (asked_words(parted(query))[:MOST_WORDS], *rejoined(plain, kinds, own)):
        if way not in ways:
            ways.append(way)
    if len(ways) > 1:
        yield ways[1:], False
    yield ways, True


def _answers(
    ways: Sequence[Sequence[str]], groups: Groups, user: Reader, kinds: Collection[str]
) -> tuple[dict[Ref, Answer], bool]:
    """The answers to these ways to read what was typed, and whether there may be more than were weighed."""
    found: dict[Ref, Answer] = {}
    is_cut = False
    for way in ways:
        likeness: dict[str, dict[int, float]] = {}
        for at, word in enumerate(way):
            for one in groups.get(word, ()):
                likeness.setdefault(one.text, {})[at] = one.likeness
        initials = [(at, word) for at, word in enumerate(way) if len(word) == 1]
        weighed = candidates(way, groups, user, kinds)
        is_cut |= len(weighed) == MOST
        for spelling in weighed:
            known = spelling.folded.split()
            near = [likeness.get(word, {}) for word in known]
            if initials:
                near = [
                    own | {at: like(letter, word) for at, letter in initials}
                    for own, word in zip(near, known, strict=True)
                ]
            answer = _answer(way, known, match(way, known, near), spelling)
            ref = (spelling.kind, spelling.key)
            if answer and (ref not in found or answer.score > found[ref].score):
                found[ref] = answer
    return found, is_cut


def _answer(way: Sequence[str], known: Sequence[str], laid: Match, spelling: Candidate) -> Answer | None:
    """What this spelling answers; nothing when too little of what was asked is in it, or another number is."""
    lacking = [word for word, one in zip(way, laid.found, strict=True) if not one]
    least = LEAST_SCORE if lacking else LEAST_WHOLE
    if len(lacking) > may_lack(way) or any(word.isdigit() for word in lacking) or laid.score < least:
        return None
    is_sure = spelling.folded.startswith(" ".join(way)) or sorted(way) == sorted(known)
    return Answer(round(laid.score, 4), spelling.text, is_sure)
