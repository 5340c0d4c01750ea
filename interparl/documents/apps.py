"""The documents app."""

from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Names the area to Django and registers what it hangs on records."""

    name = "interparl.documents"
    label = "documents"

    def ready(self) -> None:
        """Registers blocks, attention rules, pages and commands."""
        for part in ("blocks", "attention", "pages", "commands"):
            import_module(f"interparl.documents.{part}")
