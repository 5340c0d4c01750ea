"""How long a programme of twenty pages in three languages takes as PDF, from the address to the file, beside Typst."""

from __future__ import annotations

import io
import json
import statistics
from datetime import UTC, datetime, time, timedelta
from time import perf_counter, process_time
from typing import Any

import typst
from django.core.management import call_command
from django.test import Client
from pypdf import PdfReader

from benchmarks.diary import BY, TODAY
from interparl.accounts.models import User
from interparl.core.querysets import open_gate
from interparl.core.translated import Stored, written
from interparl.core.writing import Planned, change_many
from interparl.meetings import exports
from interparl.meetings.models import Event, ProgrammeItem
from interparl.paper import typeset
from interparl.paper.signs import FONTS

DAYS, ITEMS, PAGES, RUNS, MOST_MS, MOST_TIMES = 10, 14, 20, 7, 1000, 1.5
LANGUAGES = "be,ru,en"
WORDS = {
    "en": "Talks with the chair of the standing commission on international affairs, number %d, in the oval hall",
    "ru": "Переговоры с председателем Постоянной комиссии по международным делам, номер %d, в овальном зале",
    "be": "Перамовы са старшынёй Пастаяннай камісіі па міжнародных справах, нумар %d, у авальнай зале",
}


def programme_rows() -> list[str]:
    """The table: Typst alone, ours, the ratio."""
    call_command("collectstatic", interactive=False, verbosity=0)
    event = _programme()
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.create_user("printer", "printer@example.org", None, role="administrator"))
    where = f"/desk/events/{event.pk}/print/?languages={LANGUAGES}&form=wall&format=pdf&text=working"
    answer = client.get(where)
    if answer.status_code != 200 or answer["Content-Type"] != "application/pdf":
        raise SystemExit(f"{where}: {answer.status_code}")
    pages = len(PdfReader(io.BytesIO(answer.content)).pages)
    if pages < PAGES:
        raise SystemExit(f"{pages} pages, not {PAGES}")
    given = _caught(client, where)
    times: tuple[list[float], list[float], list[float]] = ([], [], [])
    low_times, high_times, by_clock = times
    for run in range(1, RUNS + 1):
        # Typst remembers what it has set before: each time all texts are others.
        given["sys_inputs"] = {"programme": given["sys_inputs"]["programme"].replace(f"({run - 1})", f"({run})")}
        began = process_time()
        typst.compile(**given)
        low_times.append((process_time() - began) * 1000)
        _write_again(event, RUNS + run)
        began, clock = process_time(), perf_counter()
        client.get(where)
        high_times.append((process_time() - began) * 1000)
        by_clock.append((perf_counter() - clock) * 1000)
    low, high, seconds = (statistics.median(found) for found in times)
    return [
        "| programme | Typst alone, ms | ours, ms | ratio | by the clock, ms | at most |",
        "|---|---:|---:|---:|---:|---:|",
        (
            f"| {pages} pages, three languages, PDF | {low:.0f} | {high:.0f} | {high / low:.2f} | {seconds:.0f} |"
            f" {MOST_TIMES} times, {MOST_MS} ms |"
        ),
    ]


def _programme() -> Event:
    event = Event(kind="incoming-visit", title=written(_said("A visit")), since=TODAY.isoformat(),
                  until=(TODAY + timedelta(days=DAYS - 1)).isoformat(), zone="Europe/Minsk")  # fmt: skip
    change_many([Planned(event)], by=BY)
    items = [
        ProgrammeItem(
            event=event,
            day=TODAY + timedelta(days=at // ITEMS),
            begins=f"{8 + at % ITEMS:02}:00",
            ends=f"{8 + at % ITEMS:02}:45",
            text=_text(at, 0),
            place=written(_said("Oval Hall")),
        )
        for at in range(DAYS * ITEMS)
    ]
    change_many([Planned(item) for item in items], by=BY)
    return event


def _text(at: int, run: int) -> Stored:
    return written({code: f"{words % at} ({run})" for code, words in WORDS.items()})


def _write_again(event: Event, run: int) -> None:
    """All texts as others, past the gate: this is not what is measured."""
    items = list(ProgrammeItem.objects.filter(event=event).order_by("day", "begins"))
    for at, item in enumerate(items):
        item.text = _text(at, run)
    with open_gate():
        ProgrammeItem.objects.bulk_update(items, ["text"], batch_size=100)


def _said(words: str) -> dict[str, str]:
    return dict.fromkeys(("en", "ru", "be"), words)


def _caught(client: Client, where: str) -> dict[str, Any]:
    """What Typst is given for this address, made ready: the pattern, the fonts, the programme as one text."""
    seen: list[Any] = []
    files = exports.files
    usual = files.typeset

    def watched(name: str, data: Any, day: Any) -> bytes:
        seen.append((name, data, day))
        return usual(name, data, day)

    files.typeset = watched
    try:
        client.get(where)
    finally:
        files.typeset = usual
    name, data, day = seen[0]
    text = json.dumps(typeset._dressed(data), ensure_ascii=False)
    return {
        "input": str(typeset.PATTERNS / f"{name}.typ"),
        "root": str(typeset.PATTERNS),
        "font_paths": typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)]),
        "ignore_system_fonts": True,
        "sys_inputs": {name: text},
        "format": "pdf",
        "pdf_standards": typeset.STANDARDS,
        "timestamp": datetime.combine(day, time(), UTC),
    }
