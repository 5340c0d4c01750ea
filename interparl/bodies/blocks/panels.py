"""What bodies show on their own pages and on those of countries, organisations, parliaments, people and decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.bodies.blocks.composition import PERSON, person_refs
from interparl.bodies.blocks.over_time import lineage
from interparl.bodies.models import Body, Decision, Membership, Part
from interparl.bodies.rules.composition import LEADING
from interparl.core.addresses import address, as_of, list_address
from interparl.core.blocks import BLOCK_ROWS, Content, Facts, People, Rows, Timeline
from interparl.core.hooks import block_on, measure_of
from interparl.core.reads import note_rows
from interparl.core.rights import Reader
from interparl.core.tables import MOST_ROWS, Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Fact, TimelineItem
from interparl.core.translated import text_in
from interparl.directory.blocks.parts import may_add, span_words
from interparl.directory.models import Country, Organisation, Parliament, Person

# So many memberships are looked at for the people of a country.
MOST_PEOPLE = 60

BODIES: Columns[Body] = Columns(
    (
        Column(
            "name",
            gettext_lazy("Name"),
            lambda b, r: text_in(b.name, r.language),
            address=lambda b: address((Body.record_kind(), b.pk)),
        ),
        Column("kind", gettext_lazy("Kind"), lambda b, r: r.choice(b, "kind"), kind="choice"),
        Column("span", gettext_lazy("Time"), lambda b, r: span_words(b, r)),
    )
)


def _bodies_block(
    found: Iterable[Body], reading: Reading, more: str, add: str = "", columns: Columns[Body] = BODIES
) -> Content | None:
    table = Table.of(columns, found, reading, limit=BLOCK_ROWS)  # type: ignore[arg-type]
    return Rows(table, more=more, add=add) if len(table) or add else None


@block_on(Country, "bodies", gettext_lazy("Bodies on both sides"), order=20, gap=gettext_lazy("No body is known."))
def bodies_of_country(country: Country, reading: Reading) -> Content | None:
    """Our bodies about the country, and theirs about us, on the day; of theirs it says that we have no part in them."""
    about = _about(country, reading)
    more = list_address(Body.record_kind(), country=str(country.pk))
    columns = replace(BODIES, of=(replace(BODIES["name"], second=_without_us(about)), *BODIES.of[1:]))
    most = MOST_ROWS if reading.is_whole else BLOCK_ROWS
    table = Table.of(columns, about.bodies[:most], reading)
    table.total, add = len(about.bodies), may_add(Body.record_kind(), reading)
    return Rows(table, more=as_of(more, reading), add=add) if len(table) or add else None


@dataclass(frozen=True)
class About:
    """The bodies about a country on the day, in order, and which of them have a part of ours.

    `ours` is None while it is not said whose the desk is.
    """

    bodies: Sequence[Body]
    ours: AbstractSet[int] | None


def _about(country: Country, reading: Reading) -> About:
    """Asked once a page."""
    key = ("about", country.pk)
    if key not in reading.memo:
        found = Body.objects.visible_to(reading.user).about(country, reading.user).on(reading.day)
        home = Parliament.objects.home()
        parts = Part.objects.visible_to(reading.user).filter(parliament=home, body=OuterRef("pk"))
        has_ours = Exists(parts) if home else Value(value=False)
        bodies = list(found.annotate(has_ours=has_ours).order_by("kind", "since_earliest", "pk"))
        ours = {one.pk for one in bodies if one.has_ours} if home else None  # type: ignore[attr-defined]  # annotated
        reading.memo[key] = About(bodies, ours)
    about: About = reading.memo[key]
    return about


def _without_us(about: About) -> Callable[[Body, Reading], str]:
    """That a body is theirs alone: a group there is no body in common."""
    ours = about.ours
    return lambda body, _reading: _("theirs, without us") if ours is not None and body.pk not in ours else ""


def _seats_about(country: Country, reading: Reading) -> QuerySet[Membership]:
    """Memberships on the day in bodies about the country or with a part of its parliament."""
    bodies = [one.pk for one in _about(country, reading).bodies]
    return Membership.objects.visible_to(reading.user).filter(body__in=bodies).on(reading.day)


def _leading_about(country: Country, reading: Reading) -> list[Membership]:
    """The first of these memberships by rank, with their parliaments and bodies; asked once a page."""
    key = ("seats about", country.pk)
    if key not in reading.memo:
        seats = _seats_about(country, reading).select_related("part__parliament__country", "body")
        reading.memo[key] = list(seats.order_by("rank", "since_earliest", "pk")[:MOST_PEOPLE])
    found: list[Membership] = reading.memo[key]
    return found


def _people_by_side(country: Country, reading: Reading) -> tuple[set[int], set[int]]:
    """Who sits in these bodies, theirs and ours; asked for only where there are more than are shown."""
    found = _leading_about(country, reading)
    if len(found) < MOST_PEOPLE:
        seats = {(one.part.parliament.country_id, one.person_id) for one in found}
    else:
        seats = set(_seats_about(country, reading).values_list("part__parliament__country", "person").distinct())
    theirs = {person for of, person in seats if of == country.pk}
    return theirs, {person for of, person in seats if of != country.pk}


@block_on(Country, "numbers", gettext_lazy("In common"), place="top", order=20)
def numbers_of_country(country: Country, reading: Reading) -> Content:
    """How many bodies of ours there are with the country on the day, and how many people sit on either side.

    A group there in which we have no part is none in common; who sits in it is counted on their side.
    """
    about = _about(country, reading)
    bodies = {one.pk for one in about.bodies} if about.ours is None else about.ours
    theirs, ours = _people_by_side(country, reading)
    more = as_of(list_address(Body.record_kind(), country=str(country.pk)), reading)
    return Facts(
        [
            Fact(_("Bodies in common"), str(len(bodies)), address=more if bodies else ""),
            Fact(_("Our people in bodies"), str(len(ours)), side="ours"),
            Fact(_("Their people in bodies"), str(len(theirs)), side="theirs"),
        ]
    )


@block_on(
    Country,
    "people",
    gettext_lazy("People on both sides"),
    order=15,
    gap=gettext_lazy("Nobody is known on either side."),
)
def people_of_country(country: Country, reading: Reading) -> Content | None:
    """Who leads our bodies about the country, and who sits for it: ours first."""
    found = _leading_about(country, reading)
    if not found:
        return None
    reading.want({(PERSON, m.person_id) for m in found})
    theirs = [m for m in found if m.part.parliament.country_id == country.pk]
    ours = [m for m in found if m.part.parliament.country_id != country.pk]
    # The name of the body is said only where there are several.
    says_body = len({m.body_id for m in found}) > 1
    most = None if reading.is_whole else BLOCK_ROWS
    return People(
        ours=[_person_fact(m, reading, says_body=says_body) for m in ours[:most]],
        theirs=[_person_fact(m, reading, says_body=says_body) for m in theirs[:most]],
        ours_title=text_in(ours[0].part.parliament.country.name, reading.language) if ours else _("Ours"),
        theirs_title=text_in(country.name, reading.language),
    )


def _person_fact(membership: Membership, reading: Reading, *, says_body: bool) -> Fact:
    role = capfirst(reading.choice(membership, "role"))
    return Fact(
        label=reading.name(PERSON, membership.person_id),
        value=f"{role} · {text_in(membership.body.name, reading.language)}" if says_body else role,
        address=as_of(address((PERSON, membership.person_id)), reading),
        spoken=reading.other_language(PERSON, membership.person_id),
    )


@block_on(
    Parliament, "bodies", gettext_lazy("Its bodies on the day"), order=40, gap=gettext_lazy("No body of it is known.")
)
def bodies_of_parliament(parliament: Parliament, reading: Reading) -> Content | None:
    """Bodies in which the parliament has a part."""
    found = Body.objects.visible_to(reading.user).with_part_of(parliament, reading.user).on(reading.day)
    more = as_of(list_address(Body.record_kind(), parliament=str(parliament.pk)), reading)
    return _bodies_block(found.order_by("kind", "pk"), reading, more)


@block_on(
    Organisation, "bodies", gettext_lazy("Delegations"), order=10, gap=gettext_lazy("No delegation to it is known.")
)
def bodies_of_organisation(organisation: Organisation, reading: Reading) -> Content | None:
    """Bodies sent to the organisation, on the day."""
    found = Body.objects.visible_to(reading.user).filter(organisation=organisation).on(reading.day)
    more = list_address(Body.record_kind(), organisation=str(organisation.pk), days="all")
    return _bodies_block(found.order_by("since_earliest", "pk"), reading, more)


BODIES_OF_PERSON: Columns[Membership] = Columns(
    (
        Column(
            "body",
            gettext_lazy("Body"),
            lambda m, r: text_in(m.body.name, r.language),
            address=lambda m: address((Body.record_kind(), m.body_id)),
        ),
        Column("role", gettext_lazy("Role"), lambda m, r: r.choice(m, "role"), kind="choice"),
        Column("span", gettext_lazy("Time"), lambda m, r: span_words(m, r)),
    ),
    related=("body",),
)


@block_on(Person, "bodies", gettext_lazy("Bodies on the day"), order=15)
def bodies_of_person(person: Person, reading: Reading) -> Content | None:
    """Where the person sits on the day."""
    found = Membership.objects.visible_to(reading.user).filter(person=person).on(reading.day)
    more = list_address(Membership.record_kind(), person=str(person.pk), days="all")
    table = Table.of(BODIES_OF_PERSON, found.order_by("rank", "since_earliest", "pk"), reading, limit=12)
    return Rows(table, more=more, add=may_add(Membership.record_kind(), reading, person=person.pk))


@measure_of(Person, "bodies", gettext_lazy("Bodies"))
def load_of(people: Sequence[int], first: date, last: date, reader: Reader) -> dict[int, int]:
    """How many bodies each person sits in on some day from `first` to `last`, as far as this reader may know."""
    return _bodies_each(Membership.objects.visible_to(reader).meeting(first, last).filter(person__in=people))


@measure_of(Person, "heads", gettext_lazy("Bodies headed"))
def heads_of(people: Sequence[int], first: date, last: date, reader: Reader) -> dict[int, int]:
    """How many of them each person heads or chairs with another on some of these days."""
    found = Membership.objects.visible_to(reader).meeting(first, last).filter(role__in=LEADING)
    return _bodies_each(found.filter(person__in=people))


def _bodies_each(found: QuerySet[Membership]) -> dict[int, int]:
    """The number of different bodies by person."""
    return dict(Counter(person for person, _body in found.order_by().values_list("person", "body").distinct()))


@block_on(
    Body,
    "lineage",
    gettext_lazy("Over convocations"),
    place="side",
    order=10,
    gap=gettext_lazy("It is not known what it continues."),
)
def lineage_of(body: Body, reading: Reading) -> Content | None:
    """What it continues and what continues it."""
    chain = lineage(body, reading)
    if len(chain) < 2:
        return None
    note_rows(chain)
    return Timeline(
        [
            TimelineItem(
                day=span_words(one, reading),
                text=text_in((reading.seen(one.convocation) or one).name, reading.language),
                address="" if one.pk == body.pk else address((Body.record_kind(), one.pk)),
                side="ours",
                state="past" if one.pk == body.pk else "ended",
            )
            for one in reversed(chain)
        ]
    )


@block_on(
    Body,
    "mirrors",
    gettext_lazy("Their side"),
    place="side",
    order=20,
    gap=gettext_lazy("No group on their side is known."),
)
def mirrors_of(body: Body, reading: Reading) -> Content | None:
    """Groups abroad that answer it, and the one that it answers."""
    found = Body.objects.visible_to(reading.user).filter(Q(mirror_of=body) | Q(mirrors=body)).distinct().order_by("pk")
    note_rows(found)
    moments = [
        TimelineItem(
            span_words(one, reading),
            text_in(one.name, reading.language),
            address=address((Body.record_kind(), one.pk)),
            side="theirs",
        )
        for one in found
    ]
    return Timeline(moments) if moments else None


DECISIONS: Columns[Decision] = Columns(
    (
        Column(
            "taken_on",
            gettext_lazy("Day"),
            lambda d, r: d.taken_on,
            kind="partial",
            address=lambda d: address((Decision.record_kind(), d.pk)),
        ),
        Column("number", gettext_lazy("Number"), lambda d, r: d.number),
        Column(
            "title",
            gettext_lazy("Subject"),
            lambda d, r: text_in(d.title, r.language),
            second=lambda d, r: text_in(d.organ, r.language),
        ),
    )
)


@block_on(Body, "decisions", gettext_lazy("Decisions"), order=30, gap=gettext_lazy("No decision is known."))
def decisions_of(body: Body, reading: Reading) -> Content | None:
    """The decisions that formed and ended it, appointed its members and recalled them."""
    seats = Membership.objects.visible_to(reading.user).filter(body=body)
    about = Q(formed=body) | Q(ended=body) | Q(pk__in=seats.values("decision")) | Q(pk__in=seats.values("ended_by"))
    found = Decision.objects.visible_to(reading.user).filter(about).distinct().order_by("-taken_earliest", "-pk")
    table = Table.of(DECISIONS, found, reading, limit=BLOCK_ROWS)
    return Rows(table) if len(table) else None


@block_on(Decision, "formed", gettext_lazy("Bodies formed"), order=10)
def formed_by(decision: Decision, reading: Reading) -> Content | None:
    """The bodies that it formed."""
    found = Body.objects.visible_to(reading.user).filter(formed_by=decision).order_by("pk")
    return _bodies_block(found, reading, list_address(Body.record_kind(), formed_by=str(decision.pk), days="all"))


@block_on(Decision, "ended", gettext_lazy("Bodies ended"), order=15)
def ended_by(decision: Decision, reading: Reading) -> Content | None:
    """The bodies that it ended."""
    found = Body.objects.visible_to(reading.user).filter(ended_by=decision).order_by("pk")
    return _bodies_block(found, reading, list_address(Body.record_kind(), ended_by=str(decision.pk), days="all"))


APPOINTED: Columns[Membership] = Columns(
    (
        Column(
            "person",
            gettext_lazy("Member"),
            lambda m, r: r.name(PERSON, m.person_id),
            refs=person_refs,
            address=lambda m: address((PERSON, m.person_id)),
        ),
        Column(
            "body",
            gettext_lazy("Body"),
            lambda m, r: text_in(m.body.name, r.language),
            address=lambda m: address((Body.record_kind(), m.body_id)),
        ),
        Column("role", gettext_lazy("Role"), lambda m, r: r.choice(m, "role"), kind="choice"),
    ),
    related=("body",),
)


@block_on(Decision, "appointed", gettext_lazy("Members appointed"), order=20)
def appointed_by(decision: Decision, reading: Reading) -> Content | None:
    """The memberships that it began."""
    found = Membership.objects.visible_to(reading.user).filter(decision=decision).order_by("body_id", "rank", "pk")
    table = Table.of(APPOINTED, found, reading, limit=20)
    return Rows(table) if len(table) else None


@block_on(Decision, "recalled", gettext_lazy("Members recalled"), order=25)
def recalled_by(decision: Decision, reading: Reading) -> Content | None:
    """The memberships that it ended."""
    found = Membership.objects.visible_to(reading.user).filter(ended_by=decision).order_by("body_id", "rank", "pk")
    table = Table.of(APPOINTED, found, reading, limit=20)
    return Rows(table) if len(table) else None
