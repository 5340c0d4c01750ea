"""Encodings of tables: marked, recognised by letters that make sense, asked for, or refused with the place."""

from __future__ import annotations

import pytest

from interparl.exchange.rules.tables import Asked
from interparl.exchange.tests.test_tables import cells, keys, read, refusal

RUSSIAN = ["Адаменко Евгений", "Щёткина Марианна", "Ананич Лилия", "Гайдукевич Олег", "Наумчик Алла"]
BELARUSIAN = ["Уладзімір Андрэйчанка", "Лілія Ананіч", "Балеслаў Пірштук", "Людміла Макарына-Кібак", "Юрый Ўсеня"]
SERBIAN = ["Ђорђе Милићевић", "Његош Јовановић", "Љиљана Малушић", "Ђенадије Шаћировић"]
FRENCH = ["Geneviève Aubry", "François Lachat", "Jérôme Béguelin", "Françoise Saudan"]
PORTUGUESE = ["João Magalhães", "António Simões", "Conceição Araújo", "Inês Guimarães"]
SWEDISH = ["Åsa Lindestam", "Björn Söder", "Märta Stenevi", "Håkan Svenneling"]
GERMAN = ["Jürgen Groß", "Ägidius Müller", "Göran Schäuble", "Bärbel Kofler"]
CZECH = ["Dvořák Jiří", "Němcová Miroslava", "Kubíček Tomáš", "Žáček Zdeněk", "Šťastný Boris"]
POLISH = ["Małgorzata Kidawa-Błońska", "Elżbieta Łukacijewska", "Władysław Kosiniak", "Paweł Śliwa"]
HUNGARIAN = ["Gyöngyösi Márton", "Kövér László", "Szűcs Lajos", "Őry Csaba", "Győrffy Balázs"]
LITHUANIAN = ["Šarūnas Birutis", "Živilė Pinskutė", "Kęstutis Masiulis", "Audronė Pitrėnienė", "Jonas Čekuolis"]
TURKISH = ["Mustafa Şentop", "Kılıçdaroğlu Kemal", "Işıl Öztürk", "Süleyman Yıldırım", "Gülşen Çağlar"]
GREEK = ["Κωνσταντίνος Τασούλας", "Νίκη Κεραμέως", "Άδωνις Γεωργιάδης"]
LISTS = {
    "windows-1251": (RUSSIAN, BELARUSIAN, SERBIAN),
    "koi8-r": (RUSSIAN,),
    "ibm866": (RUSSIAN,),
    "iso-8859-5": (RUSSIAN, BELARUSIAN, SERBIAN),
    "windows-1252": (FRENCH, PORTUGUESE, SWEDISH, GERMAN, FRENCH + SWEDISH + PORTUGUESE),
    "windows-1250": (CZECH, POLISH, HUNGARIAN),
    "iso-8859-2": (CZECH, POLISH),
    "windows-1257": (LITHUANIAN,),
    "windows-1254": (TURKISH,),
    "windows-1253": (GREEK,),
    "mac-roman": (FRENCH, PORTUGUESE, SWEDISH),
}


def rows_of(names: list[str]) -> str:
    return "name;n\n" + "".join(f"{name};{number}\n" for number, name in enumerate(names))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
@pytest.mark.parametrize("names", [RUSSIAN, FRENCH, ["李克强", "王毅"]])
def test_unicode_is_read_with_and_without_a_mark(encoding: str, names: list[str]) -> None:
    table = read(rows_of(names).encode(encoding))
    assert [row[0] for row in cells(table)] == names
    assert table.recognised.encoding.startswith(encoding[:6].removesuffix("-"))


@pytest.mark.parametrize(("encoding", "names"), [(one, names) for one, lists in LISTS.items() for names in lists])
def test_encoding_of_one_byte_is_recognised_by_its_letters_and_told(encoding: str, names: list[str]) -> None:
    table = read(rows_of(names).encode(encoding))
    assert [row[0] for row in cells(table)] == names
    told = {"encoding_recognised", "encoding_unsure"}
    assert len(told & set(keys(table))) == 1


def test_what_two_encodings_could_say_is_told_as_doubtful() -> None:
    table = read(rows_of(["Deniss Boroditš"]).encode("windows-1257"))
    found = [finding for finding in table.findings if finding.key == "encoding_unsure"]
    assert [finding.level for finding in found] == ["doubtful"]


def test_letters_far_down_and_within_very_long_words_tell_the_encoding() -> None:
    far = b"id,name\n" + b"1,Anna Nowak of the Valley\n" * 80_000 + "2,René Dvořák\n".encode("windows-1250")
    long = b"id,name\n1," + b"a" * 300 + "é Dvořák Šárka\n".encode("windows-1250")
    for data, name in ((far, "René Dvořák"), (long, "a" * 300 + "é Dvořák Šárka")):
        assert cells(read(data))[-1][1] == name


def test_encoding_asked_for_is_taken_and_does_not_guess() -> None:
    data = rows_of(RUSSIAN).encode("koi8-r")
    assert [row[0] for row in cells(read(data, asked=Asked(encoding="KOI8-R")))] == RUSSIAN
    assert [row[0] for row in cells(read(data, asked=Asked(encoding="windows-1251")))] != RUSSIAN
    assert refusal(data, asked=Asked(encoding="utf-8")) == ("not_text", "2:1")


@pytest.mark.parametrize("name", ["no-such", "base64", "hex", "rot13", "zip", "utf-8\x00", "a" * 300, "idna\ud800"])
def test_encoding_that_is_none_is_refused(name: str) -> None:
    assert refusal(b"a,b\n1,2\n", asked=Asked(encoding=name)) == ("unknown_encoding", "")


def test_damaged_utf8_is_refused_with_the_place_and_not_read_as_something_else() -> None:
    good = rows_of(RUSSIAN).encode()
    assert refusal(good + b"\xc3;9\n") == ("not_text", "7:1")
    assert refusal(good[:-4] + b"\xd0") == ("not_text", "6:12")


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 40, b"a,b\n\x00\x01\x02\x03,1\n", b"a,b\nx\x00,1\n", b"\x01" * 100]
)
def test_bytes_that_are_no_text_are_refused_with_a_place(data: bytes) -> None:
    key, place = refusal(data)
    assert (key, place != "") == ("not_text", True)


@pytest.mark.parametrize("encoding", ["shift_jis", "euc_jp"])
def test_encodings_of_east_asia_are_recognised_in_longer_lists(encoding: str) -> None:
    names = ["安倍晋三は議員です", "麻生太郎は議員です", "岸田文雄は議員です", "河野太郎は議員です"] * 4
    assert [row[0] for row in cells(read(rows_of(names).encode(encoding)))] == names
