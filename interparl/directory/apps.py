"""The directory app."""

from importlib import import_module

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Names the area to Django and registers what it hangs on lower areas."""

    name = "interparl.directory"
    label = "directory"

    def ready(self) -> None:
        """Registers blocks, steps, attention rules, pages, commands and importers."""
        for part in ("blocks", "steps", "attention", "pages", "commands", "imports"):
            import_module(f"interparl.directory.{part}")
