"""What the tests of signing in share: an account, its code of the moment, and how it signs in."""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from interparl.accounts.models import User

PASSWORD = "quiet rivers of spring"  # noqa: S105
SECURITY = "/accounts/security/"


def sign_in(client: Client, name: str = "anna", password: str = PASSWORD) -> Any:
    """The answer to name and password."""
    return client.post("/accounts/login/", {"login": name, "password": password})


def confirmed(client: Client) -> Client:
    """The same window after the password was given once more."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def code_of(secret: str, step: int = 0) -> str:
    """What an app with the secret shows now, or so many half minutes later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step)))


def with_app(user: User) -> str:
    """Sets up an app and recovery codes; the app's secret."""
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def recovery_codes(user: User) -> list[str]:
    """The codes not used yet."""
    found: list[str] = (
        Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    )
    return found
