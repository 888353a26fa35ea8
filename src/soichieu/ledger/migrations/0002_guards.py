"""The database refuses whatever would change, remove or replace what is written."""

from django.db import migrations

from soichieu.ledger import guards


def put_up(apps, schema_editor):
    guards.install(schema_editor.connection)


def take_down(apps, schema_editor):
    guards.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(put_up, take_down)]
