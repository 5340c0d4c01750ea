"""Fills the marks in force of rows that were written before these were kept."""

from django.db import migrations

from interparl.core.migrations._effective import fill

KINDS = (
    ("section", ()),
    ("reportedfigure", ()),
)


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_rights")]

    operations = [migrations.RunPython(fill("portal", KINDS), migrations.RunPython.noop)]
