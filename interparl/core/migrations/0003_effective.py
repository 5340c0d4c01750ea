"""Fills the marks in force of rows that were written before these were kept."""

from django.db import migrations

from interparl.core.migrations._effective import fill
from interparl.core.sealing import digest_of

KINDS = (
    ("source", ()),
    ("identifier", ()),
    ("setting", ()),
)


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
