"""Filters that every area may use."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django_filters import NumberFilter

# The greatest key that a database keeps.
GREATEST_KEY = 2**63 - 1


class KeyFilter(NumberFilter):
    """Rows that point to the record with this key; a number that can be no key fits nothing the database knows."""

    def get_max_validator(self) -> MaxValueValidator:
        """No more than a key can be: greater numbers would be an error of the database."""
        return MaxValueValidator(GREATEST_KEY)
