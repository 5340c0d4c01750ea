"""Files that hostile or unlucky hands bring in, each with the one sentence that has to come of it and its place."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import override

from interparl.exchange.rules.messages import FINDINGS
from interparl.exchange.tests.test_tables_workbooks import TYPES, raw

LANGUAGES = ("en", "ru", "be")
POPOLO, TABLE = "popolo", "people-csv"
LIMIT = 64 * 1024 * 1024
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DEEP = 100_000
LAUGHS = "".join(f"<!ENTITY a{at} '{f'&a{at - 1};' * 10}'>" for at in range(1, 10))
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(90)
PDF = b"%PDF-1.7\n1 0 obj"


@dataclass(frozen=True)
class Bad:
    """A file that nothing can be made of: its kind and name, what it is, and the refusal with its values."""

    name: str
    data: Callable[[], bytes]
    key: str
    params: Mapping[str, Any] = field(default_factory=dict)
    kind: str = TABLE


def told(key: str, params: Mapping[str, Any], words: Mapping[str, Any] = FINDINGS) -> dict[str, str]:
    """The sentence in each language; no two are the same."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = str(words[key]) % params
    assert len(set(said.values())) == len(LANGUAGES), said
    return said


def at(line: int, column: int) -> dict[str, int]:
    """A place within a text."""
    return {"line": line, "column": column}


def popolo(**lists: Any) -> bytes:
    """A small Popolo file, with these lists instead."""
    whole = {
        "persons": [{"id": "p1", "name": "Anna Nowak"}],
        "organizations": [{"id": "h", "name": "House", "classification": "legislature"}],
        "memberships": [{"person_id": "p1", "organization_id": "h"}],
    }
    return json.dumps(whole | lists).encode()


def archive(parts: Iterable[tuple[str, bytes | str]]) -> bytes:
    """A zip of these."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts:
            package.writestr(name, data)
    return kept.getvalue()


def workbook(*rows: str, strings: str = "", sheets: str = "") -> bytes:
    """A workbook of a sheet with a heading and these rows, with shared strings and other names of sheets."""
    parts = {}
    if strings:
        parts["xl/sharedStrings.xml"] = strings
        parts["xl/_rels/workbook.xml.rels"] = (
            f"<Relationships><Relationship Id='s1' Type='{TYPES}/worksheet' Target='worksheets/sheet1.xml'/>"
            f"<Relationship Id='s2' Type='{TYPES}/sharedStrings' Target='sharedStrings.xml'/></Relationships>"
        )
    if sheets:
        parts["xl/workbook.xml"] = f"<workbook xmlns:r='{TYPES}'><sheets>{sheets}</sheets></workbook>"
    return raw("".join(rows), parts)


def nested() -> bytes:
    """A zip of zips, each of which holds far more than it weighs."""
    inner = archive([("a", bytes(5_000_000))])
    return archive((f"{number}.zip", inner) for number in range(16))


def lines(*rows: str) -> Callable[[], bytes]:
    """A text of these lines."""
    return lambda: "\n".join([*rows, ""]).encode()


def known(data: bytes | str) -> Callable[[], bytes]:
    """The same bytes each time."""
    return lambda: data.encode() if isinstance(data, str) else data


JSON_FILES = (
    Bad("cut.json", lambda: popolo()[:-20], "not_json", at(1, 169), POPOLO),
    Bad("cut-table.json", known('[{"id": 1,\n  "name": "Anna'), "not_json", at(2, 11)),
    Bad("line.jsonl", lines('{"id": 1}', '{"id": 2, "name": }', '{"id": 3}'), "not_json", at(2, 19)),
    Bad("script.json", known("{id: 1, name: 'Anna Nowak'}"), "not_json", at(1, 2)),
    Bad("deep.json", lambda: b'{"persons": ' + b"[" * DEEP + b"]" * DEEP + b"}", "too_deep", at(1, 112), POPOLO),
    Bad("deep-table.json", lambda: b'[{"a":' * DEEP, "too_deep", at(1, 301)),
    Bad("deep.jsonl", lambda: b'{"id": 1}\n{"id": ' + b"[" * DEEP + b"\n", "too_deep", at(2, 107)),
    Bad("numbers.json", known("[1, 2, 3]"), "not_an_object", kind=POPOLO),
    Bad("other.json", known('{"people": []}'), "missing_key", {"missing": "persons"}, POPOLO),
    Bad("numbers-table.json", known("[1, 2, 3]"), "no_list"),
    Bad("number.json", known("17"), "no_list"),
    Bad("none.json", known("[]"), "no_rows"),
    Bad("crowd.json", lambda: b"[" + b"[]," * 2_000_001 + b"[]]", "too_many_values", {"most": 4_000_000}),
)
ENCODED_FILES = (
    Bad("1251.json", lambda: '{"persons": [{"name": "Анна"}]}'.encode("cp1251"), "not_text", at(1, 24), POPOLO),
    Bad("half.json", lambda: popolo().decode().encode("utf-16-le")[:-1], "not_text", at(1, 193), POPOLO),
    Bad("odd.json", known(b'[{"id": 1,\n"name": "Ann\xff Nov\xc3k"}]'), "not_text", at(2, 13)),
    Bad("damaged.csv", lambda: "id,name\n1,Анна Новак\n".encode() + b"2,\xd0\xff\n", "not_text", at(3, 3)),
    Bad("zero.csv", known(b"id,name\n1,An\x00na Nowak\n"), "not_text", at(2, 5)),
)
WORKBOOKS = (
    Bad("ratio.xlsx", lambda: workbook(strings="<sst>" + " " * (LIMIT + 1)), "too_large", {"limit": LIMIT}),
    Bad("strings.xlsx", lambda: workbook(strings=f"<sst><si><t>{'x' * LIMIT}"), "too_large", {"limit": LIMIT}),
    Bad("entries.xlsx", lambda: archive((f"xl/workbook.xml{at}", "") for at in range(6_000)), "too_large",
        {"limit": LIMIT}),
    Bad("sheets.xlsx", lambda: workbook(sheets="<sheet name='a' r:id='s1'/>" * 1_001), "too_large", {"limit": LIMIT}),
    Bad("nested.xlsx", nested, "is_archive"),
    Bad("laughs.xlsx", lambda: raw(before=f"<!DOCTYPE x [<!ENTITY a0 'ha'>{LAUGHS}]>"), "unsafe_workbook"),
    Bad("outside.xlsx", lambda: raw(before="<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"),
        "unsafe_workbook"),
    Bad("broken.xlsx", lambda: raw()[:-40], "damaged_workbook"),
    Bad("locked.xlsx", known(COMPOUND + bytes(500) + "EncryptedPackage".encode("utf-16-le")), "is_protected"),
    Bad("old.xls", known(COMPOUND + bytes(900)), "is_old_workbook"),
    Bad("ways.xlsx", lambda: archive([("../../etc/cron.d/x", "a,b"), ("/abs", "x")]), "is_archive"),
    Bad("heading.xlsx", raw, "no_rows"),
    Bad("cell.xlsx", lambda: workbook(f"<row><c t='str'><v>{'x' * 70_000}</v></c></row>"), "cell_too_long",
        {"place": 2, "most": 65_536}),
)  # fmt: skip
TEXTS = (
    Bad("wide.csv", lambda: b"id,name" + b",c" * 9_998 + b"\n1,Anna\n", "too_many_columns", {"most": 400}),
    Bad("cell.csv", lambda: b"id,name\n1," + b"x" * 70_000 + b"\n", "cell_too_long", {"place": 2, "most": 65_536}),
    Bad("huge.csv", lambda: b"id,name\n1," + b"x" * 50_000_000 + b"\n", "line_too_long",
        {"line": 2, "most": 8_000_000}),
    Bad("quote.csv", lines("id,name", '1,"Anna Nowak', "2,Jan Kowal"), "open_quote", at(2, 3)),
    Bad("longer.csv", lines("id,name", "1,Anna,Nowak"), "row_too_long", {"line": 2, "given": 3, "expected": 2}),
    Bad("headings.csv", lambda: b"id,name," + b"x" * 60_000 + b"\n" + b"1,A B,\n" * 2_000, "headings_too_long",
        {"most": 50_000}),
    Bad("heading.csv", lines("id,name"), "no_rows"),
    Bad("empty.csv", known(""), "empty"),
    Bad("empty.json", known(""), "empty", kind=POPOLO),
    Bad("signs.csv", lines(",,,", ",,,"), "no_rows"),
    Bad("lines.csv", lambda: b"\n" * 1_000_000, "empty"),
    Bad("picture.csv", known(PICTURE), "is_picture"),
    Bad("page.xlsx", known("<html xmlns:x='urn:x'><table><tr><td>id"), "is_web_page"),
    Bad("page.xls", known("\ufeff<!-- by a program -->\n<!DOCTYPE html><table>"), "is_web_page"),
    Bad("mail.xls", known("MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>"), "is_web_page"),
    Bad("paper.csv", known(PDF), "is_pdf"),
    Bad("bomb.csv.gz", lambda: gzip.compress(bytes(LIMIT + 1), 1), "too_large", {"limit": LIMIT}),
    Bad("cut.csv.gz", lambda: gzip.compress(b"id,name\n1,Anna\n" * 90)[:-12], "damaged_archive"),
)  # fmt: skip
BAD = (*JSON_FILES, *ENCODED_FILES, *WORKBOOKS, *TEXTS)

# What unpacks, or is said anew of every row, to far more than it weighs; without a key it is read.
BOMBS = (
    Bad("blanks.json.gz", lambda: gzip.compress(b" " * (LIMIT + 1), 1), "too_large", {"limit": LIMIT}, POPOLO),
    Bad("lists.json.gz", lambda: gzip.compress(b"[" + b"[]," * 10_000_000, 1), "too_many_values", {"most": 4_000_000}),
    Bad("lines.jsonl.gz", lambda: gzip.compress(b'{"id": 1}' + b"\n" * 30_000_000 + b"{", 1), "not_json",
        at(30_000_001, 2)),
    Bad("ends.csv.gz", lambda: gzip.compress(b"id,name" + b"\n" * 500_000, 1), "no_rows"),
    Bad("cell.xlsx", lambda: workbook(f"<row><c t='str'><v>{'x' * 60_000_000}</v></c></row>"), "cell_too_long",
        {"place": 2, "most": 65_536}),
    Bad("strings.xlsx", lambda: workbook(strings=f"<sst>{'<si><t>ab</t></si>' * 150_000}"), "damaged_workbook"),
    Bad("quote.csv", lambda: b'id,name\n1,"' + b"x\n" * 15_000_000, "open_quote", at(2, 3)),
    Bad("key.json", lambda: json.dumps({"k" * 1_000_000: [{"name": "Anna Nowak"}] * 5_000}).encode(), ""),
    Bad("owner.json", lambda: popolo(organizations=[
        {"id": "h" * 1_000_000, "name": "H", "memberships": [{"person_id": "p1"}] * 5_000}]), "", kind=POPOLO),
    Bad("sheet.xlsx", lambda: workbook("<row><c t='str'><v>Anna Nowak</v></c></row>" * 5_000,
        sheets=f"<sheet name='{'s' * 1_000_000}' r:id='s1'/><sheet name='t' r:id='s1'/>"), ""),
    Bad("term.json", lambda: popolo(
        events=[{"id": "t", "name": "T" * 1_000_000, "organization_id": "h", "start_date": "2012"}],
        memberships=[{"person_id": "p1", "organization_id": "h", "legislative_period_id": "t", "role": f"r{one}",
            "start_date": "2001"} for one in range(500)]), "", kind=POPOLO),
)  # fmt: skip
