"""What rules of composition demand of a body that is being filled, as counts of groups of people.

`check()` judges a composition that is there. Whoever searches for one needs the same rules beforehand: how many of a
group a composition of n people must and may have. Each rule becomes such demands; a composition breaks none of them
exactly if `check()` does not call the rule broken. What is not known counts for whoever searches, as it does there:
open is not broken.

The families heads and sits look at what people do in other bodies and make no demands here, see `limited`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil, floor

from interparl.bodies.rules.composition import (
    FEMALE,
    MALE,
    Composition,
    Counts,
    Family,
    Rule,
    Sitter,
    State,
    check,
)
from interparl.bodies.rules.drafting import Condition, Drafting, Ground, NewBody

OF_PEOPLE = frozenset({Family.HEADS, Family.SITS})


@dataclass(frozen=True)
class Demand:
    """How many of these people a composition of n must and may have.

    At least `times` the larger of `least` and `least_share` of n, rounded up. At most `most`, and `most_share` of n
    rounded down, but one is always allowed by a share.
    """

    people: frozenset[int]
    least: int = 0
    least_share: Fraction | None = None
    times: int = 1
    most: int | None = None
    most_share: Fraction | None = None

    def least_at(self, size: int) -> int:
        """How many there must be among so many."""
        return self.times * max(self.least, ceil(self.least_share * size) if self.least_share is not None else 0)

    def most_at(self, size: int) -> int:
        """How many there may be among so many."""
        allowed = [size if self.most is None else self.most]
        if self.most_share is not None:
            allowed.append(max(1, floor(self.most_share * size)))
        return min(allowed)


@dataclass(frozen=True)
class Asked:
    """One condition made of rules: all rules of one version at least have to be kept, as far as they hold."""

    condition: Condition
    versions: tuple[tuple[Rule, ...], ...]


def rules_of(drafting: Drafting, body: NewBody) -> list[Rule]:
    """The rules that are asked of a body while it is drafted, each once."""
    rules = dict.fromkeys((*body.rules, *drafting.rules))
    return [one for one in rules if one.family != Family.DECIDED and one.counts != Counts.SUBSTITUTES]


def asked(drafting: Drafting, body: NewBody) -> list[Asked]:
    """The rules of a body as conditions: versions of one family and scope together, every other rule alone."""
    together: dict[tuple[object, ...], list[Rule]] = {}
    for rule in rules_of(drafting, body):
        beside = ("versions", rule.family, rule.scope) if rule.version else ("rule", rule)
        together.setdefault(beside, []).append(rule)
    return [_asked(drafting, body, rules) for rules in together.values()]


def _asked(drafting: Drafting, body: NewBody, rules: Sequence[Rule]) -> Asked:
    versions: dict[str, list[Rule]] = {}
    for rule in rules:
        versions.setdefault(rule.version, []).append(rule)
    of_all = all(rule in drafting.rules for rule in rules)
    condition = Condition(Ground.RULE, tuple(rule.key for rule in rules), None if of_all else body.key)
    return Asked(condition, tuple(tuple(several) for several in versions.values()))


def demands_of(rule: Rule, body: NewBody, people: Sequence[Sitter], day: date) -> list[Demand]:
    """What a rule demands of a composition taken from these people, where it holds for its size."""
    return [] if rule.family in OF_PEOPLE else _DEMANDS[rule.family](rule, body, people, day)


def limited(rule: Rule, body: NewBody) -> bool:
    """Whether a rule over what people do in several bodies counts a place in this one."""
    return rule.family in OF_PEOPLE and rule.most is not None and (not rule.kinds or body.kind in rule.kinds)


def _keys(people: Iterable[Sitter]) -> frozenset[int]:
    return frozenset(one.person for one in people)


def _size(rule: Rule, body: NewBody, people: Sequence[Sitter], day: date) -> list[Demand]:
    return [Demand(_keys(people), least=rule.least or 0, most=rule.most)]


def _chamber(rule: Rule, body: NewBody, people: Sequence[Sitter], day: date) -> list[Demand]:
    seated = _keys(one for one in people if rule.chamber in one.chambers)
    return [Demand(seated, least=rule.least or 0, most=rule.most)]


def _sex(rule: Rule, body: NewBody, people: Sequence[Sitter], day: date) -> list[Demand]:
    """Whom it is not known of may be of either sex, but of one only: so the last demand."""
    unknown = _keys(one for one in people if not one.gender)
    women, men = (_keys(one for one in people if one.gender == sex) for sex in (FEMALE, MALE))
    least = rule.least or 0
    return [
        Demand(women | unknown, least=least, least_share=rule.share),
        Demand(men | unknown, least=least, least_share=rule.share),
        Demand(women | men | unknown, least=least, least_share=rule.share, times=2),
    ]


def _single_sex(rule: Rule, body: NewBody, people: Sequence[Sitter], day: date) -> list[Demand]:
    """Nothing while one more delegation of one sex is allowed; then somebody else beside each sex, if anybody.

    Of whom the sex is not known may be of either, but alone he is of one.
    """
    women = Composition(day, [Sitter(0, gender=FEMALE)], sexes_before=body.sexes_before)
    if check([replace(rule, from_size=0, counts=Counts.ALL)], women)[0].state != State.BROKEN:
        return []
    genders = sorted({one.gender for one in people if one.gender})
    somebody = Fraction(1, max(1, len(people)))
    others = [[one for one in people if one.gender != sex] for sex in genders]
    others += [[one for one in people if one is not alone] for alone in people if not alone.gender]
    return [Demand(_keys(several), least_share=somebody) for several in others]


def _youth(rule: Rule, body: NewBody, people: Sequence[Sitter], day: date) -> list[Demand]:
    """Whether somebody is young, or may be, is asked of `check()` itself."""
    one_is = replace(rule, least=1, share=None, from_size=0, counts=Counts.ALL)
    young = _keys(one for one in people if check([one_is], Composition(day, [one]))[0].state != State.BROKEN)
    return [Demand(young, least=rule.least or 0, least_share=rule.share)]


def _largest(
    groups: Callable[[Sitter], Iterable[int]], *, all_are_in_one: bool
) -> Callable[[Rule, NewBody, Sequence[Sitter], date], list[Demand]]:
    """No group larger than allowed; who surely is in some group that is not known is one of it."""

    def demanded(rule: Rule, body: NewBody, people: Sequence[Sitter], day: date) -> list[Demand]:
        if rule.most is None and rule.share is None:
            return []
        of = {group: [one for one in people if group in groups(one)] for one in people for group in groups(one)}
        several = [of[group] for group in sorted(of)]
        several += [[one] for one in people if all_are_in_one and not tuple(groups(one))]
        return [Demand(_keys(group), most=rule.most, most_share=rule.share) for group in several]

    return demanded


def _language(rule: Rule, body: NewBody, people: Sequence[Sitter], day: date) -> list[Demand]:
    speaking = _keys(one for one in people if not one.languages or rule.language in one.languages)
    return [Demand(speaking, least=rule.least or 1)]


def _sitting(rule: Rule, body: NewBody, people: Sequence[Sitter], day: date) -> list[Demand]:
    return [Demand(_keys(one for one in people if not one.is_sitting), most=0)]


_DEMANDS: dict[Family, Callable[[Rule, NewBody, Sequence[Sitter], date], list[Demand]]] = {
    Family.SIZE: _size,
    Family.CHAMBER: _chamber,
    Family.SEX: _sex,
    Family.SINGLE_SEX: _single_sex,
    Family.YOUTH: _youth,
    Family.FACTION: _largest(lambda one: one.factions, all_are_in_one=False),
    Family.NATIONALITY: _largest(lambda one: () if one.country is None else (one.country,), all_are_in_one=True),
    Family.LANGUAGE: _language,
    Family.SITTING: _sitting,
    # A decision comes after the draft.
    Family.DECIDED: lambda *_given: [],
}
