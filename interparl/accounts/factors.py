"""The second factors of an account: an authenticator app (TOTP), passkeys (WebAuthn) and recovery codes.

allauth keeps and checks them; here stand our words, the cipher of their secrets, and who still needs one.
"""

from __future__ import annotations

import base64
import hashlib
from typing import ClassVar

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import force_bytes
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from qrcode.main import QRCode  # type: ignore[import-untyped]  # it ships no types

from interparl.accounts.models import User

# What counts as a second factor; recovery codes only stand in for one.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# Key of the session: somebody with a second factor signed in here.
HAS_FACTOR = "has_second_factor"


class Factors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Our words for what is wrong, and secrets that cannot be read from a copy of the database alone."""

    error_messages: ClassVar[dict[str, str | Promise]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("The code or the passkey is not right."),
        "cannot_generate_recovery_codes": _("Set up an authenticator app or a passkey first."),
    }

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002  allauth names it so
        """The name offered for a new passkey."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}

    def encrypt(self, text: str) -> str:
        """The secret as it is kept: enciphered with a key made from the secret key of the installation."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; a random one, which no code fits, when the secret key was changed since."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return str(generate_totp_secret())


def _cipher() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = [hashlib.sha256(b"second factors of interparl:" + force_bytes(key)).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def has_factor(user: User) -> bool:
    """Whether the user has an authenticator app or a passkey."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists())


def needs_factor(request: HttpRequest) -> bool:
    """Whether somebody has signed in here without a second factor, of his own or of the system that sent him.

    Asks the database once a session for those who have one.
    """
    if request.session.get(HAS_FACTOR):
        return False
    user = request.user
    if not isinstance(user, User):
        return False
    if any(record["method"] == "socialaccount" for record in get_authentication_records(request, user)):
        return False
    return not remember_factor(request, user)


def remember_factor(request: HttpRequest, user: User) -> bool:
    """Notes in the session whether the user has a second factor now, and says so."""
    found = has_factor(user)
    if found != bool(request.session.get(HAS_FACTOR)):
        request.session[HAS_FACTOR] = found
    return found


def drop_factors(user: User) -> None:
    """Takes away all second factors of somebody who has lost them, and ends all of his sessions.

    For an administrator; the user signs in with the password alone and sets up new ones.
    """
    Authenticator.objects.filter(user_id=user.pk).delete()
    for session in UserSession.objects.filter(user_id=user.pk):
        session.end()


def qr_picture(text: str, title: str) -> SafeString:
    """The text as a QR code: SVG markup without style, dark on light in every theme, with its quiet zone."""
    code = QRCode(border=4)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(
        f"M{column} {row}h1v1h-1z" for row, dots in enumerate(rows) for column, dot in enumerate(dots) if dot
    )
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<path fill="#fff" d="M0 0h{0}v{0}H0z"/><path fill="#000" d="{2}"/></svg>',
        len(rows),
        title,
        path,
    )
