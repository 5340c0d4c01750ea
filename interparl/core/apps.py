"""The core app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Names the area to Django."""

    name = "interparl.core"
    label = "core"
