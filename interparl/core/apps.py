"""The core app."""

from importlib import import_module

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Names the mechanism to Django and registers the pages of its own registers."""

    name = "interparl.core"
    label = "core"

    def ready(self) -> None:
        """Registers pages and system checks."""
        import_module("interparl.core.registers")
        import_module("interparl.core.checks")
