"""Findings are only added to: the database itself refuses the rest."""

from django.db import migrations

from soichieu.organisation import guards

TABLES = [
    f"findings_{name}" for name in "answer concern finding raising sameness step version".split()
]


def install(apps, schema_editor):
    guards.install(schema_editor.connection, TABLES)


def remove(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for table in TABLES:
            if schema_editor.connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
                continue
            for what in ("changed", "removed", "replaced"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_never_{what}")


class Migration(migrations.Migration):
    dependencies = [("findings", "0001_initial"), ("organisation", "0003_guards")]
    operations = [migrations.RunPython(install, remove)]
