"""What was written about the sentences of requirements is never changed, removed or replaced."""

from django.db import migrations

from soichieu.ledger import guards


def put_up(apps, schema_editor):
    guards.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_requirementtie")]
    operations = [migrations.RunPython(put_up, migrations.RunPython.noop)]
