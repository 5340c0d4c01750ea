"""Public pages as they were last rendered, until something changes or the day is over (design 2.11).

A view marked `kept` is rendered once for its address; the middleware answers from memory after that, with an ETag and
compressed for who takes it. Anything written in this process drops all of it at once; what other processes write is
seen by the number of the last history entry, asked at most once a second. Only answers without cookies are kept, and
one that names a moment (`kept_until`) only until then.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, wraps
from threading import Lock
from time import monotonic
from typing import Any

from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseNotModified
from django.views.decorators.csrf import csrf_exempt

from interparl.accounts.appearance import appearance_of, write_appearance
from interparl.core.days import now, today
from interparl.core.models.entries import Entry
from interparl.core.writing import record_changed

MOST_PAGES = 400
SECONDS_BETWEEN_LOOKS = 1.0
LONGEST_ADDRESS = 300
READ = ("GET", "HEAD")


def kept(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks the answer of a public page as one that may be kept; such a page is read and takes nothing in."""

    @wraps(page)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in READ:
            return HttpResponseNotAllowed(READ)
        state = SHELF.state()
        answer = page(request, *args, **kwargs)
        if answer.status_code == 200:
            answer.kept_in = state  # type: ignore[attr-defined]
        return answer

    # Nothing is taken in, so there is nothing to forge: other methods get 405 and not 403.
    return csrf_exempt(marked)


@dataclass(frozen=True)
class Rendering:
    """One kept answer: headers, the body, and its tag."""

    headers: dict[str, str]
    body: bytes
    tag: str
    until: datetime | None = None

    @cached_property
    def compressed(self) -> bytes:
        """The body compressed, once, when the first browser asks for it so."""
        return gzip.compress(self.body, 6, mtime=0)


class Shelf:
    """The kept renderings of this process, the least asked for dropped first."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, Rendering] = OrderedDict()
        self._lock = Lock()
        self._state: tuple[int, str] | None = None
        self._looked_at = 0.0

    def get(self, address: str) -> Rendering | None:
        """What is kept for the address, if it is still true; asks nothing for an address that is not kept."""
        if address not in self._pages:
            return None
        self._look()
        with self._lock:
            found = self._pages.get(address)
            if found is None:
                return None
            if found.until is not None and found.until <= now():
                del self._pages[address]
                return None
            self._pages.move_to_end(address)
            return found

    def put(self, address: str, rendering: Rendering, state: tuple[int, str]) -> None:
        """Keeps a rendering that was made in that state of the database."""
        with self._lock:
            if state != self._state:
                self._pages.clear()
                self._state, self._looked_at = state, 0.0
            self._pages[address] = rendering
            if len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)

    def clear(self) -> None:
        """Drops everything, and looks anew before the next answer."""
        with self._lock:
            self._pages.clear()
            self._state = None
            self._looked_at = 0.0

    def state(self) -> tuple[int, str]:
        """The last entry and the day: what a rendering depends on."""
        last = Entry.objects.aggregate(last=Max("pk"))["last"] or 0
        return last, today().isoformat()

    def _look(self) -> None:
        looked_at = monotonic()
        if self._state is not None and looked_at - self._looked_at < SECONDS_BETWEEN_LOOKS:
            return
        state = self.state()
        with self._lock:
            if state != self._state:
                self._pages.clear()
            self._state, self._looked_at = state, looked_at


SHELF = Shelf()


def _drop(**_what: Any) -> None:
    SHELF.clear()


record_changed.connect(_drop, dispatch_uid="kept-pages")


class KeptPageMiddleware:
    """Answers public pages from the shelf; stands before all that costs time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The kept answer, or a new one that is kept when its page says so."""
        address = request.get_full_path()
        if request.method != "GET" or len(address) > LONGEST_ADDRESS:
            return self.get_response(request)
        # What one browser has chosen for its eyes stands in the page, and must not reach others.
        address += f" {write_appearance(appearance_of(request))}"
        if found := SHELF.get(address):
            return _answer(request, found)
        answer = self.get_response(request)
        state = getattr(answer, "kept_in", None)
        if state is not None and not answer.cookies and not answer.streaming:
            rendering = _rendering(answer)
            SHELF.put(address, rendering, state)
            return _answer(request, rendering)
        return answer


def _rendering(answer: HttpResponse) -> Rendering:
    body = answer.content
    headers = {name: value for name, value in answer.items() if name not in ("Content-Length", "ETag")}
    headers["Vary"] = "Accept-Encoding"
    headers["Cache-Control"] = "no-cache"
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return Rendering(headers, body, tag, getattr(answer, "kept_until", None))


def _answer(request: HttpRequest, rendering: Rendering) -> HttpResponse:
    if rendering.tag in request.headers.get("If-None-Match", ""):
        unchanged = HttpResponseNotModified()
        unchanged["ETag"] = rendering.tag
        unchanged["Vary"] = rendering.headers["Vary"]
        return unchanged
    is_compressed = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(rendering.compressed if is_compressed else rendering.body, headers=rendering.headers)
    answer["ETag"] = rendering.tag
    if is_compressed:
        answer["Content-Encoding"] = "gzip"
    answer["Content-Length"] = str(len(answer.content))
    return answer
