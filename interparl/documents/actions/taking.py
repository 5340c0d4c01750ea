"""Taking files in: each is looked at, kept whole or not at all, and becomes a version of a document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.db.models import Max
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.core.actors import Actor
from interparl.core.translated import written
from interparl.core.writing import Refused, change
from interparl.documents.actions.storing import digest_of, hold, pieces_of, put
from interparl.documents.models import Document, Version
from interparl.documents.rules import NotKept, clean_name, recognise, refusal_text, stem_of


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: its cleaned name, the type that its content showed, its digest and size."""

    file: File[bytes]
    name: str
    media: str
    digest: str
    size: int


def too_large(name: str) -> str:
    """What is said of a file above the limit."""
    words = {"name": name, "limit": filesizeformat(settings.FILE_LIMIT)}
    return _("“%(name)s” is larger than %(limit)s.") % words


def checked(file: File[bytes]) -> Checked:
    """The file, looked at by its content; nothing is kept yet. Raises ValidationError with one message."""
    name, size = clean_name(file.name or ""), int(file.size or 0)
    if size > settings.FILE_LIMIT:
        raise ValidationError(too_large(name), code="too-large")
    try:
        media = recognise(file, size, name)  # type: ignore[arg-type]  # a file of Django reads as one
    except NotKept as problem:
        raise ValidationError(refusal_text(problem, name), code=problem.key) from problem
    return Checked(file, name, media, digest_of(pieces_of(file)), size)


def add_version(document: Document, found: Checked, *, by: User | Actor, note: str = "") -> Version:
    """Keeps the file as the next version of the document.

    Raises Refused when the newest version has the same content, and Unusable when what is kept of it was altered.
    """
    # Outside of the transaction, so that a large file keeps no other writer waiting.
    put(found.file, found.digest)
    return _added(document, found, by=by, note=note)


def _added(document: Document, found: Checked, *, by: User | Actor, note: str = "") -> Version:
    """The row of a version whose file is kept already."""
    with transaction.atomic():
        held = Document._base_manager.select_for_update().get(pk=document.pk)
        newest = held.versions.order_by("-number").first()
        if newest is not None and newest.is_held and newest.digest == found.digest:
            raise Refused(_("“%(name)s” is the same as the newest version.") % {"name": found.name})
        hold(found.file, found.digest, found.media)
        version = Version(
            document=held,
            number=(held.versions.aggregate(last=Max("number"))["last"] or 0) + 1,
            digest=found.digest,
            size=found.size,
            media=found.media,
            name=found.name,
            mark=held.mark,
            published_on=held.published_on,
        )
        with change(version, by=by, note=note):
            pass
    return version


def keep_documents(
    drafts: Sequence[tuple[Callable[[Document], Any], Checked | None]], *, by: User, language: str
) -> list[Document]:
    """Keeps a document for each draft, with its file as the first version; all of them or none.

    A draft sets values on the new document; without a title the name of the file is one. Raises Refused.
    """
    for _fill, found in drafts:
        if found is not None:
            put(found.file, found.digest)
    made = []
    with transaction.atomic():
        for fill, found in drafts:
            document = Document()
            with change(document, by=by) as held:
                fill(held)
                if found is not None and not held.title:
                    held.title = written({language: stem_of(found.name)})
                if not held.may_do("add", by):
                    raise Refused(_("This belongs to a body or country that is not yours to keep."))
            if found is not None:
                _added(document, found, by=by)
            made.append(document)
    return made
