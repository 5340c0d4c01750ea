"""Blocks of people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from interparl.core.addresses import address
from interparl.core.blocks import Content, Rows
from interparl.core.hooks import block_on
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.translated import text_in
from interparl.directory.blocks.parts import change_move, edit_link, may_add, span_words
from interparl.directory.models import (
    Affiliation,
    Mandate,
    Office,
    Person,
)

MANDATES: Columns[Mandate] = Columns(
    (
        Column(
            "chamber",
            gettext_lazy("Chamber"),
            lambda m, r: text_in(m.chamber.name, r.language),
            address=lambda m: address(("directory.chamber", m.chamber_id)),
        ),
        Column(
            "convocation",
            gettext_lazy("Convocation"),
            lambda m, r: text_in(found.name, r.language) if (found := r.seen(m.convocation)) else "",
        ),
        Column(
            "constituency",
            gettext_lazy("Constituency"),
            lambda m, r: text_in(found.name, r.language) if (found := r.seen(m.constituency)) else "",
        ),
        Column(
            "span",
            gettext_lazy("Time"),
            lambda m, r: span_words(m, r),
            second=lambda m, r: r.choice(m, "end_reason") if m.end_reason else "",
        ),
    ),
    moves=change_move,
    related=("chamber", "convocation", "constituency"),
    row_class=lambda m, r: "is-ended" if m.holds_on(r.day) == "no" else "",
)


@block_on(Person, "mandates", gettext_lazy("Mandates"), order=20)
def mandates_of(person: Person, reading: Reading) -> Content:
    """All mandates, the latest first; those that do not hold on the day are grey."""
    found = Mandate.objects.visible_to(reading.user).filter(person=person).order_by("-since_earliest", "-pk")
    return Rows(
        Table.of(MANDATES, found, reading, limit=20), add=may_add("directory.mandate", reading, person=person.pk)
    )


OFFICES: Columns[Office] = Columns(
    (
        Column("title", gettext_lazy("Office"), lambda o, r: text_in(o.title, r.language), address=edit_link),
        Column("kind", gettext_lazy("Kind"), lambda o, r: r.choice(o, "kind"), kind="choice"),
        Column("span", gettext_lazy("Time"), lambda o, r: span_words(o, r)),
    ),
    row_class=lambda o, r: "is-ended" if o.holds_on(r.day) == "no" else "",
)


@block_on(Person, "offices", gettext_lazy("Offices"), order=30)
def offices_of(person: Person, reading: Reading) -> Content | None:
    """All offices, the latest first."""
    found = Office.objects.visible_to(reading.user).filter(person=person).order_by("-since_earliest", "-pk")
    table = Table.of(OFFICES, found, reading, limit=20)
    add = may_add("directory.office", reading, person=person.pk)
    return Rows(table, add=add) if len(table) or add else None


AFFILIATIONS: Columns[Affiliation] = Columns(
    (
        Column(
            "faction",
            gettext_lazy("Faction"),
            lambda a, r: r.name("directory.faction", a.faction_id),
            refs=lambda a: [("directory.faction", a.faction_id)],
            address=edit_link,
        ),
        Column("role", gettext_lazy("Role"), lambda a, r: a.role),
        Column("span", gettext_lazy("Time"), lambda a, r: span_words(a, r)),
    )
)


@block_on(Person, "affiliations", gettext_lazy("Factions"), order=40)
def affiliations_of(person: Person, reading: Reading) -> Content | None:
    """All affiliations, the latest first."""
    found = Affiliation.objects.visible_to(reading.user).filter(person=person).order_by("-since_earliest", "-pk")
    table = Table.of(AFFILIATIONS, found, reading, limit=20)
    add = may_add("directory.affiliation", reading, person=person.pk)
    return Rows(table, add=add) if len(table) or add else None
