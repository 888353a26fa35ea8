"""The history is only added to: the database itself refuses the rest."""

from django.db import migrations

from soichieu.organisation import guards

TABLES = [
    f"organisation_{name}"
    for name in (
        "appointment counterpart delegation imported_file person place place_remark place_state place_succession post"
        " post_role seating superior unit unit_state unit_succession"
    ).split()
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
    dependencies = [("organisation", "0002_seating")]
    operations = [migrations.RunPython(install, remove)]
