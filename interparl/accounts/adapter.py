"""How allauth behaves here: nobody signs up, and no answer tells a stranger whether an account exists."""

from __future__ import annotations

import logging
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from interparl.accounts.devices import browser_name
from interparl.accounts.models import User, access

WRONG = _("The name or the password is wrong.")

# What allauth would say by a template of its own, by the name of that template. All else goes without saying.
SAID: dict[str | None, str | Promise] = {
    "account/messages/password_changed.txt": _("Your password was changed."),
    "mfa/messages/totp_activated.txt": _("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app was removed."),
    "mfa/messages/webauthn_added.txt": _("The passkey was added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey was removed."),
}
# What the owner of an account is told by mail, by the template that allauth would use. All else is not worth a mail.
MAILED: dict[str, str | Promise] = {
    "account/email/password_changed": _("Your password was changed."),
    "account/email/password_reset": _("A new password was set by the link that had been sent to you."),
    "mfa/email/totp_activated": _("An authenticator app was set up for your account."),
    "mfa/email/totp_deactivated": _("The authenticator app was removed from your account."),
    "mfa/email/webauthn_added": _("A passkey was added to your account."),
    "mfa/email/webauthn_removed": _("A passkey was removed from your account."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made; the former ones no longer work."),
    "socialaccount/email/account_connected": _("Signing in through another system was linked to your account."),
}
logger = logging.getLogger(__name__)


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """No self-made accounts, one answer to every wrong sign-in, no addresses of others."""

    error_messages: ClassVar[dict[str, str | Promise]] = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many wrong attempts. Wait a few minutes, then try again."),
        "rate_limited": _("Too many wrong attempts. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Never: the pages are the only way in, and answer with pages."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether the address may be gone to after signing in or out: only one of the host that was asked."""
        host = self.request.get_host()
        return url_has_allowed_host_and_scheme(url, allowed_hosts={host}, require_https=self.request.is_secure())

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The user of this name or e-mail and password, or None.

        One hash is computed whether the account is there or not, and a closed account counts as a wrong password, in
        the limit of attempts too. Raises ValidationError when there were too many attempts.
        """
        name = credentials.get("email") or credentials.get("username", "")
        # The backend hashes once for each way that it is handed, so an account known by e-mail would take longer.
        way = "email" if User.objects.filter(email=name.lower()).exists() else "username"
        one_way = {way: name, "password": credentials.get("password", "")}
        user: User | None = super().authenticate(request, **one_way)
        if user is None or (user.is_active and user.standing.has_access):
            return user
        # allauth took the right password of a closed account, or of a member whose mandate has ended, for a success
        # and gave the attempt back.
        self.pre_authenticate(request, **one_way)
        self.authentication_failed(request, **one_way)
        return None

    def pre_login(self, request: HttpRequest, user: User, **named: Any) -> HttpResponse | None:
        """The answer that stands in place of a sign-in, by whatever way; to who has no access, that there is none."""
        found: HttpResponse | None = super().pre_login(request, user, **named)
        # Asked anew: allauth puts the user into the session with all that he holds.
        if found is None and not access().standing_of(user).has_access:
            return self.respond_user_inactive(request, user)  # type: ignore[no-any-return]
        return found

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Says what was done, in our words; signing in and out are seen without words."""
        words = message or SAID.get(message_template)
        if words:
            messages.add_message(request, level, str(words), extra_tags=extra_tags)

    def format_email_subject(self, subject: str) -> str:
        """The subject as it is: it names the system itself."""
        return subject

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Sends the link by which the user sets a new password."""
        self.send_mail("accounts/email/password_reset", email, context)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tells the owner of an account by mail that a key to it was changed; a mail that fails stops nothing."""
        what = MAILED.get(template_prefix)
        if what is None:
            return
        told = {"what": what, "address": self.get_client_ip(self.request), "at": timezone.now()}
        told["browser"] = browser_name(self.get_http_user_agent(self.request))
        try:
            self.send_mail("accounts/email/security_changed", user.email, told)
        except OSError:
            logger.exception("no mail about a change of the account %s", user.pk)
