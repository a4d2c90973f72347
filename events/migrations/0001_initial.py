import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import events.models.session
import functools
import kit.languages
import kit.links
import kit.sealing
import secrets
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('mail', '0001_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AccessOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True)),
                ('lead_working_days', models.PositiveSmallIntegerField(default=0, verbose_name='working days needed')),
            ],
            options={
                'verbose_name': 'standard access offer',
                'verbose_name_plural': 'standard access offers',
                'ordering': ['-lead_working_days', 'code'],
            },
        ),
        migrations.CreateModel(
            name='AccessRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('consent_given_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'access request',
                'verbose_name_plural': 'access requests',
            },
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=functools.partial(secrets.token_urlsafe, *(16,), **{}), editable=False, max_length=32, unique=True)),
                ('link_version', models.PositiveIntegerField(default=1)),
                ('email_confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('email', models.EmailField(max_length=254, verbose_name='email address')),
                ('pronouns', models.CharField(blank=True, max_length=60, verbose_name='pronouns')),
                ('language', models.CharField(blank=True, default=kit.languages.current, max_length=12, verbose_name='language of emails')),
                ('taking_part', models.JSONField(blank=True, default=list, verbose_name='how I take part')),
                ('way', models.CharField(blank=True, choices=[('in_person', 'In person'), ('online', 'Online')], max_length=10, verbose_name='how they come')),
                ('belongs_by', models.CharField(blank=True, choices=[('address', 'Their email address'), ('code', 'The code'), ('asked', 'They asked the organisers'), ('organiser', 'The organisers say so')], max_length=10)),
                ('access_word', models.CharField(blank=True, choices=[('asked', 'The access leads are asked'), ('cannot', 'It cannot be arranged by then')], editable=False, max_length=10)),
                ('values_accepted_at', models.DateTimeField(blank=True, null=True)),
                ('news_wanted_at', models.DateTimeField(blank=True, null=True)),
                ('news_weekly', models.BooleanField(default=False)),
                ('complete_because', models.CharField(blank=True, max_length=300)),
                ('state', models.CharField(choices=[('confirmed', 'Confirmed'), ('waiting', 'On the waiting list'), ('offered', 'A place is offered'), ('held', 'The organisers decide'), ('cancelled', 'Ended')], max_length=20, verbose_name='state')),
                ('volunteers_place', models.BooleanField(default=False)),
                ('ended_because', models.CharField(blank=True, choices=[('left', 'Gave up the place'), ('left_list', 'Left the waiting list'), ('not_me', 'Was registered by someone else'), ('not_confirmed', 'Address not confirmed in time'), ('offer_ended', 'Offer not answered in time'), ('declined', 'Did not take the offered place'), ('removed', 'Removed by the organisers'), ('taken_back', 'Took the request back'), ('refused', 'Not agreed to'), ('not_there', 'Was not at every date'), ('erased', 'Data erased')], max_length=20)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('confirm_by', models.DateTimeField(blank=True, null=True)),
                ('network', models.CharField(blank=True, default='', editable=False, max_length=64)),
                ('queued_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('offer_ends_at', models.DateTimeField(blank=True, null=True)),
                ('fresh_link_used_at', models.DateTimeField(blank=True, null=True)),
                ('browsers_version', models.PositiveIntegerField(default=1)),
                ('reference', models.CharField(default=kit.links.new_reference, editable=False, max_length=9, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='registrations_added', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='registrations', to=settings.AUTH_USER_MODEL)),
                ('values_version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.guidingvalues')),
            ],
            options={
                'verbose_name': 'registration',
                'verbose_name_plural': 'registrations',
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seal_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=140, verbose_name='title')),
                ('slug', models.SlugField(max_length=160, unique=True)),
                ('summary', models.CharField(blank=True, max_length=300, verbose_name='summary')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('kind', models.CharField(choices=[('social', 'Social'), ('training', 'Practice session'), ('programme', 'Programme'), ('learning', 'Learning')], default='social', max_length=20, verbose_name='kind')),
                ('format', models.CharField(choices=[('online', 'Online'), ('in_person', 'In person'), ('both', 'Online and in person')], default='online', max_length=20, verbose_name='format')),
                ('time_zone', models.CharField(default='Europe/London', max_length=64, verbose_name='time zone')),
                ('facilitators', models.CharField(blank=True, max_length=200, verbose_name='led by')),
                ('content_note', models.TextField(blank=True, max_length=600, verbose_name='content note')),
                ('for_whom', models.CharField(blank=True, max_length=240, verbose_name='who it is for')),
                ('picture', models.ImageField(blank=True, upload_to='pictures', verbose_name='picture')),
                ('picture_alt', models.CharField(blank=True, max_length=250, verbose_name='description of the picture')),
                ('is_unlisted', models.BooleanField(default=False, verbose_name='only who has the link')),
                ('takes_registrations', models.BooleanField(default=True, verbose_name='people register')),
                ('capacity', models.PositiveIntegerField(blank=True, null=True, verbose_name='places')),
                ('has_waiting_list', models.BooleanField(default=True, verbose_name='waiting list')),
                ('asks_first', models.BooleanField(default=False, verbose_name='look at each request first')),
                ('volunteers_count', models.BooleanField(default=True, verbose_name='hosts and helpers count for the room')),
                ('registration_opens_at', models.DateTimeField(blank=True, null=True, verbose_name='registration opens')),
                ('registration_closes_at', models.DateTimeField(blank=True, null=True, verbose_name='registration closes')),
                ('reminds_week_before', models.CharField(choices=[('nobody', 'Nobody'), ('coming', 'Everyone who is coming'), ('team', 'Hosts and helpers')], default='nobody', max_length=10, verbose_name='a week before')),
                ('reminds_day_before', models.CharField(choices=[('nobody', 'Nobody'), ('coming', 'Everyone who is coming'), ('team', 'Hosts and helpers')], default='coming', max_length=10, verbose_name='a day before')),
                ('reminds_hours_before', models.CharField(choices=[('nobody', 'Nobody'), ('coming', 'Everyone who is coming'), ('team', 'Hosts and helpers')], default='nobody', max_length=10, verbose_name='two hours before')),
                ('access_note', models.TextField(blank=True, max_length=1000, verbose_name='more about access')),
                ('interpreters_by', models.DateField(blank=True, null=True, verbose_name='ask for interpreters by')),
                ('join_address', kit.sealing.SealedTextField(blank=True, default='', verbose_name='meeting address')),
                ('join_help', kit.sealing.SealedTextField(blank=True, default='', verbose_name='how to join')),
                ('has_quotas', models.BooleanField(default=False, editable=False)),
                ('pool_at', models.DateTimeField(blank=True, null=True, verbose_name='unused places are shared from')),
                ('pooled_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('entry', models.CharField(choices=[('open', 'Everyone whom it is for'), ('invited', 'Only people whom we invite')], default='open', max_length=10, verbose_name='who can register')),
                ('needs_every_date', models.BooleanField(default=False, verbose_name='people must be able to come to every date')),
                ('missed_date', models.CharField(choices=[('allow', 'They keep their place'), ('catch_up', 'We ask them, and they can catch up'), ('release', 'Their place goes to whoever waits')], default='allow', max_length=10, verbose_name='when somebody misses a date')),
                ('catch_up_task', models.TextField(blank=True, max_length=1000, verbose_name='how they catch up')),
                ('dates_to_complete', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='dates that complete it')),
                ('catching_up_counts', models.BooleanField(default=True, verbose_name='a date caught up on counts')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('cancelled', 'Cancelled'), ('postponed', 'Postponed')], default='draft', max_length=20)),
                ('called_off_because', models.TextField(blank=True, max_length=600, verbose_name='why it is called off')),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('publish_at', models.DateTimeField(blank=True, null=True)),
                ('not_published_at', models.DateTimeField(blank=True, null=True)),
                ('called_off_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('search_text', models.TextField(blank=True, default='', editable=False)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='events_created', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='people.group')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
            },
        ),
        migrations.CreateModel(
            name='Quota',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('way', models.CharField(blank=True, choices=[('in_person', 'In person'), ('online', 'Online')], max_length=10, verbose_name='how they come')),
                ('places', models.PositiveIntegerField(blank=True, null=True, verbose_name='places')),
                ('domains', models.TextField(blank=True, max_length=2000, verbose_name='endings of their email addresses')),
                ('code', models.CharField(blank=True, max_length=40, verbose_name='code')),
                ('asks', models.BooleanField(default=False, verbose_name='people can ask the organisers')),
                ('opens_at', models.DateTimeField(blank=True, null=True, verbose_name='places open')),
                ('closes_at', models.DateTimeField(blank=True, null=True, verbose_name='places close')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quotas', to='events.event')),
            ],
            options={
                'verbose_name': 'quota',
                'verbose_name_plural': 'quotas',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True, verbose_name='name')),
                ('slug', models.SlugField(unique=True)),
            ],
            options={
                'verbose_name': 'tag',
                'verbose_name_plural': 'tags',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='AccessReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('reader', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='events.accessrequest')),
            ],
            options={
                'verbose_name': 'reading of an access request',
                'verbose_name_plural': 'readings of access requests',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='AccessMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seal_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('is_from_lead', models.BooleanField(default=False)),
                ('text', kit.sealing.SealedTextField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by_lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='events.accessrequest')),
            ],
            options={
                'verbose_name': 'message about access',
                'verbose_name_plural': 'messages about access',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='AddressChange',
            fields=[
                ('key', models.CharField(default=functools.partial(secrets.token_urlsafe, *(16,), **{}), editable=False, max_length=32, unique=True)),
                ('link_version', models.PositiveIntegerField(default=1)),
                ('registration', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='address_change', serialize=False, to='events.registration')),
                ('email', models.EmailField(max_length=254, verbose_name='new email address')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('old_agreed_at', models.DateTimeField(blank=True, null=True)),
                ('new_agreed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'change of address',
                'verbose_name_plural': 'changes of address',
            },
        ),
        migrations.AddField(
            model_name='accessrequest',
            name='registration',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='access_request', to='events.registration'),
        ),
        migrations.AddField(
            model_name='registration',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='events.event'),
        ),
        migrations.CreateModel(
            name='KeptOut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seal_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('named', 'A named contact decides'), ('removed', 'The organisers decide')], default='named', max_length=20)),
                ('address', kit.sealing.SealedTextField(blank=True, default='', verbose_name='email address')),
                ('reason', kit.sealing.SealedTextField(blank=True, default='', verbose_name='reason')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('begun_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('lifted_at', models.DateTimeField(blank=True, null=True)),
                ('event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='kept_out', to='events.event')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kept_out', to='people.group')),
                ('let_in_at', models.ManyToManyField(blank=True, related_name='+', to='events.event')),
            ],
            options={
                'verbose_name': 'keeping somebody out',
                'verbose_name_plural': 'who is kept out',
                'ordering': ['-begun_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='KeptOutMailbox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(db_index=True, max_length=64)),
                ('kept_out', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mailboxes', to='events.keptout')),
            ],
            options={
                'verbose_name': 'mailbox of whoever is kept out',
                'verbose_name_plural': 'mailboxes of whoever is kept out',
            },
        ),
        migrations.CreateModel(
            name='KeptOutStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('begun', 'Decided it'), ('opened', 'Opened it'), ('renewed', 'Set another end'), ('agreed', 'Agreed to a request'), ('refused', 'Did not agree to a request'), ('lifted', 'Ended it')], max_length=20)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kept_out', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='events.keptout')),
            ],
            options={
                'verbose_name': 'step of keeping out',
                'verbose_name_plural': 'steps of keeping out',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('audience', models.JSONField(blank=True, default=list)),
                ('subject', models.CharField(max_length=50, verbose_name='subject')),
                ('words', models.TextField(max_length=4000, verbose_name='your words')),
                ('leaves_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='letters', to=settings.AUTH_USER_MODEL)),
                ('corrects', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='events.letter')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='events.event')),
            ],
            options={
                'verbose_name': 'letter',
                'verbose_name_plural': 'letters',
            },
        ),
        migrations.CreateModel(
            name='LetterCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='copies', to='events.letter')),
                ('mail', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='letter_copy', to='mail.outgoingmail')),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='events.registration')),
            ],
            options={
                'verbose_name': 'copy of a letter',
                'verbose_name_plural': 'copies of letters',
            },
        ),
        migrations.CreateModel(
            name='ListAct',
            fields=[
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('link', 'Send the link to their page again'), ('place', 'Give a place'), ('hold', 'Wait for our yes or no'), ('off', 'Take off the list'), ('room', 'Seat in a room')], max_length=10)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='list_acts', to='events.event')),
            ],
            options={
                'verbose_name': 'thing done to several people',
                'verbose_name_plural': 'things done to several people',
            },
        ),
        migrations.CreateModel(
            name='ListActLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.CharField(blank=True, max_length=20)),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='events.listact')),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='list_acts', to='events.registration')),
            ],
            options={
                'verbose_name': 'person something was done to',
                'verbose_name_plural': 'people something was done to',
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('file', models.FileField(upload_to='handouts')),
                ('description', models.TextField(blank=True, max_length=5000, verbose_name='the same in words')),
                ('warnings', models.JSONField(blank=True, default=list, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kind', models.CharField(choices=[('slides', 'Slides'), ('script', 'Script'), ('reading', 'Something to read')], max_length=20, verbose_name='what it is')),
                ('promised_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='promised')),
                ('address', models.URLField(blank=True, max_length=500, verbose_name='link')),
                ('given_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('told_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='events.event')),
            ],
            options={
                'verbose_name': 'paper',
                'verbose_name_plural': 'papers',
                'ordering': ['created_at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PersonalFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=functools.partial(secrets.token_urlsafe, *(16,), **{}), editable=False, max_length=32, unique=True)),
                ('link_version', models.PositiveIntegerField(default=1)),
                ('reminds_minutes_before', models.PositiveIntegerField(blank=True, null=True, verbose_name='reminder')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('last_used_on', models.DateField(blank=True, null=True)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='personal_feed', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'personal calendar address',
                'verbose_name_plural': 'personal calendar addresses',
            },
        ),
        migrations.AddField(
            model_name='registration',
            name='quota',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='events.quota'),
        ),
        migrations.CreateModel(
            name='PersonalInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=functools.partial(secrets.token_urlsafe, *(16,), **{}), editable=False, max_length=32, unique=True)),
                ('link_version', models.PositiveIntegerField(default=1)),
                ('email', models.EmailField(max_length=254, verbose_name='email address')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='events.event')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('registration', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='invitations', to='events.registration')),
                ('quota', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='invitations', to='events.quota')),
            ],
            options={
                'verbose_name': 'invitation to an event',
                'verbose_name_plural': 'invitations to an event',
                'ordering': ['email', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='QuotaOrganiser',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=functools.partial(secrets.token_urlsafe, *(16,), **{}), editable=False, max_length=32, unique=True)),
                ('link_version', models.PositiveIntegerField(default=1)),
                ('email', models.EmailField(max_length=254, verbose_name='email address')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='co_organises', to=settings.AUTH_USER_MODEL)),
                ('quota', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='organisers', to='events.quota')),
            ],
            options={
                'verbose_name': 'co-organiser',
                'verbose_name_plural': 'co-organisers',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RegistrationStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('registered', 'You asked for a place.'), ('queued', 'You joined the waiting list.'), ('email_confirmed', 'You confirmed your address.'), ('given_back', 'The organisers hold no place any more until you confirm your address.'), ('confirmed', 'Your place was confirmed.'), ('volunteers', 'You got a place because you host or help.'), ('kept', 'You no longer host or help. A place was free, so you keep yours.'), ('back', 'You no longer host or help: you are back where you stood on the waiting list.'), ('offered', 'A place became free and was offered to you.'), ('accepted', 'You took the place.'), ('declined', 'You did not take the place.'), ('stayed', 'You stay on the waiting list, at the end of the line.'), ('access_asked', 'You take the place if what you need works. The access leads are asked.'), ('access_cannot', 'The access leads cannot arrange it by then. You are asked again.'), ('less_time', 'The date came nearer, so there is less time to answer.'), ('offer_ended', 'The offer ended without an answer.'), ('not_confirmed', 'Your address was not confirmed in time.'), ('left', 'You gave up your place.'), ('left_list', 'You left the waiting list.'), ('removed', 'The organisers removed your registration.'), ('undone', 'The organisers undid that.'), ('moved', 'The organisers moved you to another group of places.'), ('switched', 'You chose another way to come, or another group of places.'), ('can_come', 'You can come on this date:'), ('cannot_come', 'You cannot come on this date:'), ('changed', 'You changed your answers.'), ('address_changed', 'You changed your email address.'), ('added', 'The organisers added you.'), ('joined', 'You came into the meeting.'), ('said_there', 'You said that you were there.'), ('ended_early', 'A date ended early. It counts for everyone.'), ('not_there', 'You were not at a date, and your place ended by the rule of the programme.'), ('complete', 'The organisers count the programme as completed.'), ('complete_undone', 'The organisers count your programme by its dates again.'), ('event_cancelled', 'The event was cancelled.'), ('event_postponed', 'The event was postponed.'), ('event_back', 'The event takes place after all.'), ('held', 'The organisers decide first whether you have a place.'), ('agreed', 'The organisers agreed to your request.'), ('refused', 'The organisers did not agree to your request.'), ('taken_back', 'You took your request back.'), ('erased', 'Your data was erased.')], max_length=20)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='events.registration')),
            ],
            options={
                'verbose_name': 'step',
                'verbose_name_plural': 'steps',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('slug', models.SlugField(max_length=130, unique=True)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='series', to='people.group')),
            ],
            options={
                'verbose_name': 'series',
                'verbose_name_plural': 'series',
                'ordering': ['title'],
            },
        ),
        migrations.AddField(
            model_name='event',
            name='series',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='events', to='events.series'),
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('title', models.CharField(blank=True, max_length=140, verbose_name='title of this date')),
                ('starts_at', models.DateTimeField(verbose_name='starts')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('agenda', models.TextField(blank=True, max_length=2000, verbose_name='how it runs')),
                ('uid', models.CharField(default=events.models.session.new_uid, editable=False, max_length=80, unique=True)),
                ('sequence', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('asked_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('vevent', models.TextField(blank=True, default='', editable=False)),
                ('ended_early_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('ended_early_because', models.CharField(blank=True, editable=False, max_length=300)),
                ('attendance_closed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='events.event')),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'ordering': ['starts_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('can_come', models.BooleanField(blank=True, null=True)),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('could_come', models.BooleanField(blank=True, editable=False, null=True)),
                ('was_to_start_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('was_to_end_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('was_there', models.BooleanField(default=False)),
                ('noted_how', models.CharField(blank=True, choices=[('door', 'Came in by the link'), ('organiser', 'Noted by the organisers'), ('own_word', 'Their own word')], max_length=10)),
                ('noted_at', models.DateTimeField(blank=True, null=True)),
                ('catch_up', models.CharField(blank=True, choices=[('chosen', 'Will catch up'), ('done', 'Has caught up'), ('left_out', 'Goes on without it')], max_length=10)),
                ('caught_up_at', models.DateTimeField(blank=True, null=True)),
                ('place_ends_at', models.DateTimeField(blank=True, null=True)),
                ('noted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='events.registration')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='events.session')),
            ],
            options={
                'verbose_name': 'attendance',
                'verbose_name_plural': 'attendances',
            },
        ),
        migrations.AddField(
            model_name='event',
            name='tags',
            field=models.ManyToManyField(blank=True, related_name='events', to='events.tag', verbose_name='tags'),
        ),
        migrations.CreateModel(
            name='Venue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('slug', models.SlugField(max_length=130, unique=True)),
                ('address', models.TextField(verbose_name='address')),
                ('directions', models.TextField(blank=True, verbose_name='how to get there')),
                ('step_free', models.TextField(blank=True, verbose_name='step-free access')),
                ('toilets', models.TextField(blank=True, verbose_name='toilets')),
                ('hearing_loop', models.TextField(blank=True, verbose_name='hearing loop and sound')),
                ('quiet_room', models.TextField(blank=True, verbose_name='quiet room')),
                ('parking', models.TextField(blank=True, verbose_name='parking and drop-off')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='venues', to='people.group')),
            ],
            options={
                'verbose_name': 'venue',
                'verbose_name_plural': 'venues',
                'ordering': ['name'],
            },
        ),
        migrations.AddField(
            model_name='session',
            name='venue',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='events.venue'),
        ),
        migrations.AddField(
            model_name='event',
            name='venue',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='events.venue'),
        ),
        migrations.CreateModel(
            name='AccessNeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seal_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('code', kit.sealing.SealedTextField()),
                ('detail', kit.sealing.SealedTextField(blank=True, default='')),
                ('state', models.CharField(choices=[('received', 'Received'), ('to_write', 'We write to you first'), ('talking', 'We are talking about it'), ('arranging', 'We are arranging it'), ('arranged', 'Arranged'), ('something_else', 'Something else is offered'), ('cannot', 'We cannot arrange it'), ('confirmed', 'You said: that works for me')], default='received', max_length=20)),
                ('worked', models.CharField(blank=True, choices=[('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No')], default='', max_length=10, verbose_name='did it work?')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='events.accessrequest')),
            ],
            options={
                'verbose_name': 'access need',
                'verbose_name_plural': 'access needs',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['received', 'to_write', 'talking', 'arranging', 'arranged', 'something_else', 'cannot', 'confirmed'])), name='events_accessneed_state_is_known'), models.CheckConstraint(condition=models.Q(('worked__in', ['yes', 'partly', 'no', ''])), name='events_accessneed_worked_is_known')],
            },
        ),
        migrations.CreateModel(
            name='DroppedDate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, max_length=140)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('uid', models.CharField(max_length=80, unique=True)),
                ('dropped_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('vevent', models.TextField()),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dropped_dates', to='events.event')),
            ],
            options={
                'verbose_name': 'dropped date',
                'verbose_name_plural': 'dropped dates',
                'ordering': ['starts_at', 'pk'],
                'indexes': [models.Index(fields=['starts_at'], name='dropped_by_start')],
            },
        ),
        migrations.CreateModel(
            name='AccessInPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('note', models.CharField(blank=True, max_length=160, verbose_name='in words')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='in_place', to='events.event')),
            ],
            options={
                'verbose_name': 'access in place',
                'verbose_name_plural': 'access in place',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['code'], name='in_place_by_code')],
                'constraints': [models.UniqueConstraint(fields=('event', 'code'), name='in_place_once')],
            },
        ),
        migrations.CreateModel(
            name='AccessCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('outcome', models.CharField(choices=[('received', 'Received'), ('to_write', 'We write to you first'), ('talking', 'We are talking about it'), ('arranging', 'We are arranging it'), ('arranged', 'Arranged'), ('something_else', 'Something else is offered'), ('cannot', 'We cannot arrange it'), ('confirmed', 'You said: that works for me')], max_length=20)),
                ('worked', models.CharField(blank=True, choices=[('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No')], default='', max_length=10)),
                ('number', models.PositiveIntegerField(default=0)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='access_counts', to='events.event')),
            ],
            options={
                'verbose_name': 'count of access needs',
                'verbose_name_plural': 'counts of access needs',
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['received', 'to_write', 'talking', 'arranging', 'arranged', 'something_else', 'cannot', 'confirmed'])), name='events_accesscount_outcome_is_known'), models.CheckConstraint(condition=models.Q(('worked__in', ['yes', 'partly', 'no', ''])), name='events_accesscount_worked_is_known'), models.UniqueConstraint(fields=('event', 'code', 'outcome', 'worked'), name='one_count_an_outcome')],
            },
        ),
        migrations.AddConstraint(
            model_name='keptout',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['named', 'removed'])), name='events_keptout_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='keptout',
            constraint=models.CheckConstraint(condition=models.Q(('event__isnull', False), ('until__isnull', False), _connector='OR'), name='keeping_out_has_an_end', violation_error_message='Say until when.'),
        ),
        migrations.AddConstraint(
            model_name='keptoutmailbox',
            constraint=models.UniqueConstraint(fields=('kept_out', 'digest'), name='one_row_a_mailbox'),
        ),
        migrations.AddConstraint(
            model_name='keptoutstep',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['begun', 'opened', 'renewed', 'agreed', 'refused', 'lifted'])), name='events_keptoutstep_kind_is_known'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(fields=['event', '-leaves_at'], name='letters_of_event'),
        ),
        migrations.AddConstraint(
            model_name='lettercopy',
            constraint=models.UniqueConstraint(fields=('letter', 'registration'), name='one_copy_a_letter_and_registration'),
        ),
        migrations.AddConstraint(
            model_name='listact',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['link', 'place', 'hold', 'off', 'room'])), name='events_listact_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='listactline',
            constraint=models.UniqueConstraint(fields=('act', 'registration'), name='once_a_person_in_one_press'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['slides', 'script', 'reading'])), name='events_paper_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('address', ''), ('file', ''), _negated=True), ('promised_days__isnull', False), _connector='OR'), name='a_paper_is_there_or_promised'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(fields=['event', 'state', 'queued_at'], name='registration_queue'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(fields=['email'], name='registration_by_email'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['confirmed', 'waiting', 'offered', 'held', 'cancelled'])), name='events_registration_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('ended_because__in', ['left', 'left_list', 'not_me', 'not_confirmed', 'offer_ended', 'declined', 'removed', 'taken_back', 'refused', 'not_there', 'erased', ''])), name='events_registration_ended_because_is_known'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['in_person', 'online', ''])), name='events_registration_way_is_known'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('belongs_by__in', ['address', 'code', 'asked', 'organiser', ''])), name='events_registration_belongs_by_is_known'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('access_word__in', ['asked', 'cannot', ''])), name='events_registration_access_word_is_known'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('event', 'email'), name='one_live_registration_per_address_and_event', violation_error_message='This address is registered already.'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('offer_ends_at__isnull', False), ('state', 'offered')), models.Q(('state', 'offered'), _negated=True), _connector='OR'), name='an_offer_has_an_end'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('volunteers_place', False), ('state__in', ['confirmed', 'cancelled']), _connector='OR'), name='nobody_waits_for_a_volunteers_place'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('access_word', ''), ('state', 'offered'), _connector='OR'), name='access_is_asked_of_an_offer'),
        ),
        migrations.AddConstraint(
            model_name='quota',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['in_person', 'online', ''])), name='events_quota_way_is_known'),
        ),
        migrations.AddConstraint(
            model_name='quota',
            constraint=models.UniqueConstraint(fields=('event', 'name', 'way'), name='one_quota_a_name_and_way', violation_error_message='There is a group of this name already.'),
        ),
        migrations.AddConstraint(
            model_name='quota',
            constraint=models.CheckConstraint(condition=models.Q(('opens_at', None), ('closes_at', None), ('opens_at__lt', models.F('closes_at')), _connector='OR'), name='quota_opens_before_it_closes'),
        ),
        migrations.AddConstraint(
            model_name='personalinvitation',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), models.F('event'), name='one_invitation_an_address_and_event'),
        ),
        migrations.AddConstraint(
            model_name='quotaorganiser',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), models.F('quota'), name='one_co_organiser_an_address_and_quota', violation_error_message='They are invited already.'),
        ),
        migrations.AddConstraint(
            model_name='quotaorganiser',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_at', None), ('person', None)), models.Q(('accepted_at__isnull', False), ('person__isnull', False)), _connector='OR'), name='a_co_organiser_said_yes'),
        ),
        migrations.AddConstraint(
            model_name='registrationstep',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['registered', 'queued', 'email_confirmed', 'given_back', 'confirmed', 'volunteers', 'kept', 'back', 'offered', 'accepted', 'declined', 'stayed', 'access_asked', 'access_cannot', 'less_time', 'offer_ended', 'not_confirmed', 'left', 'left_list', 'removed', 'undone', 'moved', 'switched', 'can_come', 'cannot_come', 'changed', 'address_changed', 'added', 'joined', 'said_there', 'ended_early', 'not_there', 'complete', 'complete_undone', 'event_cancelled', 'event_postponed', 'event_back', 'held', 'agreed', 'refused', 'taken_back', 'erased'])), name='events_registrationstep_kind_is_known'),
        ),
        migrations.AddIndex(
            model_name='attendance',
            index=models.Index(condition=models.Q(('asked_at__isnull', False), ('can_come', None)), fields=['asked_at'], name='dates_asked_about'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(('noted_how__in', ['door', 'organiser', 'own_word', ''])), name='events_attendance_noted_how_is_known'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(('catch_up__in', ['chosen', 'done', 'left_out', ''])), name='events_attendance_catch_up_is_known'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('registration', 'session'), name='one_attendance_a_person_and_date'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('noted_how', ''), ('was_there', False)), models.Q(('was_there', True), models.Q(('noted_how', ''), _negated=True)), _connector='OR'), name='who_was_there_was_noted_somehow'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('could_come', None), ('was_to_end_at', None), ('was_to_start_at', None)), ('can_come', None), _connector='OR'), name='what_was_said_before_is_kept_until_the_answer'),
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['starts_at'], name='session_by_start'),
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['ends_at'], name='session_by_end'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('starts_at__lt', models.F('ends_at'))), name='session_ends_after_it_starts', violation_error_message='The end must be after the start.'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.UniqueConstraint(fields=('event', 'number'), name='one_number_a_session'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published', 'cancelled', 'postponed'])), name='events_event_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['social', 'training', 'programme', 'learning'])), name='events_event_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('format__in', ['online', 'in_person', 'both'])), name='events_event_format_is_known'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('reminds_week_before__in', ['nobody', 'coming', 'team'])), name='events_event_reminds_week_before_is_known'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('reminds_day_before__in', ['nobody', 'coming', 'team'])), name='events_event_reminds_day_before_is_known'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('reminds_hours_before__in', ['nobody', 'coming', 'team'])), name='events_event_reminds_hours_before_is_known'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('entry__in', ['open', 'invited'])), name='events_event_entry_is_known'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('missed_date__in', ['allow', 'catch_up', 'release'])), name='events_event_missed_date_is_known'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('registration_opens_at', None), ('registration_closes_at', None), ('registration_opens_at__lt', models.F('registration_closes_at')), _connector='OR'), name='registration_opens_before_it_closes', violation_error_message='Registration must open before it closes.'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('picture', ''), models.Q(('picture_alt', ''), _negated=True), _connector='OR'), name='picture_has_a_description', violation_error_message='Describe the picture for people who cannot see it.'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('has_quotas', True), models.Q(('pool_at', None), ('pooled_at', None)), _connector='OR'), name='only_quotas_are_pooled'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('dates_to_complete', None), ('dates_to_complete__gte', 1), _connector='OR'), name='at_least_one_date_completes'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('not_published_at', None), ('publish_at', None)), ('state', 'draft'), _connector='OR'), name='only_a_draft_is_published_by_itself'),
        ),
    ]
