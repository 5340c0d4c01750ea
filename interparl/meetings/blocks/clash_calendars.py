"""What else stands on the days of an event: sittings, holidays, elections, the end of a term, an unofficial group.

Nothing is put in order here: clashes are when all are found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from interparl.bodies.models import Body
from interparl.core.dates import bounds_of
from interparl.core.formats import write_day, write_partial
from interparl.core.kinds import Ref
from interparl.core.tables import Reading
from interparl.core.translated import text_in, texts_of
from interparl.meetings.actions.occupied import Occupied, town_of
from interparl.meetings.blocks.clash_facts import AROUND, event_of, stored
from interparl.meetings.blocks.clash_parts import Asked, Found, Words, clash_of, taken
from interparl.meetings.blocks.columns import days_of
from interparl.meetings.models import Event
from interparl.meetings.models.fields import moment_or_none
from interparl.meetings.rules import clashes as rules
from interparl.meetings.rules.clashes import ClashKind
from interparl.meetings.rules.zones import day_bounds
from interparl.tasks.rules import MovedTo, WorkingDays

PERSON, CHAMBER, COUNTRY = "directory.person", "directory.chamber", "directory.country"
CONVOCATION, BODY, EVENT = "directory.convocation", "bodies.body", "meetings.event"
WEEKEND = frozenset({5, 6})


def of_the_calendar(asked: Asked) -> list[Found]:
    """All of these, as far as the reader may know of what they are made of."""
    if asked.days is None:
        return []
    partners = _partners(asked)
    found = [*_sittings(asked), *_free(asked, partners)]
    return [*found, *_elections(asked, partners), *_ends(asked, partners), *_unofficial(asked)]


def _partners(asked: Asked) -> set[int]:
    """The countries that the event is with."""
    others = {one.country for one in asked.facts["partner"]}
    return {one.key for one in asked.facts["country"] if one.key == asked.event.country_id or one.key in others}


def _sittings(asked: Asked) -> Iterator[Found]:
    """Members who are expected in their chamber on a day of the event."""
    by_person: dict[int, list[Occupied]] = defaultdict(list)
    for row in asked.facts.rows:
        if row.person_id:
            by_person[row.person_id].append(row)
    in_chamber: dict[int, list[Any]] = defaultdict(list)
    for mandate in asked.facts["mandate"]:
        in_chamber[mandate.chamber].append(mandate)
    chambers = {one.key: one for one in asked.facts["chamber"]}
    for sitting in asked.facts["sitting"]:
        mandates = in_chamber.get(sitting.chamber, ())
        # Days as the database writes them stand in the order of time.
        there = {
            one.person for one in mandates if one.since <= sitting.day and (one.until or sitting.day) >= sitting.day
        }
        for person in sorted(there & by_person.keys()):
            if away := _away(by_person[person], sitting, chambers[sitting.chamber], person):
                yield _sitting(sitting, chambers[sitting.chamber], person, away, asked)


def _away(rows: Sequence[Occupied], sitting: Any, chamber: Any, person: int) -> Occupied | None:
    """What keeps a member from the sitting: he is elsewhere, or has no hours of his own that would leave it free."""
    zone, day = chamber.zone or rows[0].zone or "UTC", date.fromisoformat(sitting.day)
    try:
        begins, ends = day_bounds(day, zone)
    except ValueError:
        return None
    begins = moment_or_none(day, sitting.begins, zone) or begins
    ends = moment_or_none(day, sitting.ends, zone) or ends
    place = rules.place_key(town_of(stored(chamber.capital)), str(chamber.country))
    there = rules.Taken(
        (rules.PERSON, person), begins, max(begins, ends), 0, ("meetings.sittingday", sitting.key), place, zone
    )
    meeting = [row for row in rows if row.begins_at < there.ends and there.begins < row.ends_at]
    has_hours = any(not row.is_whole_day for row in rows)
    for row in sorted(rows, key=lambda row: row.is_whole_day):
        overlap = rules.overlap_of(taken(row), there, rules.default_travel)
        if overlap and (overlap.kind == "double" or (not row.is_whole_day and sitting.begins)):
            return row
    return meeting[0] if meeting and not has_hours else None


def _sitting(sitting: Any, chamber: Any, person: int, row: Occupied, asked: Asked) -> Found:
    ref, day = (CHAMBER, chamber.key), date.fromisoformat(sitting.day)
    is_known = ref not in asked.facts.unknown

    def words(reading: Reading) -> Words:
        # The same of everybody who is expected there.
        memo = ("clash", "meetings.sittingday", sitting.key)
        if memo not in reading.memo:
            short = text_in(stored(chamber.short_name), reading.language) if is_known else ""
            title = _("%(name)s is expected at a sitting: %(chamber)s")
            reading.memo[memo] = title, short or reading.name(*ref), _sitting_text(sitting, day, reading.language)
        title, name, text = reading.memo[memo]
        return Words(title % {"name": reading.name(PERSON, person), "chamber": name}, text)

    refs = (PERSON, person), ("meetings.sittingday", sitting.key)
    return Found(
        clash_of(ClashKind.SITTING, day, *refs),
        words,
        names=frozenset({refs[0], ref}),
        concerns=frozenset({(row.source_kind, row.source_id)}),
    )


def _sitting_text(sitting: Any, day: date, language: str) -> str:
    """The day, the hours, the subject."""
    hours = "–".join(part[:5] for part in (sitting.begins, sitting.ends) if part)
    subject = texts_of(stored(sitting.subject))
    text = subject.get(language) or next(iter(subject.values()), "")
    return ", ".join(filter(None, (write_day(day, language, "weekday"), hours, text)))


class FreeDay(NamedTuple):
    """A day on which a country does not work: which one, the name of the holiday, "" for a weekend."""

    country: int
    day: date
    name: str


def _free_days(countries: dict[str, int], first: date, last: date, asked: Asked) -> Iterator[FreeDay]:
    """The days on which these countries, by their ISO codes, do not work. Moved days are public facts: all count."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    moved: dict[str, dict[date, MovedTo]] = defaultdict(dict)
    for one in asked.facts["moved"]:
        moved[one.code][date.fromisoformat(one.day)] = MovedTo(bool(one.is_working), texts_of(stored(one.name)))
    for code, country in sorted(countries.items()):
        calendar = WorkingDays(code, moved.get(code, {}))
        for day in days:
            if not calendar.is_working(day):
                name = "" if day.weekday() in WEEKEND else calendar.why_free(day, asked.reading.language)
                yield FreeDay(country, day, name)


def _free(asked: Asked, partners: Collection[int]) -> Iterator[Found]:
    """Holidays, each of its own, and the days off of each country together."""
    first, last = asked.days or (date.min, date.min)
    known = asked.facts["country"]
    countries = {one.code[:2]: one.key for one in known if one.key in partners}
    countries |= {one.code[:2]: one.key for one in known if one.is_ours}
    # Longer than a year is no visit: only its ends would tell anything.
    if (last - first).days > 366:
        return
    off: dict[int, list[date]] = defaultdict(list)
    for country, day, name in _free_days(countries, first, last, asked):
        if name:
            yield _holiday(country, day, name)
        else:
            off[country].append(day)
    for country, days in off.items():
        yield _days_off(country, days)


def _holiday(country: int, day: date, name: str) -> Found:
    ref = (COUNTRY, country)

    def words(reading: Reading) -> Words:
        title = _("Holiday in %(country)s: %(name)s") % {"country": reading.name(*ref), "name": name}
        return Words(title, write_day(day, reading.language, "weekday"))

    return Found(clash_of(ClashKind.HOLIDAY, day, ref), words, names=frozenset({ref}))


def _days_off(country: int, days: Sequence[date]) -> Found:
    ref = (COUNTRY, country)

    def words(reading: Reading) -> Words:
        title = _("Nobody works in %(country)s") % {"country": reading.name(*ref)}
        return Words(title, "; ".join(write_day(day, reading.language, "weekday") for day in days))

    return Found(clash_of(ClashKind.FREE_DAY, days[0], ref), words, names=frozenset({ref}))


def _elections(asked: Asked, partners: Collection[int]) -> Iterator[Found]:
    """Elections of the other side about then; a day that is known in part counts from its first to its last."""
    first, last = asked.days or (date.max, date.min)
    for election in asked.facts["election"]:
        earliest, latest = bounds_of(election.held_on)
        is_near = earliest and latest and earliest <= last + AROUND and latest >= first - AROUND
        if is_near and election.country in partners:
            yield _election(election, earliest or first)


def _election(election: Any, day: date) -> Found:
    chamber = (CHAMBER, election.chamber)

    def words(reading: Reading) -> Words:
        title = _("Election: %(chamber)s") % {"chamber": reading.name(*chamber)}
        return Words(title, write_partial(election.held_on, reading.language, "alone"))

    clash = clash_of(ClashKind.ELECTION, day, ("directory.election", election.key))
    return Found(clash, words, names=frozenset({chamber}))


def _ends(asked: Asked, partners: Collection[int]) -> Iterator[Found]:
    """Chambers whose term ends about then, and convocations of whose chambers no term is known."""
    told = set()
    for term in asked.facts["term"]:
        if term.country in partners:
            told.add(term.convocation)
            yield _end((CHAMBER, term.chamber), ("directory.chamberterm", term.key), term)
    for convocation in asked.facts["convocation"]:
        if convocation.country in partners and convocation.key not in told:
            ref = (CONVOCATION, convocation.key)
            yield _end(ref, ref, convocation)


def _end(named: Ref, ref: Ref, term: Any) -> Found:
    def words(reading: Reading) -> Words:
        title = _("The term ends: %(name)s") % {"name": reading.name(*named)}
        return Words(title, write_partial(term.until, reading.language, "alone"))

    clash = clash_of(ClashKind.DISSOLUTION, date.fromisoformat(term.day), ref)
    return Found(clash, words, names=frozenset({named}))


def _unofficial(asked: Asked) -> Iterator[Found]:
    """An unofficial group that is in the same country on these days."""
    facts = asked.facts
    first = asked.days[0] if asked.days else date.min
    for one in facts["there"]:
        if one.body_kind != Body.Kind.UNOFFICIAL or one.body == asked.event.body_id or one.key in facts.related:
            continue
        if (BODY, one.body) not in facts.unknown:
            other = event_of(one)
            yield _group(other, one.body, max(first, other.since_earliest or first))


def _group(other: Event, body: int, day: date) -> Found:
    group, meets = (BODY, body), (EVENT, other.pk)

    def words(reading: Reading) -> Words:
        said = {"event": reading.name(*meets), "days": days_of(other, reading.language)}
        title = _("An unofficial group is there then: %(name)s") % {"name": reading.name(*group)}
        return Words(title, _("“%(event)s”, %(days)s") % said)

    clash = clash_of(ClashKind.UNOFFICIAL, day, meets)
    return Found(clash, words, names=frozenset({group, meets}), meets=meets)
