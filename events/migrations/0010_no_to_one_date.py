from django.db import migrations, models
from django.db.models import Q


def count_what_was_said(apps, schema_editor):
    """Of dates to which somebody said no before, their calendar has not heard yet."""
    rows = apps.get_model("events", "Attendance").objects.using(schema_editor.connection.alias)
    is_out = Q(can_come=False) | Q(can_come=None, could_come=False)
    rows.filter(is_out, registration__email_confirmed_at__isnull=False).update(calendar_changes=1)


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0009_counted_by_index'),
    ]

    operations = [
        migrations.AddField(
            model_name='attendance',
            name='calendar_changes',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.RunPython(count_what_was_said, migrations.RunPython.noop),
    ]
