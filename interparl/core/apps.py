"""The core app."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    """Names the mechanism to Django and registers the pages of its own registers."""

    name = "interparl.core"
    label = "core"

    def ready(self) -> None:
        """Registers pages and system checks, and what follows an upgrade."""
        import_module("interparl.core.registers")
        import_module("interparl.core.checks")
        post_migrate.connect(label_anew, sender=self)


def label_anew(plan: Sequence[Any] = (), using: str = "", **_others: Any) -> None:
    """After an upgrade of the whole database its labels as this version makes them; without a plan nothing was done."""
    if not plan or using != DEFAULT_DB_ALIAS:
        return
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        import_module("interparl.core.labels").fill_all_labels()
