"""The stamps that a session gets at sign-in. Knows no model, so that it can be connected before models are read."""

from __future__ import annotations

import time
from typing import Any

from django.http import HttpRequest

# Whole seconds since 1970, by these keys of the session.
SIGNED_IN, SEEN = "signed_in_at", "seen_at"


def stamp_sign_in(sender: Any, request: HttpRequest, **_others: Any) -> None:
    """Writes when the session began; hears Django's signal of every sign-in, of whatever way."""
    request.session[SIGNED_IN] = request.session[SEEN] = int(time.time())
