"""What every request needs: settings read once, and nothing kept between requests."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from interparl.core.days import begin_scope, end_scope


class RequestScopeMiddleware:
    """Reads the settings of the installation at most once a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers within its own scope."""
        begin_scope()
        try:
            return self.get_response(request)
        finally:
            end_scope()
