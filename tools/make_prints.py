"""Makes the pictures of printed programmes, agendas and lists of participants for docs/pictures, of an invented visit.

    .venv/bin/python tools/make_prints.py docs/pictures

Run it anew after words or layout have changed, and look at the pictures: what is printed in three languages is judged
by the eye. Those of Word files are made where LibreOffice (`soffice`) and `pdftoppm` are installed, and stay as they
are elsewhere.
"""

from __future__ import annotations

import argparse
import os
import shutil
import struct
import subprocess
import tempfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

CODES = ("en", "ru", "be")
PAETH = 4
Texts = Mapping[str, str]
ZONE, RELEASED = "Europe/Minsk", date(2015, 5, 11)
TITLE = (
    "Official visit of the National Assembly of Fareland",
    "Официальный визит делегации Национального собрания Фарландии",
    "Афіцыйны візіт дэлегацыі Нацыянальнага сходу Фарландыі",
)
HALL, ROOM = ("Oval Hall", "Овальный зал", "Авальная зала"), ("Room 310", "Кабинет 310", "Кабінет 310")
CAR = ("20 minutes by car", "20 минут на автомобиле", "20 хвілін на аўтамабілі")
SPOUSES = ("For the spouses", "Для супруг и супругов", "Для мужоў і жонак")
# Day, hours, text, place, way, track.
ITEMS: Sequence[tuple[int, str, tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = (
    (
        27,
        "16:40–17:20",
        ("Arrival at the airport, welcome", "Прибытие в аэропорт, встреча", "Прыбыццё ў аэрапорт, сустрэча"),
        ("Airport", "Аэропорт", "Аэрапорт"),
        (),
        (),
    ),
    (27, "18:30–20:00", ("Dinner", "Ужин", "Вячэра"), ("Hotel", "Гостиница", "Гасцініца"), CAR, ()),
    (
        28,
        "09:00–09:40",
        (
            "Wreath-laying at the Victory Monument",
            "Возложение венка к монументу Победы",
            "Ускладанне вянка да манумента Перамогі",
        ),
        ("Victory Square", "Площадь Победы", "Плошча Перамогі"),
        (),
        (),
    ),
    (
        28,
        "10:00–11:15",
        (
            "Talks in extended format with the working group of the National Assembly",
            "Переговоры в расширенном составе с рабочей группой Национального собрания",
            "Перагаворы ў пашыраным складзе з рабочай групай Нацыянальнага сходу",
        ),
        HALL,
        (),
        (),
    ),
    (
        28,
        "11:20–11:40",
        (
            "Signing of the protocol on cooperation between the secretariats",
            "Подписание протокола о сотрудничестве между аппаратами",
            "Падпісанне пратакола аб супрацоўніцтве паміж апаратамі",
        ),
        ROOM,
        (),
        (),
    ),
    (
        28,
        "12:00–13:30",
        (
            "Lunch given by the deputy speaker of the House of Representatives",
            "Обед от имени заместителя председателя Палаты представителей",
            "Абед ад імя намесніка старшыні Палаты прадстаўнікоў",
        ),
        ("Guest house", "Резиденция", "Рэзідэнцыя"),
        CAR,
        (),
    ),
    (
        28,
        "14:30–15:30",
        (
            "Meeting at the Ministry of Industry",
            "Встреча в Министерстве промышленности",
            "Сустрэча ў Міністэрстве прамысловасці",
        ),
        (),
        (),
        (),
    ),
    (
        28,
        "10:30–12:00",
        ("National Art Museum", "Национальный художественный музей", "Нацыянальны мастацкі музей"),
        (),
        (),
        SPOUSES,
    ),
    (
        29,
        "08:00–12:30",
        ("Journey to Brest, the fortress", "Поездка в Брест, крепость", "Паездка ў Брэст, крэпасць"),
        ("Brest", "Брест", "Брэст"),
        (),
        (),
    ),
    (29, "16:00", ("Departure", "Отъезд", "Ад’езд"), ("Airport", "Аэропорт", "Аэрапорт"), (), ()),
)
PEOPLE = (
    (
        ("Mikalai Barysenka", "Николай Борисенко", "Мікалай Барысенка"),
        ("Chair of the working group", "Руководитель рабочей группы", "Кіраўнік рабочай групы"),
        "ours",
    ),
    (
        ("Liudmila Kavaleuskaya", "Людмила Ковалевская", "Людміла Кавалеўская"),
        ("Member of the group", "Член группы", "Член групы"),
        "ours",
    ),
    (("محمد بن سلمان",) * 3, ("Head of the delegation", "Глава делегации", "Кіраўнік дэлегацыі"), "theirs"),
    (("李小龙",) * 3, ("Member of the delegation", "Член делегации", "Член дэлегацыі"), "theirs"),
)
AGENDA = (
    ("1", ("How decisions are carried out", "О ходе выполнения решений", "Аб ходзе выканання рашэнняў"), "20"),
    ("1.1", ("Industry", "Промышленность", "Прамысловасць"), ""),
    ("1.2", ("Education and science", "Образование и наука", "Адукацыя і навука"), ""),
    ("2", ("Next meeting", "Следующее заседание", "Наступнае пасяджэнне"), "10"),
)


def content(columns: Sequence[tuple[str, str]], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A list as an edition keeps it."""
    listings = import_module("interparl.meetings.blocks.listed").LISTINGS
    override = import_module("django.utils.translation").override
    known = {column.key: column for listing in listings.values() for column in listing.columns}

    def label(key: str) -> Texts:
        found = {}
        for code in CODES:
            with override(code):
                found[code] = str(known[key].label)
        return found

    return {
        "title": {code: {"text": words, "language": code} for code, words in zip(CODES, TITLE, strict=True)},
        "about": {},
        "when": {"en": "27–29 May 2015", "ru": "27–29 мая 2015 г.", "be": "27–29 мая 2015 г."},
        "where": {"en": "Minsk", "ru": "Минск", "be": "Мінск"},
        "columns": [{"key": key, "kind": kind, "label": label(key)} for key, kind in columns],
        "rows": rows,
        "zone": ZONE,
        "grade": "illustrative",
    }


def cells(*several: Sequence[str]) -> dict[str, list[list[str]]]:
    """The words of a row by language: of each column one text for all languages, or one for each, or none."""
    return {
        code: [[(words[at] if len(words) > 1 else words[0]) if words else "", "", ""] for words in several]
        for at, code in enumerate(CODES)
    }


def programme() -> dict[str, Any]:
    """The programme."""
    columns = [(key, "text") for key in ("hours", "public_text", "place", "way", "track")]
    rows = [
        {
            "of": ["meetings.programmeitem", at],
            "names": {},
            "facts": {"day": f"2015-05-{day}", "zone": ZONE, "track": 1 if track else None},
            "cells": cells([hours], text, place, way, track),
        }
        for at, (day, hours, text, place, way, track) in enumerate(ITEMS, start=1)
    ]
    return content(columns, rows)


def participants() -> dict[str, Any]:
    """Who takes part."""
    rows = [
        {
            "of": ["directory.person", at],
            "names": dict(zip(CODES, name, strict=True)),
            "side": side,
            "facts": {},
            "cells": cells(name, role),
        }
        for at, (name, role, side) in enumerate(PEOPLE, start=1)
    ]
    return content([("name", "person"), ("role", "text")], rows)


def agenda() -> dict[str, Any]:
    """What is spoken about."""
    rows = [
        {
            "of": ["meetings.agendaitem", at],
            "names": {},
            "facts": {},
            "cells": cells([number], title, [minutes], PEOPLE[0][0] if minutes else []),
        }
        for at, (number, title, minutes) in enumerate(AGENDA, start=1)
    ]
    return content([("number", "text"), ("title", "text"), ("minutes", "number"), ("people", "text")], rows)


# Of Word files the wall in each language and in three, the pocket in three, lists in each: kind, languages, form, page.
WORD = (
    *(("programme", (code,), "wall", 1) for code in CODES),
    ("programme", ("be", "ru", "en"), "wall", 1),
    ("programme", ("be", "ru", "en"), "pocket", 3),
    *((kind, (code,), "wall", 1) for kind in ("agenda", "participants") for code in CODES),
)


def pages() -> Iterator[tuple[str, bytes]]:
    """Every picture with its name: the wall and the pocket in one, two and three languages, lists in each."""
    exports, paper = import_module("interparl.meetings.exports"), import_module("interparl.paper.typeset")
    plain = import_module("interparl.paper.plain").plain
    origin = exports.Origin(programme(), "internal", RELEASED, number=2)
    for form, dots in (("wall", 72), ("pocket", 96)):
        for codes in (("en",), ("ru",), ("be",), ("ru", "en"), ("be", "ru", "en")):
            made = paper.pictures("programme", exports.printed_programme(origin, exports.Wish(codes, form)), dots)
            # Of a programme for the pocket the second page is the day that has most.
            yield f"programme-{form}-{'-'.join(codes)}", made[1 if form == "pocket" else 0]
    for what, made_of in (("agenda", agenda()), ("participants", participants())):
        for code in CODES:
            one = exports.Origin(made_of, "internal", RELEASED, number=1)
            book = exports.book_of_list(what, one, exports.Wish((code,)))
            yield f"{what}-{code}", paper.pictures("book", plain(book), 60)[0]


def word_pages() -> Iterator[tuple[str, bytes]]:
    """Every picture of a Word file with its name; none without the programs that make them."""
    if not (shutil.which("soffice") and shutil.which("pdftoppm")):
        return
    exports = import_module("interparl.meetings.exports")
    made = {"programme": programme(), "agenda": agenda(), "participants": participants()}
    for kind, codes, form, page in WORD:
        origin = exports.Origin(made[kind], "internal", RELEASED, number=2)
        file = exports.as_file(kind, origin, exports.Wish(codes, form), "docx")
        middle = f"{form}-" if kind == "programme" else ""
        yield f"word-{kind}-{middle}{'-'.join(codes)}", drawn(file, page, 96 if form == "pocket" else 60)


def drawn(file: bytes, page: int, dots: int) -> bytes:
    """A page of a Word file as a grey picture (PGM)."""
    with tempfile.TemporaryDirectory() as folder:
        name = Path(folder, "file.docx")
        name.write_bytes(file)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(name))
        turned = str(name.with_suffix(".pdf"))
        return run("pdftoppm", "-f", str(page), "-l", str(page), "-r", str(dots), "-gray", turned)


def run(program: str, *words: str) -> bytes:
    """What a program answers."""
    path = shutil.which(program) or program
    return subprocess.run([path, *words], check=True, capture_output=True).stdout  # noqa: S603  nothing is typed in


def grey_of_png(png: bytes) -> tuple[int, int, Iterator[list[int]]]:
    """Size and rows of a PNG file as Typst writes it, in 256 greys."""
    width, height, rows = read(png)

    def greys() -> Iterator[list[int]]:
        for row in rows:
            dots = zip(row[0::4], row[1::4], row[2::4], strict=True)
            yield [(red * 299 + green * 587 + blue * 114) // 1000 for red, green, blue in dots]

    return width, height, greys()


def grey_of_pgm(pgm: bytes) -> tuple[int, int, Iterator[list[int]]]:
    """The same of a PGM file."""
    _kind, size, _most, dots = pgm.split(b"\n", 3)
    width, height = map(int, size.split())
    return width, height, (list(dots[at : at + width]) for at in range(0, width * height, width))


def smaller(width: int, height: int, rows: Iterator[list[int]]) -> bytes:
    """A picture in 16 greys, a fraction of the size: paper of the department is printed in grey."""
    lines = bytearray()
    for row in rows:
        grey = [dot // 16 for dot in row]
        grey += [0] * (len(grey) % 2)
        lines.append(0)
        lines += bytes(grey[at] << 4 | grey[at + 1] for at in range(0, len(grey), 2))
    head = struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(lines), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in chunks)


def chunk(kind: bytes, data: bytes) -> bytes:
    """A part of a PNG file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def read(png: bytes) -> tuple[int, int, Iterator[bytearray]]:
    """Size and rows (four bytes a dot) of a PNG file as Typst writes it."""
    at, data, size = 8, b"", (0, 0)
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            size = struct.unpack(">II", body[:8])
        elif kind == b"IDAT":
            data += body
        at += 12 + length
    return *size, rows_of(zlib.decompress(data), size[0] * 4)


def rows_of(data: bytes, width: int) -> Iterator[bytearray]:
    """The rows with their filters taken off."""
    above = bytearray(width)
    for start in range(0, len(data), width + 1):
        row = bytearray(data[start + 1 : start + 1 + width])
        for at in range(width):
            left = row[at - 4] if at >= 4 else 0
            corner = above[at - 4] if at >= 4 else 0
            row[at] = (row[at] + guess(data[start], left, above[at], corner)) & 255
        yield row
        above = row


def guess(way: int, left: int, up: int, corner: int) -> int:
    """What a filter of PNG expects of a byte (ISO/IEC 15948, 9.2)."""
    if way == PAETH:
        far = [(abs(up - corner), left), (abs(left - corner), up), (abs(left + up - 2 * corner), corner)]
        return min(far, key=lambda one: one[0])[1]
    return (0, left, up, (left + up) // 2)[way]


def main() -> None:
    """Writes the pictures into a folder."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    folder = arguments.parse_args().folder
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interparl.config.settings")
    os.environ.setdefault("INTERPARL_SECRET_KEY", "pictures")
    os.environ.setdefault("INTERPARL_MODE", "development")
    import_module("django").setup()
    for name, picture in pages():
        (folder / f"{name}.png").write_bytes(smaller(*grey_of_png(picture)))
    for name, picture in word_pages():
        (folder / f"{name}.png").write_bytes(smaller(*grey_of_pgm(picture)))


if __name__ == "__main__":
    main()
