"""The meetings app."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class MeetingsConfig(AppConfig):
    """Names the area to Django and registers what it hangs on lower areas."""

    name = "interparl.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Registers blocks, measures, attention rules, importers and pages, and who listens to changes."""
        for part in ("actions", "blocks", "measures", "attention", "imports", "pages"):
            import_module(f"interparl.meetings.{part}")
        post_migrate.connect(salt_clashes, sender=self)


def salt_clashes(using: str = "", **_others: Any) -> None:
    """Every database has its secret of clashes, once it has a place for it; one that came with a backup stays."""
    model = import_module("interparl.meetings.models").ClashSalt
    has_table = model._meta.db_table in connections[using].introspection.table_names()
    if has_table and not model.objects.using(using).exists():
        model.objects.using(using).create()
