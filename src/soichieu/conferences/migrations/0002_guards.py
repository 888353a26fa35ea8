"""The book of a conference is only added to: the database itself refuses the rest."""

from django.db import migrations

from soichieu.organisation import guards

TABLE = "conferences_event"


def install(apps, schema_editor):
    guards.install(schema_editor.connection, [TABLE])


def remove(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_append_only ON {TABLE}")
            return
        for what in ("changed", "removed", "replaced"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_never_{what}")


class Migration(migrations.Migration):
    dependencies = [("conferences", "0001_initial"), ("organisation", "0003_guards")]
    operations = [migrations.RunPython(install, remove)]
