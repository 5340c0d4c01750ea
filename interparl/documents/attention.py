"""What is left to do about documents."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from interparl.core.hooks import AttentionRule, add_attention
from interparl.core.rights import Reader
from interparl.documents.models import Content, Document, KeepingRule, Version


def with_documents_due(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Classes of keeping by which the time of a document is over; classes are few, so each is asked by itself."""
    condition = Document.may_read(reader)
    return found.filter(pk__in=[rule.pk for rule in found if rule.due(day).filter(condition).exists()])


def with_files_in_doubt(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Documents of which a file was not in its place, or was altered there, when its text was to be read."""
    contents = Content.objects.filter(state=Content.State.FAILED, reason__in=("missing", "altered"))
    held = Version.objects.held().filter(document=OuterRef("pk"), digest__in=contents.values("digest"))
    return found.filter(Exists(held))


add_attention(
    AttentionRule(
        "documents-due",
        KeepingRule,
        "soon",
        _("The time of documents is over"),
        with_documents_due,
        "documents.delete_version",
    )
)
add_attention(
    AttentionRule("documents-altered", Document, "late", _("A file is missing or was altered"), with_files_in_doubt)
)
