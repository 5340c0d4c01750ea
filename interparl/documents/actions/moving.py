"""Moving a document to another record, which from then on says who may read it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.core.records import Record
from interparl.core.writing import Refused, change
from interparl.documents.models import Document

MOVED = "moved"


def move_document(document: Document, host: Record, *, reason: str, by: User) -> Document:
    """Attaches the document, with its versions and holds, to that record.

    Raises Refused: no reason, already there, marked lower than the record, a record that is not the user's to keep.
    """
    if not reason.strip():
        raise Refused({"reason": [_("Write the reason.")]})
    target = (host.record_kind(), host.pk)
    with transaction.atomic(), change(document, by=by, verb=MOVED, note=reason) as held:
        if held.whole == target:
            raise Refused({"record": [_("It is attached there already.")]})
        held.kind, held.object_id = target
        if not held.may_do("add", by):
            raise Refused(_("This belongs to a body or country that is not yours to keep."))
    return document
