"""The public page of an event, and the events on the pages of a country and a body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.bodies.models import Body
from interparl.core.blocks import BLOCK_ROWS
from interparl.core.formats import write_day, write_partial
from interparl.core.kept import kept
from interparl.core.kinds import Ref
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Fact, Link
from interparl.core.templatetags.ui_parts import Row as Line
from interparl.core.translated import Shown, shown, text_in
from interparl.directory.models import Organisation, Person
from interparl.meetings.models import Event, Outcome, Participation, ProgrammeItem, TalkText
from interparl.portal.blocks import (
    countries_of,
    days_words,
    hours_of,
    is_told,
    place_words,
    state_of,
)
from interparl.portal.measures import Told
from interparl.portal.pages.shell import answer, counted_for, reading_of, said, to

PERSON = Person.record_kind()
# No event has a greater number: the column holds no more.
GREATEST = 2**63 - 1


def _person(one: Participation) -> list[Ref]:
    return [(PERSON, one.person_id)] if one.person_id else []


PEOPLE: Columns[Participation] = Columns(
    (
        Column(
            "person",
            gettext_lazy("Participant"),
            lambda p, r: r.name(PERSON, p.person_id) if p.person_id else p.printed_name,
            refs=_person,
            spoken=lambda p, r: r.spoken(PERSON, p.person_id),
        ),
        Column(
            "role",
            gettext_lazy("Role"),
            lambda p, r: text_in(p.role, r.language),
            spoken=lambda p, r: shown(p.role, r.language).language,
        ),
        Column(
            "country",
            gettext_lazy("Country"),
            lambda p, r: text_in(found.name, r.language) if (found := r.seen(p.country)) else "",
        ),
    ),
    related=("country",),
)


@dataclass(frozen=True)
class Day:
    """The public programme of a day."""

    title: str
    items: Sequence[Fact]


@kept
def event_page(request: HttpRequest, key: int) -> HttpResponse:
    """An event: before its days are over title, days and countries alone; then place, programme, people, results."""
    reading = reading_of(request)
    told = counted_for(reading).told
    found = told.events().filter(pk=key) if key <= GREATEST else told.events().none()
    related = found.select_related("country", "where", "organisation", "body", "source")
    event = related.prefetch_related("partners__country").first()
    if event is None:
        raise Http404
    context: dict[str, Any] = {"is_coming": not told.is_over(event)}
    if is_told(event, reading):
        context |= {
            "summaries": _texts(told, event),
            "programme": _programme(told, event, reading),
            "people": _people(told, event, reading),
            "outcomes": _outcomes(told, event, reading),
        }
    return answer(
        request,
        "event",
        reading,
        title=shown(event.title),
        days=days_words(event, reading.language),
        state=state_of(event, reading),
        facts=_facts(request, event, reading),
        register=all_events(request),
        **context,
    )


def _facts(request: HttpRequest, event: Event, reading: Reading) -> list[Fact]:
    countries = [
        Fact(_("Country"), text_in(one.name), address=to(request, "country", one.code))
        for one in countries_of(event, reading)
    ]
    if not is_told(event, reading):
        return countries
    where, place = reading.seen(event.where), shown(event.place)
    source = reading.seen(event.source)
    found = [
        Fact(_("Kind"), capfirst(event.get_kind_display()), second=capfirst(event.get_visit_type_display())),
        Fact(_("Hours"), hours_of(event), second=_("in the time of the place")),
        Fact(
            _("Place"),
            place_words(event, reading) or (text_in(where.name) if where else ""),
            second=text_in(where.name) if where and place.text else "",
            spoken=place.language if place.is_fallback and place.text else "",
        ),
        *countries,
        *_holders(request, event, reading),
        Fact(_("Source"), text_in(source.title) if source else "", address=source.url if source else ""),
        Fact(_("Grade"), capfirst(event.get_grade_display())),
    ]
    return [fact for fact in found if fact.value]


def _holders(request: HttpRequest, event: Event, reading: Reading) -> list[Fact]:
    """The organisation and the body that it belongs to."""
    organisation: Organisation | None = reading.seen(event.organisation)
    body: Body | None = reading.seen(event.body)
    found = []
    if organisation:
        url = to(request, "organisation", organisation.code)
        found.append(Fact(_("Organisation"), text_in(organisation.name), address=url))
    if body:
        found.append(Fact(_("Body"), text_in(body.name), address=to(request, "body", body.code)))
    return found


def _texts(told: Told, event: Event) -> list[Shown]:
    """The summaries that were made for the public; no record and no minutes."""
    summaries = TalkText.objects.filter(told.known(TalkText), event=event, kind=TalkText.Kind.SUMMARY)
    return [words for one in summaries.order_by("pk") if (words := shown(one.text)).text]


def _programme(told: Told, event: Event, reading: Reading) -> list[Day]:
    """The public texts of the programme by day with their hours; an item without one is not for the public."""
    items = ProgrammeItem.objects.filter(told.known(ProgrammeItem), event=event).in_order().select_related("track")
    said = [(item, words) for item in items if (words := shown(item.public_text)).text]
    return [
        Day(
            write_day(day, reading.language, "weekday"),
            [
                Fact(
                    hours_of(item) or _("hour not known"),
                    words.text,
                    second=_beside(item, event, reading),
                    spoken=words.language if words.is_fallback else "",
                )
                for item, words in of_day
            ],
        )
        for day, of_day in groupby(said, key=lambda one: one[0].day)
    ]


def _beside(item: ProgrammeItem, event: Event, reading: Reading) -> str:
    """The track of an item, and its zone where it is not that of the event."""
    track = reading.seen(item.track)
    zone = item.zone if item.zone and item.zone != event.zone_there else ""
    return ", ".join(filter(None, (text_in(track.name) if track else "", zone)))


def _people(told: Told, event: Event, reading: Reading) -> Table[Participation] | None:
    """Who took part and may be told of, as the list printed them."""
    known = Participation.objects.filter(told.known(Participation), event=event).counted().in_order()
    table = Table.of(PEOPLE, known, reading)
    return said(table) if table.rows else None


@dataclass(frozen=True)
class Adopted:
    """An outcome as it is told: its kind and day, its title with its number, its text."""

    kind: str
    title: Shown
    number: str
    text: Shown


def _outcomes(told: Told, event: Event, reading: Reading) -> list[Adopted]:
    found = Outcome.objects.filter(told.known(Outcome), event=event).order_by("number", "pk")
    return [
        Adopted(
            ", ".join(
                filter(
                    None,
                    (
                        capfirst(str(one.get_kind_display())),
                        write_partial(one.adopted_on, reading.language, "alone"),
                        _("ad referendum") if one.is_ad_referendum else "",
                    ),
                )
            ),
            shown(one.title),
            _("No. %(number)s") % {"number": one.number} if one.number else "",
            shown(one.text),
        )
        for one in found
    ]


def events_context(request: HttpRequest, found: QuerySet[Event], reading: Reading) -> dict[str, Any]:
    """The next and the last of these events under their headings, as many as a block shows, and the way to all."""
    told = counted_for(reading).told
    groups = ((_("Next events"), told.coming(found)), (_("Past events"), told.past(found)))
    lines = [(heading, [_line(request, one, reading) for one in rows[:BLOCK_ROWS]]) for heading, rows in groups]
    return {"events": [(heading, rows) for heading, rows in lines if rows], "all_events": all_events(request)}


def all_events(request: HttpRequest) -> Link:
    """The way to the list of all."""
    return Link(_("All events"), to(request, "dataset", "events"))


def _line(request: HttpRequest, event: Event, reading: Reading) -> Line:
    title = shown(event.title)
    return Line(
        title.text,
        to(request, "event", str(event.pk)),
        second=", ".join(filter(None, (days_words(event, reading.language), state_of(event, reading)))),
        spoken=title.language if title.is_fallback else "",
    )
