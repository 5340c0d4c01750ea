"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Names the area to Django."""

    name = "interparl.accounts"
    label = "accounts"
