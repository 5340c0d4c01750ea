"""What is not even looked at: a foreign host name, a method that no page has, a body larger than any form takes."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render

METHODS = ("GET", "HEAD", "POST")
# What a form sends around its file: boundaries, names, the other fields.
AROUND_A_FILE = 1024 * 1024
# Where files of documents are handed in, several at once.
DOCUMENTS = "/desk/documents/"


class LimitsMiddleware:
    """Stands before the session and before kept pages; raises DisallowedHost, which Django answers with 400."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """405 for another method, 413 for too large a body, 400 for a foreign host; else what comes next."""
        request.get_host()
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if _length(request) > limit_of_all(request) + AROUND_A_FILE:
            return _too_large(request)
        return self.get_response(request)


def limit_of_all(request: HttpRequest) -> int:
    """How many bytes all files of one form together may have."""
    return max(settings.FILES_LIMIT if _is_about_documents(request) else 0, settings.IMPORT_LIMIT)


def limit_of_one(request: HttpRequest) -> int:
    """How many bytes one file may have."""
    limit: int = settings.FILE_LIMIT if _is_about_documents(request) else settings.IMPORT_LIMIT
    return limit


def _is_about_documents(request: HttpRequest) -> bool:
    return request.path_info.startswith(DOCUMENTS)


def _length(request: HttpRequest) -> int:
    """What the body says of its length; a body that says nothing is not read at all."""
    said = str(request.META.get("CONTENT_LENGTH") or "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else len(said) and 1 << 62


def _too_large(request: HttpRequest) -> HttpResponse:
    answer = render(request, "413.html", status=413)
    # The rest of the body is not read, so the connection cannot serve another request.
    answer["Connection"] = "close"
    return answer
