"""The exchange app."""

from importlib import import_module

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Names the area to Django and registers its commands."""

    name = "interparl.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Registers commands, attention rules, blocks and the pages of mappings."""
        for part in ("commands", "attention", "blocks", "pages.mappings"):
            import_module(f"interparl.exchange.{part}")
