"""Rules of composition and what a composition answers to them (design 2.6). No database: values in, verdicts out.

What is not known is never guessed: a rule that the unknown could still break or keep is *open*, and says of how many
people it is not known. A rule that is kept or broken whatever the unknown turns out to be is said to be so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

FEMALE, MALE = "female", "male"
# The roles that lead a body.
LEADING = ("head", "co-chair")
NOT_COUNTED = frozenset({"secretary"})


class Family(StrEnum):
    """What a rule is about; beside each the numbers that it takes."""

    SIZE = "size"  # least, most: how many people
    CHAMBER = "chamber"  # chamber, least, most: how many of them sit in that chamber
    SEX = "sex"  # share or least: of each sex, women and men
    SINGLE_SEX = "single-sex"  # most: how often in a row a delegation may be of one sex alone
    YOUTH = "youth"  # age, share or least: how many are younger than that
    FACTION = "faction"  # share or most: the largest faction
    NATIONALITY = "nationality"  # share or most: the largest nationality
    SITTING = "sitting"  # only people with a mandate on that day
    HEADS = "heads"  # most: how many bodies one person heads
    SITS = "sits"  # most: in how many bodies one person sits
    LANGUAGE = "language"  # language, least: how many speak it
    DECIDED = "decided"  # organs: everybody is there by a decision, of that organ where one is named


class Counts(StrEnum):
    """Which people of a composition a rule looks at; secretaries are staff and never counted."""

    ALL = "all"
    FULL = "full"
    SUBSTITUTES = "substitutes"


class State(StrEnum):
    """What a composition answers to a rule."""

    KEPT = "kept"
    BROKEN = "broken"
    OPEN = "open"


@dataclass(frozen=True)
class Sitter:
    """One person in a composition, as rules see him; what is empty or None is not known.

    `organs`: the names of the organ by whose decision he is there; None: there is no decision.
    """

    person: int
    role: str = "member"
    is_substitute: bool = False
    chambers: frozenset[int] = frozenset()
    is_sitting: bool = True
    gender: str = ""
    born_earliest: date | None = None
    born_latest: date | None = None
    factions: frozenset[int] = frozenset()
    country: int | None = None
    languages: frozenset[str] = frozenset()
    organs: frozenset[str] | None = None

    @property
    def leads(self) -> bool:
        """Whether the person leads the body."""
        return self.role in LEADING


@dataclass(frozen=True)
class Rule:
    """One rule: its family, the numbers that this takes, whom it counts, and the version of the rules that it is in.

    Rules of one family and scope in different named versions are what different sources say: keeping those of one
    version is enough. `from_size`: it holds for compositions of at least so many people.
    """

    key: int
    family: Family
    least: int | None = None
    most: int | None = None
    share: Fraction | None = None
    counts: Counts = Counts.ALL
    chamber: int | None = None
    age: int | None = None
    language: str = ""
    organs: frozenset[str] = frozenset()
    from_size: int = 0
    kinds: frozenset[str] = frozenset()
    scope: str = ""
    version: str = ""


@dataclass(frozen=True)
class Load:
    """Another body in which somebody sits on the day: its kind, and whether he leads it."""

    body: int
    kind: str
    leads: bool


@dataclass(frozen=True)
class Composition:
    """Who sits on a day, and what else rules ask for.

    `elsewhere`: what each person does in other bodies. `sexes_before`: of the earlier delegations to the same assembly,
    oldest first, whether each was of one sex alone (None: not known).
    """

    day: date
    sitters: Sequence[Sitter]
    kind: str = ""
    elsewhere: Mapping[int, Sequence[Load]] = field(default_factory=dict)
    sexes_before: Sequence[bool | None] = ()

    def counted(self, rule: Rule) -> list[Sitter]:
        """Those that the rule looks at, each once."""
        found: dict[int, Sitter] = {}
        for one in self.sitters:
            is_meant = rule.counts == Counts.ALL or one.is_substitute == (rule.counts == Counts.SUBSTITUTES)
            if is_meant and one.role not in NOT_COUNTED:
                found.setdefault(one.person, one)
        return list(found.values())


@dataclass(frozen=True)
class Verdict:
    """What a composition answers to a rule.

    `found`: the number that the rule is about, of `among` people; `lacking`: how many too few, or `over`: how many too
    many; `unknown`: of how many people it is not known; `people`: whom it is about, where that can be said;
    `of`: which sex or group has too few or too many.
    """

    rule: Rule
    state: State
    found: int = 0
    among: int = 0
    lacking: int = 0
    over: int = 0
    unknown: int = 0
    people: tuple[int, ...] = ()
    of: str = ""


def check(rules: Iterable[Rule], composition: Composition) -> list[Verdict]:
    """What the composition answers to each rule that holds for its size, in the order of the rules."""
    found = []
    for rule in rules:
        counted = composition.counted(rule)
        if len(counted) >= rule.from_size:
            found.append(_CHECKS[rule.family](rule, counted, composition))
    return found


def broken(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Those that are broken and that no other version of the same rules excuses."""
    versions: dict[tuple[Family, str], dict[str, list[Verdict]]] = {}
    for one in verdicts:
        if one.rule.version:
            versions.setdefault((one.rule.family, one.rule.scope), {}).setdefault(one.rule.version, []).append(one)
    excused = {
        beside
        for beside, several in versions.items()
        if any(all(one.state != State.BROKEN for one in version) for version in several.values())
    }
    return [
        one
        for one in verdicts
        if one.state == State.BROKEN and not (one.rule.version and (one.rule.family, one.rule.scope) in excused)
    ]


def _between(rule: Rule, least_found: int, most_found: int, among: int, *, of: str = "") -> Verdict:
    """The verdict on a number that lies between two, when something is not known."""
    low, high = rule.least, rule.most
    unknown = most_found - least_found
    if low is not None and most_found < low:
        return Verdict(rule, State.BROKEN, most_found, among, lacking=low - most_found, unknown=unknown, of=of)
    if high is not None and least_found > high:
        return Verdict(rule, State.BROKEN, least_found, among, over=least_found - high, unknown=unknown, of=of)
    is_sure = (low is None or least_found >= low) and (high is None or most_found <= high)
    lacking = max(0, (low or 0) - least_found)
    state = State.KEPT if is_sure else State.OPEN
    return Verdict(rule, state, least_found, among, lacking=lacking, unknown=unknown, of=of)


def _size(rule: Rule, counted: Sequence[Sitter], _composition: Composition) -> Verdict:
    return _between(rule, len(counted), len(counted), len(counted))


def _chamber(rule: Rule, counted: Sequence[Sitter], _composition: Composition) -> Verdict:
    number = sum(rule.chamber in one.chambers for one in counted)
    return _between(rule, number, number, len(counted))


def _least_of(rule: Rule, among: int) -> int:
    """How many a share or a number asks for; a share is rounded up: 30 % of 8 are 3."""
    return max(rule.least or 0, ceil(rule.share * among) if rule.share is not None else 0)


def _most_of(rule: Rule, among: int) -> int:
    """How many a share or a number allows; a share is rounded down, but one person is no majority of anything."""
    allowed = [] if rule.most is None else [rule.most]
    if rule.share is not None:
        allowed.append(max(1, floor(rule.share * among)))
    return min(allowed, default=among)


def _sex(rule: Rule, counted: Sequence[Sitter], _composition: Composition) -> Verdict:
    among, least = len(counted), _least_of(rule, len(counted))
    known = Counter(one.gender for one in counted)
    unknown = known[""]
    fewer, number = min(((sex, known[sex]) for sex in (FEMALE, MALE)), key=lambda one: one[1])
    # Whom it is not known of may be of either sex, but each of one only.
    lacking = sum(max(0, least - known[sex]) for sex in (FEMALE, MALE))
    short = max(0, least - number)
    if lacking > unknown:
        return Verdict(rule, State.BROKEN, number, among, lacking=lacking - unknown, unknown=unknown, of=fewer)
    state = State.OPEN if short else State.KEPT
    return Verdict(rule, state, number, among, lacking=short, unknown=unknown, of=fewer)


def is_single_sex(sitters: Sequence[Sitter]) -> bool | None:
    """Whether all of them are women or all men; None where that is not known. One person alone is of one sex."""
    known = {one.gender for one in sitters if one.gender}
    if len(known) > 1 or not sitters:
        return False
    return True if len(sitters) == 1 or all(one.gender for one in sitters) else None


def _single_sex(rule: Rule, counted: Sequence[Sitter], composition: Composition) -> Verdict:
    """How often in a row it was so, this one included."""
    allowed = rule.most or 0
    now = is_single_sex(counted)
    surely = perhaps = 0
    for one in reversed(composition.sexes_before):
        if one is not True:
            break
        surely += 1
    for one in reversed(composition.sexes_before):
        if one is False:
            break
        perhaps += 1
    least, most = (surely + 1 if now else 0), (0 if now is False else perhaps + 1)
    unknown = sum(not one.gender for one in counted)
    if least > allowed:
        return Verdict(rule, State.BROKEN, least, len(counted), over=least - allowed, unknown=unknown)
    return Verdict(rule, State.KEPT if most <= allowed else State.OPEN, least, len(counted), unknown=unknown)


def is_younger(sitter: Sitter, age: int, day: date) -> bool | None:
    """Whether somebody has not reached that age on the day; None where the day of birth leaves both open."""
    limit = _years_before(day, age)
    if sitter.born_earliest is not None and sitter.born_earliest > limit:
        return True
    return False if sitter.born_latest is not None and sitter.born_latest <= limit else None


def _youth(rule: Rule, counted: Sequence[Sitter], composition: Composition) -> Verdict:
    young = Counter(is_younger(one, rule.age or 0, composition.day) for one in counted)
    surely, unknown = young[True], young[None]
    least = _least_of(rule, len(counted))
    if surely + unknown < least:
        lacking = least - surely - unknown
        return Verdict(rule, State.BROKEN, surely, len(counted), lacking=lacking, unknown=unknown)
    state = State.KEPT if surely >= least else State.OPEN
    return Verdict(rule, state, surely, len(counted), lacking=max(0, least - surely), unknown=unknown)


def _years_before(day: date, years: int) -> date:
    """The day of birth of who turns so old on that day; of those born on 29 February it is the 28th in other years."""
    year = max(date.min.year, day.year - years)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _largest(
    groups: Callable[[Sitter], Iterable[int]], *, all_are_in_one: bool
) -> Callable[[Rule, Sequence[Sitter], Composition], Verdict]:
    """The rule that no group is larger than allowed; of whom no group is known may be in any, or perhaps in none."""

    def checked(rule: Rule, counted: Sequence[Sitter], _composition: Composition) -> Verdict:
        number = Counter(group for one in counted for group in groups(one))
        unknown = sum(not tuple(groups(one)) for one in counted)
        allowed = _most_of(rule, len(counted))
        largest, size = max(number.items(), key=lambda one: (one[1], -one[0]), default=(0, 0))
        people = tuple(one.person for one in counted if largest in groups(one))
        of = str(largest) if size else ""
        least = max(size, 1) if unknown and all_are_in_one else size
        if least > allowed:
            return Verdict(rule, State.BROKEN, size, len(counted), over=least - allowed, people=people, of=of)
        state = State.KEPT if size + unknown <= allowed else State.OPEN
        return Verdict(rule, state, size, len(counted), unknown=unknown, of=of)

    return checked


def _each(
    is_wrong: Callable[[Rule, Sitter, Composition], bool],
) -> Callable[[Rule, Sequence[Sitter], Composition], Verdict]:
    """A rule over each person alone: whom it is not kept by."""

    def checked(rule: Rule, counted: Sequence[Sitter], composition: Composition) -> Verdict:
        wrong = tuple(one.person for one in counted if is_wrong(rule, one, composition))
        state = State.BROKEN if wrong else State.KEPT
        return Verdict(rule, state, len(counted) - len(wrong), len(counted), over=len(wrong), people=wrong)

    return checked


def _is_not_sitting(_rule: Rule, one: Sitter, _composition: Composition) -> bool:
    return not one.is_sitting


def _too_many(rule: Rule, one: Sitter, composition: Composition, *, leading: bool) -> bool:
    loads = [load for load in composition.elsewhere.get(one.person, ()) if load.leads or not leading]
    counts_here = (one.leads or not leading) and (not rule.kinds or composition.kind in rule.kinds)
    others = {load.body for load in loads if not rule.kinds or load.kind in rule.kinds}
    # Whoever does not lead here does not break a rule about leading by what he leads elsewhere.
    return counts_here and rule.most is not None and len(others) + 1 > rule.most


def _heads_too_many(rule: Rule, one: Sitter, composition: Composition) -> bool:
    return _too_many(rule, one, composition, leading=True)


def _sits_in_too_many(rule: Rule, one: Sitter, composition: Composition) -> bool:
    return _too_many(rule, one, composition, leading=False)


def _is_not_decided(rule: Rule, one: Sitter, _composition: Composition) -> bool:
    return one.organs is None or bool(rule.organs and not rule.organs & one.organs)


def _language(rule: Rule, counted: Sequence[Sitter], _composition: Composition) -> Verdict:
    speaking = tuple(one.person for one in counted if rule.language in one.languages)
    unknown = sum(not one.languages for one in counted)
    least = rule.least or 1
    if len(speaking) + unknown < least:
        lacking = least - len(speaking) - unknown
        return Verdict(rule, State.BROKEN, len(speaking), len(counted), lacking=lacking, unknown=unknown)
    state = State.KEPT if len(speaking) >= least else State.OPEN
    lacking = max(0, least - len(speaking))
    return Verdict(rule, state, len(speaking), len(counted), lacking=lacking, unknown=unknown, people=speaking)


_CHECKS: dict[Family, Callable[[Rule, Sequence[Sitter], Composition], Verdict]] = {
    Family.SIZE: _size,
    Family.CHAMBER: _chamber,
    Family.SEX: _sex,
    Family.SINGLE_SEX: _single_sex,
    Family.YOUTH: _youth,
    Family.FACTION: _largest(lambda one: one.factions, all_are_in_one=False),
    Family.NATIONALITY: _largest(lambda one: () if one.country is None else (one.country,), all_are_in_one=True),
    Family.SITTING: _each(_is_not_sitting),
    Family.HEADS: _each(_heads_too_many),
    Family.SITS: _each(_sits_in_too_many),
    Family.LANGUAGE: _language,
    Family.DECIDED: _each(_is_not_decided),
}
