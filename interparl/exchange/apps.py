"""The exchange app."""

from importlib import import_module

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Names the area to Django and registers its commands."""

    name = "interparl.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Registers commands."""
        import_module("interparl.exchange.commands")
