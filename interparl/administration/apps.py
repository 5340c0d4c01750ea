"""The administration app."""

from importlib import import_module

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """Names the area to Django and registers its commands and blocks."""

    name = "interparl.administration"
    label = "administration"

    def ready(self) -> None:
        """Registers commands and blocks."""
        import_module("interparl.administration.commands")
        import_module("interparl.administration.backup_commands")
        import_module("interparl.administration.blocks")
