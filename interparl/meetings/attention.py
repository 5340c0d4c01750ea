"""What is wrong or late in meetings: clashes of the next weeks, programmes, answers, reports and records that miss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from interparl.core.addresses import address, new_address
from interparl.core.hooks import AttentionRule, add_attention
from interparl.core.labels import readable
from interparl.core.rights import Reader
from interparl.meetings.actions.occupied import Occupied
from interparl.meetings.blocks.clash_doubles import double, known_rows
from interparl.meetings.blocks.clash_parts import clash_salt, taken
from interparl.meetings.models import (
    NOT_ON,
    VISITS,
    Event,
    KeptClash,
    Kind,
    Occupation,
    ProgrammeItem,
    Stage,
    TalkText,
)
from interparl.meetings.rules import clashes as rules
from interparl.meetings.rules.clashes import ClashKind

EVENT = "meetings.event"
# Who is told has to be able to do something about it.
PERMISSION = "meetings.change_event"
CLASHES_WITHIN, PROGRAMME_WITHIN, ANSWER_WITHIN = timedelta(60), timedelta(14), timedelta(30)
RECORD_AFTER = timedelta(3)
# Working days after a visit by which its report is there.
REPORT_AFTER = 10
WEEKEND = frozenset({5, 6})
Pair = tuple[Occupied, Occupied]


def with_clashes(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Events of the next weeks in which somebody or something is double, as far as the reader may know of both sides.

    What somebody keeps with a reason is not told. The table of what is taken is joined with itself, and only what
    comes of it is looked at.
    """
    soon = found.exclude(stage__in=NOT_ON).filter(since_earliest__lte=day + CLASHES_WITHIN, until_latest__gte=day)
    pairs = [pair for pair in _pairs(soon) if _is_double(pair)]
    if not pairs:
        return found.none()
    rows = known_rows(list({row for pair in pairs for row in pair}), reader)
    events = readable({(EVENT, row.event_id) for row in rows}, reader)
    known = {row for row in rows if (EVENT, row.event_id) in events}
    pairs = [pair for pair in pairs if known.issuperset(pair)]
    together, kept, salt = _together(pairs), _kept(pairs, reader), clash_salt()
    return found.filter(
        pk__in={
            mine.event_id
            for mine, other in pairs
            if frozenset({mine.event_id, other.event_id}) not in together
            and _name(double(ClashKind.PERSON, mine, other, salt)[0].key) not in kept.get(mine.event_id, ())
        }
    )


def _pairs(soon: QuerySet[Any]) -> Iterator[Pair]:
    """What these events take, each with what else takes the same then; one query for people and things."""
    names = Occupied._fields
    asked = []
    for way in ("person__occupations", "resource__occupations"):
        overlap = Q(**{f"{way}__begins_at__lt": F("ends_at"), f"{way}__ends_at__gt": F("begins_at")})
        elsewhere = Q(**{f"{way}__event__lt": F("event")}) | Q(**{f"{way}__event__gt": F("event")})
        rows = Occupation.objects.filter(overlap & elsewhere, event__in=soon.order_by().values("pk"))
        beside = {f"other_{name}": F(f"{way}__{name}") for name in names}
        rows = rows.order_by().annotate(is_person=Value(way == "person__occupations"), **beside)
        asked.append(rows.values_list("is_person", *names, *beside))
    for is_person, *values in asked[0].union(*asked[1:], all=True):
        mine, other = Occupied(*values[: len(names)]), Occupied(*values[len(names) :])
        # Behind an interpreter is a person, who was asked for as such; asked for in the query all people are read.
        if mine.person_id is None or is_person:
            yield mine, other


def _is_double(pair: Pair) -> bool:
    mine, other = (taken(row) for row in pair)
    found = rules.overlap_of(mine, other, rules.default_travel)
    return found is not None and found.kind == "double"


def _together(pairs: Iterable[Pair]) -> set[frozenset[int]]:
    """Events that belong together: one is in the margins of the other, or held in its programme."""
    events = {row.event_id for pair in pairs for row in pair}
    within = Event.objects.filter(pk__in=events, within__in=events).values_list("pk", "within")
    held = ProgrammeItem.objects.filter(event__in=events, talks__in=events).values_list("event", "talks")
    return {frozenset({one, other or 0}) for one, other in within.union(held, all=True)}


def _kept(pairs: Iterable[Pair], reader: Reader) -> dict[int, set[str]]:
    """The names of clashes that somebody keeps, by event."""
    found: dict[int, set[str]] = {}
    events = {mine.event_id for mine, _other in pairs}
    kept = KeptClash.objects.visible_to(reader).filter(event__in=events)
    for event, key in kept.values_list("event", "key"):
        if not key.startswith(f"{ClashKind.TRAVEL}/"):
            found.setdefault(event, set()).add(_name(key))
    return found


def _name(key: str) -> str:
    """The key of a clash without its kind: whom or what it is about, where else, and the day."""
    return key.partition("/")[2]


def without_programme(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Visits and observations that begin in the next days, of which no hour is written."""
    items = ProgrammeItem.objects.visible_to(reader).filter(event=OuterRef("pk"))
    soon = found.exclude(stage__in=(*NOT_ON, Stage.IDEA, Stage.PROPOSED))
    soon = soon.filter(kind__in=(*VISITS, Kind.OBSERVATION), since_earliest__range=(day, day + PROGRAMME_WITHIN))
    return soon.exclude(Exists(items))


def without_answer(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Events to which somebody was invited, that begin soon, and no answer is noted."""
    return found.filter(stage=Stage.INVITED, since_earliest__range=(day, day + ANSWER_WITHIN))


def without_report(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Visits that were held more working days ago than a report takes."""
    last = _working_days_before(day, REPORT_AFTER)
    return found.filter(kind__in=VISITS, stage=Stage.HELD, until_latest__lt=last)


def without_record(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Talks that were held some days ago, of which there is no record."""
    records = TalkText.objects.visible_to(reader).filter(event=OuterRef("pk"), kind=TalkText.Kind.RECORD)
    held = found.filter(kind=Kind.TALKS, stage=Stage.HELD, until_latest__lte=day - RECORD_AFTER)
    return held.exclude(Exists(records))


def _working_days_before(day: date, number: int) -> date:
    """The day so many working days before; without the calendars of `tasks` the weekends alone are free."""
    if apps.is_installed("interparl.tasks"):
        calendars: Any = import_module("interparl.tasks.models.calendars")
        found: date = calendars.calendar_of(calendars.our_country(), day - timedelta(90), day).add(day, -number)
        return found
    while number:
        day -= timedelta(1)
        number -= day.weekday() not in WEEKEND
    return day


add_attention(
    AttentionRule(
        "event-clashes",
        Event,
        "late",
        _("Somebody or something is taken twice"),
        with_clashes,
        PERMISSION,
        leads_to=lambda event: f"{address((EVENT, event.pk))}#clashes",
    )
)
add_attention(
    AttentionRule(
        "event-without-report",
        Event,
        "late",
        _("A visit was held and is not reported on"),
        without_report,
        PERMISSION,
    )
)
add_attention(
    AttentionRule(
        "talks-without-record",
        Event,
        "late",
        _("Talks were held and there is no record of them"),
        without_record,
        "meetings.add_talktext",
        leads_to=lambda event: new_address("meetings.talktext", event=str(event.pk), kind=TalkText.Kind.RECORD),
    )
)
add_attention(
    AttentionRule(
        "event-without-answer", Event, "soon", _("An invitation has no answer yet"), without_answer, PERMISSION
    )
)
add_attention(
    AttentionRule(
        "event-without-programme",
        Event,
        "soon",
        _("It begins soon and has no programme"),
        without_programme,
        PERMISSION,
        leads_to=lambda event: new_address("meetings.programmeitem", event=str(event.pk)),
    )
)
