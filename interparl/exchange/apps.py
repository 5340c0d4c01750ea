"""The exchange app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Names the area to Django."""

    name = "interparl.exchange"
    label = "exchange"
