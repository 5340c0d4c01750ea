"""What the directory shows on its own pages, as values."""

from __future__ import annotations

from interparl.core.addresses import address, list_address, new_address
from interparl.core.blocks import BLOCK_ROWS, Content, Facts, Rows
from interparl.core.formats import write_span
from interparl.core.hooks import block_on
from interparl.core.records import Dated
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Fact, Link
from interparl.core.translated import text_in
from interparl.directory.models import (
    Affiliation,
    Chamber,
    ChamberTerm,
    ContactPoint,
    Convocation,
    Country,
    Mandate,
    Office,
    Organisation,
    Parliament,
    Person,
    PersonName,
    Portfolio,
    Rank,
    Relation,
    Status,
)
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy


def span_words(record: Dated, reading: Reading) -> str:
    """From when to when, in words; "approximate" when the day that is read lies in the doubt."""
    words = write_span(record.since, record.until, reading.language)
    if record.holds_on(reading.day) == "approximate":
        return f"{words}, {_('approximate')}" if words else _("approximate")
    return words


def may_add(kind: str, reading: Reading, **initial: object) -> str:
    """The address of a form for a new row, for who may add one, on today's page only."""
    area, model = kind.split(".")
    if reading.is_past or not getattr(reading.user, "has_perm", lambda _name: False)(f"{area}.add_{model}"):
        return ""
    return new_address(kind, **{name: str(value) for name, value in initial.items()})


def edit_link(record: Dated) -> str:
    """Where a child row is changed."""
    return address((record.record_kind(), record.pk), "edit")


def change_move(record: Dated, reading: Reading) -> list[Link]:
    """The way to change a child row, for who may, on today's page only."""
    if reading.is_past or not record.may_change(reading.user):
        return []
    return [Link(_("Change"), edit_link(record))]


PARLIAMENTS: Columns[Parliament] = Columns(
    (
        Column("name", gettext_lazy("Name"), lambda p, r: r.name("directory.parliament", p.pk),
               refs=lambda p: [("directory.parliament", p.pk)], address=lambda p: address(("directory.parliament", p.pk))),
        Column("code", gettext_lazy("Code"), lambda p, r: p.code),
        Column("span", gettext_lazy("Time"), lambda p, r: span_words(p, r)),
    )
)  # fmt: skip


@block_on(Country, "parliaments", gettext_lazy("Parliaments"), order=30)
def parliaments_of(country: Country, reading: Reading) -> Content:
    """The country's parliaments on the day."""
    found = Parliament.objects.visible_to(reading.user).filter(country=country).on(reading.day).order_by("pk")
    add = may_add("directory.parliament", reading, country=country.pk)
    return Rows(Table.of(PARLIAMENTS, found, reading, limit=BLOCK_ROWS), add=add)


@block_on(Country, "relation", gettext_lazy("Relations with us"), place="top", order=10)
def relation_of(country: Country, reading: Reading) -> Content | None:
    """What the home parliament has with it on the day."""
    found = (
        Relation.objects.visible_to(reading.user)
        .filter(parliament__country=country)
        .on(reading.day)
        .select_related("parliament")
        .order_by("pk")
    )
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


@block_on(Country, "portfolio", gettext_lazy("Responsible"), place="side", order=10)
def officers_of(country: Country, reading: Reading) -> Content | None:
    """The officers who look after it on the day."""
    found = Portfolio.objects.visible_to(reading.user).filter(country=country).on(reading.day)
    facts = [
        Fact(str(one.user), span_words(one, reading), second=str(one.deputy) if one.deputy else "")
        for one in found.select_related("user", "deputy").order_by("pk")
    ]
    return Facts(facts) if facts else None


CHAMBERS: Columns[Chamber] = Columns(
    (
        Column("name", gettext_lazy("Name"), lambda c, r: r.name("directory.chamber", c.pk),
               refs=lambda c: [("directory.chamber", c.pk)], address=lambda c: address(("directory.chamber", c.pk))),
        Column("kind", gettext_lazy("Kind"), lambda c, r: c.get_kind_display(), kind="choice"),
        Column("seats", gettext_lazy("Seats"), lambda c, r: c.seats, kind="number"),
    )
)  # fmt: skip


@block_on(Parliament, "chambers", gettext_lazy("Chambers"), order=10)
def chambers_of(parliament: Parliament, reading: Reading) -> Content:
    """Its chambers on the day."""
    found = Chamber.objects.visible_to(reading.user).filter(parliament=parliament).on(reading.day).order_by("kind", "pk")
    add = may_add("directory.chamber", reading, parliament=parliament.pk)
    return Rows(Table.of(CHAMBERS, found, reading, limit=BLOCK_ROWS), add=add)


CONVOCATIONS: Columns[Convocation] = Columns(
    (
        Column("name", gettext_lazy("Name"), lambda c, r: text_in(c.name, r.language),
               address=lambda c: address(("directory.convocation", c.pk))),
        Column("span", gettext_lazy("Time"), lambda c, r: write_span(c.since, c.until, r.language)),
    )
)  # fmt: skip


@block_on(Parliament, "convocations", gettext_lazy("Convocations"), order=20)
def convocations_of(parliament: Parliament, reading: Reading) -> Content:
    """All its convocations, the latest first."""
    found = Convocation.objects.visible_to(reading.user).filter(parliament=parliament)
    ordered = found.order_by("-since_earliest", "-pk")
    more = list_address("directory.convocation", parliament=str(parliament.pk), days="all")
    add = may_add("directory.convocation", reading, parliament=parliament.pk)
    return Rows(Table.of(CONVOCATIONS, ordered, reading, limit=BLOCK_ROWS), more=more, add=add)


STATUSES_OF_PARLIAMENT: Columns[Status] = Columns(
    (
        Column("organisation", gettext_lazy("Organisation"),
               lambda s, r: r.name("directory.organisation", s.organisation_id),
               refs=lambda s: [("directory.organisation", s.organisation_id)],
               address=lambda s: address(("directory.organisation", s.organisation_id))),
        Column("status", gettext_lazy("Status"), lambda s, r: s.get_status_display(), kind="choice"),
        Column("span", gettext_lazy("Time"), lambda s, r: span_words(s, r)),
    )
)  # fmt: skip


@block_on(Parliament, "statuses", gettext_lazy("Status in organisations"), order=30)
def statuses_of(parliament: Parliament, reading: Reading) -> Content | None:
    """What it is in organisations on the day."""
    found = Status.objects.visible_to(reading.user).filter(parliament=parliament).on(reading.day)
    table = Table.of(STATUSES_OF_PARLIAMENT, found.order_by("organisation_id", "pk"), reading, limit=20)
    return Rows(table, add=may_add("directory.status", reading, parliament=parliament.pk)) if len(table) else None


TERMS: Columns[ChamberTerm] = Columns(
    (
        Column("convocation", gettext_lazy("Convocation"), lambda t, r: text_in(t.convocation.name, r.language),
               address=lambda t: address(("directory.convocation", t.convocation_id))),
        Column("chamber", gettext_lazy("Chamber"), lambda t, r: text_in(t.chamber.name, r.language),
               address=lambda t: address(("directory.chamber", t.chamber_id))),
        Column("since", gettext_lazy("First day"), lambda t, r: t.since, kind="partial"),
        Column("until", gettext_lazy("Last day"), lambda t, r: t.until, kind="partial",
               second=lambda t, r: _("overlaps another term") if "terms-overlap" in t.questioned else ""),
    ),
    moves=change_move,
    related=("convocation", "chamber"),
)  # fmt: skip


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
        Column("person", gettext_lazy("Member"), lambda m, r: r.name("directory.person", m.person_id),
               refs=lambda m: [("directory.person", m.person_id)],
               address=lambda m: address(("directory.person", m.person_id))),
        Column("constituency", gettext_lazy("Constituency"),
               lambda m, r: text_in(m.constituency.name, r.language) if m.constituency else ""),
        Column("span", gettext_lazy("Time"), lambda m, r: span_words(m, r)),
    ),
    related=("constituency",),
)  # fmt: skip


@block_on(Chamber, "members", gettext_lazy("Members on the day"), order=20)
def members_of(chamber: Chamber, reading: Reading) -> Content:
    """Who sat in the chamber on the day: the first rows, the number, and the way to all."""
    found = Mandate.objects.visible_to(reading.user).filter(chamber=chamber).on(reading.day).order_by("pk")
    more = list_address("directory.mandate", chamber=str(chamber.pk), **({"on": reading.day.isoformat()}))
    return Rows(
        Table.of(MEMBERS, found, reading, limit=BLOCK_ROWS), more=more,
        add=may_add("directory.mandate", reading, chamber=chamber.pk),
    )  # fmt: skip


STATUSES: Columns[Status] = Columns(
    (
        Column("parliament", gettext_lazy("Parliament"), lambda s, r: r.name("directory.parliament", s.parliament_id),
               refs=lambda s: [("directory.parliament", s.parliament_id)],
               address=lambda s: address(("directory.parliament", s.parliament_id))),
        Column("status", gettext_lazy("Status"), lambda s, r: s.get_status_display(), kind="choice"),
        Column("span", gettext_lazy("Time"), lambda s, r: span_words(s, r),
               second=lambda s, r: text_in(s.note, r.language)),
    ),
    moves=change_move,
)  # fmt: skip


@block_on(Organisation, "statuses", gettext_lazy("Statuses over time"), order=20)
def statuses_in(organisation: Organisation, reading: Reading) -> Content:
    """What parliaments have been in it, the latest first."""
    found = Status.objects.visible_to(reading.user).filter(organisation=organisation).order_by("-since_earliest", "-pk")
    return Rows(
        Table.of(STATUSES, found, reading, limit=20), add=may_add("directory.status", reading, organisation=organisation.pk)
    )


RANKS: Columns[Rank] = Columns(
    (
        Column("importance", gettext_lazy("Importance"), lambda k, r: k.get_importance_display(), kind="choice"),
        Column("order", gettext_lazy("Order"), lambda k, r: k.order, kind="number"),
        Column("span", gettext_lazy("Time"), lambda k, r: span_words(k, r)),
    ),
    moves=change_move,
)  # fmt: skip


@block_on(Organisation, "ranks", gettext_lazy("Importance to us"), order=30)
def ranks_of(organisation: Organisation, reading: Reading) -> Content | None:
    """How important it has been."""
    found = Rank.objects.visible_to(reading.user).filter(organisation=organisation).order_by("-since_earliest", "-pk")
    table = Table.of(RANKS, found, reading, limit=BLOCK_ROWS)
    add = may_add("directory.rank", reading, organisation=organisation.pk)
    return Rows(table, add=add) if len(table) or add else None


NAMES: Columns[PersonName] = Columns(
    (
        Column("text", pgettext_lazy("of a person", "Name"), lambda n, r: n.text, spoken=lambda n, r: n.language,
               second=lambda n, r: n.patronymic, address=edit_link),
        Column("language", gettext_lazy("Language"), lambda n, r: n.language or _("not known")),
        Column("kind", gettext_lazy("Kind"), lambda n, r: n.get_kind_display(), kind="choice",
               second=lambda n, r: _("preferred") if n.is_preferred else ""),
        Column("span", gettext_lazy("Time"), lambda n, r: span_words(n, r)),
        Column("source", gettext_lazy("Source"), lambda n, r: text_in(n.source.title, r.language) if n.source else ""),
    ),
    related=("source",),
)  # fmt: skip


@block_on(Person, "names", gettext_lazy("Names"), order=10)
def names_of(person: Person, reading: Reading) -> Content:
    """All names, by language."""
    found = PersonName.objects.visible_to(reading.user).filter(person=person)
    return Rows(
        Table.of(NAMES, found.order_by("language", "-is_preferred", "pk"), reading, limit=20),
        add=may_add("directory.personname", reading, person=person.pk),
    )


MANDATES: Columns[Mandate] = Columns(
    (
        Column("chamber", gettext_lazy("Chamber"), lambda m, r: text_in(m.chamber.name, r.language),
               address=lambda m: address(("directory.chamber", m.chamber_id))),
        Column("convocation", gettext_lazy("Convocation"),
               lambda m, r: text_in(m.convocation.name, r.language) if m.convocation else ""),
        Column("constituency", gettext_lazy("Constituency"),
               lambda m, r: text_in(m.constituency.name, r.language) if m.constituency else ""),
        Column("span", gettext_lazy("Time"), lambda m, r: span_words(m, r),
               second=lambda m, r: m.get_end_reason_display() if m.end_reason else ""),
    ),
    moves=change_move,
    related=("chamber", "convocation", "constituency"),
    row_class=lambda m, r: "is-ended" if m.holds_on(r.day) == "no" else "",
)  # fmt: skip


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
        Column("kind", gettext_lazy("Kind"), lambda o, r: o.get_kind_display(), kind="choice"),
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
        Column("faction", gettext_lazy("Faction"), lambda a, r: r.name("directory.faction", a.faction_id),
               refs=lambda a: [("directory.faction", a.faction_id)], address=edit_link),
        Column("role", gettext_lazy("Role"), lambda a, r: a.role),
        Column("span", gettext_lazy("Time"), lambda a, r: span_words(a, r)),
    )
)  # fmt: skip


@block_on(Person, "affiliations", gettext_lazy("Factions"), order=40)
def affiliations_of(person: Person, reading: Reading) -> Content | None:
    """All affiliations, the latest first."""
    found = Affiliation.objects.visible_to(reading.user).filter(person=person).order_by("-since_earliest", "-pk")
    table = Table.of(AFFILIATIONS, found, reading, limit=20)
    add = may_add("directory.affiliation", reading, person=person.pk)
    return Rows(table, add=add) if len(table) or add else None


def _contacts(reading: Reading, **of: object) -> Content | None:
    found = ContactPoint.objects.visible_to(reading.user).filter(**of).on(reading.day).order_by("kind", "pk")
    facts = [Fact(one.get_kind_display(), one.value, second=text_in(one.note, reading.language), address=edit_link(one)) for one in found]
    add = may_add("directory.contactpoint", reading, **{name: getattr(value, "pk", value) for name, value in of.items()})
    return Facts(facts, more=add) if facts or add else None


@block_on(Person, "contacts", gettext_lazy("Contacts"), place="side", order=10)
def contacts_of_person(person: Person, reading: Reading) -> Content | None:
    """How the person is reached on the day."""
    return _contacts(reading, person=person)


@block_on(Organisation, "contacts", gettext_lazy("Contacts"), place="side", order=10)
def contacts_of_organisation(organisation: Organisation, reading: Reading) -> Content | None:
    """How the organisation is reached on the day."""
    return _contacts(reading, organisation=organisation)


@block_on(Chamber, "contacts", gettext_lazy("Contacts"), place="side", order=10)
def contacts_of_chamber(chamber: Chamber, reading: Reading) -> Content | None:
    """How the chamber is reached on the day."""
    return _contacts(reading, chamber=chamber)
