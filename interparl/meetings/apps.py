"""The meetings app."""

from importlib import import_module

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Names the area to Django and registers what it hangs on lower areas."""

    name = "interparl.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Registers blocks, measures, attention rules, importers and pages, and who listens to changes."""
        for part in ("actions", "blocks", "measures", "attention", "imports", "pages"):
            import_module(f"interparl.meetings.{part}")
