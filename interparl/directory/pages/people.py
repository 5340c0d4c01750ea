"""Pages of people, names, mandates, offices and factions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy, pgettext_lazy

from interparl.core.addresses import address
from interparl.core.formats import language_name
from interparl.core.hooks import measures_of
from interparl.core.pages import RecordPages
from interparl.core.records import Record
from interparl.core.tables import Column, Columns, Reading
from interparl.core.translated import text_in
from interparl.directory import filters, forms
from interparl.directory.blocks.names import beside_name
from interparl.directory.models import Affiliation, Constituency, Faction, Mandate, Office, Person, PersonName
from interparl.directory.pages.columns import NOTE, SINCE, UNTIL, link_column, name_column, source_fact


def _measured(reading: Reading, person: Record, key: str) -> int:
    found = next(measure for measure in measures_of("directory.person") if measure.key == key)
    return found.count([person.pk], reading.day, reading.day, reading.user).get(person.pk, 0)


def languages_spoken(person: Person, language: str) -> str:
    """The languages that a person speaks, by their names."""
    return ", ".join(language_name(code, language) for code in person.speaks.split())


person_pages = RecordPages(
    model=Person,
    form=forms.PersonForm,
    filters=filters.PersonFilters,
    icon="people",
    related=("country", "source"),
    columns=Columns(
        (
            Column(
                "label",
                pgettext_lazy("of a person", "Name"),
                lambda p, r: r.register_name("directory.person", p.pk),
                sort="label",
                refs=lambda p: [("directory.person", p.pk)],
                address=lambda p: address(("directory.person", p.pk)),
                spoken=lambda p, r: r.spoken("directory.person", p.pk),
            ),
            link_column("country", gettext_lazy("Country"), "directory.country", "country", sort="country__code"),
            Column("born", gettext_lazy("Born"), lambda p, r: p.born, kind="partial", sort="born"),
            Column("gender", gettext_lazy("Gender"), lambda p, r: r.choice(p, "gender"), kind="choice"),
        ),
        plain=("country_id", "born", "gender"),
    ),
    facts=(
        Column("beside", gettext_lazy("Titles"), lambda p, r: beside_name(p, r)),
        Column(
            "country",
            gettext_lazy("Country"),
            lambda p, r: text_in(found.name, r.language) if (found := r.seen(p.country)) else "",
            address=lambda p: address(("directory.country", p.country_id)),
        ),
        Column("born", gettext_lazy("Born"), lambda p, r: p.born, kind="partial"),
        Column("died", gettext_lazy("Died"), lambda p, r: p.died, kind="partial"),
        Column("gender", gettext_lazy("Gender"), lambda p, r: r.choice(p, "gender"), kind="choice"),
        Column("speaks", gettext_lazy("Speaks"), lambda p, r: languages_spoken(p, r.language)),
        Column("load", gettext_lazy("Bodies on the day"), lambda p, r: _measured(r, p, "bodies"), kind="number"),
        NOTE,
        source_fact(),
    ),
)

person_name_pages = RecordPages(
    model=PersonName,
    form=forms.PersonNameForm,
    columns=Columns(
        (
            Column(
                "text",
                pgettext_lazy("of a person", "Name"),
                lambda n, r: n.text,
                sort="text",
                spoken=lambda n, r: n.language,
            ),
            link_column("person", gettext_lazy("Person"), "directory.person", "person", sort="person__label"),
            Column("language", gettext_lazy("Language"), lambda n, r: n.language, sort="language"),
            Column("script", gettext_lazy("Script"), lambda n, r: n.script, sort="script"),
            Column("kind", gettext_lazy("Kind"), lambda n, r: r.choice(n, "kind"), kind="choice"),
            Column("prefix", gettext_lazy("Before the name"), lambda n, r: n.prefix),
            Column("suffix", gettext_lazy("After the name"), lambda n, r: n.suffix),
            SINCE,
            UNTIL,
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
            link_column("person", gettext_lazy("Person"), "directory.person", "person", sort="person__label"),
            link_column("chamber", gettext_lazy("Chamber"), "directory.chamber", "chamber"),
            link_column("convocation", gettext_lazy("Convocation"), "directory.convocation", "convocation"),
            link_column("constituency", gettext_lazy("Constituency"), "directory.constituency", "constituency"),
            SINCE,
            UNTIL,
        ),
        plain=("person_id", "chamber_id", "convocation_id", "constituency_id", "since", "until"),
    ),
)

office_pages = RecordPages(
    model=Office,
    form=forms.OfficeForm,
    columns=Columns(
        (
            link_column("person", gettext_lazy("Person"), "directory.person", "person", sort="person__label"),
            Column("title", gettext_lazy("Office"), lambda o, r: text_in(o.title, r.language)),
            Column("kind", gettext_lazy("Kind"), lambda o, r: r.choice(o, "kind"), kind="choice", sort="kind"),
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
            link_column("person", gettext_lazy("Person"), "directory.person", "person", sort="person__label"),
            link_column("faction", gettext_lazy("Faction"), "directory.faction", "faction"),
            Column("role", gettext_lazy("Role"), lambda a, r: a.role),
            SINCE,
            UNTIL,
        )
    ),
)
