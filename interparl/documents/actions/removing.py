"""Removing the content of a version: the file goes, its digest, its name and the line of history stay."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.core.days import today
from interparl.core.models.entries import DOUBLED
from interparl.core.writing import Refused, change, record_changed
from interparl.documents.actions.storing import release
from interparl.documents.models import Document, KeepingHold, Version

REMOVED = "content_removed"
# The verbs by which a row may be no more; whether any other has its content is looked up when it is written.
_GONE = frozenset({"removed", "undone", "reverted", DOUBLED})


def remove_content(version: Version, *, by: User, reason: str) -> Version:
    """Removes the content for good. Raises Refused: held back, gone already, no reason."""
    if not reason.strip():
        raise Refused({"reason": [_("Say why.")]})
    with transaction.atomic():
        # The same lock as of who adds a version, and of who sets a hold on the document.
        Document._base_manager.select_for_update().get(pk=version.document_id)
        _refuse_held_back(version)
        with change(version, by=by, verb=REMOVED, note=reason) as held:
            if not held.is_held:
                raise Refused([_("Its content was removed already.")])
            held.removed_on = today()
    return version


def _refuse_held_back(version: Version) -> None:
    """Raises Refused when a hold is in force, whether or not the user may know what it is."""
    if KeepingHold.objects.on(today()).filter(document=version.document_id).exists():
        raise Refused([_("The document is held back. Nothing of it is removed as long as a hold is in force.")])


@receiver(record_changed, sender=Version, dispatch_uid="documents-release")
def _release_later(records: Collection[Version], verb: str, **_others: Any) -> None:
    """The file of a version that lost its content, or is no more, goes when all is written."""
    if verb == "added":
        return
    for digest in {one.digest for one in records if not one.is_held or verb in _GONE}:
        transaction.on_commit(lambda digest=digest: release(digest), robust=True)  # type: ignore[misc]  # a default
