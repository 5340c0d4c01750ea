"""Fills the marks in force of rows that were written before these were kept."""

import hashlib
import json
from datetime import UTC

from django.db import migrations

from interparl.core.migrations._effective import fill

KINDS = (
    ("source", ()),
    ("identifier", ()),
    ("setting", ()),
)


def digest_of(entry):
    """What an entry of that time says, as `sealing.digest_of` reads it: fields that came later are empty and not in it."""
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


def fill_digests(apps, editor):
    """Entries written before digests were kept get theirs now; the first seal covers them."""
    entries = apps.get_model("core", "Entry")
    piece = []
    for entry in entries.objects.filter(digest="").order_by("pk").iterator(chunk_size=1000):
        entry.digest = digest_of(entry)
        piece.append(entry)
        if len(piece) == 1000:
            entries.objects.bulk_update(piece, ["digest"])
            piece = []
    entries.objects.bulk_update(piece, ["digest"])



class Migration(migrations.Migration):
    dependencies = [("core", "0002_rights")]

    operations = [migrations.RunPython(fill("core", KINDS), migrations.RunPython.noop), migrations.RunPython(fill_digests, migrations.RunPython.noop)]
