"""Each line of a conference's book gets a hash over that of the line before; what stands is chained as it stands."""

from django.db import migrations, models

from soichieu.conferences import guards
from soichieu.conferences.hashing import HASHED, event_hash


def down(apps, schema_editor):
    guards.remove(schema_editor.connection)


def up(apps, schema_editor):
    guards.install(schema_editor.connection)


def chain(apps, schema_editor):
    Conference, Event = apps.get_model("conferences", "Conference"), apps.get_model("conferences", "Event")
    for conference in Conference.objects.order_by("pk"):
        previous, changed = "", []
        for event in Event.objects.filter(conference=conference).order_by("position"):
            event.previous_hash = previous
            event.hash = previous = event_hash({name: getattr(event, name) for name in HASHED})
            changed.append(event)
        Event.objects.bulk_update(changed, ["previous_hash", "hash"], batch_size=500)
        Conference.objects.filter(pk=conference.pk).update(last_hash=previous)


class Migration(migrations.Migration):
    dependencies = [("conferences", "0002_guards")]
    operations = [
        migrations.RunPython(down, up),
        migrations.AddField("conference", "last_hash", models.CharField(blank=True, default="", max_length=64)),
        migrations.AddField("event", "previous_hash", models.CharField(blank=True, default="", max_length=64)),
        migrations.AddField("event", "hash", models.CharField(default="", max_length=64)),
        migrations.RunPython(chain, migrations.RunPython.noop),
        migrations.RunPython(up, down),
    ]
