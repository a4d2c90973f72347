"""The guiding values that are in force become version 1. Since when they were is not known: from today on it is."""

from typing import Any

from django.db import migrations


def write_first_versions(apps: Any, schema_editor: Any) -> None:
    versions = apps.get_model("people", "GuidingValues").objects
    for group in apps.get_model("people", "Group").objects.exclude(guiding_values=""):
        versions.create(group=group, number=1, text=group.guiding_values)
    for hub in apps.get_model("people", "Hub").objects.exclude(guiding_values=""):
        versions.create(group=None, number=1, text=hub.guiding_values)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_named_contacts_and_versions_of_values"),
    ]

    operations = [
        # Versions are written once: going back removes their table.
        migrations.RunPython(write_first_versions, migrations.RunPython.noop, elidable=True),
    ]
