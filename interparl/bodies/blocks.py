"""What bodies show on their own pages and on those of countries, organisations and people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.bodies.models import Body, Decision, Membership, Part, Seat, Step
from interparl.core.addresses import address, as_of, list_address
from interparl.core.blocks import BLOCK_ROWS, Content, Facts, People, Rows, Timeline
from interparl.core.formats import write_day, write_partial
from interparl.core.hooks import block_on, measure_of
from interparl.core.kinds import Ref
from interparl.core.labels import labels_of
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Fact, Life, Link, Ruler, Segment, Tick, TimelineItem
from interparl.core.translated import text_in
from interparl.directory.blocks import may_add, span_words
from interparl.directory.models import Country, Organisation, Parliament, Person

PERSON = Person.record_kind()



def accepted_on(membership: Membership, day: date) -> str:
    """When the assembly accepted the seat, as known on that day; "" while it has not."""
    latest = ""
    for step in membership.steps.all():
        if step.taken_earliest and step.taken_earliest > day:
            continue
        if step.kind == Step.Kind.ACCEPTED:
            latest = step.taken_on
        elif step.kind in (Step.Kind.REFUSED, Step.Kind.ENDED):
            latest = ""
    return latest


def last_step(membership: Membership, day: date) -> str:
    """The last step taken by that day, as a kind; "" when there is none."""
    known = [step.kind for step in membership.steps.all() if not step.taken_earliest or step.taken_earliest <= day]
    return known[-1] if known else ""


def _person_refs(membership: Membership) -> list[Ref]:
    return [(PERSON, membership.person_id)]


def _acceptance(membership: Membership, reading: Reading) -> str:
    accepted = accepted_on(membership, reading.day)
    if accepted:
        return write_partial(accepted, reading.language)
    step = last_step(membership, reading.day)
    return str(Step.Kind(step).label) if step else ""


def _decision_words(membership: Membership) -> str:
    if membership.decision is None or not membership.decision.number:
        return ""
    return _("No. %(number)s") % {"number": membership.decision.number}


COMPOSITION: Columns[Membership] = Columns(
    (
        Column("person", gettext_lazy("Member"), lambda m, r: r.name(PERSON, m.person_id), refs=_person_refs,
               kind="person", side=lambda m: "ours" if m.part.parliament.is_ours else "theirs",
               address=lambda m: address((PERSON, m.person_id)), spoken=lambda m, r: r.spoken(PERSON, m.person_id),
               second=lambda m, r: text_in(m.seat.chamber.short_name, r.language) if m.seat and m.seat.chamber else ""),
        Column("role", gettext_lazy("Role"), lambda m, r: m.get_role_display(), kind="choice",
               second=lambda m, r: _("substitute’s seat") if m.is_substitute and m.role != m.Role.SUBSTITUTE else ""),
        Column("since", gettext_lazy("From"), lambda m, r: m.since, kind="partial"),
        Column("until", gettext_lazy("To"), lambda m, r: m.until, kind="partial",
               second=lambda m, r: _("approximate") if m.holds_on(r.day) == "approximate" else ""),
        Column("decision", gettext_lazy("By decision"), lambda m, r: m.decision.taken_on if m.decision else "",
               kind="partial", second=lambda m, r: _decision_words(m),
               address=lambda m: address((Decision.record_kind(), m.decision_id)) if m.decision_id else ""),
        Column("accepted", gettext_lazy("Accepted"), _acceptance),
    ),
    related=("seat__chamber", "decision", "part__parliament"),
    needs=("steps",),
)  # fmt: skip


def _acceptance_sign(membership: Membership, reading: Reading) -> str:
    if accepted_on(membership, reading.day):
        return "met"
    is_lost = last_step(membership, reading.day) in (Step.Kind.CONTESTED, Step.Kind.REFUSED, Step.Kind.ENDED)
    return "late" if is_lost else "soon"


def _appointment(membership: Membership, reading: Reading) -> str:
    """Number of the decision, the last day when it is not the body's own, and doubt."""
    leaves = membership.until and membership.until != membership.body.until
    words = [
        _decision_words(membership),
        _("until %(day)s") % {"day": write_partial(membership.until, reading.language)} if leaves else "",
        _("approximate") if membership.holds_on(reading.day) == "approximate" else "",
    ]
    return " · ".join(word for word in words if word)


def _seat_moves(membership: Membership, reading: Reading) -> list[Link]:
    if reading.is_past or not membership.may_change(reading.user):
        return []
    ref = (membership.record_kind(), membership.pk)
    return [Link(_("Replace"), f"{address(ref)}replace/"), Link(_("Change"), address(ref, "edit"))]


# On the body's page: fewer and fuller columns than in the files, and the steps for a seat.
SEATS: Columns[Membership] = Columns(
    (
        COMPOSITION["person"],
        COMPOSITION["role"],
        Column("since", gettext_lazy("Appointed"), lambda m, r: m.since, kind="partial", second=_appointment,
               address=lambda m: address((Decision.record_kind(), m.decision_id)) if m.decision_id else ""),
        Column("accepted", gettext_lazy("Accepted"), _acceptance, sign=_acceptance_sign),
    ),
    related=(*COMPOSITION.related, "body"),
    needs=COMPOSITION.needs,
    moves=_seat_moves,
)  # fmt: skip


def composition(body: Body, reading: Reading, columns: Columns[Membership] = COMPOSITION) -> Table[Membership]:
    """Who sat in the body on the day, with role, decision and acceptance; the same for page, export, command."""
    found = Membership.objects.visible_to(reading.user).filter(body=body).on(reading.day).in_order()
    return Table.of(columns, found, reading)


def vacancies(body: Body, taken: Sequence[Membership], reading: Reading) -> list[Seat]:
    """Seats of the parts that hold on the day and that nobody in the composition holds."""
    held = {membership.seat_id for membership in taken}
    seats = Seat.objects.visible_to(reading.user).filter(body=body, part__in=Part.objects.on(reading.day))
    return [seat for seat in seats.select_related("part", "chamber").order_by("order", "pk") if seat.pk not in held]


def _partner_words(body: Body, reading: Reading) -> str:
    return ", ".join(text_in(partner.country.name, reading.language) for partner in body.partners.all())


BODIES: Columns[Body] = Columns(
    (
        Column("name", gettext_lazy("Name"), lambda b, r: text_in(b.name, r.language),
               address=lambda b: address((Body.record_kind(), b.pk))),
        Column("kind", gettext_lazy("Kind"), lambda b, r: b.get_kind_display(), kind="choice"),
        Column("span", gettext_lazy("Time"), lambda b, r: span_words(b, r)),
    )
)  # fmt: skip


def _bodies_block(found: Iterable[Body], reading: Reading, more: str, add: str = "") -> Content | None:
    table = Table.of(BODIES, found, reading, limit=BLOCK_ROWS)  # type: ignore[arg-type]
    return Rows(table, more=more, add=add) if len(table) or add else None


def _about(country: Country) -> Q:
    return Q(partners__country=country) | Q(parts__parliament__country=country)


@block_on(Country, "bodies", gettext_lazy("Bodies in common"), order=20)
def bodies_of_country(country: Country, reading: Reading) -> Content | None:
    """Our bodies about the country, and theirs about us, on the day."""
    found = (
        Body.objects.visible_to(reading.user)
        .filter(_about(country))
        .on(reading.day)
        .distinct()
        .order_by("kind", "since_earliest", "pk")
    )
    more = list_address(Body.record_kind(), country=str(country.pk))
    return _bodies_block(found, reading, as_of(more, reading), may_add(Body.record_kind(), reading))


def _seats_about(country: Country, reading: Reading) -> MembershipQuerySet:
    """Memberships on the day in bodies about the country or with a part of its parliament."""
    found = Membership.objects.visible_to(reading.user).filter(
        Q(body__partners__country=country) | Q(part__parliament__country=country)
    )
    return found.filter(body__in=Body.objects.on(reading.day)).on(reading.day)


@block_on(Country, "numbers", gettext_lazy("In common"), place="top", order=20)
def numbers_of_country(country: Country, reading: Reading) -> Content:
    """How many bodies there are in common on the day, and how many people sit in them on either side."""
    bodies = set(Body.objects.visible_to(reading.user).filter(_about(country)).on(reading.day).values_list("pk", flat=True))
    seats = _seats_about(country, reading).values_list("part__parliament__country", "person").distinct()
    theirs = {person for of, person in seats if of == country.pk}
    ours = {person for of, person in seats if of != country.pk}
    more = as_of(list_address(Body.record_kind(), country=str(country.pk)), reading)
    return Facts(
        [
            Fact(_("Bodies in common"), str(len(bodies)), address=more if bodies else ""),
            Fact(_("Our people in them"), str(len(ours)), side="ours"),
            Fact(_("Their people in them"), str(len(theirs)), side="theirs"),
        ]
    )


@block_on(Country, "people", gettext_lazy("People on both sides"), order=15)
def people_of_country(country: Country, reading: Reading) -> Content | None:
    """Who leads our bodies about the country, and who sits for it: ours first."""
    seats = _seats_about(country, reading).select_related("part__parliament__country", "body")
    found = list(seats.order_by("rank", "since_earliest", "pk").distinct()[:60])
    if not found:
        return None
    labels = labels_of({(PERSON, m.person_id) for m in found}, reading.language, reading.user)
    reading.labels.update(labels)
    theirs = [m for m in found if m.part.parliament.country_id == country.pk]
    ours = [m for m in found if m.part.parliament.country_id != country.pk]
    return People(
        ours=[_person_fact(m, reading) for m in ours[:BLOCK_ROWS]],
        theirs=[_person_fact(m, reading) for m in theirs[:BLOCK_ROWS]],
        ours_title=text_in(ours[0].part.parliament.country.name, reading.language) if ours else _("Ours"),
        theirs_title=text_in(country.name, reading.language),
    )


def _person_fact(membership: Membership, reading: Reading) -> Fact:
    return Fact(
        label=reading.name(PERSON, membership.person_id),
        value=f"{capfirst(membership.get_role_display())} · {text_in(membership.body.name, reading.language)}",
        address=as_of(address((PERSON, membership.person_id)), reading),
        spoken=reading.other_language(PERSON, membership.person_id),
    )


@block_on(Parliament, "bodies", gettext_lazy("Its bodies on the day"), order=40)
def bodies_of_parliament(parliament: Parliament, reading: Reading) -> Content | None:
    """Bodies in which the parliament has a part."""
    found = Body.objects.visible_to(reading.user).filter(parts__parliament=parliament).on(reading.day).distinct()
    more = as_of(list_address(Body.record_kind(), parliament=str(parliament.pk)), reading)
    return _bodies_block(found.order_by("kind", "pk"), reading, more)


@block_on(Organisation, "bodies", gettext_lazy("Delegations"), order=10)
def bodies_of_organisation(organisation: Organisation, reading: Reading) -> Content | None:
    """Bodies sent to the organisation, on the day."""
    found = Body.objects.visible_to(reading.user).filter(organisation=organisation).on(reading.day)
    more = list_address(Body.record_kind(), organisation=str(organisation.pk), days="all")
    return _bodies_block(found.order_by("since_earliest", "pk"), reading, more)


BODIES_OF_PERSON: Columns[Membership] = Columns(
    (
        Column("body", gettext_lazy("Body"), lambda m, r: text_in(m.body.name, r.language),
               address=lambda m: address((Body.record_kind(), m.body_id))),
        Column("role", gettext_lazy("Role"), lambda m, r: m.get_role_display(), kind="choice"),
        Column("span", gettext_lazy("Time"), lambda m, r: span_words(m, r)),
    ),
    related=("body",),
)  # fmt: skip


@block_on(Person, "bodies", gettext_lazy("Bodies on the day"), order=15)
def bodies_of_person(person: Person, reading: Reading) -> Content | None:
    """Where the person sits on the day."""
    found = Membership.objects.visible_to(reading.user).filter(person=person).on(reading.day)
    more = list_address(Membership.record_kind(), person=str(person.pk), days="all")
    table = Table.of(BODIES_OF_PERSON, found.order_by("rank", "since_earliest", "pk"), reading, limit=12)
    return Rows(table, more=more, add=may_add(Membership.record_kind(), reading, person=person.pk))


@measure_of(Person, "bodies", gettext_lazy("Bodies"))
def load_of(people: Sequence[int], first: date, last: date) -> dict[int, int]:
    """How many bodies each person sits in on some day from `first` to `last`."""
    rows = Membership.objects.meeting(first, last).filter(person__in=people).values_list("person", "body").distinct()
    load: dict[int, int] = {}
    for person, _body in rows:
        load[person] = load.get(person, 0) + 1
    return load


def lineage(body: Body, reading: Reading) -> list[Body]:
    """The body with all that it continues and that continue it, the earliest first; asked once a page."""
    kept = reading.memo.get("lineage")
    if kept is None or body not in kept:
        kept = reading.memo["lineage"] = _lineage(body, reading)
    return list(kept)


def _lineage(body: Body, reading: Reading) -> list[Body]:
    visible = Body.objects.visible_to(reading.user).select_related("convocation")
    chain, seen = [body], {body.pk}
    earlier = body.continues_id
    while earlier and earlier not in seen:
        found = visible.filter(pk=earlier).first()
        if found is None:
            break
        chain.insert(0, found)
        seen.add(found.pk)
        earlier = found.continues_id
    later = visible.filter(continues=body).order_by("since_earliest", "pk").first()
    while later and later.pk not in seen:
        chain.append(later)
        seen.add(later.pk)
        later = visible.filter(continues=later).order_by("since_earliest", "pk").first()
    return chain


@block_on(Body, "lineage", gettext_lazy("Over convocations"), place="side", order=10)
def lineage_of(body: Body, reading: Reading) -> Content | None:
    """What it continues and what continues it."""
    chain = lineage(body, reading)
    if len(chain) < 2:
        return None
    return Timeline(
        [
            TimelineItem(
                day=span_words(one, reading),
                text=text_in(one.convocation.name, reading.language) if one.convocation else text_in(one.name, reading.language),
                address="" if one.pk == body.pk else address((Body.record_kind(), one.pk)),
                side="ours",
                state="past" if one.pk == body.pk else "ended",
            )
            for one in reversed(chain)
        ]
    )


@block_on(Body, "mirrors", gettext_lazy("Their side"), place="side", order=20)
def mirrors_of(body: Body, reading: Reading) -> Content | None:
    """Groups abroad that answer it, and the one that it answers."""
    found = Body.objects.visible_to(reading.user).filter(Q(mirror_of=body) | Q(mirrors=body)).distinct().order_by("pk")
    moments = [
        TimelineItem(
            span_words(one, reading), text_in(one.name, reading.language),
            address=address((Body.record_kind(), one.pk)), side="theirs",
        )
        for one in found
    ]
    return Timeline(moments) if moments else None


DECISIONS: Columns[Decision] = Columns(
    (
        Column("number", gettext_lazy("Number"), lambda d, r: d.number, address=lambda d: address((Decision.record_kind(), d.pk))),
        Column("taken_on", gettext_lazy("Of"), lambda d, r: d.taken_on, kind="partial"),
        Column("title", gettext_lazy("What"), lambda d, r: text_in(d.title, r.language),
               second=lambda d, r: text_in(d.organ, r.language)),
    )
)  # fmt: skip


@block_on(Body, "decisions", gettext_lazy("Decisions"), order=30)
def decisions_of(body: Body, reading: Reading) -> Content | None:
    """The decisions that formed it and appointed its members."""
    about = Q(formed=body) | Q(appointed__body=body)
    found = Decision.objects.visible_to(reading.user).filter(about).distinct().order_by("-taken_on", "-pk")
    table = Table.of(DECISIONS, found, reading, limit=BLOCK_ROWS)
    return Rows(table) if len(table) else None


@block_on(Decision, "formed", gettext_lazy("Bodies formed"), order=10)
def formed_by(decision: Decision, reading: Reading) -> Content | None:
    """The bodies that it formed."""
    found = Body.objects.visible_to(reading.user).filter(formed_by=decision).order_by("pk")
    return _bodies_block(found, reading, list_address(Body.record_kind(), formed_by=str(decision.pk), days="all"))


APPOINTED: Columns[Membership] = Columns(
    (
        Column("person", gettext_lazy("Member"), lambda m, r: r.name(PERSON, m.person_id), refs=_person_refs,
               address=lambda m: address((PERSON, m.person_id))),
        Column("body", gettext_lazy("Body"), lambda m, r: text_in(m.body.name, r.language),
               address=lambda m: address((Body.record_kind(), m.body_id))),
        Column("role", gettext_lazy("Role"), lambda m, r: m.get_role_display(), kind="choice"),
    ),
    related=("body",),
)  # fmt: skip


@block_on(Decision, "appointed", gettext_lazy("Members appointed"), order=20)
def appointed_by(decision: Decision, reading: Reading) -> Content | None:
    """The memberships that it began."""
    found = Membership.objects.visible_to(reading.user).filter(decision=decision).order_by("body_id", "rank", "pk")
    table = Table.of(APPOINTED, found, reading, limit=20)
    return Rows(table) if len(table) else None




def change_days(body: Body, reading: Reading) -> list[date]:
    """The days on which the composition changed: first days of memberships, and the days after last ones."""
    rows = Membership.objects.visible_to(reading.user).filter(body=body).values_list("since_earliest", "until_latest")
    days = {since for since, _until in rows if since} | {until + timedelta(days=1) for _since, until in rows if until}
    return sorted(days)


def changes_around(days: Sequence[date], day: date) -> tuple[date | None, date | None]:
    """The last change up to the day before this one, and the next one after it."""
    earlier = [one for one in days if one < day]
    later = [one for one in days if one > day]
    return (earlier[-1] if earlier else None), (later[0] if later else None)


def ruler_of(body: Body, days: Sequence[date], reading: Reading) -> Ruler | None:
    """The ruler of time: convocations, the life of the body and of what it continues, ticks where members changed."""
    chain = lineage(body, reading)
    terms = {one.convocation for one in chain if one.convocation and one.convocation.since_earliest}
    starts = [one.since_earliest for one in (*chain, *terms) if one.since_earliest]
    ends = [one.until_latest for one in (*chain, *terms) if one.until_latest]
    if not starts:
        return None
    first, last = min(*starts, reading.day), max(*ends, reading.day, max(starts))
    segments = sorted((term for term in terms), key=lambda term: term.since_earliest or first)
    return Ruler(
        first=first,
        last=last,
        marker=reading.day,
        marker_text=_("today") if not reading.is_past else write_day(reading.day, reading.language),
        past=reading.is_past,
        segments=[
            Segment(
                label=text_in(term.name, reading.language),
                short=str(term.number or ""),
                since=term.since_earliest or first,
                until=term.until_latest or last,
                now=term.holds_on(reading.day) != "no",
            )
            for term in segments
        ],
        lives=[Life(one.since_earliest or first, one.until_latest, one.pk == body.pk) for one in chain],
        ticks=[Tick(day, _("composition changed")) for day in days if first <= day <= last],
    )
