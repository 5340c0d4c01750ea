"""The briefs app."""

from importlib import import_module

from django.apps import AppConfig


class BriefsConfig(AppConfig):
    """Names the area to Django and registers its command."""

    name = "interparl.briefs"
    label = "briefs"

    def ready(self) -> None:
        """Registers the command."""
        import_module("interparl.briefs.commands")
