"""Pages of countries, parliaments, chambers and their convocations."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from interparl.core.addresses import address
from interparl.core.pages import RecordPages
from interparl.core.tables import Column, Columns, Reading
from interparl.core.translated import text_in
from interparl.directory import filters, forms
from interparl.directory.models import Chamber, ChamberTerm, Convocation, Country, Election, Parliament
from interparl.directory.pages.columns import (
    NOTE,
    SINCE,
    TIME,
    UNTIL,
    link_column,
    name_column,
    other_names,
    source_fact,
    text_fact,
)


def _country_context(country: Country, reading: Reading) -> dict[str, Any]:
    """What the state line of a dossier says: flag, names in the other languages, codes, capital."""
    return {
        "flag": country.code,
        "other_names": other_names(country.name, reading),
        "codes": ", ".join(filter(None, (country.code, country.alpha3, country.numeric))),
        "capital": text_in(country.capital, reading.language),
    }


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
            Column("region", gettext_lazy("Region"), lambda c, r: r.choice(c, "region"), kind="choice", sort="region"),
            Column("capital", gettext_lazy("Capital"), lambda c, r: text_in(c.capital, r.language)),
        )
    ),
    facts=(
        text_fact("official_name", gettext_lazy("Official name")),
        Column("region", gettext_lazy("Region"), lambda c, r: r.choice(c, "region"), kind="choice"),
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
            Column(
                "country",
                gettext_lazy("Country"),
                lambda p, r: text_in(p.country.name, r.language),
                address=lambda p: address(("directory.country", p.country_id)),
            ),
            Column("code", gettext_lazy("Code"), lambda p, r: p.code, sort="code"),
            TIME,
        ),
        related=("country",),
    ),
    facts=(
        text_fact("short_name", gettext_lazy("Short name")),
        Column("other", gettext_lazy("In other languages"), lambda p, r: other_names(p.name, r)),
        Column(
            "country",
            gettext_lazy("Country"),
            lambda p, r: text_in(p.country.name, r.language),
            address=lambda p: address(("directory.country", p.country_id)),
        ),
        Column("code", gettext_lazy("Code"), lambda p, r: p.code),
        TIME,
        NOTE,
        source_fact(),
    ),
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
            Column("kind", gettext_lazy("Kind"), lambda c, r: r.choice(c, "kind"), kind="choice", sort="kind"),
            Column("seats", gettext_lazy("Seats"), lambda c, r: c.seats, kind="number", sort="seats"),
        )
    ),
    facts=(
        text_fact("short_name", gettext_lazy("Short name")),
        link_column("parliament", gettext_lazy("Parliament"), "directory.parliament", "parliament"),
        Column("kind", gettext_lazy("Kind"), lambda c, r: r.choice(c, "kind"), kind="choice"),
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
