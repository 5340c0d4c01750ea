"""Events of the demonstration: what is known of 2012 to 2016, and invented visits and talks around its day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from interparl.bodies.models import Body, Membership
from interparl.config.demo.directory import Directory
from interparl.config.demo.files import read, text
from interparl.config.demo.years import visits_of_the_years
from interparl.core.dates import PartialDate
from interparl.core.models import Grade, Mark
from interparl.core.records import Record
from interparl.core.writing import Planned
from interparl.directory.models import Office, Person
from interparl.meetings.models import (
    AgendaItem,
    Booking,
    Event,
    Kind,
    Outcome,
    Participation,
    ProgrammeItem,
    Resource,
    Series,
    SittingDay,
    Stage,
    StageDay,
    Statement,
    TalkText,
    Topic,
)

# How far an event came when its days are over, and before them unless its row says so.
OVER = {
    Kind.INCOMING: Stage.CLOSED,
    Kind.OUTGOING: Stage.CLOSED,
    Kind.TALKS: Stage.DISTRIBUTED,
    Kind.SESSION: Stage.RECORDED,
    Kind.SITTING: Stage.SIGNED,
    Kind.CONFERENCE: Stage.ADOPTED,
    Kind.OBSERVATION: Stage.REPORTED,
    Kind.OTHER: Stage.HELD,
}
AHEAD = {
    Kind.INCOMING: Stage.ACCEPTED,
    Kind.OUTGOING: Stage.REQUESTED,
    Kind.TALKS: Stage.REQUESTED,
    Kind.SESSION: Stage.ANNOUNCED,
    Kind.SITTING: Stage.DATED,
    Kind.CONFERENCE: Stage.INVITED,
    Kind.OBSERVATION: Stage.PROPOSED,
    Kind.OTHER: Stage.PLANNED,
}
PLAIN = "kind since until begins ends zone visit_type form level number languages".split()
AMBASSADORS_CAPACITY = Participation.Capacity.DIPLOMAT
SITS_ON = (1, 2)  # Tuesday and Wednesday


class Meetings:
    """The records of events as they are planned, in an order in which each points only to earlier ones."""

    def __init__(
        self,
        directory: Directory,
        bodies: dict[str, Body],
        memberships: Sequence[Membership],
        offices: Sequence[Office],
        day: str,
    ) -> None:
        self.directory = directory
        self.bodies = bodies
        self.day = day
        self.members: dict[int, list[Membership]] = {}
        for membership in memberships:
            self.members.setdefault(id(membership.body), []).append(membership)
        self.speakers: dict[str, list[Person]] = {}
        self.ambassadors: dict[str, Person] = {}
        for office in offices:
            self._know(office)
        self.events: dict[str, Event] = {}
        self.resources: dict[str, Resource] = {}
        self.agendas: dict[str, list[AgendaItem]] = {}
        self.series: dict[str, Series] = {}
        self.rows: list[Record] = []

    def _know(self, office: Office) -> None:
        code = office.person.country.code if office.person.country else ""
        if office.kind == Office.Kind.AMBASSADOR:
            self.ambassadors[code] = office.person
        elif office.kind == Office.Kind.SPEAKER:
            self.speakers.setdefault(code, []).append(office.person)

    def plan(self) -> list[Planned]:
        """All rows."""
        self._resources()
        self._series()
        for row in (*read("events"), *visits_of_the_years(self.bodies, self.day)):
            self._event(row)
        self.rows += self._sitting_days()
        return [Planned(record) for record in self.rows]

    def _resources(self) -> None:
        for row in read("resources"):
            self.resources[row["code"]] = Resource(
                kind=row["kind"],
                name=text(row["name"]),
                seats=row.get("seats"),
                interprets=row.get("interprets", ""),
                since=row["since"],
                **self._common(row, Mark.INTERNAL, None),
            )
        self.rows += self.resources.values()

    def _series(self) -> None:
        body = self.bodies["commission-am"]
        self.series["am"] = Series(
            name=text(
                {
                    "en": "Sittings of the commission with Armenia",
                    "ru": "Заседания комиссии с Арменией",
                    "be": "Пасяджэнні камісіі з Арменіяй",
                }
            ),
            kind=Kind.SITTING,
            body=body,
            country=self.directory.countries["AM"],
            since="2010",
            **self._common({}, Mark.INTERNAL, None),
        )
        self.rows.append(self.series["am"])

    def _common(self, row: dict[str, Any], mark: str, published_on: str | None) -> dict[str, Any]:
        sources = self.directory.sources
        found = sources.common(row) if row.get("grade") else sources.invented()
        return {**found, "mark": mark, "published_on": published_on}

    def _event(self, row: dict[str, Any]) -> None:
        event = self._bare(row)
        self.events[row["code"]] = event
        self.rows.append(event)
        common = self._hanging(event, row)
        for stage, day in row.get("stages", {}).items():
            self.rows.append(StageDay(event=event, stage=stage, reached_on=day, **common))
        people = self._people(event, row, common)
        self._programme(event, row, common)
        self._agenda(event, row, people, common)
        self._said(event, row, people, common)
        for code in (*row.get("rooms", ()), *row.get("interpreters", ())):
            self.rows.append(
                Booking(event=event, resource=self.resources[code], is_confirmed=True, **self._within(common))
            )

    def _bare(self, row: dict[str, Any]) -> Event:
        directory = self.directory
        kind, is_over = Kind(row["kind"]), self._last(row) < self.day
        mark, published_on = self._published(row)
        values = {name: row[name] for name in PLAIN if name in row}
        return Event(
            title=text(row["title"]),
            place=text(row.get("place")),
            purpose=text(row.get("purpose")),
            country=directory.countries.get(row.get("country", "")),
            where=directory.countries.get(row.get("where", "")),
            organisation=directory.organisations.get(row.get("organisation", "")),
            body=self.bodies.get(row.get("body", "")),
            series=self.series.get(row.get("series", "")),
            within=self.events.get(row.get("within", "")),
            follows=self.events.get(row.get("follows", "")),
            is_remote=row.get("remote", False),
            stage=OVER[kind] if is_over and row.get("stage") != Stage.CANCELLED else row.get("stage", AHEAD[kind]),
            stage_before=row.get("stage_before", "") if not is_over else "",
            **values,
            **self._common(row, mark, published_on),
        )

    def _last(self, row: dict[str, Any]) -> str:
        return str(PartialDate.parse(row.get("until") or row["since"]).latest)

    def _published(self, row: dict[str, Any]) -> tuple[str, str | None]:
        """Facts, visits and the talks that say so are public: what was released before its day, and else after it."""
        if mark := row.get("mark"):
            return mark, None
        if row.get("public"):
            return Mark.PUBLIC, self._day_after(row)
        if row["kind"] == Kind.TALKS or row.get("stage") in (Stage.POSTPONED, Stage.CANCELLED, Stage.REQUESTED):
            return Mark.INTERNAL, None
        return Mark.PUBLIC, row.get("released") or self._day_after(row)

    def _day_after(self, row: dict[str, Any]) -> str:
        return (date.fromisoformat(self._last(row)) + timedelta(days=1)).isoformat()

    def _hanging(self, event: Event, row: dict[str, Any]) -> dict[str, Any]:
        """What hangs on an event is told when its days are over, and is invented even where the event is a fact."""
        is_public = event.mark == Mark.PUBLIC
        return {
            **self.directory.sources.invented(),
            "mark": event.mark,
            "published_on": self._day_after(row) if is_public else None,
        }

    @staticmethod
    def _within(common: dict[str, Any]) -> dict[str, Any]:
        """For the house alone."""
        inside = common["mark"] if common["mark"] == Mark.OFFICIAL else Mark.INTERNAL
        return {**common, "mark": inside, "published_on": None}

    def _people(self, event: Event, row: dict[str, Any], common: dict[str, Any]) -> list[Participation]:
        found: list[Participation] = []
        for group in row.get("people", ()):
            found += self._group(event, group, common)
        heads: set[int | None] = set()
        for one in found:
            side = id(one.country or (one.person.country if one.person else None))
            if side not in heads and one.function == Participation.Function.MEMBER:
                one.function = Participation.Function.HEAD
            heads.add(side)
        self.rows += found
        return found

    def _group(self, event: Event, group: dict[str, Any], common: dict[str, Any]) -> Iterable[Participation]:
        if code := group.get("body"):
            members = self._sitting(self.bodies[code], event, "BY")[: group["count"]]
            return [Participation(event=event, person=one, **common) for one in members]
        if code := group.get("ambassador"):
            return [Participation(event=event, person=self.ambassadors[code], capacity=AMBASSADORS_CAPACITY, **common)]
        if code := group.get("partner"):
            theirs = self.directory.countries[code]
            known = [*self.speakers.get(code, ()), *self._theirs(event, code)][: group["count"]]
            return [Participation(event=event, person=one, country=theirs, **common) for one in known]
        country = self.directory.countries[group["country"]]
        return [
            Participation(event=event, printed_name=name, capacity=capacity, role=text(role), country=country, **common)
            for name, capacity, role in group["guests"]
        ]

    def _sitting(self, body: Body, event: Event, country: str) -> list[Person]:
        day = PartialDate.parse(event.since).earliest or date.max
        found: list[Person] = []
        for one in self.members.get(id(body), ()):
            since = PartialDate.parse(one.since).earliest if one.since else None
            until = PartialDate.parse(one.until).latest if one.until else None
            holds = (since is None or since <= day) and (until is None or day <= until)
            is_theirs = one.person.country is None or one.person.country.code == country
            if holds and is_theirs and all(one.person is not other for other in found):
                found.append(one.person)
        return found

    def _theirs(self, event: Event, country: str) -> list[Person]:
        return self._sitting(event.body, event, country) if event.body is not None else []

    def _programme(self, event: Event, row: dict[str, Any], common: dict[str, Any]) -> None:
        for order, one in enumerate(row.get("items", ()), start=1):
            item = ProgrammeItem(
                event=event,
                day=date.fromisoformat(one["day"]),
                begins=one["begins"],
                ends=one.get("ends", ""),
                kind=one["kind"],
                order=order,
                text=text(one["text"]),
                public_text=text(one.get("public")),
                place=text(one.get("place")),
                way=one.get("way"),
                way_by=text(one.get("way_by")),
                **common,
            )
            self.rows.append(item)
            for name in ("room", "interpreter", "car"):
                if code := one.get(name):
                    self.rows.append(
                        Booking(event=event, item=item, resource=self.resources[code], **self._within(common))
                    )

    def _agenda(self, event: Event, row: dict[str, Any], people: list[Participation], common: dict[str, Any]) -> None:
        ours, theirs = _by_side(people)
        items = self.agendas.setdefault(row["code"], [])
        for order, one in enumerate(row.get("agenda", ()), start=1):
            carried = one.get("carried")
            reported = {"ours": ours[:1], "theirs": theirs[:1]} if one.get("reporters") else {}
            item = AgendaItem(
                event=event,
                order=order,
                title=text(one["title"]),
                state=one.get("state", AgendaItem.State.OPEN),
                approves=self.events.get(one.get("approves", "")),
                carried_from=self.agendas[carried[0]][carried[1]] if carried else None,
                **{name: found[0] for name, found in reported.items() if found},
                **common,
            )
            items.append(item)
            self.rows.append(item)
            for place, title in enumerate(one.get("parts", ()), start=1):
                self.rows.append(AgendaItem(event=event, parent=item, order=place, title=text(title), **common))
        for one in row.get("outcomes", ()):
            self.rows.append(
                Outcome(
                    event=event,
                    number=one.get("number"),
                    body=event.body if one.get("number") else None,
                    kind=one["kind"],
                    title=text(one["title"]),
                    text=text(one["text"]),
                    adopted_on=event.until or event.since,
                    due_on=_day(one.get("due")),
                    **common,
                )
            )

    def _said(self, event: Event, row: dict[str, Any], people: list[Participation], common: dict[str, Any]) -> None:
        ours, _theirs = _by_side(people)
        topics = [
            Topic(event=event, order=order, title=text(title), **common)
            for order, title in enumerate(row.get("topics", ()), start=1)
        ]
        self.rows += topics
        for place, one in enumerate(row.get("statements", ())):
            self.rows.append(
                Statement(
                    event=event,
                    topic=topics[one["topic"]],
                    speaker=ours[place % len(ours)] if ours else None,
                    position=text(one["position"]),
                    minutes=one.get("minutes"),
                    day=_day(one.get("day")),
                    begins=one.get("begins", ""),
                    state=one.get("state", Statement.State.PLANNED),
                    **self._within(common),
                )
            )
        inside = self._within(common)
        for kind, marked in (
            ("record", {**inside, "mark": Mark.OFFICIAL}),
            ("minutes", inside),
            ("summary", {**common, "mark": Mark.PUBLIC, "published_on": self._day_after(row)}),
        ):
            if kind in row:
                self.rows.append(TalkText(event=event, kind=kind, text=text(row[kind]), **marked))

    def _sitting_days(self) -> list[Record]:
        """Invented sitting days of both chambers around the day of the demonstration: two a week in session."""
        invented = {**self.directory.sources.invented(), "grade": Grade.ILLUSTRATIVE}
        first = date.fromisoformat(self.day) - timedelta(days=60)
        found: list[Record] = []
        for number in range(120):
            day = first + timedelta(days=number)
            if day.weekday() not in SITS_ON or day.month in (1, 2, 7, 8):
                continue
            lower = self.directory.chambers["BY-LC01"]
            found.append(SittingDay(chamber=lower, day=day, begins="10:00", ends="18:00", **invented))
            if day.weekday() == SITS_ON[1] and day.day <= 7:
                upper = self.directory.chambers["BY-UC01"]
                found.append(SittingDay(chamber=upper, day=day, begins="11:00", ends="17:00", **invented))
        return found


def _day(text_of_it: str | None) -> date | None:
    return date.fromisoformat(text_of_it) if text_of_it else None


def _by_side(people: Sequence[Participation]) -> tuple[list[Participation], list[Participation]]:
    """Ours and theirs, as far as the country of the person tells."""
    ours = [one for one in people if one.person is not None and one.country is None and _is_home(one.person)]
    return ours, [one for one in people if all(one is not other for other in ours)]


def _is_home(person: Person) -> bool:
    return person.country is not None and person.country.code == "BY"
