"""How active bodies are in a period: measures of what happened in them, an index over all measures, and who sleeps.

A day that is only partly known counts wherever it may lie (design 8.6), so that no body is said to be asleep in which
something may have happened; "some time later" tells of nothing that happened.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from interparl.bodies.models import Body, Decision, Membership, Part, Partner, Step
from interparl.core.dates import NotADate, PartialDate
from interparl.core.days import HOME_PARLIAMENT, installation
from interparl.core.hooks import Measure, measure_of, measures_of
from interparl.core.rights import Reader
from interparl.directory.models import Parliament

OUR_GROUPS = (Body.Kind.WORKING_GROUP.value, Body.Kind.REGIONAL_GROUP.value)
TENTH = Decimal("0.1")


def _may_lie(name: str, first: date, last: date) -> Q:
    """A partial date that may lie from `first` to `last`, by its two columns."""
    begun = Q(**{f"{name}_earliest__isnull": True}) | Q(**{f"{name}_earliest__lte": last})
    return begun & Q(**{f"{name}_latest__gte": first})


def _may_be_in(text: str, first: date, last: date) -> bool:
    """The same of a partial date of which only the text is at hand."""
    try:
        known = PartialDate.parse(text)
    except NotADate:
        return False
    is_begun = known.earliest is None or known.earliest <= last
    return is_begun and known.latest is not None and known.latest >= first


@measure_of(Body, "changes", gettext_lazy("Members joined or left"))
def changes_of(bodies: Sequence[int], first: date, last: date, reader: Reader) -> dict[int, int]:
    """Memberships begun plus memberships ended in the period; one that did both counts twice."""
    found = Membership.objects.visible_to(reader).filter(body__in=bodies)
    begun = found.filter(_may_lie("since", first, last)).order_by().values_list("pk", "body")
    ended = found.filter(_may_lie("until", first, last)).order_by().values_list("pk", "body")
    return dict(Counter(body for _key, body in begun.union(ended, all=True)))


@measure_of(Body, "decisions", gettext_lazy("Decisions"))
def decisions_of(bodies: Sequence[int], first: date, last: date, reader: Reader) -> dict[int, int]:
    """Decisions of the period that formed the body or appointed somebody in it, each once."""
    known = Decision.objects.visible_to(reader).filter(Q(taken_earliest__isnull=True) | Q(taken_earliest__lte=last))
    appointing = Membership.objects.visible_to(reader).filter(body__in=bodies, decision__in=known.values("pk"))
    forming = Body.objects.visible_to(reader).filter(pk__in=bodies, formed_by__in=known.values("pk"))
    rows = (
        appointing.order_by()
        .values_list("body", "decision", "decision__taken_on")
        .union(forming.order_by().values_list("pk", "formed_by", "formed_by__taken_on"))
    )
    return dict(Counter(body for body, _decision, taken_on in rows if _may_be_in(taken_on, first, last)))


@measure_of(Body, "steps", gettext_lazy("Steps of seats in assemblies"))
def steps_of(bodies: Sequence[int], first: date, last: date, reader: Reader) -> dict[int, int]:
    """Steps of the seats of its members in an assembly, taken in the period."""
    found = Step.objects.visible_to(reader).filter(membership__body__in=bodies)
    rows = found.filter(Q(taken_earliest__isnull=True) | Q(taken_earliest__lte=last))
    taken = rows.order_by().values_list("membership__body", "taken_on")
    return dict(Counter(body for body, taken_on in taken if _may_be_in(taken_on, first, last)))


@measure_of(Body, "members", gettext_lazy("Members"), is_standing=True)
def members_of(bodies: Sequence[int], first: date, last: date, reader: Reader) -> dict[int, int]:
    """People who sit in the body on the last day of the period."""
    found = Membership.objects.visible_to(reader).on(last).filter(body__in=bodies)
    rows = found.order_by().values_list("body", "person").distinct()
    return dict(Counter(body for body, _person in rows))


@dataclass(frozen=True)
class Activity:
    """How active a body was: its number by each measure, the index over those that tell of activity, and dormancy."""

    body: int
    numbers: Mapping[str, int]
    index: Decimal
    is_dormant: bool


def our_bodies(day: date, reader: Reader, kinds: Iterable[str] = OUR_GROUPS) -> QuerySet[Body]:
    """Bodies of these kinds on the day in which the home parliament has a part; none where it is not set."""
    home = Parliament.objects.visible_to(reader).filter(code=installation().get(HOME_PARLIAMENT, ""))
    ours = Part.objects.visible_to(reader).filter(parliament__in=home)
    return Body.objects.visible_to(reader).on(day).of_kind(*kinds).filter(pk__in=ours.values("body"))


def telling() -> list[Measure]:
    """The measures of bodies that tell of something that happened, whichever area they come from."""
    return [measure for measure in measures_of(Body.record_kind()) if not measure.is_standing]


def activities(bodies: Sequence[Body], first: date, last: date, day: date, reader: Reader) -> list[Activity]:
    """How active each of the bodies was from `first` to `last`, and whether it is asleep on the day, in their order.

    One query for each measure, and once more for those that tell of activity when the period is not the twelve months
    up to the day.
    """
    keys = [body.pk for body in bodies]
    counted = {measure.key: measure.count(keys, first, last, reader) for measure in measures_of(Body.record_kind())}
    told = [counted[measure.key] for measure in telling()]
    index = index_of(keys, told)
    is_the_year = (first, last) == (year_up_to(day), day)
    sleeping = _sleeping(bodies, day, told) if is_the_year else asleep(bodies, day, reader)
    return [
        Activity(key, {name: number.get(key, 0) for name, number in counted.items()}, index[key], key in sleeping)
        for key in keys
    ]


def index_of(bodies: Sequence[int], counted: Sequence[Mapping[int, int]]) -> dict[int, Decimal]:
    """The index of each body from 0 to 100, to one place, half up.

    By each measure a body gets the share of the other bodies that have less of it; the index is the mean of these
    shares in percent. A measure of which no body has anything says nothing and is left out.
    """
    speaking = [numbers for numbers in counted if any(numbers.get(key) for key in bodies)]
    below = dict.fromkeys(bodies, 0)
    for numbers in speaking:
        ordered = sorted(numbers.get(key, 0) for key in bodies)
        for key in bodies:
            below[key] += bisect_left(ordered, numbers.get(key, 0))
    most = max(1, len(speaking) * (len(bodies) - 1))
    return {key: (Decimal(100 * number) / most).quantize(TENTH, ROUND_HALF_UP) for key, number in below.items()}


def asleep(bodies: Sequence[Body], day: date, reader: Reader) -> frozenset[int]:
    """Those of the bodies in which nothing happened in the twelve months up to the day, by any measure that tells it.

    What may be younger than that cannot have slept so long. One query for each measure.
    """
    old = [body.pk for body in bodies if _was_there(body, year_up_to(day))]
    if not old:
        return frozenset()
    counted = [measure.count(old, year_up_to(day), day, reader) for measure in telling()]
    return _sleeping(bodies, day, counted)


def _sleeping(bodies: Sequence[Body], day: date, counted: Sequence[Mapping[int, int]]) -> frozenset[int]:
    first = year_up_to(day)
    return frozenset(
        body.pk for body in bodies if _was_there(body, first) and not any(numbers.get(body.pk) for numbers in counted)
    )


def _was_there(body: Body, first: date) -> bool:
    """Whether the body surely existed before that day; one of which no beginning is known did."""
    return not body.since or (body.since_latest is not None and body.since_latest < first)


def year_up_to(day: date) -> date:
    """The first day of the twelve months that end on the day."""
    last_of_february = (day.month, day.day) == (2, 29)
    before = day.replace(year=day.year - 1, day=28) if last_of_february else day.replace(year=day.year - 1)
    return before + timedelta(days=1)


@dataclass(frozen=True)
class Candidate:
    """A sleeping group that could go into a regional one: its region, how many others sleep there, and what there is.

    `others` counts the other sleeping groups about the region; `into` are regional groups about it that exist.
    """

    body: int
    region: str
    others: int
    into: tuple[int, ...]


def to_merge(bodies: Sequence[Body], sleeping: frozenset[int], reader: Reader) -> list[Candidate]:
    """The working groups among the bodies that sleep, have partners in one region only and are not alone there.

    By region, then in the order of the bodies; one query.
    """
    home = Parliament.objects.filter(code=installation().get(HOME_PARLIAMENT, ""))
    partners = Partner.objects.visible_to(reader).filter(body__in=[body.pk for body in bodies])
    partners = partners.exclude(country__in=home.values("country"))
    regions: dict[int, set[str]] = {}
    for body, region in partners.values_list("body", "country__region"):
        regions.setdefault(body, set()).add(region)
    about: dict[str, list[int]] = {}
    regional: dict[str, list[int]] = {}
    for one in bodies:
        found = regions.get(one.pk, set())
        if one.kind == Body.Kind.REGIONAL_GROUP:
            for region in found - {""}:
                regional.setdefault(region, []).append(one.pk)
        elif one.kind == Body.Kind.WORKING_GROUP and one.pk in sleeping and len(found) == 1 and "" not in found:
            about.setdefault(next(iter(found)), []).append(one.pk)
    return [
        Candidate(body, region, len(about[region]) - 1, tuple(regional.get(region, ())))
        for region in sorted(about)
        if len(about[region]) > 1
        for body in about[region]
    ]
