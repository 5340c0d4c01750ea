"""The mark of a parliament counts for its parts in bodies as well."""

from django.db import migrations

from interparl.core.migrations._effective import fill


class Migration(migrations.Migration):
    dependencies = [("bodies", "0003_effective")]

    operations = [migrations.RunPython(fill("bodies", [("part", ("body", "parliament"))]), migrations.RunPython.noop)]
