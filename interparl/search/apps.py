"""The search app."""

from importlib import import_module

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Names the room to Django; from then on names are found through its index, which follows the labels."""

    name = "interparl.search"
    label = "search"

    def ready(self) -> None:
        """Registers the finder and the keeper of the index."""
        finding, labels = import_module("interparl.core.finding"), import_module("interparl.core.labels")
        finding.use(import_module("interparl.search.search").IndexFinder())
        labels.followers.append(import_module("interparl.search.actions").IndexKeeper())
