"""Blocks of countries, parliaments, convocations and chambers."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.core.addresses import address, list_address
from interparl.core.blocks import BLOCK_ROWS, Content, Facts, Rows
from interparl.core.formats import write_span
from interparl.core.hooks import block_on
from interparl.core.reads import note_rows
from interparl.core.tables import MOST_ROWS, Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Fact
from interparl.core.translated import text_in
from interparl.directory.blocks.parts import change_move, may_add, span_words
from interparl.directory.models import (
    Chamber,
    ChamberTerm,
    Convocation,
    Country,
    Mandate,
    Parliament,
    Portfolio,
    Relation,
    Status,
)

PARLIAMENTS: Columns[Parliament] = Columns(
    (
        Column(
            "name",
            gettext_lazy("Name"),
            lambda p, r: r.name("directory.parliament", p.pk),
            refs=lambda p: [("directory.parliament", p.pk)],
            address=lambda p: address(("directory.parliament", p.pk)),
        ),
        Column("code", gettext_lazy("Code"), lambda p, r: p.code),
        Column("span", gettext_lazy("Time"), lambda p, r: span_words(p, r)),
    )
)


@block_on(Country, "parliaments", gettext_lazy("Parliaments"), order=30, gap=gettext_lazy("No parliament is known."))
def parliaments_of(country: Country, reading: Reading) -> Content:
    """The country's parliaments on the day."""
    found = [one for one in Parliament.objects.known_of(country, reading.user) if one.holds_on(reading.day) != "no"]
    table = Table.of(PARLIAMENTS, found[: MOST_ROWS if reading.is_whole else BLOCK_ROWS], reading)
    table.total = len(found)
    return Rows(table, add=may_add("directory.parliament", reading, country=country.pk))


@block_on(
    Country,
    "relation",
    gettext_lazy("Relations with us"),
    place="top",
    order=10,
    gap=gettext_lazy("No relations with us are known."),
)
def relation_of(country: Country, reading: Reading) -> Content | None:
    """What the home parliament has with it on the day."""
    found = (
        Relation.objects.visible_to(reading.user)
        .filter(parliament__country=country)
        .on(reading.day)
        .select_related("parliament")
        .order_by("pk")
    )
    note_rows(found)
    facts = [
        Fact(
            relation.get_kind_display(),
            span_words(relation, reading) or _("since when is not known"),
            address=address((relation.record_kind(), relation.pk), "edit") if not reading.is_past else "",
            second=text_in(relation.basis, reading.language),
        )
        for relation in found
    ]
    return Facts(facts) if facts else None


@block_on(
    Country,
    "portfolio",
    gettext_lazy("Responsible"),
    place="side",
    order=10,
    gap=gettext_lazy("Nobody is named as responsible."),
)
def officers_of(country: Country, reading: Reading) -> Content | None:
    """The officers who look after it on the day."""
    known = Portfolio.objects.visible_to(reading.user).filter(country=country).on(reading.day)
    found = known.select_related("user", "deputy").order_by("pk")
    note_rows(found)
    facts = [
        Fact(str(one.user), span_words(one, reading), second=str(one.deputy) if one.deputy else "") for one in found
    ]
    return Facts(facts) if facts else None


CHAMBERS: Columns[Chamber] = Columns(
    (
        Column(
            "name",
            gettext_lazy("Name"),
            lambda c, r: r.name("directory.chamber", c.pk),
            refs=lambda c: [("directory.chamber", c.pk)],
            address=lambda c: address(("directory.chamber", c.pk)),
        ),
        Column("kind", gettext_lazy("Kind"), lambda c, r: r.choice(c, "kind"), kind="choice"),
        Column("seats", gettext_lazy("Seats"), lambda c, r: c.seats, kind="number"),
    )
)


@block_on(Parliament, "chambers", gettext_lazy("Chambers"), order=10)
def chambers_of(parliament: Parliament, reading: Reading) -> Content:
    """Its chambers on the day."""
    found = (
        Chamber.objects.visible_to(reading.user).filter(parliament=parliament).on(reading.day).order_by("kind", "pk")
    )
    add = may_add("directory.chamber", reading, parliament=parliament.pk)
    return Rows(Table.of(CHAMBERS, found, reading, limit=BLOCK_ROWS), add=add)


CONVOCATIONS: Columns[Convocation] = Columns(
    (
        Column(
            "name",
            gettext_lazy("Name"),
            lambda c, r: text_in(c.name, r.language),
            address=lambda c: address(("directory.convocation", c.pk)),
        ),
        Column("span", gettext_lazy("Time"), lambda c, r: write_span(c.since, c.until, r.language)),
    )
)


@block_on(
    Parliament, "convocations", gettext_lazy("Convocations"), order=20, gap=gettext_lazy("No convocation is known.")
)
def convocations_of(parliament: Parliament, reading: Reading) -> Content:
    """All its convocations, the latest first."""
    found = Convocation.objects.visible_to(reading.user).filter(parliament=parliament)
    ordered = found.order_by("-since_earliest", "-pk")
    more = list_address("directory.convocation", parliament=str(parliament.pk), days="all")
    add = may_add("directory.convocation", reading, parliament=parliament.pk)
    return Rows(Table.of(CONVOCATIONS, ordered, reading, limit=BLOCK_ROWS), more=more, add=add)


STATUSES_OF_PARLIAMENT: Columns[Status] = Columns(
    (
        Column(
            "organisation",
            gettext_lazy("Organisation"),
            lambda s, r: r.name("directory.organisation", s.organisation_id),
            refs=lambda s: [("directory.organisation", s.organisation_id)],
            address=lambda s: address(("directory.organisation", s.organisation_id)),
        ),
        Column("status", gettext_lazy("Status"), lambda s, r: r.choice(s, "status"), kind="choice"),
        Column("span", gettext_lazy("Time"), lambda s, r: span_words(s, r)),
    )
)


@block_on(Parliament, "statuses", gettext_lazy("Status in organisations"), order=30)
def statuses_of(parliament: Parliament, reading: Reading) -> Content | None:
    """What it is in organisations on the day."""
    found = Status.objects.visible_to(reading.user).filter(parliament=parliament).on(reading.day)
    table = Table.of(STATUSES_OF_PARLIAMENT, found.order_by("organisation_id", "pk"), reading, limit=20)
    return Rows(table, add=may_add("directory.status", reading, parliament=parliament.pk)) if len(table) else None


TERMS: Columns[ChamberTerm] = Columns(
    (
        Column(
            "convocation",
            gettext_lazy("Convocation"),
            lambda t, r: text_in(t.convocation.name, r.language),
            address=lambda t: address(("directory.convocation", t.convocation_id)),
        ),
        Column(
            "chamber",
            gettext_lazy("Chamber"),
            lambda t, r: text_in(t.chamber.name, r.language),
            address=lambda t: address(("directory.chamber", t.chamber_id)),
        ),
        Column("since", gettext_lazy("First day"), lambda t, r: t.since, kind="partial"),
        Column(
            "until",
            gettext_lazy("Last day"),
            lambda t, r: t.until,
            kind="partial",
            second=lambda t, r: _("overlaps another term") if "terms-overlap" in t.questioned else "",
        ),
    ),
    moves=change_move,
    related=("convocation", "chamber"),
)


@block_on(Convocation, "terms", gettext_lazy("Days of the chambers"), order=10)
def terms_of_convocation(convocation: Convocation, reading: Reading) -> Content:
    """Each chamber's first and last day."""
    found = ChamberTerm.objects.visible_to(reading.user).filter(convocation=convocation).order_by("chamber__kind", "pk")
    return Rows(
        Table.of(TERMS, found, reading, limit=BLOCK_ROWS),
        add=may_add("directory.chamberterm", reading, convocation=convocation.pk),
    )


@block_on(Chamber, "terms", gettext_lazy("Convocations"), order=10)
def terms_of_chamber(chamber: Chamber, reading: Reading) -> Content:
    """The chamber's terms, the latest first."""
    found = ChamberTerm.objects.visible_to(reading.user).filter(chamber=chamber).order_by("-since_earliest", "-pk")
    return Rows(
        Table.of(TERMS, found, reading, limit=20), add=may_add("directory.chamberterm", reading, chamber=chamber.pk)
    )


MEMBERS: Columns[Mandate] = Columns(
    (
        Column(
            "person",
            gettext_lazy("Member"),
            lambda m, r: r.name("directory.person", m.person_id),
            refs=lambda m: [("directory.person", m.person_id)],
            address=lambda m: address(("directory.person", m.person_id)),
        ),
        Column(
            "constituency",
            gettext_lazy("Constituency"),
            lambda m, r: text_in(found.name, r.language) if (found := r.seen(m.constituency)) else "",
        ),
        Column("span", gettext_lazy("Time"), lambda m, r: span_words(m, r)),
    ),
    related=("constituency",),
)


def chamber_members(chamber: Chamber, reading: Reading) -> Table[Mandate]:
    """Everybody who sat in the chamber on the day."""
    found = Mandate.objects.visible_to(reading.user).filter(chamber=chamber).on(reading.day).order_by("pk")
    return Table.of(MEMBERS, found, reading)


@block_on(Chamber, "members", gettext_lazy("Members on the day"), order=20)
def members_of(chamber: Chamber, reading: Reading) -> Content:
    """Who sat in the chamber on the day: the first rows, the number, and the way to all."""
    found = Mandate.objects.visible_to(reading.user).filter(chamber=chamber).on(reading.day).order_by("pk")
    more = list_address("directory.mandate", chamber=str(chamber.pk), on=reading.day.isoformat())
    return Rows(
        Table.of(MEMBERS, found, reading, limit=BLOCK_ROWS),
        more=more,
        add=may_add("directory.mandate", reading, chamber=chamber.pk),
    )
