"""A slow line between the browser and the demonstration: on it a journey shows whether it waits for what it reads.

Playwright mostly waits after a click until the answer begins, so a late answer alone shows little. Here it comes in
pieces as well, between which there is a page with its beginning only, and no deed waits for what comes of it, which
else happens only now and then, on a busy machine.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial, partialmethod
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page

from tests.journeys.served import Served

# What is said from one end of a connection to the other; each of the two has its own.
BETWEEN_TWO = {"connection", "keep-alive", "transfer-encoding", "content-length"}
NOTHING_FOLLOWS = (204, 304)
SECONDS = 120


class SlowLine(BaseHTTPRequestHandler):
    """Passes one request on, and its answer back: half of the time later, and the rest of it in the middle."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *given: Any, door: str, delay: float, is_for_all: bool) -> None:
        self.door, self.delay, self.is_for_all = door, delay, is_for_all
        super().__init__(*given)

    def do_GET(self) -> None:
        """A question."""
        self._pass_on()

    def do_POST(self) -> None:
        """A form."""
        self._pass_on()

    def _pass_on(self) -> None:
        there = HTTPConnection(self.door, timeout=SECONDS)
        there.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            if name.lower() not in BETWEEN_TWO - {"content-length"}:
                there.putheader(name, value)
        there.endheaders(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        answer = there.getresponse()
        body = answer.read()
        there.close()
        is_page = answer.headers.get_content_type() == "text/html"
        pause = self.delay / 4 if is_page or self.is_for_all else 0
        time.sleep(pause * 2)
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in BETWEEN_TWO:
                self.send_header(name, value)
        if answer.status not in NOTHING_FOLLOWS:
            self.send_header("Content-Length", str(len(body)))
        # Who goes on to another page meanwhile no longer wants this one.
        with suppress(ConnectionError):
            self.end_headers()
            for first, end in ((0, len(body) // 8), (len(body) // 8, len(body) // 2)):
                self.wfile.write(body[first:end])
                time.sleep(pause)
            self.wfile.write(body[len(body) // 2 :])

    def log_message(self, *_said: Any) -> None:
        """Says nothing: the demonstration keeps a log."""


@contextmanager
def slow_line(served: Served, milliseconds: int, *, is_for_all: bool) -> Iterator[Served]:
    """The same demonstration at the other end of such a line: pages alone are slow, or all that is asked for."""
    kind = partial(SlowLine, door=urlsplit(served.base).netloc, delay=milliseconds / 1000, is_for_all=is_for_all)
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as line:
        Thread(target=line.serve_forever, daemon=True).start()
        with pytest.MonkeyPatch.context() as patch:
            for hand in (Page, Locator):
                for deed in ("click", "press", "tap"):
                    patch.setattr(hand, deed, partialmethod(getattr(hand, deed), no_wait_after=True))
            yield replace(served, base=f"http://127.0.0.1:{line.server_port}")
        line.shutdown()
