"""Fills the marks in force of rows that were written before these were kept."""

from django.db import migrations

from interparl.core.migrations._effective import fill

KINDS = (
    ("country", ()),
    ("parliament", ("country",)),
    ("chamber", ("parliament",)),
    ("convocation", ("parliament",)),
    ("chamberterm", ("chamber", "convocation")),
    ("election", ("chamber",)),
    ("organisation", ()),
    ("rank", ("organisation",)),
    ("status", ("parliament", "organisation")),
    ("relation", ("parliament", "organisation")),
    ("person", ()),
    ("personname", ("person",)),
    ("constituency", ("chamber",)),
    ("mandate", ("person", "chamber")),
    ("office", ("person",)),
    ("faction", ("chamber",)),
    ("affiliation", ("person", "faction")),
    ("contactpoint", ("person", "organisation", "chamber")),
    ("portfolio", ("country", "organisation")),
)


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_rights"), ("core", "0003_effective")]

    operations = [migrations.RunPython(fill("directory", KINDS), migrations.RunPython.noop)]
