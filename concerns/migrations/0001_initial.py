import concerns.models
import django.db.models.deletion
import django.utils.timezone
import kit.sealing
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('events', '0001_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Concern',
            fields=[
                ('seal_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('concern', 'Somebody told us'), ('proposal', 'The text of a proposal that was set aside')], default='concern', max_length=20)),
                ('state', models.CharField(choices=[('new', 'Not opened yet'), ('open', 'Being looked after'), ('closed', 'Closed')], default='new', max_length=20)),
                ('text', kit.sealing.SealedTextField(verbose_name='what happened')),
                ('who', kit.sealing.SealedTextField(blank=True, default='', verbose_name='who you are and how to reach you')),
                ('code_digest', models.CharField(blank=True, db_index=True, default='', max_length=64)),
                ('received_on', models.DateField(default=concerns.models.today)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='events.event')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='concerns', to='people.group')),
            ],
            options={
                'verbose_name': 'concern',
                'verbose_name_plural': 'concerns',
                'ordering': ['-received_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ConcernMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seal_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('is_from_contact', models.BooleanField(default=False)),
                ('text', kit.sealing.SealedTextField()),
                ('on', models.DateField(default=concerns.models.today)),
                ('by_contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='concerns.concern')),
            ],
            options={
                'verbose_name': 'message about a concern',
                'verbose_name_plural': 'messages about concerns',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ConcernReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lines', models.PositiveIntegerField(default=0, verbose_name='lines that whoever told us had written')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='concerns.concern')),
                ('reader', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'reading of a concern',
                'verbose_name_plural': 'readings of concerns',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['concern', 'proposal'])), name='concerns_concern_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['new', 'open', 'closed'])), name='concerns_concern_state_is_known'),
        ),
    ]
