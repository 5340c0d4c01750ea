"""The administration app."""

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """Names the area to Django."""

    name = "interparl.administration"
    label = "administration"
