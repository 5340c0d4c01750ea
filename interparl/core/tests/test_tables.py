"""Tables: every cell is escaped, whatever decorates it; the same rows as values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import User
from interparl.core.models import Source
from interparl.core.tables import Column, Columns, Reading, Table, write_value
from tests import makers

ATTACK = "<script>alert('x')</script>\"&"
ESCAPED = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&#34;&amp;"


def reading(language: str = "en") -> Reading:
    """Somebody who reads; no database is asked."""
    return Reading(user=User(username="reader", role="desk_officer"), language=language, day=date(2014, 6, 1))


def body_of(*columns: Column[Any], language: str = "en") -> str:
    """The markup of one row under these columns."""
    return str(Table(Columns(columns), [Source(key="k")], reading(language)).body())


def attacked(**rest: Any) -> Column[Any]:
    """A column whose value, label and decorations are all hostile."""
    return Column("key", ATTACK, lambda _row, _reading: ATTACK, **rest)


@pytest.mark.parametrize(
    "column",
    [
        attacked(),
        attacked(kind="choice"),
        attacked(kind="partial"),
        attacked(kind="person", side=lambda _row: "theirs"),
        attacked(second=lambda _row, _reading: ATTACK),
        attacked(address=lambda _row: f"/x?{ATTACK}"),
        attacked(tone=lambda _row, _reading: ATTACK),
        attacked(spoken=lambda _row, _reading: ATTACK),
    ],
)
def test_no_markup_of_a_value_reaches_the_page_when_a_cell_is_written(column: Column[Any]) -> None:
    other: Column[Any] = Column("other", "Other", lambda _row, _reading: "x")
    for columns in ([column], [other, column]):
        body = body_of(*columns)
        assert (body.count("<script"), body.count('">alert'), ESCAPED in body) == (0, 0, True)


def test_a_row_has_a_heading_cell_and_labelled_cells_when_written() -> None:
    body = body_of(
        Column("a", "First", lambda _row, _reading: "A", address=lambda _row: "/a/"),
        Column("b", "Second", lambda _row, _reading: 1234.5, kind="number"),
        Column(
            "c", "Third", lambda _row, _reading: "2012-10", kind="partial", second=lambda _row, _reading: "doubtful"
        ),
        Column("d", "Fourth", lambda _row, _reading: "gone", tone=lambda _row, _reading: "bad"),
        Column("e", "Fifth", lambda _row, _reading: "Група", spoken=lambda _row, _reading: "be"),
    )
    assert body == (
        '<tr role="row"><th role="rowheader" scope="row"><a href="/a/">A</a></th>'
        '<td role="cell" class="number" data-label="Second">1,234.5</td>'
        '<td role="cell" class="day" data-label="Third">Oct 2012<span class="second">doubtful</span></td>'
        '<td role="cell" data-label="Fourth"><span class="badge badge-bad">gone</span></td>'
        '<td role="cell" data-label="Fifth"><bdi lang="be">Група</bdi></td></tr>'
    )


def test_an_empty_cell_has_no_link_and_no_badge_when_there_is_no_value() -> None:
    body = body_of(
        Column("a", "A", lambda _row, _reading: None, address=lambda _row: "/a/"),
        Column("b", "B", lambda _row, _reading: "", tone=lambda _row, _reading: "bad", kind="person"),
    )
    assert body == '<tr role="row"><th role="rowheader" scope="row"></th><td role="cell" data-label="B"></td></tr>'


def test_a_text_in_the_reader_s_language_has_no_language_mark_when_written() -> None:
    column: Column[Any] = Column("e", "E", lambda _row, _reading: "Група", spoken=lambda _row, _reading: "be")
    assert "<bdi" not in body_of(column, language="be")


@pytest.mark.parametrize(
    ("value", "kind", "language", "words"),
    [
        (None, "text", "en", ""),
        ("", "choice", "en", ""),
        (True, "text", "en", "yes"),
        (False, "text", "en", "no"),
        (0, "number", "en", "0"),
        (Decimal("1234.50"), "number", "be", "1 234,5"),
        (date(2014, 6, 1), "date", "en", "1 Jun 2014"),
        ("2012-10", "partial", "en", "Oct 2012"),
        ("head", "choice", "en", "Head"),
        ("head", "text", "en", "head"),
    ],
)
def test_a_value_is_read_in_its_way_when_it_has_a_kind(value: Any, kind: Any, language: str, words: str) -> None:
    assert write_value(value, kind, language).replace("\N{NO-BREAK SPACE}", " ") == words


def test_a_heading_leads_to_the_other_order_when_it_is_sorted_already() -> None:
    columns: Columns[Any] = Columns(
        (
            Column("a", "A", lambda _row, _reading: "", sort="a"),
            Column("b", "B", lambda _row, _reading: "", sort="b"),
            Column("c", "C", lambda _row, _reading: "", kind="number"),
        )
    )

    def heads(sort: str) -> list[tuple[str, str, bool]]:
        made = Table(columns, [], reading(), sort=sort, sort_address=lambda key: f"?sort={key}").head()
        return [(one.address, one.aria, one.is_number) for one in made]

    assert heads("a") == [("?sort=-a", "ascending", False), ("?sort=b", "", False), ("", "", True)]
    assert heads("-a") == [("?sort=a", "descending", False), ("?sort=b", "", False), ("", "", True)]
    assert heads("c") == [("?sort=a", "", False), ("?sort=b", "", False), ("", "", True)]


@pytest.mark.django_db
def test_a_table_counts_all_rows_only_when_the_limit_cuts_some(officer: User) -> None:
    for _number in range(3):
        makers.a_country()
    country = makers.a_country()
    kind = country.record_kind()
    columns: Columns[Any] = Columns(
        (Column("label", "Name", lambda row, r: r.name(kind, row.pk), refs=lambda row: [(kind, row.pk)]),)
    )
    found = type(country).objects.order_by("pk")
    for limit, rows, queries in ((None, 4, 2), (9, 4, 2), (4, 4, 2), (3, 3, 3)):
        with CaptureQueriesContext(connection) as asked:
            table = Table.of(columns, found.all(), makers.a_reading(officer), limit=limit)
            values = list(table.values())
        assert (len(table), table.total, len(asked)) == (rows, 4, queries)
        assert values == [[str(row)] for row in found[:limit]]


@pytest.mark.django_db
def test_the_names_of_several_tables_come_with_one_query_and_hidden_ones_not(member: User) -> None:
    def columns(kind: str) -> Columns[Any]:
        return Columns(
            (Column("label", "Name", lambda row, r: r.name(kind, row.pk), refs=lambda row: [(kind, row.pk)]),)
        )

    hidden = makers.a_country(mark="official")
    rows: list[list[Any]] = [
        [makers.a_country(), hidden],
        [makers.a_person("Anna", "")],
        [makers.an_organisation(name="Assembly")],
    ]
    reading = makers.a_reading(member)
    tables = [Table.of(columns(several[0].record_kind()), several, reading) for several in rows]
    with CaptureQueriesContext(connection) as asked:
        pages = [table.body() for table in tables]
        assert [list(table.values()) for table in tables[1:]] == [[["Anna"]], [["Assembly"]]]
    assert (len(asked), list(tables[0].values())) == (1, [[str(rows[0][0])], [""]])
    assert [("Anna" in page, "Assembly" in page) for page in pages] == [(False, False), (True, False), (False, True)]


def test_a_column_is_found_by_its_key_when_asked() -> None:
    columns: Columns[Any] = Columns((attacked(), Column("b", "B", lambda _row, _reading: "")))
    assert columns["b"].label == "B"
    with pytest.raises(StopIteration):
        columns["c"]


def test_a_person_is_written_surname_first_in_a_register_when_the_language_does_so() -> None:
    name = reading("be")
    assert name.name("directory.person", None) == name.register_name("directory.person", 5) == ""
