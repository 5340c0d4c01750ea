"""The page "Security" of one's own account, and the pages by which second factors come, go and are confirmed."""

from __future__ import annotations

import json
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from allauth.mfa import app_settings
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import view_recovery_codes
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal.auth import begin_authentication, begin_registration
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import FormView

from interparl.accounts.devices import devices_of, end_others
from interparl.accounts.factor_forms import (
    AppForm,
    CodeForm,
    ConfirmCodeForm,
    ConfirmPasskeyForm,
    PasskeyForm,
    SecondStepPasskeyForm,
    SignInPasskeyForm,
)
from interparl.accounts.factors import FACTORS, qr_picture, remember_factor
from interparl.accounts.models import User
from interparl.accounts.sessions import clock

SECURITY = reverse_lazy("mfa_index")
# The way to the pages below "Security", as `page_heading` shows it.
CRUMBS = {
    "crumbs": (
        {"label": gettext_lazy("My settings"), "url": reverse_lazy("account_settings")},
        {"label": gettext_lazy("Security"), "url": SECURITY},
    )
}
# New recovery codes can be seen and kept as a file for so long, in the session that made them.
SECONDS_OF_CODES = 10 * 60
CODES_SHOWN = "recovery_codes_shown_at"


@never_cache
@login_required
def security_page(request: HttpRequest) -> HttpResponse:
    """Password, authenticator app, passkeys, recovery codes and devices of who has signed in."""
    user = _owner(request)
    authenticators = list(Authenticator.objects.filter(user_id=user.pk).order_by("created_at", "pk"))
    codes = [one for one in authenticators if one.type == Authenticator.Type.RECOVERY_CODES]
    factors = [one for one in authenticators if one.type in FACTORS]
    context = {
        "has_password": user.has_usable_password(),
        "app": next((one for one in factors if one.type == Authenticator.Type.TOTP), None),
        "passkeys": [one for one in factors if one.type == Authenticator.Type.WEBAUTHN],
        "codes": codes[0] if codes else None,
        "codes_left": len(codes[0].wrap().get_unused_codes()) if codes else 0,
        "codes_made": app_settings.RECOVERY_CODE_COUNT,
        "has_factor": bool(factors),
        "is_required": settings.SECOND_FACTOR == "required",
        "devices": devices_of(request, user),
    }
    remember_factor(request, user)
    return render(request, "accounts/security.html", context)


def _owner(request: HttpRequest) -> User:
    """Who has signed in; only behind `login_required`."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


class AddAppView(ActivateTOTPView):  # type: ignore[misc]  # allauth ships no types
    """An authenticator app: the secret as a picture and as text, then its first code."""

    form_class = AppForm
    template_name = "accounts/app_add.html"
    extra_context = CRUMBS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With `qr`, and the secret in groups of four letters."""
        found: dict[str, Any] = super().get_context_data(**kwargs)
        secret = found["form"].secret
        groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
        qr = qr_picture(found["totp_url"], _("QR code with the secret for the app"))
        return found | {"qr": qr, "secret": " ".join(groups)}


class AddPasskeyView(AddWebAuthnView):  # type: ignore[misc]  # allauth ships no types
    """A passkey that can sign in by itself: it lies on the device, which asks for a finger, a face or a PIN."""

    form_class = PasskeyForm
    template_name = "accounts/passkey_add.html"
    extra_context = CRUMBS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the browser is asked for, as JSON."""
        found: dict[str, Any] = FormView.get_context_data(self, **kwargs)
        return found | {"options": json.dumps(begin_registration(self.request.user, passwordless=True))}


class SecondStepView(AuthenticateView):  # type: ignore[misc]  # allauth ships no types
    """After the password: a code, or a passkey when the account has one."""

    form_class = CodeForm
    webauthn_form_class = SecondStepPasskeyForm
    template_name = "accounts/second_step.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the browser is asked for, as JSON; "" when there is no passkey."""
        found: dict[str, Any] = super().get_context_data(**kwargs)
        asked = found["js_data"]["request_options"]
        is_known = bool(asked["publicKey"].get("allowCredentials"))
        return found | {"options": json.dumps(asked) if is_known else ""}


class ConfirmByPasskeyView(ReauthenticateWebAuthnView):  # type: ignore[misc]  # allauth ships no types
    """A passkey once more, before something that matters."""

    form_class = ConfirmPasskeyForm
    template_name = "accounts/reauthenticate_passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the browser is asked for, as JSON."""
        found: dict[str, Any] = super().get_context_data(**kwargs)
        return found | {"options": json.dumps(found["js_data"]["request_options"])}


second_step = SecondStepView.as_view()
add_app = never_cache(AddAppView.as_view())
remove_app = DeactivateTOTPView.as_view(
    template_name="accounts/app_remove.html", success_url=SECURITY, extra_context=CRUMBS
)
add_passkey = never_cache(AddPasskeyView.as_view())
remove_passkey = RemoveWebAuthnView.as_view(
    template_name="accounts/passkey_remove.html",
    success_url=SECURITY,
    context_object_name="authenticator",
    extra_context=CRUMBS,
)
sign_in_by_passkey = LoginWebAuthnView.as_view(form_class=SignInPasskeyForm)
make_codes = GenerateRecoveryCodesView.as_view(template_name="accounts/recovery_codes_make.html", extra_context=CRUMBS)
confirm_by_code = ReauthenticateView.as_view(
    form_class=ConfirmCodeForm, template_name="accounts/reauthenticate_code.html"
)
confirm_by_passkey = ConfirmByPasskeyView.as_view()


@never_cache
@require_POST
def passkey_options_page(request: HttpRequest) -> HttpResponse:
    """What the browser is asked for when somebody signs in with a passkey, as JSON; for `passkeys.js`."""
    answer = ratelimit.consume_or_429(request, action="login")
    return answer or JsonResponse(begin_authentication(None))


@never_cache
@login_required
def recovery_codes_page(request: HttpRequest) -> HttpResponse:
    """New recovery codes, shown once: in the ten minutes after they were made, in the session that made them."""
    codes = _new_codes(request)
    if codes is None:
        return redirect(SECURITY)
    return render(request, "accounts/recovery_codes.html", {"codes": codes, **CRUMBS})


@never_cache
@login_required
@require_GET
def recovery_codes_file(request: HttpRequest) -> HttpResponse:
    """The same codes as a text file."""
    codes = _new_codes(request)
    if codes is None:
        return redirect(SECURITY)
    user, host = _owner(request), request.get_host()
    head = _("Recovery codes of %(user)s at %(host)s. Each works once.") % {"user": user.username, "host": host}
    answer = HttpResponse("\n".join([head, "", *codes, ""]), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="interparl-recovery-codes.txt"'
    return answer


@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]  # allauth ships no types
def _new_codes(request: HttpRequest) -> list[str] | None:
    """The codes while they may be seen; None when there are none, or they were seen before."""
    found, is_first_time = view_recovery_codes(request)
    if found is None:
        return None
    if is_first_time:
        request.session[CODES_SHOWN] = int(clock())
    elif clock() - request.session.get(CODES_SHOWN, 0) > SECONDS_OF_CODES:
        return None
    codes: list[str] = found.get_unused_codes()
    return codes


@login_required
@require_POST
def end_device_page(request: HttpRequest, key: int) -> HttpResponse:
    """Ends one session of one's own; ending this one is signing out."""
    session = get_object_or_404(UserSession, pk=key, user_id=_owner(request).pk)
    if session.session_key == request.session.session_key:
        auth.logout(request)
        return redirect("account_login")
    session.end()
    messages.success(request, _("The device was signed out."))
    return redirect(SECURITY)


@login_required
@require_POST
def end_others_page(request: HttpRequest) -> HttpResponse:
    """Ends all sessions of one's own but this."""
    ended = end_others(request, _owner(request))
    said = ngettext("%(count)d other device was signed out.", "%(count)d other devices were signed out.", ended)
    messages.success(request, said % {"count": ended})
    return redirect(SECURITY)
