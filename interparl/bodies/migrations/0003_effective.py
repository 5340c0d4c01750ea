"""Fills the marks in force of rows that were written before these were kept."""

from django.db import migrations

from interparl.core.migrations._effective import RISING, fill

KINDS = (
    ("body", ()),
    ("decision", ()),
    ("partner", ("body", "country")),
    ("part", ("body",)),
    ("seat", ("body",)),
    ("membership", ("body", "person")),
    ("step", ("membership",)),
)


def fill_identifiers(apps, editor):
    """An identifier has the mark in force of what it names."""
    identifiers = apps.get_model("core", "Identifier").objects
    for kind in identifiers.order_by("kind").values_list("kind", flat=True).distinct():
        wholes = apps.get_model(kind).objects
        for mark in RISING[1:]:
            keys = wholes.filter(effective_mark=mark).values("pk")
            below = RISING[: RISING.index(mark)]
            identifiers.filter(kind=kind, object_id__in=keys, effective_mark__in=below).update(effective_mark=mark)
        unpublished = wholes.filter(effective_published_on=None).values("pk")
        identifiers.filter(kind=kind, object_id__in=unpublished).update(effective_published_on=None)



class Migration(migrations.Migration):
    dependencies = [("bodies", "0002_rights"), ("directory", "0003_effective")]

    operations = [migrations.RunPython(fill("bodies", KINDS), migrations.RunPython.noop), migrations.RunPython(fill_identifiers, migrations.RunPython.noop)]
