"""The portal app."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Names the area to Django."""

    name = "interparl.portal"
    label = "portal"
