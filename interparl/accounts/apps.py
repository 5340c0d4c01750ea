"""The accounts app."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in

from interparl.accounts.stamps import stamp_sign_in


class AccountsConfig(AppConfig):
    """Names the area to Django."""

    name = "interparl.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Has every sign-in stamped."""
        user_logged_in.connect(stamp_sign_in, dispatch_uid="stamp-sign-in")
