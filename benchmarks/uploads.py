"""Pages while a hundred files of 5 MB come in and their texts are read: a real server with its worker, over HTTP.

Times of the same pages in turn while nothing else happens, before and after, and meanwhile, in one run: what other
people do on the machine meets both. Who sends the files is a process of its own (`sending.py`).
"""

from __future__ import annotations

import http.client
import io
import os
import random
import socket
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep

from django.test import Client
from pypdf import PdfWriter

from benchmarks.sending import PATIENCE
from interparl.accounts.models import User
from interparl.documents.models import Content
from tests import makers
from tests.paper import a_docx, a_pdf

FILES, SIZE = 100, 5 * 1024 * 1024
# So long the pages are asked while nothing else happens, before and after.
IDLE = 30.0
# So long the reader looks at a page before he asks for the next one.
THINKS = 0.05
GOAL = 1.5


def upload_rows() -> list[str]:
    """The table of page times, and how long the files and their texts took."""
    folder = Path(os.environ["INTERPARL_FOLDER"])
    pages, session = _prepared()
    files = _files(folder / "to-send")
    with _server() as port:
        ask = _reader(port, session, pages)
        for page in pages:
            ask(page)
        before = _times(ask, pages, _until(IDLE))
        began = perf_counter()
        sender = subprocess.Popen([sys.executable, "-m", "benchmarks.sending", str(port), session, str(files)])  # noqa: S603  our own words
        sending = _times(ask, pages, lambda: sender.poll() is not None)
        sent = perf_counter() - began
        if sender.returncode:
            raise SystemExit("The files were not taken in.")
        reading = _times(ask, pages, _all_read)
        done = perf_counter() - began
        after = _times(ask, pages, _until(IDLE))
    idle = before + after
    rows = [
        "| meanwhile | pages asked | median, ms | ratio | 95 of 100, ms | ratio |",
        "|---|---:|---:|---:|---:|---:|",
        _row("nothing, before and after", idle, idle),
        _row("files come in", sending, idle),
        _row("their texts are read", reading, idle),
        _row("**both together**", sending + reading, idle),
    ]
    told = f"{FILES} files of {SIZE >> 20} MB: sent in {sent:.0f} s, all texts read after {done:.0f} s."
    return [f"{told} The goal is {GOAL} times the idle pages.", "", *rows]


def _row(name: str, found: list[float], idle: list[float]) -> str:
    cells = [name, str(len(found))]
    for at in (50, 95):
        own, free = _percentile(found, at), _percentile(idle, at)
        cells += [f"{own * 1000:.1f}", f"{own / free:.2f}"]
    return f"| {' | '.join(cells)} |"


def _percentile(found: list[float], at: int) -> float:
    return statistics.quantiles(found, n=100)[at - 1] if len(found) > 1 else 0.0


def _times(ask: Callable[[str], None], pages: list[str], is_over: Callable[[], bool]) -> list[float]:
    found: list[float] = []
    while not is_over() or not found:
        for page in pages:
            began = perf_counter()
            ask(page)
            found.append(perf_counter() - began)
            sleep(THINKS)
    return found


def _until(seconds: float) -> Callable[[], bool]:
    end = perf_counter() + seconds
    return lambda: perf_counter() > end


def _all_read() -> bool:
    return not Content.objects.filter(state=Content.State.WAITING).exists()


def _prepared() -> tuple[list[str], str]:
    """Pages of every sort about people in a body, and the session of who may read and send."""
    body = makers.a_body("group", "Group")
    part = makers.a_part(body, makers.a_parliament())
    people = [makers.a_person(f"Member{number}") for number in range(60)]
    for person in people[:15]:
        makers.a_membership(part=part, person=person, since="2012")
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.create_user("bench", "bench@example.org", None, role="administrator"))
    pages = [
        f"/desk/bodies/{body.pk}/",
        f"/desk/people/{people[0].pk}/",
        "/desk/people/",
        "/desk/documents/",
        "/desk/find/?q=member",
    ]
    return pages, str(client.session.session_key)


def _files(folder: Path) -> Path:
    """The files to send, each another: scans with their text, documents of Word with pictures, long plain texts."""
    folder.mkdir(parents=True)
    chance = random.Random(1)  # noqa: S311  no secret
    kinds = (_pdf, _docx, _pdf, _docx, _txt)
    for number in range(FILES):
        name, data = kinds[number % len(kinds)](chance)
        (folder / f"{number:03}.{name}").write_bytes(data)
    return folder


def _text(chance: random.Random, words: int) -> str:
    return " ".join(f"word{chance.randrange(5000)}" for _ in range(words))


def _pdf(chance: random.Random) -> tuple[str, bytes]:
    text = a_pdf(*(_text(chance, 300) for _page in range(20)))
    writer = PdfWriter(clone_from=io.BytesIO(text))
    writer.add_attachment("scan.bin", chance.randbytes(SIZE - len(text)))
    out = io.BytesIO()
    writer.write(out)
    return "pdf", out.getvalue()


def _docx(chance: random.Random) -> tuple[str, bytes]:
    paragraphs = [_text(chance, 80) for _number in range(200)]
    return "docx", a_docx(*paragraphs, more={"word/media/picture.jpeg": chance.randbytes(SIZE - 60_000)})


def _txt(chance: random.Random) -> tuple[str, bytes]:
    return "txt", _text(chance, SIZE // 9).encode()


@contextmanager
def _server() -> Iterator[int]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    command = [str(Path(sys.executable).parent / "interparl"), "serve", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        ask = _reader(port, "", ["/en/"])
        while process.poll() is None:
            try:
                ask("/en/")
            except OSError:
                sleep(0.05)
            else:
                break
        yield port
    finally:
        process.terminate()
        process.wait()


def _reader(port: int, session: str, pages: list[str]) -> Callable[[str], None]:
    def ask(page: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", page, headers={"Cookie": f"sessionid={session}"} if session else {})
            answer = connection.getresponse()
            answer.read()
        finally:
            connection.close()
        if answer.status != 200:
            raise SystemExit(f"{page}: {answer.status}")

    return ask
