"""Whether every file that is kept is in its place and is what it was."""

from __future__ import annotations

from collections.abc import Iterator

from interparl.documents.actions.storing import Unusable, refuse_altered
from interparl.documents.models import Version


def wrong_files() -> Iterator[tuple[str, str]]:
    """Of each content that a version has still: nothing, or its digest and "missing" or "altered"; reads all files."""
    digests = Version.objects.held().order_by("digest").values_list("digest", flat=True).distinct()
    for digest in digests.iterator():
        try:
            refuse_altered(digest)
        except Unusable as problem:
            yield digest, problem.key
