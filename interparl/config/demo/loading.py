"""Loading the demonstration set: the National Assembly of Belarus in its 5th convocation, people invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from interparl.accounts.models import User
from interparl.config.demo.bodies import Benches, Bodies
from interparl.config.demo.directory import Directory
from interparl.config.demo.files import read, text
from interparl.config.demo.later import LAST, members_of_the_next, next_is_elected
from interparl.config.demo.meetings import Meetings
from interparl.config.demo.people import People
from interparl.core.actors import Actor
from interparl.core.days import DEMONSTRATION_DAY, HOME_PARLIAMENT, PARLIAMENT_ZONE
from interparl.core.models import Entry, Grade, Setting, Source
from interparl.core.writing import Planned, change_many
from interparl.directory.models import Constituency, Mandate, Office, Person, Portfolio
from interparl.meetings.models import Event
from interparl.portal.models import ReportedFigure, Section
from interparl.tasks.models import Clearance, MovedDay, Task

STANDS_ON = "2014-06-01"
PASSWORD = "interparl-demo-2014"  # noqa: S105  printed for everybody, of a demonstration that listens to this machine only
# (user name, name, role)
ACCOUNTS = (
    ("administrator", "Halina Verasovich", "administrator"),
    ("officer", "Viktar Astapchyk", "desk_officer"),
    ("officer2", "Alena Kavalchuk", "desk_officer"),
    ("member", "", "member"),
    ("head", "Tamara Bulyha", "head_of_department"),
    ("secretary", "Kastus Hrynevich", "delegation_secretary"),
    ("leadership", "Lidziya Shymanskaya", "leadership"),
    ("protocol", "Ihar Zhuk", "protocol_officer"),
    ("liaison", "Volha Marchyk", "ministry_liaison"),
    ("auditor", "Ryhor Sauko", "auditor"),
)
DEPUTISING = (date(2014, 7, 7), date(2014, 7, 20))
RENEWED = 3  # every third member of the 4th convocation sits in the 5th too


class NotEmpty(ValidationError):
    """The database holds records that are not of the demonstration."""

    def __init__(self) -> None:
        super().__init__(_("This database already holds records. The demonstration is loaded only into an empty one."))


class OtherDay(ValidationError):
    """The demonstration is there already, and stands on another day."""

    def __init__(self, day: str) -> None:
        super().__init__(_("The demonstration stands on %(day)s. For another day load it anew.") % {"day": day})


@transaction.atomic
def load_demo(day: str = STANDS_ON) -> dict[str, int]:
    """Loads the set into an empty database, in one transaction; how many records there are of each kind.

    It stands on `day`; once the next convocation is elected its members are there too. A database that holds the set
    already is left as it is. Raises NotEmpty for any other that is not empty, OtherDay when it stands on another day.
    """
    stands = Setting.objects.filter(key=DEMONSTRATION_DAY).first()
    if stands is not None:
        if day not in (STANDS_ON, stands.value):
            raise OtherDay(stands.value)
        return {}
    if Entry.objects.exists():
        raise NotEmpty
    planned = _planned(day)
    change_many(planned, by=Actor.command("demo"), verb="added")
    users = _accounts()
    change_many(_portfolios(planned, users), by=Actor.command("demo"), verb="added")
    waiting = _waiting(users)
    change_many(waiting, by=Actor.command("demo"), verb="added")
    counts: dict[str, int] = {}
    for plan in (*planned, *waiting):
        kind = plan.record.record_kind()
        counts[kind] = counts.get(kind, 0) + 1
    return counts


def _planned(day: str) -> list[Planned]:
    directory = Directory()
    rows = directory.plan()
    people = People(directory.sources, directory.countries)
    benches = Benches()
    mandates = _chambers(directory, people, benches)
    offices = _partners(directory, people, benches)
    of_bodies = Bodies(directory, benches)
    bodies = of_bodies.plan()
    meetings = Meetings(directory, of_bodies.bodies, of_bodies.memberships, offices, day).plan()
    constituencies = list({id(one.constituency): one.constituency for one in mandates if one.constituency}.values())
    in_order: list[list[Any]] = [people.people, people.names, constituencies, mandates, offices]
    rows += [Planned(record) for group in in_order for record in group]
    sat = {code: [one.person for one in benches.members[code, LAST]] for code in ("BY-LC01", "BY-UC01")}
    later = members_of_the_next(directory, people, sat) if next_is_elected(day) else []
    return [*rows, *bodies, *meetings, *later, *_moved_days(directory), *_portal(directory), *_settings(directory, day)]


def _chambers(directory: Directory, people: People, benches: Benches) -> list[Mandate]:
    """Members of both chambers in the 4th and 5th convocations; every third of the 4th comes again."""
    mandates: list[Mandate] = []
    for code in ("BY-LC01", "BY-UC01"):
        chamber = directory.chambers[code]
        seats = chamber.seats or 0
        places = _constituencies(directory, seats) if code == "BY-LC01" else [None] * seats
        earlier: list[Person] = []
        for number in (4, 5):
            term = directory.terms[code, number]
            for seat in range(seats):
                again = number == 5 and seat % RENEWED == 0
                person = earlier[seat] if again else people.person(people.home_blocks())
                if number == 4:
                    earlier.append(person)
                mandate = Mandate(
                    person=person,
                    chamber=chamber,
                    convocation=directory.convocations[number],
                    constituency=places[seat],
                    since=term.since,
                    until=term.until,
                    start_reason=Mandate.Start.ELECTION,
                    end_reason=Mandate.End.TERM,
                    **directory.sources.invented(),
                )
                mandates.append(mandate)
                benches.members.setdefault((code, number), []).append(mandate)
    return mandates


def _constituencies(directory: Directory, seats: int) -> list[Constituency]:
    chamber = directory.chambers["BY-LC01"]
    return [
        Constituency(
            chamber=chamber,
            number=number,
            name=text(
                {
                    "en": f"Constituency No. {number}",
                    "ru": f"Избирательный округ № {number}",
                    "be": f"Выбарчая акруга № {number}",
                }
            ),
            **directory.sources.invented(),
        )
        for number in range(1, seats + 1)
    ]


SPEAKER = {"en": "Speaker", "ru": "Председатель", "be": "Старшыня"}
AMBASSADOR = {"en": "Ambassador", "ru": "Посол", "be": "Пасол"}
PARTNER_MEMBERS = 18


def _partners(directory: Directory, people: People, benches: Benches) -> list[Office]:
    """For each partner country a speaker and an ambassador, and members where a body of theirs needs them."""
    needing = {row["parliament"] for row in read("bodies")} | {
        part["parliament"] for row in read("bodies") for part in row.get("parts", ())
    }
    offices: list[Office] = []
    for code, blocks in people.partner_blocks().items():
        chambers = [chamber for chamber in directory.chambers.values() if chamber.parliament.code == code]
        chamber = next(one for one in chambers if one.kind in ("lower", "single"))
        common = directory.sources.invented()
        speaker = people.person(blocks)
        offices.append(
            Office(person=speaker, kind="speaker", title=text(SPEAKER), chamber=chamber, since="2012", **common)
        )
        ambassador = people.person(blocks)
        home = directory.countries[read("home")["parliament"]]
        offices.append(
            Office(person=ambassador, kind="ambassador", title=text(AMBASSADOR), country=home, since="2011", **common)
        )
        if code in needing:
            for number in range(PARTNER_MEMBERS):
                person = people.person(blocks)
                one = chambers[number % len(chambers)]
                mandate = Mandate(person=person, chamber=one, **common)
                for chamber_code in {one.code, ""}:
                    benches.members.setdefault((chamber_code, code), []).append(mandate)
    return offices


def _moved_days(directory: Directory) -> list[Planned]:
    """Days on which people rest or work instead of others, as the Government moved them in the convocation."""
    return [
        Planned(
            MovedDay(
                country_code=row["country"],
                day=date.fromisoformat(row["day"]),
                becomes=row["becomes"],
                name=text(row["name"]),
                **directory.sources.common(row),
            )
        )
        for row in read("moved_days")
    ]


def _portal(directory: Directory) -> list[Planned]:
    sections = [
        Section(
            key=row["key"],
            order=order,
            title=text(row["title"]),
            text=text(row["text"]),
            **directory.sources.common(row),
        )
        for order, row in enumerate(read("public_page"), start=1)
    ]
    figures = [
        ReportedFigure(
            key=row["key"],
            number=row["number"],
            is_more_than=row["more_than"],
            printed_on=row["day"],
            since=row["since"],
            until=row.get("until", ""),
            **directory.sources.common(row),
        )
        for row in read("reported")
    ]
    return [Planned(record) for record in (*sections, *figures)]


def _settings(directory: Directory, day: str) -> list[Planned]:
    values = {
        HOME_PARLIAMENT: read("home")["parliament"],
        DEMONSTRATION_DAY: day,
        PARLIAMENT_ZONE: directory.countries[read("home")["parliament"]].zone,
    }
    return [Planned(Setting(key=key, value=value)) for key, value in values.items()]


def _accounts() -> dict[str, User]:
    """One account a role; the member is a person of the register."""
    users = {}
    for username, name, role in ACCOUNTS:
        users[username] = User.objects.create_user(
            username, f"{username}@example.org", PASSWORD, name=name or "Member", role=role
        )
    return users


def _waiting(users: dict[str, User]) -> list[Planned]:
    """What waits for somebody: invented tasks, and who has to agree to the next programmes."""
    rows = read("tasks")
    titles = {row["code"]: row["title"]["en"] for row in read("events")}
    events = {title: key for key, title in Event.objects.values_list("pk", "title__en__text")}
    common = {"grade": Grade.ILLUSTRATIVE, "source": Source.objects.get(key="demo")}

    def about(row: dict[str, Any]) -> dict[str, Any]:
        due = date.fromisoformat(row["due"]) if row["due"] else None
        key = events.get(titles.get(row["event"], ""))
        return {**common, "due_on": due, "object_id": key, "kind": Event.record_kind() if key else ""}

    tasks = [Task(title=text(row["title"]), owner=users[row["owner"]], **about(row)) for row in rows["tasks"]]
    clearances = [
        Clearance(step=row["step"], order=row["order"], asked_of=users[row["asked"]], **about(row))
        for row in rows["clearances"]
    ]
    return [Planned(record) for record in (*tasks, *clearances)]


def _portfolios(planned: list[Planned], users: dict[str, User]) -> list[Planned]:
    """Partner countries shared out between the two officers, each the other's deputy; the member's account linked."""
    officers = [users["officer"], users["officer2"]]
    relations = [plan.record for plan in planned if plan.record.record_kind() == "directory.relation"]
    invented = Source.objects.get(key="demo")
    rows: list[Planned] = []
    for number, relation in enumerate(relations):
        officer, deputy = officers[number % 2], officers[(number + 1) % 2]
        country = relation.parliament.country  # type: ignore[attr-defined]
        portfolio = Portfolio(user=officer, deputy=deputy, country=country, since="2012-10-18")
        portfolio.deputy_since, portfolio.deputy_until = DEPUTISING
        # The officers are invented, so what they look after is too.
        portfolio.grade, portfolio.source = Grade.ILLUSTRATIVE, invented
        rows.append(Planned(portfolio))
    sitting = Mandate.objects.on(date.fromisoformat(STANDS_ON)).order_by("pk").first()
    member = Person.objects.get(pk=sitting.person_id)  # type: ignore[union-attr]
    users["member"].name = str(member)
    users["member"].save()
    return [*rows, Planned(member, {"user": users["member"]})]
