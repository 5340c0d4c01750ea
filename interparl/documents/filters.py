"""What the registers of documents may be asked."""

from __future__ import annotations

from typing import Any, NamedTuple

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from interparl.core.filters import GREATEST_KEY, KeyFilter
from interparl.core.kinds import model_of
from interparl.documents.models import Document, DocumentKind, Edition, KeepingHold


class Host(NamedTuple):
    """The record that documents are attached to."""

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


class HostFilter(django_filters.Filter):
    """What hangs on one record."""

    field_class = HostField

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """That alone."""
        return qs.filter(kind=value.kind, object_id=value.key) if value else qs


class DocumentFilters(django_filters.FilterSet):
    """Documents."""

    document_kind = django_filters.ChoiceFilter(label=_("Kind"), choices=DocumentKind.choices)
    of = HostFilter(label=_("Attached to"), widget=forms.HiddenInput)

    class Meta:
        model = Document
        fields = ["document_kind"]


class EditionFilters(django_filters.FilterSet):
    """Editions."""

    what = django_filters.ChoiceFilter(label=_("What it is of"), choices=Edition.What.choices)
    standing = django_filters.ChoiceFilter(label=_("State"), choices=Edition.Standing.choices)
    of = HostFilter(label=_("Of"), widget=forms.HiddenInput)

    class Meta:
        model = Edition
        fields = ["what", "standing"]


class KeepingHoldFilters(django_filters.FilterSet):
    """Holds on removal."""

    document = KeyFilter(label=_("Document"))

    class Meta:
        model = KeepingHold
        fields = ["document"]
