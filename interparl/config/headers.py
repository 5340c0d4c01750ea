"""What every answer says to the browser, whoever made it: a page, a file, a kept page, an error, a redirect."""

from __future__ import annotations

from collections.abc import Callable

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from interparl.config.security_log import note_refusal

# What a browser can be asked for and this product never asks; keys of one's own device are the only exception.
NEVER = (
    "accelerometer ambient-light-sensor attribution-reporting autoplay bluetooth browsing-topics camera "
    "clipboard-read clipboard-write compute-pressure display-capture encrypted-media fullscreen gamepad geolocation "
    "gyroscope hid idle-detection identity-credentials-get local-fonts magnetometer microphone midi otp-credentials "
    "payment picture-in-picture screen-wake-lock serial speaker-selection storage-access usb web-share "
    "window-management xr-spatial-tracking"
)
REFUSALS = (403, 413, 429)
OWN = "publickey-credentials-get publickey-credentials-create"


def permissions_policy() -> str:
    """The value of Permissions-Policy."""
    return ", ".join([f"{name}=()" for name in NEVER.split()] + [f"{name}=(self)" for name in OWN.split()])


class HeadersMiddleware:
    """Stands before all others, so that an answer that comes back early has its headers too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.always = {
            "Content-Security-Policy": build_policy(),
            "Permissions-Policy": permissions_policy(),
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
            "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": settings.X_FRAME_OPTIONS,
        }

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer with its headers; one that belongs to somebody is kept by no cache."""
        answer = self.get_response(request)
        if answer.status_code in REFUSALS:
            note_refusal(request, answer.status_code)
        for name, value in self.always.items():
            answer.headers.setdefault(name, value)
        # Static files and pages for everybody say themselves how long they hold.
        is_somebodys = settings.SESSION_COOKIE_NAME in request.COOKIES or answer.cookies
        if is_somebodys and "Cache-Control" not in answer:
            answer["Cache-Control"] = "no-store"
        if _ends_session(answer):
            answer["Clear-Site-Data"] = '"storage"'
        return answer


def _ends_session(answer: HttpResponseBase) -> bool:
    """Whether the browser is told to forget its session, as after signing out."""
    cookie = answer.cookies.get(settings.SESSION_COOKIE_NAME)
    return cookie is not None and cookie["max-age"] == 0
