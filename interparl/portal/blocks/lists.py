"""The lists behind the numbers of the public page: columns, rows, and the page of a row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from interparl.bodies.models import Body, Membership
from interparl.core.formats import write_day
from interparl.core.labels import keys_in_order
from interparl.core.tables import Column, Columns, Reading, Table, Words
from interparl.core.translated import text_in
from interparl.directory.models import Country, Organisation, Relation, Status
from interparl.documents.models import Edition
from interparl.meetings.models import Participation
from interparl.portal.blocks.events import EVENTS, ON_PAGE
from interparl.portal.measures import Counted

PERSON = "directory.person"


def _heads(body: Body, reading: Reading) -> str:
    return ", ".join(reading.name(PERSON, one.person_id) for one in _leading(body, reading))


def _leading(body: Body, reading: Reading) -> list[Membership]:
    heads = (Membership.Role.HEAD, Membership.Role.CO_CHAIR)
    return [one for one in body.memberships.all() if one.role in heads and one.holds_on(reading.day) != "no"]


BODIES: Columns[Body] = Columns(
    (
        Column("name", _("Name"), lambda b, r: text_in(b.name, r.language)),
        Column(
            "country",
            _("Country"),
            lambda b, r: ", ".join(text_in(c.name, r.language) for p in b.partners.all() if (c := r.seen(p.country))),
        ),
        Column(
            "organisation",
            _("Organisation"),
            lambda b, r: text_in(found.short_name, r.language) if (found := r.seen(b.organisation)) else "",
        ),
        Column("head", _("Head"), _heads, refs=lambda b: [(PERSON, one.person_id) for one in b.memberships.all()]),
        Column("since", _("From"), lambda b, r: b.since, kind="partial"),
        Column("until", _("To"), lambda b, r: b.until, kind="partial"),
        Column("edition", _("Last list"), lambda b, r: edition_of(b, r)),
    ),
    related=("organisation",),
    needs=(
        "partners__country",
        Prefetch("memberships", Membership.objects.filter(role__in=("head", "co-chair")).order_by("part_id", "pk")),
    ),
)


def edition_of(body: Body, reading: Reading) -> str:
    """The last edition of the body's list that is published; all are asked for once a page."""
    key = "last editions"
    if key not in reading.memo:
        reading.memo[key] = Counted(None, reading.day, reading.user).last_editions
    found = reading.memo[key].get(body.pk)
    return edition_words(found, reading.language) if found else ""


def edition_words(edition: Edition, language: str) -> str:
    """The edition by its number and day."""
    day = write_day(edition.released_on, language, "full")
    return gettext("Edition %(number)s, %(day)s") % {"number": edition.number, "day": day}


def columns_but(columns: Columns[Body], *keys: str) -> Columns[Body]:
    """Those columns without some."""
    kept = tuple(column for column in columns.of if column.key not in keys)
    return Columns(kept, columns.related, columns.needs)


PARTNERS: Columns[Relation] = Columns(
    (
        Column(
            "country",
            _("Country"),
            lambda n, r: (
                text_in(n.parliament.country.name, r.language) + ("*" if n.parliament.country.footnote else "")
                if n.parliament
                else ""
            ),
        ),
        Column(
            "parliament", _("Parliament"), lambda n, r: text_in(n.parliament.name, r.language) if n.parliament else ""
        ),
        Column("kind", _("Relations"), lambda n, r: r.choice(n, "kind"), kind="choice"),
        Column("since", _("From"), lambda n, r: n.since, kind="partial"),
    ),
    related=("parliament__country",),
)

ORGANISATIONS: Columns[Organisation] = Columns(
    (
        Column("name", _("Name"), lambda o, r: text_in(o.name, r.language)),
        Column("acronym", _("Acronym"), lambda o, r: text_in(o.acronym, r.language)),
        Column("status", _("Status"), lambda o, r: _status(o, r), kind="choice"),
        Column("seat", _("Headquarters"), lambda o, r: text_in(o.seat, r.language)),
    ),
    needs=(Prefetch("statuses", Status.objects.select_related("parliament").order_by("since_earliest", "pk")),),
)


def _status(organisation: Organisation, reading: Reading) -> str:
    """What the home parliament is there on the day."""
    ours = [one for one in organisation.statuses.all() if one.parliament.is_ours and one.holds_on(reading.day) != "no"]
    return str(ours[-1].get_status_display()) if ours else ""


@dataclass(frozen=True)
class Dataset:
    """A public list: its key in the address, its title, columns, rows, and the page of a row.

    `on_page` are the columns of the page where they are others than those of the files; `menu` is what it is called in
    the menu, "" for one that is not there.
    """

    key: str
    title: Words
    columns: Columns[Any]
    rows: Callable[[Counted], Any]
    target: Callable[[Any], tuple[str, str]]
    code: Callable[[Any], str]
    on_page: Columns[Any] | None = None
    menu: Words = ""


def _by_country(found: QuerySet[Relation]) -> list[Relation]:
    """Relations in the order of the countries' names, one for each country."""
    rows = {row.parliament.country_id: row for row in found.select_related("parliament__country") if row.parliament}
    return [rows[key] for key in keys_in_order(Country.objects.filter(pk__in=rows), _language())]


def _by_name(found: QuerySet[Any]) -> list[Any]:
    """Rows in the order of their labels."""
    rows = {row.pk: row for row in found}
    return [rows[key] for key in keys_in_order(found, _language())]


def _language() -> str:
    return get_language() or "en"


def _body(body: Body) -> tuple[str, str]:
    return "body", body.code


def _code(row: Any) -> str:
    return str(row.code)


def _events(key: str, title: Words, rows: Callable[[Counted], Any], menu: Words = "") -> Dataset:
    """A list of events; what has no code goes by its number."""
    return Dataset(key, title, EVENTS, rows, lambda e: ("event", str(e.pk)), lambda e: str(e.pk), ON_PAGE, menu)


def _talks(capacity: str, key: str, title: Words) -> Dataset:
    return _events(key, title, lambda c: c.told.in_order(c.told.talks_with(capacity)))


_Capacity = Participation.Capacity
# The list behind each number of talks, by the capacity of the other side.
TALKS = {
    str(_Capacity.PARLIAMENTARIAN.value): _talks(
        _Capacity.PARLIAMENTARIAN, "talks-with-parliamentarians", _("Talks with parliamentarians")
    ),
    str(_Capacity.POLITICIAN.value): _talks(
        _Capacity.POLITICIAN, "talks-with-politicians", _("Talks with politicians")
    ),
    str(_Capacity.DIPLOMAT.value): _talks(_Capacity.DIPLOMAT, "talks-with-diplomats", _("Talks with diplomats")),
    str(_Capacity.BUSINESS.value): _talks(
        _Capacity.BUSINESS, "talks-with-businesspeople", _("Talks with businesspeople")
    ),
    str(_Capacity.STATE.value): _talks(_Capacity.STATE, "talks-with-statespeople", _("Talks with statespeople")),
}


DATASETS = {
    dataset.key: dataset
    for dataset in (
        Dataset(
            "partners",
            _("Partner parliaments"),
            PARTNERS,
            lambda c: _by_country(c.relations()),
            lambda n: ("country", n.parliament.country.code),
            lambda n: n.parliament.country.code,
            menu=pgettext_lazy("menu", "Partners"),
        ),
        Dataset(
            "working-groups",
            _("Working groups"),
            columns_but(BODIES, "organisation"),
            lambda c: _by_name(c.working_groups()),
            _body,
            _code,
            menu=_("Working groups"),
        ),
        Dataset(
            "commissions",
            _("Interparliamentary commissions"),
            columns_but(BODIES, "organisation"),
            lambda c: _by_name(c.commissions()),
            _body,
            _code,
            menu=pgettext_lazy("menu", "Commissions"),
        ),
        Dataset(
            "delegations",
            _("Permanent delegations"),
            columns_but(BODIES, "country"),
            lambda c: _by_name(c.delegations().select_related("organisation")),
            _body,
            _code,
            menu=pgettext_lazy("menu", "Delegations"),
        ),
        Dataset(
            "organisations",
            _("Organisations"),
            ORGANISATIONS,
            lambda c: _by_name(
                Organisation.objects.visible_to(c.user).on(c.day).filter(kind=Organisation.Kind.INTERPARLIAMENTARY)
            ),
            lambda o: ("organisation", o.code),
            _code,
            menu=_("Organisations"),
        ),
        _events("events", _("Events"), lambda c: c.told.in_order(c.told.events()), _("Events")),
        *TALKS.values(),
    )
}


def partner_rows(table: Table[Any]) -> list[tuple[str, str]]:
    """The footnotes of the countries in the table."""
    language = table.reading.language
    return [
        (text_in(row.parliament.country.name, language), text_in(row.parliament.country.footnote, language))
        for row in table.rows
        if row.parliament and row.parliament.country.footnote
    ]
