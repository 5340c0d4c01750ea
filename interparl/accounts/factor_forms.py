"""Forms of the second factors."""

from __future__ import annotations

from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
LONGEST_NAME = 60


def refuse_used_code(authenticator: Authenticator, code: str) -> None:
    """Raises ValidationError for a code of the app that was taken before and is still in its time (RFC 6238, 5.2).

    allauth remembers it for one period only, but takes those before and after as well.
    """
    if authenticator.type != Authenticator.Type.TOTP:
        return
    seconds = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
    key = f"interparl.code.used:{authenticator.user_id}:{normalize_user_code(code)}"
    if not cache.add(key, True, timeout=seconds):
        raise get_adapter().validation_error("incorrect_code")


class CodeForm(AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The second step of signing in: a code of the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_code(self)

    def clean_code(self) -> str:
        """The code, which counts once."""
        code = str(super().clean_code())
        refuse_used_code(self.authenticator, code)
        return code


class ConfirmCodeForm(ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """A code once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_code(self)

    def clean_code(self) -> str:
        """The code, which counts once."""
        code = str(super().clean_code())
        refuse_used_code(self.authenticator, code)
        return code


def word_code(form: forms.Form) -> None:
    """Puts our words and attributes on the field of the code."""
    field = form.fields["code"]
    field.label, field.help_text = _("Code"), _("Of your authenticator app, or one of your recovery codes.")
    field.widget.attrs = dict(CODE)


class AppForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth ships no types
    """The first code of an authenticator app that has just read the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label, field.help_text = _("Code"), _("Six digits that the app shows now.")
        field.widget.attrs = dict(CODE)


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A new passkey and its name; each can sign in without the password, so there is nothing to tick."""

    passwordless = None
    name = forms.CharField(
        label=_("Name of the passkey"),
        help_text=_("For instance of the device or the key on which it lies."),
        max_length=LONGEST_NAME,
        required=False,
    )
    field_order = ("name", "credential")

    def clean(self) -> dict[str, Any]:
        """Name and passkey; raises ValidationError for any answer of the browser that is not one of a new passkey."""
        try:
            cleaned: dict[str, Any] = super().clean()
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return cleaned


class PasskeyAnswer:
    """Reads the answer of a browser without trusting its form."""

    def clean_credential(self) -> Authenticator:
        """The passkey; raises ValidationError for any answer that is not one of it."""
        try:
            return super().clean_credential()  # type: ignore[misc]  # of the form that it stands before
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise get_adapter().validation_error("incorrect_code") from error


class SignInPasskeyForm(PasskeyAnswer, LoginWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """Signing in with a passkey alone."""


class SecondStepPasskeyForm(PasskeyAnswer, AuthenticateWebAuthnForm):  # type: ignore[misc]  # the same
    """A passkey after the password."""


class ConfirmPasskeyForm(PasskeyAnswer, ReauthenticateWebAuthnForm):  # type: ignore[misc]  # the same
    """A passkey once more, before something that matters."""
