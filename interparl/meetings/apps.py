"""The meetings app."""

from importlib import import_module

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Names the area to Django and registers what it hangs on lower areas."""

    name = "interparl.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Registers pages and blocks."""
        for part in ("pages", "blocks"):
            import_module(f"interparl.meetings.{part}")
