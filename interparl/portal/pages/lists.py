"""The lists behind the numbers, and the pages of bodies, countries and organisations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from interparl.bodies.blocks import COMPOSITION, composition, lineage
from interparl.bodies.models import Body, Partner
from interparl.core.exports import Sheet, download
from interparl.core.formats import write_day, write_span
from interparl.core.kept import kept
from interparl.core.moved import left_by_code
from interparl.core.records import Record
from interparl.core.requests import same_page
from interparl.core.tables import Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Fact, Link
from interparl.core.translated import shown, text_in
from interparl.directory.models import Country, Organisation, Parliament, Status
from interparl.portal.blocks import BODIES, DATASETS, Dataset, partner_rows
from interparl.portal.pages.editions import last_edition
from interparl.portal.pages.events import events_context
from interparl.portal.pages.shell import (
    OPEN_FORMATS,
    answer,
    counted_for,
    reading_of,
    refused_file,
    said,
    to,
    until_more_is_told,
)

# So many rows a page of a list has, so that it stays light; its files have all.
ROWS = 200


@kept
def dataset_page(request: HttpRequest, key: str) -> HttpResponse:
    """A list behind a number, as a page, CSV or JSON."""
    dataset = DATASETS.get(key)
    if dataset is None:
        raise Http404
    reading = reading_of(request)
    rows = dataset.rows(counted_for(reading))
    if form := request.GET.get("format", ""):
        sheet = _sheet(dataset, Table.of(dataset.columns, rows, reading), reading)
        return until_more_is_told(refused_file(request) or download(sheet, form), reading)
    count = len(rows) if isinstance(rows, list) else rows.count()
    page = asked_page(request, count)
    table = _table(request, dataset, rows[(page - 1) * ROWS : page * ROWS], reading)
    return answer(
        request,
        "dataset",
        reading,
        title=dataset.title,
        table=_without_empty(table, "edition"),
        count=count,
        pages=pages_of(request, page, count),
        counted_on=_("Counted on %(day)s from published records.")
        % {"day": write_day(reading.day, reading.language, "full")},
        files=[Link(name.upper(), to(request, "dataset", key, format=name)) for name in OPEN_FORMATS],
        footnotes=partner_rows(table) if key == "partners" else [],
    )


def _table(request: HttpRequest, dataset: Dataset, rows: Any, reading: Reading) -> Table[Any]:
    columns = dataset.on_page or dataset.columns
    linked = replace(columns.of[0], address=lambda row: to(request, *dataset.target(row)))
    return Table.of(replace(columns, of=(linked, *columns.of[1:])), rows, reading)


def asked_page(request: HttpRequest, count: int) -> int:
    """The page of a list that is asked for; what is none is the first, what is beyond the last is the last."""
    text = request.GET.get("page", "")
    asked = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 1
    return max(1, min(asked, -(-count // ROWS)))


def pages_of(request: HttpRequest, page: int, count: int) -> dict[str, str] | None:
    """The way to the page before and after, where a list has several."""
    if count <= ROWS:
        return None
    first, last = (page - 1) * ROWS + 1, min(page * ROWS, count)
    return {
        "text": _("Rows %(first)s–%(last)s of %(count)s") % {"first": first, "last": last, "count": count},
        "previous_url": same_page(request, page=str(page - 1)) if page > 1 else "",
        "next_url": same_page(request, page=str(page + 1)) if last < count else "",
    }


def _without_empty(table: Table[Any], key: str) -> Table[Any]:
    """The table without that column when no row says anything in it."""
    column = next((one for one in table.columns.of if one.key == key), None)
    if column is None or any(column.value(row, table.reading) for row in table.rows):
        return table
    columns = tuple(one for one in table.columns.of if one is not column)
    return replace(table, columns=replace(table.columns, of=columns))


def _sheet(dataset: Dataset, table: Table[Any], reading: Reading) -> Sheet:
    about = [(_("As of"), reading.day.isoformat()), (_("Mark"), _("public"))]
    rows = [[dataset.code(row), *values, row.grade] for row, values in zip(table.rows, table.values(), strict=True)]
    columns = table.columns.of
    keys = ["code", *(column.key for column in columns), "grade"]
    headings = [_("code"), *(str(column.label) for column in columns), _("grade")]
    return Sheet(f"{dataset.key}-{reading.day.isoformat()}", about, keys, headings, rows)


@kept
def body_page(request: HttpRequest, code: str) -> HttpResponse:
    """A body with who sat in it on the day; the composition as CSV and JSON."""
    reading = reading_of(request)
    body = (
        Body.objects.visible_to(reading.user)
        .filter(code=code)
        .select_related("organisation", "convocation", "source")
        .first()
    )
    if body is None:
        return _left_of(request, Body, "body", code)
    table = _without_links(composition(body, reading))
    if form := request.GET.get("format", ""):
        return refused_file(request) or download(_composition_sheet(body, table, reading), form)
    chain = lineage(body, reading)
    partners = Partner.objects.visible_to(reading.user).filter(body=body).select_related("country").order_by("pk")
    return answer(
        request,
        "body",
        reading,
        title=shown(body.name),
        body=body,
        table=said(table),
        facts=[fact for fact in _facts_of(request, body, reading) if fact.value],
        partners=[
            Link(text_in(partner.country.name), to(request, "country", partner.country.code)) for partner in partners
        ],
        chain=[Link(_chain_words(one, reading), to(request, "body", one.code)) for one in chain if one.pk != body.pk],
        files=[Link(name.upper(), to(request, "body", code, format=name)) for name in OPEN_FORMATS],
        holds=body.holds_on(reading.day) != "no",
        edition=last_edition(request, body, reading),
        **events_context(request, counted_for(reading).told.events().filter(body=body), reading),
    )


def _left_of(request: HttpRequest, model: type[Record], page: str, code: str) -> HttpResponse:
    """The way to what is left of a record that was merged, if that is public; else the page is not there.

    No browser keeps the way, for a merge can be taken back.
    """
    left = left_by_code(model, code, AnonymousUser())
    if left is None:
        raise Http404
    found = str(model._base_manager.get(pk=left).serializable_value("code"))
    answer = HttpResponsePermanentRedirect(to(request, page, found), preserve_request=True)
    answer["Cache-Control"] = "no-store"
    return answer


def _facts_of(request: HttpRequest, body: Body, reading: Reading) -> list[Fact]:
    """What is told of a body beside its members; what it points to and is not public is left out."""
    convocation, organisation = reading.seen(body.convocation), reading.seen(body.organisation)
    return [
        Fact(_("Official name"), shown(body.official_name).text, spoken=_other(shown(body.official_name))),
        Fact(_("Kind"), capfirst(body.get_kind_display())),
        Fact(_("Convocation"), text_in(convocation.name) if convocation else ""),
        Fact(
            _("Organisation"),
            text_in(organisation.name) if organisation else "",
            address=to(request, "organisation", organisation.code) if organisation else "",
        ),
        Fact(_("Note"), shown(body.note).text, spoken=_other(shown(body.note))),
        _source_of(body, reading),
        Fact(_("Grade"), capfirst(body.get_grade_display())),
    ]


def _source_of(record: Record, reading: Reading) -> Fact:
    """Where a record was read, when the source itself is public."""
    source = reading.seen(record.source)
    return Fact(_("Source"), text_in(source.title) if source else "", address=source.url if source else "")


def _chain_words(body: Body, reading: Reading) -> str:
    convocation = reading.seen(body.convocation)
    return f"{text_in(body.name)}, {text_in(convocation.name)}" if convocation else text_in(body.name)


def _other(words: Any) -> str:
    return words.language if words.is_fallback else ""


def _without_links(table: Table[Any]) -> Table[Any]:
    """The composition without the addresses of the desk."""
    columns = tuple(replace(column, address=None) for column in COMPOSITION.of)
    return replace(table, columns=Columns(columns, COMPOSITION.related, COMPOSITION.needs))


def _composition_sheet(body: Body, table: Table[Any], reading: Reading) -> Sheet:
    about = [
        (_("Body"), text_in(body.name)),
        (_("As of"), reading.day.isoformat()),
        (_("Grade"), str(body.get_grade_display())),
    ]
    columns = table.columns.of
    rows = [
        [*values, row.holds_on(reading.day) == "approximate", row.grade]
        for row, values in zip(table.rows, table.values(), strict=True)
    ]
    keys = [*(column.key for column in columns), "approximate", "grade"]
    headings = [*(str(column.label) for column in columns), _("approximate"), _("grade")]
    return Sheet(f"{body.code}-{reading.day.isoformat()}", about, keys, headings, rows)


@kept
def country_page(request: HttpRequest, code: str) -> HttpResponse:
    """A partner country: its parliament, the relation, the bodies in common on the day."""
    reading = reading_of(request)
    country = Country.objects.visible_to(reading.user).filter(code=code).first()
    if country is None:
        raise Http404
    counted = counted_for(reading)
    parliaments = Parliament.objects.visible_to(reading.user).filter(country=country).on(reading.day).order_by("pk")
    partners = Partner.objects.visible_to(reading.user).filter(country=country)
    bodies = counted.bodies(*Body.Kind.values).filter(pk__in=partners.values("body")).order_by("kind", "pk")
    linked = replace(BODIES.of[0], address=lambda row: to(request, "body", row.code))
    facts = [
        Fact(_("Parliament"), ", ".join(text_in(one.name) for one in parliaments)),
        Fact(_("Capital"), text_in(country.capital)),
        *(
            Fact(_("Relations"), capfirst(one.get_kind_display()), second=text_in(one.basis))
            for one in counted.relations().filter(parliament__country=country)
        ),
    ]
    return answer(
        request,
        "country",
        reading,
        title=shown(country.name),
        footnote=shown(country.footnote),
        facts=[fact for fact in facts if fact.value],
        table=said(Table.of(replace(BODIES, of=(linked, *BODIES.of[1:])), bodies, reading)),
        **events_context(request, counted.told.with_country(country.pk), reading),
    )


@kept
def organisation_page(request: HttpRequest, code: str) -> HttpResponse:
    """An organisation: what is done there, the parliament's status over time, the delegation of the day."""
    reading = reading_of(request)
    found = Organisation.objects.visible_to(reading.user).filter(code=code).select_related("source").first()
    if found is None:
        return _left_of(request, Organisation, "organisation", code)
    counted = counted_for(reading)
    statuses = Status.objects.visible_to(reading.user).filter(organisation=found, parliament=counted.home)
    linked = replace(BODIES.of[0], address=lambda row: to(request, "body", row.code))
    bodies = counted.bodies(*Body.Kind.values).filter(organisation=found).order_by("pk")
    facts = [
        Fact(_("Headquarters"), text_in(found.seat)),
        *(
            Fact(
                _("Status"),
                capfirst(one.get_status_display()),
                second=write_span(one.since, one.until, reading.language),
            )
            for one in statuses.order_by("since_earliest", "pk")
        ),
        _source_of(found, reading),
    ]
    return answer(
        request,
        "organisation",
        reading,
        title=shown(found.name),
        done=shown(found.done),
        footnote=shown(found.footnote),
        facts=[fact for fact in facts if fact.value],
        table=said(Table.of(replace(BODIES, of=(linked, *BODIES.of[1:])), bodies, reading)),
    )
