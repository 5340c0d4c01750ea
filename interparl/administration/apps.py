"""The administration app."""

from importlib import import_module

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """Names the area to Django and registers its commands."""

    name = "interparl.administration"
    label = "administration"

    def ready(self) -> None:
        """Registers commands."""
        import_module("interparl.administration.commands")
