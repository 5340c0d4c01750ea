"""What else stands on the days of an event: sittings, holidays, elections, the end of a term, an unofficial group.

Nothing is put in order here: clashes are when all are found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from importlib import import_module
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext as _

from interparl.bodies.models import Body
from interparl.core.dates import bounds_of
from interparl.core.days import HOME_PARLIAMENT, installation
from interparl.core.formats import write_day, write_partial
from interparl.core.kinds import Ref
from interparl.core.tables import Reading
from interparl.core.translated import text_in, texts_of
from interparl.directory.models import ChamberTerm, Convocation, Country, Election, Mandate
from interparl.meetings.actions.occupied import Occupied, town_of
from interparl.meetings.blocks.clash_parts import Asked, Found, Words, clash_of, taken
from interparl.meetings.blocks.columns import days_of
from interparl.meetings.models import Event, EventPartner, SittingDay
from interparl.meetings.models.fields import moment_or_none
from interparl.meetings.rules import clashes as rules
from interparl.meetings.rules.clashes import ClashKind
from interparl.meetings.rules.zones import day_bounds

PERSON, CHAMBER, COUNTRY = "directory.person", "directory.chamber", "directory.country"
CONVOCATION, BODY, EVENT = "directory.convocation", "bodies.body", "meetings.event"
AROUND = timedelta(days=30)
WEEKEND = frozenset({5, 6})


def of_the_calendar(asked: Asked) -> list[Found]:
    """All of these, as far as the reader may know of what they are made of."""
    if asked.days is None:
        return []
    partners = partners_of(asked)
    found = [*_sittings(asked), *_free(asked, partners)]
    return [*found, *_elections(asked, partners), *_ends(asked, partners), *_unofficial(asked)]


def partners_of(asked: Asked) -> list[Country]:
    """The countries that the event is with."""
    event, user = asked.event, asked.reading.user
    others = EventPartner.objects.visible_to(user).filter(event=event.pk).values("country")
    return list(Country.objects.visible_to(user).filter(Q(pk=event.country_id) | Q(pk__in=others)))


def _sittings(asked: Asked) -> Iterator[Found]:
    """Members who are expected in their chamber on a day of the event."""
    by_person: dict[int, list[Occupied]] = defaultdict(list)
    for row in asked.rows:
        if row.person_id:
            by_person[row.person_id].append(row)
    first, last = asked.days or (date.min, date.max)
    user = asked.reading.user
    mandates = Mandate.objects.visible_to(user).meeting(first, last).filter(person__in=by_person)
    in_chamber: dict[int, list[Mandate]] = defaultdict(list)
    for mandate in mandates if by_person else ():
        in_chamber[mandate.chamber_id].append(mandate)
    if not in_chamber:
        return
    sittings = SittingDay.objects.visible_to(user).filter(chamber__in=in_chamber, day__range=(first, last))
    for sitting in sittings.select_related("chamber__parliament__country"):
        for person in {one.person_id for one in in_chamber[sitting.chamber_id] if one.holds_on(sitting.day) != "no"}:
            if away := _away(by_person[person], sitting, person):
                yield _sitting(sitting, person, away)


def _away(rows: Sequence[Occupied], sitting: SittingDay, person: int) -> Occupied | None:
    """What keeps a member from the sitting: he is elsewhere, or has no hours of his own that would leave it free."""
    country = sitting.chamber.parliament.country
    zone = country.zone or rows[0].zone or "UTC"
    try:
        begins, ends = day_bounds(sitting.day, zone)
    except ValueError:
        return None
    begins = moment_or_none(sitting.day, sitting.begins, zone) or begins
    ends = moment_or_none(sitting.day, sitting.ends, zone) or ends
    place = rules.place_key(town_of(country.capital), str(country.pk))
    there = rules.Taken(
        (rules.PERSON, person), begins, max(begins, ends), 0, ("meetings.sittingday", sitting.pk), place, zone
    )
    meeting = [row for row in rows if row.begins_at < there.ends and there.begins < row.ends_at]
    has_hours = any(not row.is_whole_day for row in rows)
    for row in sorted(rows, key=lambda row: row.is_whole_day):
        overlap = rules.overlap_of(taken(row), there, rules.default_travel)
        if overlap and (overlap.kind == "double" or (not row.is_whole_day and sitting.begins)):
            return row
    return meeting[0] if meeting and not has_hours else None


def _sitting(sitting: SittingDay, person: int, row: Occupied) -> Found:
    chamber = (CHAMBER, sitting.chamber_id)

    def words(reading: Reading) -> Words:
        known = reading.seen(sitting.chamber)
        short = text_in(known.short_name, reading.language) if known else ""
        said = {"name": reading.name(PERSON, person), "chamber": short or reading.name(*chamber)}
        day = write_day(sitting.day, reading.language, "weekday")
        hours = "–".join(part[:5] for part in (sitting.begins, sitting.ends) if part)
        subject = texts_of(sitting.subject)
        text = subject.get(reading.language) or next(iter(subject.values()), "")
        title = _("%(name)s is expected at a sitting: %(chamber)s") % said
        return Words(title, ", ".join(filter(None, (day, hours, text))))

    refs = (PERSON, person), ("meetings.sittingday", sitting.pk)
    return Found(
        clash_of(ClashKind.SITTING, sitting.day, *refs),
        words,
        names=frozenset({refs[0], chamber}),
        concerns=frozenset({(row.source_kind, row.source_id)}),
    )


class FreeDay(NamedTuple):
    """A day on which a country does not work: which one, the name of the holiday, "" for a weekend."""

    code: str
    day: date
    name: str


def free_days(codes: Iterable[str], first: date, last: date, language: str) -> list[FreeDay]:
    """The days on which these countries do not work; without the calendars of `tasks` the weekends alone."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    if not apps.is_installed("interparl.tasks"):
        return [FreeDay(code, day, "") for code in sorted(codes) for day in days if day.weekday() in WEEKEND]
    calendars: Any = import_module("interparl.tasks.models.calendars").calendars_of(codes, first, last)
    return [
        FreeDay(code, day, "" if day.weekday() in WEEKEND else calendar.why_free(day, language))
        for code, calendar in sorted(calendars.items())
        for day in days
        if not calendar.is_working(day)
    ]


def _free(asked: Asked, partners: Sequence[Country]) -> Iterator[Found]:
    """Holidays, each of its own, and the days off of each country together."""
    first, last = asked.days or (date.min, date.min)
    home = Country.objects.filter(parliaments__code=installation().get(HOME_PARLIAMENT, ""))
    ours = home.visible_to(asked.reading.user)
    countries = {country.code[:2]: country for country in (*partners, *ours)}
    # Longer than a year is no visit: only its ends would tell anything.
    if (last - first).days > 366:
        return
    off: dict[str, list[date]] = defaultdict(list)
    for code, day, name in free_days(countries, first, last, asked.reading.language):
        if name:
            yield _holiday(countries[code], day, name)
        else:
            off[code].append(day)
    for code, days in off.items():
        yield _days_off(countries[code], days)


def _holiday(country: Country, day: date, name: str) -> Found:
    ref = (COUNTRY, country.pk)

    def words(reading: Reading) -> Words:
        title = _("Holiday in %(country)s: %(name)s") % {"country": reading.name(*ref), "name": name}
        return Words(title, write_day(day, reading.language, "weekday"))

    return Found(clash_of(ClashKind.HOLIDAY, day, ref), words, names=frozenset({ref}))


def _days_off(country: Country, days: Sequence[date]) -> Found:
    ref = (COUNTRY, country.pk)

    def words(reading: Reading) -> Words:
        title = _("Nobody works in %(country)s") % {"country": reading.name(*ref)}
        return Words(title, "; ".join(write_day(day, reading.language, "weekday") for day in days))

    return Found(clash_of(ClashKind.FREE_DAY, days[0], ref), words, names=frozenset({ref}))


def _elections(asked: Asked, partners: Sequence[Country]) -> Iterator[Found]:
    """Elections of the other side about then; a day that is known in part counts from its first to its last."""
    first, last = asked.days or (date.max, date.min)
    elections = Election.objects.visible_to(asked.reading.user).filter(chamber__parliament__country__in=partners)
    for election in elections if partners else ():
        earliest, latest = bounds_of(election.held_on)
        if earliest and latest and earliest <= last + AROUND and latest >= first - AROUND:
            yield _election(election, earliest)


def _election(election: Election, day: date) -> Found:
    chamber = (CHAMBER, election.chamber_id)

    def words(reading: Reading) -> Words:
        title = _("Election: %(chamber)s") % {"chamber": reading.name(*chamber)}
        return Words(title, write_partial(election.held_on, reading.language, "alone"))

    clash = clash_of(ClashKind.ELECTION, day, ("directory.election", election.pk))
    return Found(clash, words, names=frozenset({chamber}))


def _ends(asked: Asked, partners: Sequence[Country]) -> Iterator[Found]:
    """Chambers whose term ends about then, and convocations of whose chambers no term is known."""
    first, last = asked.days or (date.max, date.min)
    user = asked.reading.user
    about = Q(until_earliest__lte=last + AROUND, until_latest__gte=first - AROUND)
    if not partners:
        return
    told = set()
    terms = ChamberTerm.objects.visible_to(user).filter(about, chamber__parliament__country__in=partners)
    for term in terms:
        told.add(term.convocation_id)
        yield _end((CHAMBER, term.chamber_id), ("directory.chamberterm", term.pk), term)
    ending = Convocation.objects.visible_to(user).filter(about, parliament__country__in=partners)
    for convocation in ending:
        if convocation.pk not in told:
            ref = (CONVOCATION, convocation.pk)
            yield _end(ref, ref, convocation)


def _end(named: Ref, ref: Ref, record: ChamberTerm | Convocation) -> Found:
    def words(reading: Reading) -> Words:
        title = _("The term ends: %(name)s") % {"name": reading.name(*named)}
        return Words(title, write_partial(record.until, reading.language, "alone"))

    day = record.until_earliest or date.min
    return Found(clash_of(ClashKind.DISSOLUTION, day, ref), words, names=frozenset({named}))


def _unofficial(asked: Asked) -> Iterator[Found]:
    """An unofficial group that is in the same country on these days."""
    event, user = asked.event, asked.reading.user
    first, last = asked.days or (date.max, date.min)
    country = event.where_id or event.country_id
    if country is None:
        return
    there = Event.objects.visible_to(user).taking_place().meeting(first, last)
    there = there.filter(Q(where=country) | Q(where__isnull=True, country=country), body__kind=Body.Kind.UNOFFICIAL)
    there = there.filter(body__in=Body.objects.visible_to(user)).exclude(pk__in=asked.related)
    for other in there:
        if other.body_id != event.body_id:
            yield _group(other, max(first, other.since_earliest or first))


def _group(other: Event, day: date) -> Found:
    group, meets = (BODY, other.body_id or 0), (EVENT, other.pk)

    def words(reading: Reading) -> Words:
        said = {"event": reading.name(*meets), "days": days_of(other, reading.language)}
        title = _("An unofficial group is there then: %(name)s") % {"name": reading.name(*group)}
        return Words(title, _("“%(event)s”, %(days)s") % said)

    clash = clash_of(ClashKind.UNOFFICIAL, day, meets)
    return Found(clash, words, names=frozenset({group, meets}), meets=meets)
