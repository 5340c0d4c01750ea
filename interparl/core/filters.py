"""Filters that every area may use."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import QuerySet
from django.utils.text import capfirst
from django_filters import Filter, NumberFilter

from interparl.core.kinds import model_of
from interparl.core.records import Record

# The greatest key that a database keeps.
GREATEST_KEY = 2**63 - 1


class KeyFilter(NumberFilter):
    """Rows that point to the record with this key; a number that can be no key fits nothing the database knows.

    A record that the reader may not know of is as one that is not there: no row is said to point to it.
    """

    def get_max_validator(self) -> MaxValueValidator:
        """No more than a key can be: greater numbers would be an error of the database."""
        return MaxValueValidator(GREATEST_KEY)

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """The rows that point to it."""
        found: QuerySet[Any] = super().filter(qs, value)
        column: Any = qs.model._meta.get_field(str(self.field_name))
        related = column.related_model
        if value is None or related is None or not issubclass(related, Record):
            return found
        condition = related.may_read(self.parent.request.user)
        return (
            found.filter(**{f"{self.field_name}__in": related._base_manager.filter(condition)}) if condition else found
        )


class Host(NamedTuple):
    """The record that others hang on."""

    kind: str
    key: int

    def __str__(self) -> str:
        return f"{capfirst(str(model_of(self.kind)._meta.verbose_name))} {self.key}"


class HostField(forms.CharField):
    """A kind and a key, as in directory.country-12; what is no record of any kind counts as not asked."""

    def clean(self, value: Any) -> Any:
        """The kind and key, or None."""
        kind, _sign, key = str(value or "").rpartition("-")
        try:
            model_of(kind)
        except (LookupError, ValueError):
            return None
        is_key = key.isascii() and key.isdigit() and len(key) < 20 and 0 < int(key) <= GREATEST_KEY
        return Host(kind, int(key)) if is_key else None


class HostFilter(Filter):
    """What hangs on one record."""

    field_class = HostField

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """That alone."""
        return qs.filter(kind=value.kind, object_id=value.key) if value else qs
