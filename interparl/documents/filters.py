"""What the registers of documents may be asked."""

from __future__ import annotations

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from interparl.core.filters import HostFilter, KeyFilter
from interparl.documents.models import Document, DocumentKind, Edition, KeepingHold


class DocumentFilters(django_filters.FilterSet):
    """Documents."""

    document_kind = django_filters.ChoiceFilter(label=_("Kind"), choices=DocumentKind.choices)
    of = HostFilter(label=_("Attached to"), widget=forms.HiddenInput)

    class Meta:
        model = Document
        fields = ["document_kind"]


class EditionFilters(django_filters.FilterSet):
    """Editions."""

    standing = django_filters.ChoiceFilter(label=_("State"), choices=Edition.Standing.choices)
    of = HostFilter(label=_("Of"), widget=forms.HiddenInput)

    class Meta:
        model = Edition
        fields = ["standing"]


class KeepingHoldFilters(django_filters.FilterSet):
    """Holds on removal."""

    document = KeyFilter(label=_("Document"))

    class Meta:
        model = KeepingHold
        fields = ["document"]
