"""The history proves itself: each entry has a digest, and seals chain them (design 8.11)."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC

from interparl.core.models.entries import Entry


def digest_of(entry: Entry) -> str:
    """SHA-256 of what an entry says, in 64 hex digits; the same on both databases, whatever the order of keys."""
    said = [
        entry.kind,
        entry.object_id,
        entry.whole_kind,
        entry.whole_id,
        entry.verb,
        entry.changes,
        entry.user_id,
        entry.actor,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.note,
        entry.batch,
        entry.row,
    ]
    text = json.dumps(said, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
