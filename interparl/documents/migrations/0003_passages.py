from django.db import migrations, models


def read_anew(apps, schema_editor):
    """What was read before is read once more: nobody has kept its passages."""
    apps.get_model("documents", "Content").objects.filter(state="done").update(state="waiting")


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_editions")]

    operations = [
        migrations.AddField("content", "passages", models.JSONField(default=list)),
        migrations.RunPython(read_anew, migrations.RunPython.noop),
    ]
