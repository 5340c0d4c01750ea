"""What the owner of an account is told by mail when somebody else has changed it."""

from __future__ import annotations

import logging

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from interparl.accounts.models import User

FACTORS_DROPPED = _("Your passkeys, your authenticator app and your recovery codes were taken away.")
ADDRESS_CHANGED = _("The e-mail address of your account was changed. This is the last message to the former one.")
SECONDS_OF_A_DAY = 86_400
logger = logging.getLogger(__name__)


def send_invitation(user: User, by: User) -> bool:
    """Sends the link by which the user sets a password; whether it could be sent."""
    adapter = get_adapter()
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    told = {
        "by": by,
        "username": user.username,
        "link": adapter.get_reset_password_from_key_url(key),
        "days": settings.PASSWORD_RESET_TIMEOUT // SECONDS_OF_A_DAY,
    }
    return _sent("administration/email/invitation", user, user.email, told)


def tell(user: User, what: str | Promise, by: User, *, at: str = "") -> bool:
    """Tells what was done to the account and by whom, at another address than the present one if given."""
    return _sent("administration/email/account_changed", user, at or user.email, {"what": what, "by": by})


def _sent(template: str, user: User, address: str, told: dict[str, object]) -> bool:
    try:
        get_adapter().send_mail(template, address, told)
    except OSError:
        logger.exception("no mail about the account %s", user.pk)
        return False
    return True
