"""Tables that parliaments, registers and volunteers publish, read as they were handed out."""

from __future__ import annotations

import codecs
import csv
from pathlib import Path

import pytest

from interparl.exchange.rules import UnreadableFile
from interparl.exchange.rules.tables import Asked, TableFile, read_table

LIMIT = 64 * 1024 * 1024


def read(file: Path, **asked: str) -> TableFile:
    return read_table(file.read_bytes(), name=file.name, limit=LIMIT, asked=Asked(**asked))  # type: ignore[arg-type]  # only texts are asked for here


@pytest.mark.parametrize(
    ("name", "rows", "columns", "form", "encoding", "delimiter"),
    [
        ("legislators/armenia-assembly.official.csv", 107, 2, "csv", "utf-8", ","),
        ("legislators/belarus-house-2012.source.csv", 109, 14, "csv", "utf-8", ","),
        ("legislators/belarus-house-2016.deputies.2017-06-01.csv", 110, 10, "csv", "utf-8", ","),
        ("legislators/european-parliament-9.members.csv", 813, 19, "csv", "windows-1252", ","),
        ("legislators/germany-bundestag-18.csv", 646, 15, "csv", "utf-8", ","),
        ("groups/belarus-house-2016.groups.2018-09-14.csv", 91, 3, "csv", "utf-8", ","),
        ("groups/belarus-house-2016.memberships.2017-06-01.csv", 561, 3, "csv", "utf-8", ","),
        ("groups/belarus-house-2016.memberships.2018-09-14.csv", 646, 3, "csv", "utf-8", ","),
        ("groups/portugal-friendship-groups.json", 67, 8, "json", "utf-8", ""),
        ("groups/wales-cross-party-groups.en.jsonl", 91, 14, "jsonl", "utf-8", ""),
        ("groups/wales-cross-party-groups.cy.jsonl", 91, 14, "jsonl", "utf-8", ""),
        ("treaties/trade-agreements-desta.csv.gz", 1217, 194, "csv", "utf-8", ";"),
        ("treaties/trade-agreements-huggo.csv", 550, 10, "csv", "macintosh", ","),
        ("treaties/trade-agreements-huggo-additional.csv", 61, 10, "csv", "utf-8", ","),
        ("budgets/ukraine-revenue-2014.csv", 86, 4, "csv", "utf-8", ","),
        ("trade/comtrade-armenia-2015-2021.csv.gz", 17098, 13, "csv", "utf-8", ","),
    ],
)
def test_real_table_is_recognised(
    data_folder: Path, name: str, rows: int, columns: int, form: str, encoding: str, delimiter: str
) -> None:
    table = read(data_folder / name)
    found = table.recognised
    assert (len(table.rows), len(table.headings)) == (rows, columns)
    assert (found.form, found.encoding, found.delimiter) == (form, encoding, delimiter)
    assert found.header_row == (1 if form == "csv" else 0)
    assert [one for one in table.findings if one.level != "note"] == []


def test_every_real_csv_gives_the_cells_that_another_reader_gives(data_folder: Path) -> None:
    for file in sorted([*data_folder.glob("legislators/*.csv"), *data_folder.glob("groups/*.csv")]):
        table = read(file)
        encoding = codecs.lookup(table.recognised.encoding).name
        lines = list(csv.reader(file.read_text(encoding).removeprefix("\ufeff").splitlines(keepends=True)))
        assert list(table.headings) == [cell.strip() for cell in lines[0]], file.name
        assert [list(row.cells.values()) for row in table.rows] == [line for line in lines[1:] if any(line)], file.name


def test_lost_letters_of_members_of_the_european_parliament_are_told(data_folder: Path) -> None:
    table = read(data_folder / "legislators/european-parliament-9.members.csv")
    names = {"mep_given_name", "mep_family_name"}
    lost = {one.place for one in table.findings if one.key == "letters_lost" and one.params["field"] in names}
    values = {one.params["value"] for one in table.findings if one.key == "letters_lost"}
    assert len(lost) == 71
    assert {"Kone?ná", "Z?le"} <= values
    assert table.rows[0].cells["mep_birthday"] == "06/02/1952 01:00"


def test_sheets_of_a_return_of_a_group(data_folder: Path) -> None:
    file = data_folder / "groups/uk-appg-return-greece.xlsx"
    assert len(read(file).recognised.sheets) == 8
    members = read(file, sheet="D. Parliamentary Membership")
    assert (members.headings[0], members.recognised.header_row, len(members.rows)) == ("Name", 7, 21)
    assert members.rows[0].place == "D. Parliamentary Membership !8"
    assert members.rows[1].cells["Name"] == "David Goddard "
    meetings = read(file, sheet="F. Meetings")
    assert (meetings.recognised.header_row, meetings.rows[0].cells["Date"]) == (7, "2021-09-14")


def test_real_json_with_several_lists_wants_a_name(data_folder: Path) -> None:
    file = data_folder / "legislators/portugal-deputies-17.json"
    with pytest.raises(UnreadableFile) as caught:
        read(file)
    assert caught.value.message_key == "several_lists"
    table = read(file, records="Deputados")
    assert (len(table.rows), table.rows[3].place) == (1446, "Deputados[3]")
    assert not any(str(row.cells["DepId"]).endswith(".0") for row in table.rows)
