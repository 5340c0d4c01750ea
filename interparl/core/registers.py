"""Pages of the mechanism's own registers: sources and identifiers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from interparl.core.addresses import address
from interparl.core.forms import RecordForm
from interparl.core.models import Identifier, Source
from interparl.core.pages import RecordPages
from interparl.core.tables import Column, Columns
from interparl.core.translated import text_in


class SourceForm(RecordForm[Source]):
    """A source."""

    class Meta:
        model = Source
        fields = ["key", "title", "url", "read_on", "licence", "mark"]


class IdentifierForm(RecordForm[Identifier]):
    """An identifier."""

    class Meta:
        model = Identifier
        fields = ["kind", "object_id", "scheme", "value", "mark", "grade"]


source_pages = RecordPages(
    model=Source,
    form=SourceForm,
    columns=Columns(
        (
            Column(
                "label",
                _("Title"),
                lambda s, r: text_in(s.title, r.language),
                sort="label",
                address=lambda s: address(("core.source", s.pk)),
            ),
            Column("url", _("Address"), lambda s, r: s.url),
            Column("read_on", _("Read on"), lambda s, r: s.read_on, kind="date", sort="read_on"),
            Column("licence", _("Licence"), lambda s, r: s.licence, sort="licence"),
        )
    ),
    facts=(
        Column("url", _("Address"), lambda s, r: s.url, address=lambda s: s.url),
        Column("read_on", _("Read on"), lambda s, r: s.read_on, kind="date"),
        Column("licence", _("Licence"), lambda s, r: s.licence),
        Column("key", _("Key"), lambda s, r: s.key),
    ),
)

identifier_pages = RecordPages(
    model=Identifier,
    form=IdentifierForm,
    columns=Columns(
        (
            Column("value", _("Value"), lambda i, r: i.value, sort="value"),
            Column("scheme", _("Scheme"), lambda i, r: i.scheme, sort="scheme"),
            Column(
                "of",
                _("Record"),
                lambda i, r: r.name(i.kind, i.object_id),
                refs=lambda i: [(i.kind, i.object_id)],
                address=lambda i: address((i.kind, i.object_id)),
            ),
        )
    ),
)
