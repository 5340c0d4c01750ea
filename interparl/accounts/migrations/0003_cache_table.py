"""The table of the cache, which counts attempts to sign in for all processes together."""

from typing import Any

from django.core.management import call_command
from django.db import migrations

TABLE = "interparl_cache"


def make_table(apps: Any, schema_editor: Any) -> None:
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop_table(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(f"DROP TABLE IF EXISTS {schema_editor.quote_name(TABLE)}")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_rights")]

    operations = [migrations.RunPython(make_table, drop_table)]
