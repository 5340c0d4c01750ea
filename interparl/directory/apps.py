"""The directory app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Names the area to Django."""

    name = "interparl.directory"
    label = "directory"
