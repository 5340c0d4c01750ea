"""Who could be placed in a body: those who wish to first, with what is known of them and what would be broken."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from interparl.bodies.blocks.drafts import eagerness, is_unwilling
from interparl.bodies.models import Body, DraftBody, DraftPlace
from interparl.bodies.models.questions import Question
from interparl.core.addresses import address
from interparl.core.finding import matching
from interparl.core.formats import language_name
from interparl.core.kinds import Ref
from interparl.core.requests import StaffRequest, same_page
from interparl.core.tables import Reading
from interparl.core.translated import text_in
from interparl.directory.models import Chamber, Faction, Person

PERSON, BODY = Person.record_kind(), Body.record_kind()
# So many are shown unless all are asked for.
FIRST = 30


@dataclass(frozen=True)
class AbleRow:
    """Somebody who could be placed, as the page prints him."""

    person: int
    name: str
    spoken: str
    url: str
    wish: str
    chamber: str
    faction: str
    languages: str
    committees: str
    bodies: int
    heads: int
    breaks: str
    is_here: bool


@dataclass(frozen=True)
class Able:
    """Those on show, of how many; and the address that shows them all."""

    rows: Sequence[AbleRow] = ()
    total: int = 0
    query: str = ""
    all_url: str = ""


def able_for(
    request: StaffRequest, question: Question, drafted: DraftBody, place: DraftPlace, reading: Reading
) -> Able:
    """Who could take a place: whom it is kept for, who wishes for the body, who has the fewest bodies.

    Who has another place in the body comes last.
    """
    query = request.GET.get("q", "").strip()
    pattern = drafted.pattern_id
    people = [one for one in question.people if one != place.person_id and not is_unwilling(question, one, pattern)]
    if query:
        known = Person.objects.visible_to(reading.user).filter(pk__among=question.people)
        called = set(matching(known, query).values_list("pk", flat=True))
        people = [one for one in people if one in called]
    here = {one.person_id for one in question.places[drafted.pk]}
    people.sort(key=lambda one: (one in here, not question.suits(place, one), eagerness(question, one, pattern)))
    shown = people if request.GET.get("all") else people[:FIRST]
    writing = _Writing(question, drafted, place, reading)
    writing.load(shown)
    all_url = same_page(request, all="1") + "#able" if len(shown) < len(people) else ""
    return Able([writing.row(one) for one in shown], len(people), query, all_url)


class _Writing:
    """What is said of people for one place."""

    def __init__(self, question: Question, drafted: DraftBody, place: DraftPlace, reading: Reading) -> None:
        self.question = question
        self.drafted = drafted
        self.place = place
        self.reading = reading
        self.broken = self._broken(question.places[drafted.pk])
        self.short: dict[tuple[type, int], str] = {}

    def load(self, people: Collection[int]) -> None:
        """Names of people and committees, short names of chambers and factions."""
        sitters = [self.question.people[one] for one in people]
        refs: set[Ref] = {(PERSON, one) for one in people}
        refs |= {(BODY, key) for one in people for key in self.question.committees.get(one, ())}
        self.reading.want(refs)
        chambers = {key for one in sitters for key in one.chambers}
        factions = {key for one in sitters for key in one.factions}
        for model, keys in ((Chamber, chambers), (Faction, factions)):
            rows: Any = model.objects.visible_to(self.reading.user).filter(pk__in=keys)
            for key, short, name in rows.values_list("pk", "short_name", "name"):
                language = self.reading.language
                self.short[model, key] = text_in(short, language) or text_in(name, language)

    def row(self, person: int) -> AbleRow:
        """Somebody with all that is known of him."""
        question, reading, sitter = self.question, self.reading, self.question.people[person]
        loads = question.loads_beside(person, self.drafted.pattern_id)
        committees = question.committees.get(person, ())
        return AbleRow(
            person,
            reading.name(PERSON, person),
            reading.other_language(PERSON, person),
            address((PERSON, person)),
            self._wish(person),
            self._named(Chamber, sitter.chambers),
            self._named(Faction, sitter.factions),
            ", ".join(language_name(one, reading.language) for one in sorted(sitter.languages)),
            ", ".join(sorted(name for key in committees if (name := reading.name(BODY, key)))),
            len(loads),
            sum(load.leads for load in loads),
            self._breaks(person),
            any(one.person_id == person for one in question.places[self.drafted.pk]),
        )

    def _named(self, model: type, keys: Iterable[int]) -> str:
        return ", ".join(sorted(name for key in keys if (name := self.short.get((model, key), ""))))

    def _wish(self, person: int) -> str:
        wish = self.question.wishes.get(person, {}).get(self.drafted.pattern_id)
        if wish is None or wish.rank is None:
            return ""
        words = _("wish No. %(number)s") % {"number": wish.rank}
        return f"{words}, {_('would like to lead it')}" if wish.would_lead else words

    def _broken(self, places: Sequence[DraftPlace]) -> dict[int, str]:
        """The binding rules that the body would not keep with its places filled so, in words by key."""
        checked = self.question.checked(self.drafted, places)
        return {
            one.rule.pk: one.rule.in_words(self.reading.language)
            for one in checked
            if one.is_broken and one.rule.is_binding
        }

    def _breaks(self, person: int) -> str:
        """What would be broken anew if he took the place."""
        after = [self._as_if(one, person) for one in self.question.places[self.drafted.pk]]
        new = [words for key, words in self._broken(after).items() if key not in self.broken]
        if not self.question.suits(self.place, person):
            new.insert(0, _("the place is kept for another chamber"))
        return "; ".join(new)

    def _as_if(self, place: DraftPlace, person: int) -> DraftPlace:
        if place.pk == self.place.pk or place.person_id == person:
            place = copy(place)
            place.person_id = person if place.pk == self.place.pk else None
        return place
