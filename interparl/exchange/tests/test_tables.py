"""Tables in CSV: delimiters, headings, rows that fit and rows that do not."""

from __future__ import annotations

import gzip
import time

import pytest

from interparl.exchange.rules import UnreadableFile, refusal_text, text_of
from interparl.exchange.rules.tables import Asked, TableFile, read_table

LIMIT = 10_000_000


def read(text: str | bytes, name: str = "list.csv", asked: Asked | None = None) -> TableFile:
    data = text if isinstance(text, bytes) else text.encode()
    found = read_table(data, name=name, limit=LIMIT, asked=asked or Asked())
    for finding in found.findings:
        assert "%(" not in text_of(finding)
    return found


def cells(table: TableFile) -> list[list[object]]:
    return [list(row.cells.values()) for row in table.rows]


def keys(table: TableFile) -> list[str]:
    return [finding.key for finding in table.findings]


def refusal(text: str | bytes, name: str = "list.csv", asked: Asked | None = None) -> tuple[str, str]:
    with pytest.raises(UnreadableFile) as caught:
        read(text, name, asked)
    assert "%(" not in refusal_text(caught.value)
    return caught.value.message_key, caught.value.place


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_ends_are_recognised(delimiter: str, end: str) -> None:
    lines = [["name", "party", "since"], ["Anna, the first", "Red; Green", "2012"], ["Bella", "A|B", "2013"]]
    text = end.join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    table = read(text)
    assert (table.recognised.delimiter, table.recognised.header_row, table.headings) == (
        delimiter,
        1,
        ("name", "party", "since"),
    )
    assert cells(table) == lines[1:]
    assert [row.place for row in table.rows] == ["2", "3"]
    assert keys(table) == []


def test_delimiter_is_recognised_among_commas_in_cells() -> None:
    table = read("name;note\nIvanov, Ivan;one, two\nPetrov, Petr;three\nSidorov;\n")
    assert table.recognised.delimiter == ";"
    assert cells(table) == [["Ivanov, Ivan", "one, two"], ["Petrov, Petr", "three"], ["Sidorov", ""]]


def test_delimiter_that_a_spreadsheet_wrote_first_is_taken() -> None:
    table = read("sep=;\na;b\n1,5;2,5\n")
    assert (table.headings, cells(table), table.rows[0].place) == (("a", "b"), [["1,5", "2,5"]], "3")


def test_delimiter_asked_for_is_taken_and_an_odd_one_refused() -> None:
    assert read("a,b;c\n1,2;3\n", asked=Asked(delimiter=";")).headings == ("a,b", "c")
    assert refusal("a:b\n1:2\n", asked=Asked(delimiter=":")) == ("unknown_delimiter", "")


def test_cells_keep_their_text_and_the_place_is_where_the_row_begins() -> None:
    table = read('id,text\n007," two\nlines "\n008,""""""\n009,=1+1\n')
    assert cells(table) == [["007", " two\nlines "], ["008", '""'], ["009", "=1+1"]]
    assert [row.place for row in table.rows] == ["2", "4", "5"]


def test_empty_rows_are_left_out_and_trailing_delimiters_do_no_harm() -> None:
    table = read("a,b,,\n\n1,2,,\n,,,\n3,4,,\n")
    assert (table.headings, cells(table)) == (("a", "b"), [["1", "2"], ["3", "4"]])
    assert keys(table) == []


def test_short_rows_are_filled_and_told_and_long_ones_refused_with_their_line() -> None:
    table = read("a,b,c\n1,2\n")
    assert cells(table) == [["1", "2", ""]]
    assert [(one.place, one.key, one.level) for one in table.findings] == [("2", "row_short", "note")]
    assert refusal('a,b\n1,"x\ny"\n1,2,3\n') == ("row_too_long", "4")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('a,b\n1,"open\n2,x\n3,y\n', "2:3"),
        ('a,b\n1,2\n"first","se"cond"\n', "3:9"),
        ('a,b\n1,"x\ny","open\n2,3\n', "3:4"),
        ('a,b\n1,"open\n2,"x"\n', "2:3"),
        ('"a,b\n' + "1,2\n" * 40_000, "1:1"),
    ],
)
def test_open_quote_is_refused_with_the_place_where_it_begins(text: str, place: str) -> None:
    assert refusal(text) == ("open_quote", place)


def test_quote_that_swallows_rows_up_to_the_next_quote_is_told() -> None:
    table = read('a,b,c\n1,2,"x\n4,5,6\n7,8,y"\n')
    assert [(one.place, one.key, one.level) for one in table.findings] == [("2", "rows_in_cell", "doubtful")]


def test_quotes_after_a_blank_hold_cells_together_when_the_heading_has_them_too() -> None:
    table = read('"name", "party"\n"Anna", "Red, Green"\n')
    assert (table.headings, cells(table)) == (("name", "party"), [["Anna", "Red, Green"]])


@pytest.mark.parametrize(
    ("above", "row"),
    [
        ("", 1),
        ("Members of the group,,\n", 2),
        ("Members of the group,,\nas of 1 May 2024,,\n\n,,\n", 5),
        ("Question,Please list all of them. This text is long because it explains what is asked of you,\n", 2),
        ("Report:,Members,\nExported:,2024-05-01,\n,,\n", 4),
    ],
)
def test_heading_is_found_under_titles(above: str, row: int) -> None:
    table = read(above + "Name,Party,Since\nAnna,Red,2012-10-11\nBella,Blue,2013-01-02\nCora,,2014-01-02\n")
    assert (table.headings, table.recognised.header_row) == (("Name", "Party", "Since"), row)
    assert cells(table)[0] == ["Anna", "Red", "2012-10-11"]
    assert keys(table) == (["rows_above"] if above else [])


def test_heading_of_years_above_numbers_is_a_heading() -> None:
    table = read("Country,2014,2015\nArmenia,10.5,11\nBelarus,12,13.5\n")
    assert table.headings == ("Country", "2014", "2015")


def test_table_without_heading_is_told_and_its_columns_are_numbered() -> None:
    table = read("Anna,1960-01-02,anna@example.org\nBella,1961-03-04,bella@example.org\n")
    assert (table.headings, table.recognised.header_row) == (("#1", "#2", "#3"), 0)
    assert len(table.rows) == 2
    assert keys(table) == ["no_heading"]


def test_heading_asked_for_is_taken() -> None:
    text = "x,y\na,b\n1,2\n"
    assert read(text, asked=Asked(header_row=2)).headings == ("a", "b")
    assert read(text, asked=Asked(header_row=0)).headings == ("#1", "#2")
    assert refusal(text, asked=Asked(header_row=9)) == ("no_such_row", "")


def test_headings_repeated_or_empty_get_a_name_and_are_told() -> None:
    table = read("name,name,, name  (2),name\nA,B,C,D,E\n")
    assert table.headings == ("name", "name (2)'", "#3", "name (2)", "name (3)")
    assert keys(table) == ["heading_repeated", "heading_empty", "heading_repeated"]
    assert cells(table) == [["A", "B", "C", "D", "E"]]


def test_row_that_only_numbers_the_columns_is_left_out() -> None:
    table = read("№,ФИО,Партия\n1,2,3\n1,Анна,Красная\n")
    assert (cells(table), keys(table)) == ([["1", "Анна", "Красная"]], ["column_numbers"])


@pytest.mark.parametrize("heading", ["Name\n", "ФИО\n", "Прозвішча, імя\n", ""])
def test_names_in_one_column_keep_their_commas(heading: str) -> None:
    table = read(f"{heading}Ivanov, Ivan\nPetrov, Petr\nSidorov, Sidor\n", name="names.txt")
    if heading in {"Name\n", "ФИО\n"}:
        assert (table.headings, len(table.rows)) == ((heading.strip(),), 3)
        assert cells(table)[0] == ["Ivanov, Ivan"]
    assert len(table.rows) >= 2


def test_one_column_without_a_known_heading_is_a_list() -> None:
    table = read("Anna\nBella\n")
    assert (table.headings, cells(table), table.recognised.delimiter) == (("#1",), [["Anna"], ["Bella"]], "")


def test_lost_letters_are_told_for_each_cell_and_kept() -> None:
    lines = ["Kone?ná,1", "?mi?owice,2", "????????,3", "Z\ufffdle,4", "Anna,Who? Me", "http://x.org/a?b=c,6", "JosÃ©,7"]
    table = read("name,n\n" + "\n".join(lines))
    assert [(one.place, one.key) for one in table.findings] == [
        ("2", "letters_lost"),
        ("3", "letters_lost"),
        ("4", "letters_lost"),
        ("5", "letters_lost"),
        ("8", "encoded_twice"),
    ]
    assert cells(table)[0] == ["Kone?ná", "1"]


def test_question_mark_at_the_end_is_a_lost_letter_only_beside_certain_ones() -> None:
    told = read("name,says\nKolaku?i?,Really?\nRadi?,No.\nAnna,Who?\n")
    assert [(one.place, one.params["field"]) for one in told.findings] == [("2", "name"), ("3", "name")]
    assert keys(read("name,says\nRadi?,x\nAnna,y\n")) == []


def test_many_alike_notes_are_cut_and_counted() -> None:
    table = read("a,b\n" + "x\n" * 900)
    assert keys(table).count("row_short") == 500
    assert [one.params["count"] for one in table.findings if one.key == "more_alike"] == [400]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("list.csv", []),
        ("LIST.CSV.GZ", []),
        ("folder.x/list", []),
        ("list.json", ["ending_differs"]),
        ("list.xls", ["ending_differs"]),
    ],
)
def test_ending_that_lies_is_told(name: str, told: list[str]) -> None:
    data = b"a,b\n1,2\n"
    assert keys(read(gzip.compress(data) if name.endswith("GZ") else data, name)) == told
    assert keys(read(data, "list.csv.gz")) == ["ending_differs"]


def test_reading_twenty_thousand_rows_takes_a_moment() -> None:
    line = "Иванов Иван Иванович,Фракция,Москва,1960-01-02,a@example.org,http://x.org/1,да,Q1,,,текст,7\n"
    data = ("name,party,town,born,mail,site,yes,id,a,b,text,n\n" + line * 20_000).encode()
    begun = time.process_time()
    assert len(read(data).rows) == 20_000
    assert time.process_time() - begun < 4
