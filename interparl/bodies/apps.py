"""The bodies app."""

from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """Names the area to Django."""

    name = "interparl.bodies"
    label = "bodies"
