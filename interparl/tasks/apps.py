"""The tasks app."""

from importlib import import_module

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """Names the area to Django and registers what it hangs on records."""

    name = "interparl.tasks"
    label = "tasks"

    def ready(self) -> None:
        """Registers attention rules and pages; blocks are hung by the areas whose records are cleared."""
        for part in ("attention", "pages"):
            import_module(f"interparl.tasks.{part}")
