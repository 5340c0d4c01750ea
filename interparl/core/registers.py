"""Pages of the mechanism's own registers: sources and identifiers."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interparl.core.addresses import address
from interparl.core.forms import RecordForm
from interparl.core.models import Identifier, Pointer, Source
from interparl.core.pages import RecordPages, every_record_pages
from interparl.core.tables import Column, Columns
from interparl.core.translated import text_in


def known_kind(text: str) -> str:
    """The name of a kind of record that has pages; raises ValidationError for another."""
    if text not in every_record_pages:
        raise ValidationError(gettext("There is no kind of record “%(text)s”.") % {"text": text[:60]})
    return text


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

    def clean_kind(self) -> str:
        """Only a kind that there is."""
        return known_kind(self.cleaned_data["kind"])


class PointerForm(RecordForm[Pointer]):
    """A pointer; its mark is that of every pointer."""

    class Meta:
        model = Pointer
        fields = ["kind", "object_id", "number", "place"]

    def clean_kind(self) -> str:
        """Only a kind that there is."""
        return known_kind(self.cleaned_data["kind"])


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

pointer_pages = RecordPages(
    model=Pointer,
    form=PointerForm,
    columns=Columns(
        (
            Column(
                "number",
                _("Registry number"),
                lambda p, r: p.number,
                sort="number",
                address=lambda p: address(("core.pointer", p.pk), "edit"),
            ),
            Column("place", _("Kept at"), lambda p, r: p.place, sort="place"),
            Column(
                "of",
                _("Record"),
                lambda p, r: r.name(p.kind, p.object_id),
                refs=lambda p: [(p.kind, p.object_id)],
                address=lambda p: address((p.kind, p.object_id)),
            ),
        )
    ),
)
