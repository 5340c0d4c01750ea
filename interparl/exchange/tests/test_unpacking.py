"""From bytes to JSON: encodings, compression, limits, and the one message where nothing can be used."""

from __future__ import annotations

import gzip
import json
import tracemalloc

import pytest

from interparl.exchange.rules import UnreadableFile, read_popolo, refusal_text

LIMIT = 10_000_000


def refusal(data: bytes, limit: int = LIMIT) -> tuple[str, str]:
    with pytest.raises(UnreadableFile) as caught:
        read_popolo(data, name="test.json", limit=limit)
    assert "%(" not in refusal_text(caught.value)
    return caught.value.message_key, caught.value.place


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_read_gives_the_same_when_encoded_otherwise(encoding: str) -> None:
    data = json.dumps({"persons": [{"id": "1", "name": "Ўладзімір"}]}, ensure_ascii=False).encode(encoding)
    for given_data in (data, gzip.compress(data), gzip.compress(data[:20]) + gzip.compress(data[20:])):
        assert [one.name for one in read_popolo(given_data, name="x", limit=LIMIT).persons] == ["Ўладзімір"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ("empty", "")),
        (b" \n ", ("empty", "")),
        (b"\xef\xbb\xbf", ("empty", "")),
        (gzip.compress(b""), ("empty", "")),
        (b'{"persons": [\n  {"id": 1,}\n]}', ("not_json", "2:12")),
        (b"id,name\n1,Anna", ("not_json", "1:1")),
        (b'{"persons": []} {"persons": []}', ("not_json", "1:17")),
        (b'{"persons": [], "meta": "\xc0\xe0"}', ("not_text", "1:26")),
        (b"[1, 2]", ("not_an_object", "")),
        (b"null", ("not_an_object", "")),
        (b'{"people": []}', ("missing_key", "")),
        (b'{"persons":\n' + b"[" * 5000, ("too_deep", "2:100")),
        (b'{"x":' * 100_000, ("too_deep", "1:501")),
        (gzip.compress(b'{"persons": []}')[:-9], ("damaged_archive", "")),
        (gzip.compress(b'{"persons": []}') + b"rest", ("damaged_archive", "")),
    ],
)
def test_read_refuses_with_one_message_when_nothing_can_be_used(data: bytes, expected: tuple[str, str]) -> None:
    assert refusal(data) == expected


def test_read_refuses_when_more_is_unpacked_than_permitted() -> None:
    exact = b'{"persons": []}'
    assert read_popolo(exact, name="x", limit=len(exact)).by_record["person"] == 0
    assert refusal(exact, len(exact) - 1) == ("too_large", "")
    assert refusal(gzip.compress(exact), len(exact) - 1) == ("too_large", "")


def test_unpacking_stops_at_the_limit_when_little_hides_much() -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    tracemalloc.start()
    try:
        assert refusal(bomb, 1000) == ("too_large", "")
        assert tracemalloc.get_traced_memory()[1] // 5_000_000 == 0
    finally:
        tracemalloc.stop()


def test_depth_counts_brackets_only_when_outside_of_texts() -> None:
    name = '[{"\\' * 500
    data = json.dumps({"persons": [{"id": "p1", "name": name}]}).encode()
    assert read_popolo(data, name="x", limit=LIMIT).persons[0].name == name


def test_damaged_and_hidden_characters_are_dealt_with_when_in_names() -> None:
    data = b'{"persons": [{"id": "1", "name": "An\\u0000na"}, {"id": "2", "name": "Ja\\ud800n\\u202e"}]}'
    file = read_popolo(data, name="x", limit=LIMIT)
    assert [one.name for one in file.persons] == ["An\ufffdna", "Ja\ufffdn"]
    assert [one.key for one in file.findings] == ["broken_characters", "hidden_characters", "broken_characters"]


def test_loose_json_is_read_when_the_sense_is_clear() -> None:
    data = b'{"persons": [], "persons": [{"id": 1e400, "id": ' + b"9" * 5000 + b', "name": "A", "gender": NaN}]}'
    file = read_popolo(data, name="x", limit=LIMIT)
    assert (file.persons[0].id, file.persons[0].gender) == ("9" * 5000, "")
    assert [(one.place, one.level, one.key) for one in file.findings] == [
        ("", "note", "repeated_key"),
        ("persons", "error", "repeated_key"),
    ]
