"""The bodies app."""

from importlib import import_module

from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """Names the area to Django and registers what it hangs on lower areas."""

    name = "interparl.bodies"
    label = "bodies"

    def ready(self) -> None:
        """Registers blocks, measures, steps, attention rules and pages."""
        for part in ("blocks", "measures", "steps", "attention", "imports", "pages", "commands"):
            import_module(f"interparl.bodies.{part}")
