"""What holds for the list of every kind of record: exports, order, filters, the day, and how many queries it asks."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import django_filters
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from interparl.accounts.models import User
from interparl.core.addresses import address, list_address, page_of
from interparl.core.blocks import BLOCK_ROWS
from interparl.core.exports import FORMATS
from interparl.core.kinds import every_record, model_of
from interparl.core.listing import Listing
from interparl.core.models import Grade
from interparl.core.pages import every_record_pages
from interparl.core.records import Dated, Record
from interparl.directory.models import Chamber, Mandate, Parliament, Person, Relation
from interparl.documents.models import Document, Edition
from interparl.tasks.models import Clearance, Task
from tests.letters import OF_LETTERS
from tests.makers import a_body, a_country, a_user
from tests.meeting_cases import OF_MEETINGS
from tests.membership_cases import OF_MEMBERSHIPS, Cases
from tests.samples import a_record, many_records
from tests.spread import spread

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db: None) -> User:
    """Somebody who keeps every register."""
    return a_user("head_of_department")


every_kind = pytest.mark.parametrize("kind", sorted(every_record_pages))
# One piece of code makes all of these pages.
most_kinds = pytest.mark.parametrize("kind", spread(sorted(every_record_pages)))
sorted_columns = [
    pytest.param(kind, column.key, id=f"{kind}-{column.key}")
    for kind, pages in sorted(every_record_pages.items())
    for column in pages.columns.of
    if column.sort
]
every_filter = [
    pytest.param(kind, name, id=f"{kind}-{name}")
    for kind, pages in sorted(every_record_pages.items())
    if pages.filters
    for name in pages.filters.base_filters
]
FORMULAS = ("=1+1", "+7", "-2", "@home", "\tquiet")
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_rows(content: bytes) -> tuple[list[str], list[list[str]]]:
    """Headings and rows of a CSV export; the words about it are left out."""
    lines = [line for line in csv.reader(io.StringIO(content.decode("utf-8-sig"))) if not line[0].startswith("# ")]
    return lines[0], lines[1:]


def xlsx_rows(content: bytes, about: int) -> tuple[list[Any], list[list[Any]]]:
    """The same of a workbook, whose first `about` rows are words about it."""
    page = load_workbook(io.BytesIO(content)).worksheets[0]
    for row in page.iter_rows():
        assert [cell.coordinate for cell in row if cell.data_type == "f"] == []
    lines = [[cell.value for cell in row] for row in page.iter_rows()][about:]
    return lines[0], lines[1:]


@every_kind
def test_every_export_parses_back_to_the_same_rows_when_texts_look_like_formulas(
    kind: str, client: Client, officer: User
) -> None:
    model = model_of(kind)
    for text in FORMULAS:
        a_record(model, text=text)
    client.force_login(officer)
    answers = {form: client.get(list_address(kind, format=form, days="all")) for form in FORMATS}
    assert [answer.status_code for answer in answers.values()] == [200, 200, 200]
    data = json.loads(answers["json"].content)
    rows = [list(row.values()) for row in data["rows"]]
    assert len(rows) >= len(FORMULAS)
    headings, texts = csv_rows(answers["csv"].content)
    assert [cell for row in texts for cell in row if cell.startswith(FORMULA_SIGNS)] == []
    assert texts == [[_in_csv(value) for value in row] for row in rows]
    heads, cells = xlsx_rows(answers["xlsx"].content, len(data["about"]))
    assert heads == headings
    assert cells == [[_in_xlsx(value) for value in row] for row in _typed(kind, rows)]
    for form, answer in answers.items():
        assert answer["Content-Disposition"].endswith(f'.{form}"')


def _in_csv(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) and isinstance(value, str) else text


def _in_xlsx(value: Any) -> Any:
    """A workbook has no empty text, and its days are moments at midnight."""
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001  a workbook knows no zones
    return value if value != "" else None


def _typed(kind: str, rows: list[list[Any]]) -> list[list[Any]]:
    """The rows of the JSON export with its days as days."""
    kinds = ["number", *(column.kind for column in every_record_pages[kind].columns.of), "text", "text"]
    return [
        [date.fromisoformat(value) if one == "date" and value else value for one, value in zip(kinds, row, strict=True)]
        for row in rows
    ]


with_plain_rows = [kind for kind, pages in sorted(every_record_pages.items()) if pages.columns.plain]


@pytest.mark.parametrize("kind", with_plain_rows)
@pytest.mark.parametrize("order", ["", "-label"])
def test_an_export_says_the_same_when_its_rows_are_plain(
    kind: str, order: str, client: Client, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    many_records(model_of(kind), 3)
    client.force_login(officer)
    target = list_address(kind, format="csv", days="all", sort=order)
    plain = client.get(target).content
    monkeypatch.setattr(Listing, "all_rows", Listing.ordered)
    assert client.get(target).content == plain
    assert len(csv_rows(plain)[1]) >= 3


@every_kind
def test_a_number_stays_a_number_when_it_is_exported(kind: str, client: Client, officer: User) -> None:
    record = a_record(model_of(kind))
    client.force_login(officer)
    [row] = [
        one
        for one in client.get(list_address(kind, format="json", days="all")).json()["rows"]
        if one["id"] == record.pk
    ]
    numbers = [column.key for column in every_record_pages[kind].columns.of if column.kind == "number"]
    assert {key: type(row[key]) for key in ("id", *numbers) if row[key] is not None} == {
        key: int for key in ("id", *numbers) if row[key] is not None
    }


@pytest.mark.parametrize(("kind", "key"), sorted_columns)
def test_every_order_works_up_and_down_when_a_heading_is_pressed(
    kind: str, key: str, client: Client, officer: User
) -> None:
    model = model_of(kind)
    records = many_records(model, 5)
    if issubclass(model, Dated):
        records.append(a_record(model, since="2013", until="2017"))
    client.force_login(officer)
    shown = client.get(list_address(kind, sort=key, days="all"))
    assert {head.aria for head in shown.context["table"].head()} == {"ascending", ""}
    up, down = (
        [row["id"] for row in client.get(list_address(kind, sort=order, days="all", format="json")).json()["rows"]]
        for order in (key, f"-{key}")
    )
    assert sorted(up) == sorted(down) == sorted(model._base_manager.values_list("pk", flat=True))
    path = every_record_pages[kind].columns[key].sort
    if key != "label" or not model.labelled:
        for keys, is_down in ((up, False), (down, True)):
            values = dict(model._base_manager.values_list("pk", path.replace("label", "pk")))
            in_order = [values[one] for one in keys]
            assert in_order == sorted(in_order, key=_empty_first, reverse=is_down)


def _empty_first(value: Any) -> tuple[bool, Any]:
    """What both databases must agree on: nothing comes before something, texts by their code points."""
    return value is not None, value if value is not None else 0


@pytest.mark.parametrize(("kind", "name"), every_filter)
def test_every_filter_leaves_the_rows_that_fit_when_it_is_chosen(
    kind: str, name: str, client: Client, officer: User
) -> None:
    model = model_of(kind)
    pages = every_record_pages[kind]
    assert pages.filters is not None
    chosen = pages.filters.base_filters[name]
    client.force_login(officer)
    for value, fitting, others in _cases(model, name, chosen):
        rows = client.get(list_address(kind, format="json", days="all", **{name: value})).json()["rows"]
        ids = {row["id"] for row in rows}
        assert (ids & fitting, ids & others) == (fitting, set())
        page = client.get(list_address(kind, days="all", **{name: value}))
        assert [pill.name for pill in page.context["listing"].pills()] == [str(chosen.label)]


def _cases(model: type[Record], name: str, chosen: django_filters.Filter) -> list[tuple[str, set[int], set[int]]]:
    """Values of a filter, each with keys of rows that fit it and keys of rows that do not."""
    if (model.record_kind(), name) in OF_METHODS:
        return OF_METHODS[model.record_kind(), name]()
    path = chosen.field_name or name
    column: Any = model._meta.get_field(path.split("__")[0])
    if isinstance(chosen, django_filters.ChoiceFilter) and "__" not in path:
        records = {value: a_record(model, **{name: value}).pk for value, _label in chosen.extra["choices"]}
        return [(value, {key}, set(records.values()) - {key}) for value, key in records.items()]
    if column.is_relation and column.many_to_one:
        values: dict[str, Any] = {"region": "asia"} if path == "country__region" else {}
        pointed, other = a_record(column.related_model, **values), a_record(column.related_model)
        fits, fits_not = (a_record(model, **{path.split("__")[0]: one}).pk for one in (pointed, other))
        return [(values.get("region") or str(pointed.pk), {fits}, {fits_not})]
    raise AssertionError(f"Say in OF_METHODS what {model.record_kind()} filters by {name}.")


def _of_related_countries() -> list[tuple[str, set[int], set[int]]]:
    related, alone = a_record(Relation).parliament.country.pk, a_country().pk
    return [("true", {related}, {alone}), ("false", {alone}, {related})]


def _of_the_chamber() -> list[tuple[str, set[int], set[int]]]:
    chamber = a_record(Chamber)
    sat, never = a_record(Mandate, chamber=chamber).person.pk, a_record(Person).pk
    return [(str(chamber.pk), {sat}, {never})]


def _of_the_country() -> list[tuple[str, set[int], set[int]]]:
    country, parliament = a_country(), a_record(Parliament)
    about, within = a_body(countries=[country]).pk, a_body(parliaments=[parliament]).pk
    return [(str(country.pk), {about}, {within}), (str(parliament.country.pk), {within}, {about})]


def _with_part_of_the_parliament() -> list[tuple[str, set[int], set[int]]]:
    ours, theirs = a_record(Parliament), a_record(Parliament)
    fits, fits_not = a_body(parliaments=[ours, theirs]).pk, a_body(parliaments=[theirs]).pk
    return [(str(ours.pk), {fits}, {fits_not})]


def _hanging(model: type[Record]) -> Callable[[], Cases]:
    def answers() -> Cases:
        fits, fits_not = a_record(model), a_record(model)
        return [(f"{fits.kind}-{fits.object_id}", {fits.pk}, {fits_not.pk})]

    return answers


OF_METHODS: dict[tuple[str, str], Callable[[], Cases]] = {
    ("documents.document", "of"): _hanging(Document),
    ("documents.edition", "of"): _hanging(Edition),
    ("tasks.clearance", "of"): _hanging(Clearance),
    ("tasks.task", "of"): _hanging(Task),
    ("directory.country", "related"): _of_related_countries,
    ("directory.person", "chamber"): _of_the_chamber,
    ("bodies.body", "country"): _of_the_country,
    ("bodies.body", "parliament"): _with_part_of_the_parliament,
    **OF_MEMBERSHIPS,
    **OF_LETTERS,
    **OF_MEETINGS,
}


@pytest.mark.parametrize(("kind", "name"), spread(every_filter))
@pytest.mark.parametrize("nonsense", ["abc", "-1", "9" * 40, "1.5", "NaN", "\x00", "<b>"])
def test_a_list_is_shown_when_a_filter_makes_no_sense(
    kind: str, name: str, nonsense: str, client: Client, officer: User
) -> None:
    client.force_login(officer)
    assert client.get(list_address(kind, **{name: nonsense})).status_code == 200


@pytest.mark.parametrize("kind", spread(sorted(every_record_pages)))
@pytest.mark.parametrize(
    "query",
    [
        {"sort": "nothing"},
        {"sort": "-"},
        {"sort": "pk"},
        {"page": "0"},
        {"page": "9" * 7},
        {"page": "x"},
        {"rows": "7"},
        {"q": "\x00"},
        {"q": "%_'\""},
        {"format": "exe"},
    ],
)
def test_a_list_is_shown_when_the_address_makes_no_sense(
    kind: str, query: dict[str, str], client: Client, officer: User
) -> None:
    client.force_login(officer)
    assert client.get(list_address(kind, **query)).status_code == 200


@every_kind
def test_only_the_table_is_sent_when_htmx_asks(kind: str, client: Client, officer: User) -> None:
    a_record(model_of(kind))
    client.force_login(officer)
    part = client.get(list_address(kind, days="all"), headers={"HX-Request": "true"})
    whole = client.get(list_address(kind), headers={"HX-Request": "true", "HX-Boosted": "true"})
    assert (part.status_code, b"<html" in part.content, b"<table" in part.content) == (200, False, True)
    assert (whole.status_code, b"<html" in whole.content) == (200, True)


@most_kinds
def test_a_list_asks_as_many_queries_when_it_has_one_row_or_thirty(kind: str, client: Client, officer: User) -> None:
    model = model_of(kind)
    many_records(model, 1)
    client.force_login(officer)
    client.get(list_address(kind, days="all"))
    counts = []
    for more in (0, 29):
        many_records(model, more)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(list_address(kind, days="all"))
        counts.append((len(answer.context["table"]) >= more, len(asked)))
    assert counts == [(True, counts[0][1]), (True, counts[0][1])]
    assert counts[0][1] <= 14


@most_kinds
def test_a_page_asks_as_many_queries_when_more_hangs_on_its_record(kind: str, client: Client, officer: User) -> None:
    model = model_of(kind)
    record = a_record(model)
    if page_of(record) != (kind, record.pk):
        # A child row leads to the page of its whole, which this test reads for its own kind.
        assert page_of(record)[0] in every_record_pages
        return
    client.force_login(officer)
    counts = []
    for _round in range(2):
        for child, name in _children(model):
            for _child in range(BLOCK_ROWS + 1):
                a_record(child, **{name: record})
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address((kind, record.pk))).status_code == 200
        counts.append(len(asked))
    # The last changes may be of one kind more or less; a query for each row would be six more.
    assert counts[1] <= counts[0] + 2
    assert counts[1] <= 50


def _children(model: type[Record]) -> list[tuple[type[Record], str]]:
    """The kinds of records that point to this one, each with the relation; what a record replaces is not a child."""
    return [
        (column.related_model, column.field.name)
        for column in model._meta.related_objects
        if column.related_model in every_record() and column.related_model is not model
    ]


@every_kind
def test_rows_of_other_days_are_left_out_when_a_day_is_read(kind: str, client: Client, officer: User) -> None:
    model = model_of(kind)
    client.force_login(officer)
    if not issubclass(model, Dated) or model.happens:
        record = a_record(model)
        rows = client.get(list_address(kind, on="1999-01-01", format="json")).json()["rows"]
        assert record.pk in {row["id"] for row in rows}
        return
    early, late, doubtful = (
        a_record(model, since=since, until=until).pk
        for since, until in (("2008-10-27", "2012-10-17"), ("2012-10-18", ""), ("2012-10", "2014"))
    )
    expected = {
        "2012-10-17": {early, doubtful},
        "2012-10-18": {late, doubtful},
        "2015-01-01": {late},
        "2001-01-01": set(),
    }
    for day, keys in expected.items():
        rows = client.get(list_address(kind, on=day, format="json")).json()["rows"]
        assert {row["id"] for row in rows} & {early, late, doubtful} == keys
    grades = {row["grade"] for row in rows}
    assert grades <= {Grade.STATED.value}
