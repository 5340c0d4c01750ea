"""The pages of the directory."""

from __future__ import annotations

from typing import Any


from django.utils.translation import gettext_lazy

from interparl.core.addresses import address

from interparl.core.hooks import measures_of
from interparl.core.pages import RecordPages
from interparl.core.records import Record
from interparl.core.tables import Column, Columns, Reading
from interparl.core.translated import shown, text_in
from interparl.directory import filters, forms
from interparl.directory.blocks import span_words
from interparl.directory.models import (
    Affiliation,
    Chamber,
    ChamberTerm,
    Constituency,
    ContactPoint,
    Convocation,
    Country,
    Election,
    Faction,
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


def name_column(kind: str, label: Any = gettext_lazy("Name")) -> Column[Any]:
    """The label of the row's own record, linked, sorted by it."""
    return Column(
        "label", label, lambda row, r: r.name(kind, row.pk), sort="label",
        refs=lambda row: [(kind, row.pk)], address=lambda row: address((kind, row.pk)),
        spoken=lambda row, r: r.spoken(kind, row.pk),
    )  # fmt: skip


def link_column(key: str, label: Any, kind: str, field: str) -> Column[Any]:
    """The label of a record that the row points to, linked."""
    return Column(
        key, label, lambda row, r: r.name(kind, getattr(row, f"{field}_id")),
        refs=lambda row: [(kind, getattr(row, f"{field}_id"))] if getattr(row, f"{field}_id") else [],
        address=lambda row: address((kind, getattr(row, f"{field}_id"))),
    )  # fmt: skip


SINCE: Column[Any] = Column("since", gettext_lazy("From"), lambda row, r: row.since, kind="partial", sort="since_earliest")
UNTIL: Column[Any] = Column("until", gettext_lazy("To"), lambda row, r: row.until, kind="partial", sort="until_latest")
TIME: Column[Any] = Column("time", gettext_lazy("Time"), lambda row, r: span_words(row, r))


def source_fact(field: str = "source") -> Column[Any]:
    """Where the record was read, and how well it is known when that is not a stated fact."""
    return Column(
        "source", gettext_lazy("Source"), lambda row, r: text_in(row.source.title, r.language) if row.source else "",
        second=lambda row, r: row.source.licence if row.source else "",
    )  # fmt: skip


def text_fact(key: str, label: Any) -> Column[Any]:
    """A translated value, with its language when it is not the reader's."""
    return Column(
        key, label, lambda row, r: shown(getattr(row, key), r.language).text,
        spoken=lambda row, r: shown(getattr(row, key), r.language).language,
    )  # fmt: skip


def _other_names(value: Any, reading: Reading) -> str:
    return " · ".join(
        text["text"] for code, text in (value or {}).items() if code != reading.language and text["text"]
    )


def _country_context(country: Country, reading: Reading) -> dict[str, Any]:
    """What the state line of a dossier says: flag, names in the other languages, codes, capital."""
    return {
        "flag": country.code,
        "other_names": _other_names(country.name, reading),
        "codes": ", ".join(filter(None, (country.code, country.alpha3, country.numeric))),
        "capital": text_in(country.capital, reading.language),
    }


NOTE = text_fact("note", gettext_lazy("Note"))

country_pages = RecordPages(
    model=Country,
    form=forms.CountryForm,
    filters=filters.CountryFilters,
    icon="countries",
    related=("source",),
    context=_country_context,
    columns=Columns(
        (
            name_column("directory.country"),
            Column("code", gettext_lazy("Code"), lambda c, r: c.code, sort="code"),
            Column("region", gettext_lazy("Region"), lambda c, r: c.get_region_display(), kind="choice", sort="region"),
            Column("capital", gettext_lazy("Capital"), lambda c, r: text_in(c.capital, r.language)),
        )
    ),
    facts=(
        text_fact("official_name", gettext_lazy("Official name")),
        Column("region", gettext_lazy("Region"), lambda c, r: c.get_region_display(), kind="choice"),
        text_fact("footnote", gettext_lazy("Footnote")),
        NOTE,
        source_fact(),
    ),
)

parliament_pages = RecordPages(
    model=Parliament,
    form=forms.ParliamentForm,
    filters=filters.ParliamentFilters,
    icon="parliaments",
    related=("country", "source"),
    columns=Columns(
        (
            name_column("directory.parliament"),
            Column("country", gettext_lazy("Country"), lambda p, r: text_in(p.country.name, r.language),
                   address=lambda p: address(("directory.country", p.country_id))),
            Column("code", gettext_lazy("Code"), lambda p, r: p.code, sort="code"),
            TIME,
        ),
        related=("country",),
    ),  # fmt: skip
    facts=(
        text_fact("short_name", gettext_lazy("Short name")),
        Column("other", gettext_lazy("In other languages"), lambda p, r: _other_names(p.name, r)),
        Column("country", gettext_lazy("Country"), lambda p, r: text_in(p.country.name, r.language),
               address=lambda p: address(("directory.country", p.country_id))),
        Column("code", gettext_lazy("Code"), lambda p, r: p.code),
        TIME,
        NOTE,
        source_fact(),
    ),  # fmt: skip
)

chamber_pages = RecordPages(
    model=Chamber,
    form=forms.ChamberForm,
    filters=filters.ChamberFilters,
    icon="parliaments",
    related=("parliament", "source"),
    columns=Columns(
        (
            name_column("directory.chamber"),
            link_column("parliament", gettext_lazy("Parliament"), "directory.parliament", "parliament"),
            Column("kind", gettext_lazy("Kind"), lambda c, r: c.get_kind_display(), kind="choice", sort="kind"),
            Column("seats", gettext_lazy("Seats"), lambda c, r: c.seats, kind="number", sort="seats"),
        )
    ),
    facts=(
        text_fact("short_name", gettext_lazy("Short name")),
        link_column("parliament", gettext_lazy("Parliament"), "directory.parliament", "parliament"),
        Column("kind", gettext_lazy("Kind"), lambda c, r: c.get_kind_display(), kind="choice"),
        Column("seats", gettext_lazy("Seats"), lambda c, r: c.seats, kind="number"),
        Column("code", gettext_lazy("Code"), lambda c, r: c.code),
        TIME,
        NOTE,
        source_fact(),
    ),
)

convocation_pages = RecordPages(
    model=Convocation,
    form=forms.ConvocationForm,
    filters=filters.ConvocationFilters,
    related=("parliament", "source"),
    columns=Columns(
        (
            name_column("directory.convocation"),
            link_column("parliament", gettext_lazy("Parliament"), "directory.parliament", "parliament"),
            SINCE,
            UNTIL,
        )
    ),
    facts=(
        link_column("parliament", gettext_lazy("Parliament"), "directory.parliament", "parliament"),
        Column("number", gettext_lazy("Number"), lambda c, r: c.number, kind="number"),
        TIME,
        NOTE,
        source_fact(),
    ),
)

chamber_term_pages = RecordPages(
    model=ChamberTerm,
    form=forms.ChamberTermForm,
    columns=Columns(
        (
            link_column("convocation", gettext_lazy("Convocation"), "directory.convocation", "convocation"),
            link_column("chamber", gettext_lazy("Chamber"), "directory.chamber", "chamber"),
            SINCE,
            UNTIL,
        )
    ),
)

election_pages = RecordPages(
    model=Election,
    form=forms.ElectionForm,
    columns=Columns(
        (
            link_column("chamber", gettext_lazy("Chamber"), "directory.chamber", "chamber"),
            Column("held_on", gettext_lazy("Held on"), lambda e, r: e.held_on, kind="partial", sort="held_on"),
        )
    ),
)

organisation_pages = RecordPages(
    model=Organisation,
    form=forms.OrganisationForm,
    filters=filters.OrganisationFilters,
    icon="organisations",
    related=("parent", "source"),
    columns=Columns(
        (
            name_column("directory.organisation"),
            Column("acronym", gettext_lazy("Acronym"), lambda o, r: text_in(o.acronym, r.language)),
            Column("kind", gettext_lazy("Kind"), lambda o, r: o.get_kind_display(), kind="choice", sort="kind"),
            Column("seat", gettext_lazy("Seat"), lambda o, r: text_in(o.seat, r.language)),
            TIME,
        )
    ),
    facts=(
        text_fact("name", gettext_lazy("Official name")),
        text_fact("acronym", gettext_lazy("Acronym")),
        Column("kind", gettext_lazy("Kind"), lambda o, r: o.get_kind_display(), kind="choice"),
        link_column("parent", gettext_lazy("Part of"), "directory.organisation", "parent"),
        text_fact("seat", gettext_lazy("Seat")),
        TIME,
        text_fact("done", gettext_lazy("What is done there")),
        text_fact("footnote", gettext_lazy("Footnote")),
        NOTE,
        source_fact(),
    ),
)

rank_pages = RecordPages(
    model=Rank,
    form=forms.RankForm,
    columns=Columns(
        (
            link_column("organisation", gettext_lazy("Organisation"), "directory.organisation", "organisation"),
            Column("importance", gettext_lazy("Importance"), lambda k, r: k.get_importance_display(), kind="choice"),
            Column("order", gettext_lazy("Order"), lambda k, r: k.order, kind="number", sort="order"),
            SINCE,
            UNTIL,
        )
    ),
)

status_pages = RecordPages(
    model=Status,
    form=forms.StatusForm,
    columns=Columns(
        (
            link_column("organisation", gettext_lazy("Organisation"), "directory.organisation", "organisation"),
            link_column("parliament", gettext_lazy("Parliament"), "directory.parliament", "parliament"),
            Column("status", gettext_lazy("Status"), lambda s, r: s.get_status_display(), kind="choice", sort="status"),
            SINCE,
            UNTIL,
        )
    ),
)

relation_pages = RecordPages(
    model=Relation,
    form=forms.RelationForm,
    filters=filters.RelationFilters,
    icon="flag",
    columns=Columns(
        (
            Column("with", gettext_lazy("With"),
                   lambda n, r: r.name(*(n.whole or ("", None))), refs=lambda n: [n.whole] if n.whole else [],
                   address=lambda n: address(n.whole) if n.whole else ""),
            Column("country", gettext_lazy("Country"),
                   lambda n, r: text_in(n.parliament.country.name, r.language) if n.parliament else "",
                   sort="parliament__country__code"),
            Column("kind", gettext_lazy("Kind"), lambda n, r: n.get_kind_display(), kind="choice", sort="kind"),
            SINCE,
            UNTIL,
        ),
        related=("parliament__country",),
    ),  # fmt: skip
)


def _measured(reading: Reading, person: Record, key: str) -> int:
    found = next(measure for measure in measures_of("directory.person") if measure.key == key)
    return found.count([person.pk], reading.day, reading.day).get(person.pk, 0)


person_pages = RecordPages(
    model=Person,
    form=forms.PersonForm,
    filters=filters.PersonFilters,
    icon="people",
    related=("country", "source"),
    columns=Columns(
        (
            Column("label", gettext_lazy("Name"), lambda p, r: r.register_name("directory.person", p.pk), sort="label",
                   refs=lambda p: [("directory.person", p.pk)], address=lambda p: address(("directory.person", p.pk)),
                   spoken=lambda p, r: r.spoken("directory.person", p.pk)),
            Column("country", gettext_lazy("Country"),
                   lambda p, r: text_in(p.country.name, r.language) if p.country else "", sort="country__code"),
            Column("born", gettext_lazy("Born"), lambda p, r: p.born, kind="partial", sort="born"),
            Column("gender", gettext_lazy("Gender"), lambda p, r: p.get_gender_display(), kind="choice"),
        ),
        related=("country",),
    ),  # fmt: skip
    facts=(
        Column("country", gettext_lazy("Country"), lambda p, r: text_in(p.country.name, r.language) if p.country else "",
               address=lambda p: address(("directory.country", p.country_id))),
        Column("born", gettext_lazy("Born"), lambda p, r: p.born, kind="partial"),
        Column("died", gettext_lazy("Died"), lambda p, r: p.died, kind="partial"),
        Column("gender", gettext_lazy("Gender"), lambda p, r: p.get_gender_display(), kind="choice"),
        Column("load", gettext_lazy("Bodies on the day"), lambda p, r: _measured(r, p, "bodies"), kind="number"),
        NOTE,
        source_fact(),
    ),  # fmt: skip
)

person_name_pages = RecordPages(
    model=PersonName,
    form=forms.PersonNameForm,
    columns=Columns(
        (
            Column("text", gettext_lazy("Name"), lambda n, r: n.text, sort="text", spoken=lambda n, r: n.language),
            link_column("person", gettext_lazy("Person"), "directory.person", "person"),
            Column("language", gettext_lazy("Language"), lambda n, r: n.language, sort="language"),
            Column("kind", gettext_lazy("Kind"), lambda n, r: n.get_kind_display(), kind="choice"),
        )
    ),
)

constituency_pages = RecordPages(
    model=Constituency,
    form=forms.ConstituencyForm,
    columns=Columns(
        (
            name_column("directory.constituency"),
            link_column("chamber", gettext_lazy("Chamber"), "directory.chamber", "chamber"),
            Column("number", gettext_lazy("Number"), lambda c, r: c.number, kind="number", sort="number"),
        )
    ),
)

mandate_pages = RecordPages(
    model=Mandate,
    form=forms.MandateForm,
    filters=filters.MandateFilters,
    columns=Columns(
        (
            link_column("person", gettext_lazy("Person"), "directory.person", "person"),
            link_column("chamber", gettext_lazy("Chamber"), "directory.chamber", "chamber"),
            Column("convocation", gettext_lazy("Convocation"),
                   lambda m, r: text_in(m.convocation.name, r.language) if m.convocation else ""),
            Column("constituency", gettext_lazy("Constituency"),
                   lambda m, r: text_in(m.constituency.name, r.language) if m.constituency else ""),
            SINCE,
            UNTIL,
        ),
        related=("convocation", "constituency"),
    ),  # fmt: skip
)

office_pages = RecordPages(
    model=Office,
    form=forms.OfficeForm,
    columns=Columns(
        (
            link_column("person", gettext_lazy("Person"), "directory.person", "person"),
            Column("title", gettext_lazy("Office"), lambda o, r: text_in(o.title, r.language)),
            Column("kind", gettext_lazy("Kind"), lambda o, r: o.get_kind_display(), kind="choice", sort="kind"),
            SINCE,
            UNTIL,
        )
    ),
)

faction_pages = RecordPages(
    model=Faction,
    form=forms.FactionForm,
    columns=Columns(
        (
            name_column("directory.faction"),
            link_column("chamber", gettext_lazy("Chamber"), "directory.chamber", "chamber"),
            SINCE,
            UNTIL,
        )
    ),
)

affiliation_pages = RecordPages(
    model=Affiliation,
    form=forms.AffiliationForm,
    columns=Columns(
        (
            link_column("person", gettext_lazy("Person"), "directory.person", "person"),
            link_column("faction", gettext_lazy("Faction"), "directory.faction", "faction"),
            Column("role", gettext_lazy("Role"), lambda a, r: a.role),
            SINCE,
            UNTIL,
        )
    ),
)

contact_point_pages = RecordPages(
    model=ContactPoint,
    form=forms.ContactPointForm,
    columns=Columns(
        (
            Column("value", gettext_lazy("Contact"), lambda c, r: c.value, sort="value"),
            Column("kind", gettext_lazy("Kind"), lambda c, r: c.get_kind_display(), kind="choice", sort="kind"),
            Column("of", gettext_lazy("Of"), lambda c, r: r.name(*(c.whole or ("", None))),
                   refs=lambda c: [c.whole] if c.whole else []),
        )
    ),  # fmt: skip
)

portfolio_pages = RecordPages(
    model=Portfolio,
    form=forms.PortfolioForm,
    columns=Columns(
        (
            Column("user", gettext_lazy("Officer"), lambda p, r: str(p.user)),
            Column("of", gettext_lazy("Of"), lambda p, r: r.name(*(p.whole or ("", None))),
                   refs=lambda p: [p.whole] if p.whole else []),
            SINCE,
            UNTIL,
        ),
        related=("user",),
    ),  # fmt: skip
)

