"""Drafts as values: each body with its verdict in a word, the rules of one with who could fill what is lacking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from interparl.bodies.blocks.rule_words import named_in, verdict_words
from interparl.bodies.blocks.rules import MOST_NAMED, could_be_filled, helps
from interparl.bodies.models import DraftBody
from interparl.bodies.models.composing import Checked
from interparl.bodies.models.questions import Question
from interparl.bodies.rules.composition import State
from interparl.core.addresses import address
from interparl.core.formats import write_number
from interparl.core.kinds import Ref
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Link, RuleLine
from interparl.core.translated import text_in
from interparl.directory.models import Person

PERSON = Person.record_kind()


@dataclass(frozen=True)
class Line:
    """A body of a draft: how many places are filled of how many, its answers to the rules, and the wishes for it."""

    drafted: DraftBody
    filled: int
    places: int
    leads: int
    checked: Sequence[Checked]
    misplaced: int
    wished: int
    met: int

    @property
    def pk(self) -> int:
        """The key of the drafted body."""
        return self.drafted.pk

    @property
    def broken(self) -> int:
        """How many binding rules it does not keep; places held by somebody of another chamber are one more."""
        rules = sum(one.is_broken and one.rule.is_binding for one in self.checked)
        return rules + bool(self.misplaced)

    @cached_property
    def verdict(self) -> tuple[str, str]:
        """In a word, with its tone."""
        if self.broken:
            words = ngettext("%(number)s rule is broken", "%(number)s rules are broken", self.broken)
            return words % {"number": self.broken}, "bad"
        if self.filled < self.places:
            vacant = self.places - self.filled
            words = ngettext("%(number)s place is vacant", "%(number)s places are vacant", vacant)
            return words % {"number": vacant}, "warn"
        if any(one.is_broken for one in self.checked):
            return _("advice is not followed"), "warn"
        if any(one.verdict.state == State.OPEN and one.rule.is_binding for one in self.checked):
            return _("cannot be said"), "warn"
        return pgettext("a draft", "complete"), "good"


def lines_of(question: Question) -> list[Line]:
    """The bodies of a draft in the order in which they came."""
    return [line_of(question, drafted) for drafted in question.bodies]


def line_of(question: Question, drafted: DraftBody) -> Line:
    """One body of a draft."""
    places = question.places[drafted.pk]
    members = {one.person_id for one in question.full(drafted) if one.person_id is not None}
    wishing = {
        person
        for person, own in question.wishes.items()
        if (wish := own.get(drafted.pattern_id)) is not None and wish.rank is not None
    }
    return Line(
        drafted,
        filled=sum(one.person_id is not None for one in places),
        places=len(places),
        leads=sum(one.leads and one.person_id is not None for one in places),
        checked=question.checked(drafted),
        misplaced=len(question.misplaced(drafted)),
        wished=len(wishing),
        met=len(wishing & members),
    )


STATES = {State.KEPT: "met", State.OPEN: "unknown", State.BROKEN: "broken"}


def rule_lines_of(question: Question, drafted: DraftBody, reading: Reading) -> list[RuleLine]:
    """The rules of a body with its answers, the broken ones first; and who could fill what is lacking."""
    checked = sorted(question.checked(drafted), key=lambda one: not (one.is_broken and one.rule.is_binding))
    fillers = {one.rule.pk: _fillers(question, drafted, one) for one in checked if could_be_filled(one)}
    refs: set[Ref] = {ref for one in checked for ref in named_in(one)}
    refs |= {(PERSON, person) for several in fillers.values() for person in several}
    refs |= {(PERSON, one.person_id) for one in question.misplaced(drafted) if one.person_id}
    reading.want(refs)
    lines = [_rule_line(one, fillers.get(one.rule.pk, ()), reading) for one in checked]
    return [*_misplaced_lines(question, drafted, reading), *lines]


def _misplaced_lines(question: Question, drafted: DraftBody, reading: Reading) -> list[RuleLine]:
    names = [reading.name(PERSON, one.person_id) for one in question.misplaced(drafted)]
    if not names:
        return []
    words = _("Places kept for a chamber are held by somebody of another")
    return [RuleLine(words, "broken", write_number(len(names), reading.language), ", ".join(filter(None, names)))]


def _rule_line(one: Checked, fillers: Sequence[int], reading: Reading) -> RuleLine:
    rule = one.rule
    state = STATES[one.verdict.state]
    if state == "broken" and not (one.counts and rule.is_binding):
        state = "overridden" if one.counts else "unknown"
    source = reading.seen(rule.source)
    names = [name for person in fillers if (name := reading.name(PERSON, person))]
    second = [
        _("version %(name)s") % {"name": rule.version} if rule.version else "",
        source.label_in(reading.language) if source else "",
        "" if rule.is_binding else _("recommended"),
        "" if one.counts else _("another version is kept"),
        text_in(rule.consequence, reading.language) if one.is_broken else "",
        _("could be filled by: %(names)s") % {"names": ", ".join(names)} if names else "",
    ]
    where = Link(_("Rule"), address((rule.record_kind(), rule.pk)))
    words = " · ".join(filter(None, second))
    return RuleLine(rule.in_words(reading.language), state, capfirst(verdict_words(one, reading)), words, where)


def _fillers(question: Question, drafted: DraftBody, one: Checked) -> tuple[int, ...]:
    """Who would help to keep a rule and is not there: whoever wishes to be first, then who has the fewest bodies."""
    rule, pattern = one.rule.rule, drafted.pattern_id
    here = {place.person_id for place in question.places[drafted.pk]}
    helping = [
        person
        for person, sitter in question.people.items()
        if person not in here
        and (rule.chamber is None or rule.chamber in sitter.chambers)
        and not is_unwilling(question, person, pattern)
        and helps(rule, sitter, one.verdict.of, question.day)
    ]
    return tuple(sorted(helping, key=lambda person: eagerness(question, person, pattern))[:MOST_NAMED])


def is_unwilling(question: Question, person: int, pattern: int) -> bool:
    """Whether somebody said that he does not want to sit in a body."""
    wish = question.wishes.get(person, {}).get(pattern)
    return wish is not None and wish.rank is None


def eagerness(question: Question, person: int, pattern: int) -> tuple[int, int, int]:
    """The order of people for a body: by their wish for it, then by how many bodies they have, then by key."""
    wish = question.wishes.get(person, {}).get(pattern)
    rank = wish.rank if wish is not None and wish.rank is not None else 10_000
    return rank, len(question.loads_beside(person, pattern)), person
