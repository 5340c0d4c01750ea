"""The portal app."""

from importlib import import_module

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Names the area to Django and registers its pages and commands."""

    name = "interparl.portal"
    label = "portal"

    def ready(self) -> None:
        """Registers pages and commands."""
        import_module("interparl.portal.pages.desk")
        import_module("interparl.portal.commands")
