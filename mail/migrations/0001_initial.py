import django.db.models.deletion
import django.utils.timezone
import kit.sealing
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OutgoingMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seal_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=160, unique=True)),
                ('message_id', models.CharField(max_length=200, unique=True)),
                ('to_email', models.EmailField(max_length=254, verbose_name='to')),
                ('language', models.CharField(blank=True, max_length=12)),
                ('about', models.BigIntegerField(blank=True, null=True)),
                ('context', models.JSONField(blank=True, default=dict)),
                ('secret', kit.sealing.SealedTextField(blank=True, default='')),
                ('state', models.CharField(choices=[('queued', 'Waiting to leave'), ('held', 'Waits until the address is confirmed'), ('stopped', 'Held by the organisers'), ('sent', 'Sent'), ('failed', 'Could not be sent'), ('dropped', 'No longer needed'), ('phone', 'To be told by phone'), ('told', 'Told by phone')], default='queued', max_length=10)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('next_attempt_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mails', to='people.group')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='mails', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'outgoing email',
                'verbose_name_plural': 'outgoing emails',
                'indexes': [models.Index(condition=models.Q(('state', 'queued')), fields=['next_attempt_at'], name='mail_due'), models.Index(fields=['group', '-created_at'], name='mail_of_group'), models.Index(fields=['to_email'], name='mail_to_address'), models.Index(condition=models.Q(('state', 'held')), fields=['next_attempt_at'], name='mail_held')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'held', 'stopped', 'sent', 'failed', 'dropped', 'phone', 'told'])), name='mail_outgoingmail_state_is_known')],
            },
        ),
    ]
